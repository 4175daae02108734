"""Where the places of annotated articles lie: gold toponyms × gazetteer and reader → figures."""

from quoth.measure.places.files import Article, PlacesFileError, Sort, Toponym, load_places
from quoth.measure.places.scoring import MEASURES, measure_places

__all__ = ["MEASURES", "Article", "PlacesFileError", "Sort", "Toponym", "load_places", "measure_places"]
