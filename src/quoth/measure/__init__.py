"""Gold × readings → figures: what a story was expected to yield, against what Quoth reads and lays side by side."""

from quoth.measure.figures import Figure, Measured, Miss, pooled
from quoth.measure.questions import measure_questions
from quoth.measure.reading import Readings, read, readings_of
from quoth.measure.statements import measure_statements
from quoth.measure.story import Story, StoryError, load_story

__all__ = [
    "Figure",
    "Measured",
    "Miss",
    "Readings",
    "Story",
    "StoryError",
    "load_story",
    "measure_questions",
    "measure_statements",
    "pooled",
    "read",
    "readings_of",
]
