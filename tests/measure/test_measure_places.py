"""The measure of places, on articles made by hand."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from quoth.cli import cli
from quoth.measure.figures import Kind, Measure, Measured, Score
from quoth.measure.places import PlacesFileError, Sort, load_places, measure_places
from quoth.measure.places.scoring import FARTHEST_KM

TEXT = "Paris, Texas, is far from the Seine. The Texan mayor flew to Oslo. A tram hit a wall in Bergen."


def toponym(name: str, fields: str = "", *, start: int | None = None, tag: str = "phrase") -> str:
    at = TEXT.index(name) if start is None else start
    return f"<toponym><start>{at}</start><end>{at + len(name)}</end><{tag}>{name}</{tag}>{fields}</toponym>"


def tagged(name: str, latitude: float, longitude: float, country: str = "", geonames: str = "") -> str:
    """A toponym as LGL has it."""
    inside = f"<lat>{latitude}</lat><lon>{longitude}</lon><country>{country}</country>"
    return toponym(name, f'<gaztag geonameid="{geonames}">{inside}</gaztag>')


def typed(name: str, type: str, point: tuple[float, float] | None = None) -> str:
    """A toponym as GeoWebNews has it."""
    at = "" if point is None else f"<latitude>{point[0]}</latitude><longitude>{point[1]}</longitude>"
    return toponym(name, f"<type>{type}</type><geonamesID/>{at}", tag="extractedName")


def xml(*toponyms: str, text: str = TEXT, domain: str = "www.harbour.example") -> str:
    inside = f"<domain>{domain}</domain><text><![CDATA[{text}]]></text><toponyms>{''.join(toponyms)}</toponyms>"
    return f'<?xml version="1.0"?>\n<articles><article docid="7">{inside}</article></articles>'


@pytest.fixture
def file(tmp_path: Path) -> Any:
    def write(content: str) -> Path:
        path = tmp_path / "places.xml"
        path.write_text(content, encoding="utf-8")
        return path

    return write


def figures(path: Path, **options: Any) -> dict[str, tuple[float, int | None]]:
    measured = measure_places("a", load_places(path), **options)
    return {figure.name: (figure.value, figure.n) for figure in measured.figures}


PARIS = tagged("Paris", 33.66, -95.56, "United States", "4717560")
OSLO = tagged("Oslo", 59.91, 10.75, "Norway")


def test_places_of_both_formats(file: Any) -> None:
    [article] = load_places(file(xml(PARIS, typed("Oslo", "Literal", (59.9, 10.7)), typed("Texan", "Demonym"))))
    assert (article.id, article.host, article.home, article.adrift) == ("7", "www.harbour.example", None, 0)
    assert [(t.name, t.point, t.country, t.geonames, t.sort) for t in article.toponyms] == [
        ("Paris", (33.66, -95.56), "US", 4717560, None),
        ("Texan", None, None, None, Sort.ASSOCIATIVE),
        ("Oslo", (59.9, 10.7), None, None, Sort.LITERAL),
    ]
    assert all(t.span.words(TEXT) == t.name for t in article.toponyms)


def test_places_home_is_the_domain_s_country(file: Any) -> None:
    [article] = load_places(file(xml(OSLO, domain="avis.example.no")))
    assert article.home == "NO"


def test_places_common_nouns_are_no_toponyms(file: Any) -> None:
    [article] = load_places(file(xml(OSLO, typed("wall", "Literal_Expression"), typed("mayor", "Non_Lit_Expression"))))
    assert [t.name for t in article.toponyms] == ["Oslo"]


def test_places_offsets_may_be_a_little_off(file: Any) -> None:
    at = TEXT.index("Oslo")
    [article] = load_places(file(xml(toponym("Oslo", start=at - 9), toponym("Bergen", start=at - 9))))
    assert [(t.name, t.span.start) for t in article.toponyms] == [("Oslo", at)]
    assert article.adrift == 1


@pytest.mark.parametrize(
    ("content", "where", "what"),
    [
        ("<articles><article>", "places.xml", "no XML"),
        ("<articles/>", "places.xml", "no article"),
        ("<articles><article/></articles>", "article 1", "no text"),
        (xml(), "places.xml", "no toponym"),
        (xml("<toponym><start>one</start><end>5</end></toponym>"), "article 1, toponym 1, start", "'one'"),
        (xml(PARIS, tagged("Oslo", 159.9, 10.7)), "article 1, toponym 2, lat", "'159.9'"),
        (xml(typed("Oslo", "Literal").replace("<geonamesID/>", "<latitude>north</latitude>")), "latitude", "'north'"),
    ],
)
def test_places_files_that_cannot_be_measured(file: Any, content: str, where: str, what: str) -> None:
    with pytest.raises(PlacesFileError) as raised:
        load_places(file(content))
    assert where in str(raised.value.where)
    assert what in str(raised.value)


def test_places_of_given_names(file: Any) -> None:
    """Bergen's gold place is wrong on purpose, so that it lies elsewhere, in another country."""
    got = figures(file(xml(PARIS, OSLO, tagged("Bergen", 0, 0, "Ghana"))), found=False)
    assert got["accuracy_161km"] == (pytest.approx(2 / 3), 3)
    assert got["country"] == (pytest.approx(2 / 3), 3)
    assert got["not_in_gazetteer"] == (0.0, 3)
    assert got["adrift"] == (0, None)
    km, n = got["mean_km"]
    assert n == 3
    assert 2000 < km < 2400  # two are next to nothing off, and Bergen is 6,700 km from the Gulf of Guinea
    assert got["median_km"][0] < 3
    assert 0.29 < got["auc"][0] < 0.38
    assert "precision" not in got


def test_places_the_same_geonames_place_is_not_off(file: Any) -> None:
    got = figures(file(xml(tagged("Oslo", 10, 10, "Norway", "3143244"))), found=False)
    assert got["accuracy_161km"] == (1.0, 1)
    assert got["mean_km"] == (0.0, 1)


def test_places_of_no_gazetteer(file: Any) -> None:
    text = "They met in Vantrosk."
    place = "<toponym><start>12</start><end>20</end><lat>5</lat><lon>5</lon></toponym>"
    got = figures(file(xml(place, text=text)), found=False)
    assert got["not_in_gazetteer"] == (1.0, 1)
    assert got["accuracy_161km"] == (0.0, 1)
    assert "mean_km" not in got


def test_places_found_by_the_reader(file: Any) -> None:
    golds = [typed("Paris", "Literal"), typed("Texan", "Demonym"), typed("Oslo", "Literal", (59.9, 10.7))]
    got = figures(file(xml(*golds)))
    assert got["precision"] == (0.5, 2)  # Oslo and Bergen
    assert got["recall"] == (pytest.approx(1 / 3), 3)
    assert got["f1"] == (pytest.approx(0.4), None)
    assert got["recall_literal"] == (0.5, 2)
    assert got["recall_associative"] == (0.0, 1)
    assert got["precision_literal"] == (0.5, 2)
    assert got["found_161km"] == (1.0, 1)


def test_places_miss_says_what_was_wrong(file: Any) -> None:
    measured = measure_places("a", load_places(file(xml(tagged("Bergen", 0, 0)))), found=False)
    [miss] = measured.misses
    assert (miss.what, miss.ids, miss.wanted) == ("161 km", "7", "Bergen (0.00, 0.00)")
    assert miss.got.startswith("Bergen, ")
    assert miss.words == "ayor flew to Oslo. A tram hit a wall in Bergen."


def run(*arguments: Any) -> Result:
    return CliRunner(env={"COLUMNS": "200"}).invoke(cli, ["eval", "places", *map(str, arguments)])


def test_places_command(file: Any) -> None:
    path = file(xml(PARIS, OSLO))
    done = run(path, "--given", "--format", "json", "--at-least", "accuracy_161km=1", "--at-most", "adrift=0")
    assert done.exit_code == 0, done.output
    [line] = json.loads(done.stdout)
    assert line["story"] == "places.xml"
    assert line["figures"]["accuracy_161km"]["value"] == 1.0
    assert run(path, "--given", "--at-most", "country=0.5").exit_code == 1
    assert run(path, "--given", "--at-least", "ferry=1").exit_code == 2


def test_places_command_on_what_is_no_such_file(file: Any, tmp_path: Path) -> None:
    for path in (file("no XML"), tmp_path / "missing.xml", tmp_path):
        done = run(path)
        assert done.exit_code == 2
        assert path.name in done.stderr
        assert "Traceback" not in done.output


def test_places_farthest_is_half_way_round() -> None:
    assert math.isclose(FARTHEST_KM, math.pi * 6378.137, rel_tol=1e-3)


@pytest.mark.parametrize(("values", "median"), [([3, 1, 2], 2), ([4, 1, 2, 3], 2), ([7], 7)])
def test_figures_median(values: list[float], median: float) -> None:
    measure = Measure("km", Kind.MEDIAN)
    measured = Measured(name="a", measures=(measure,), scores=tuple(Score("km", v, ("x",)) for v in values))
    [figure] = measured.figures
    assert (figure.value, figure.n, figure.method) == (median, len(values), None)


def test_figures_median_has_an_interval_over_articles() -> None:
    scores = tuple(Score("km", float(n), (str(n),)) for n in range(9))
    [figure] = Measured(name="a", measures=(Measure("km", Kind.MEDIAN),), scores=scores).figures
    assert figure.low is not None
    assert figure.high is not None
    assert figure.low < figure.value == 4.0 < figure.high
    assert figure.method == "bootstrap over articles"
