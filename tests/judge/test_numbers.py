"""Whatever a field holds, and whatever was learned: probabilities are numbers from 0 to 1."""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable
from itertools import cycle

from hypothesis import given, settings
from hypothesis import strategies as st

from specstat.judge import scales, signals
from specstat.judge.verdict import judge
from specstat.judge.weights import HEAVIEST, Weights, shipped
from specstat.model.resource import Field
from tests.judge.weighing import table

# Half a character is no text, and yet JSON can say it.
ANY = st.text(st.characters(), max_size=40) | st.text(st.characters(categories=["Cs"]), max_size=3)
KNOWN = "retry count status phase last time size desired observed name the system sets it".split()
WORDS = st.sampled_from([*KNOWN, "when"])
TEXTS = ANY | st.lists(WORDS, max_size=12).map(" ".join)
NAMES = TEXTS | st.lists(WORDS, min_size=1, max_size=4).map("_".join)
FIELDS = st.builds(
    Field,
    name=NAMES,
    type=st.sampled_from(["", "string", "integer", "object", "array"]) | ANY,
    description=TEXTS,
    format=ANY,
    enum=st.lists(TEXTS, max_size=4).map(tuple),
    required=st.booleans(),
    has_default=st.booleans(),
    constraints=st.lists(ANY.map(lambda word: (word, "")), max_size=3).map(tuple),
    children=st.lists(NAMES.map(lambda name: Field(name=name)), max_size=10).map(tuple),
)
# As the numbers in a weights file are.
SINGLE = st.floats(-HEAVIEST, HEAVIEST, width=32)
IDS = [signal.id for signal in signals.shipped().signals.values()]
# Each field has a number of children, and most have some of the words.
WEIGHED = [f"{kind}:{word}" for kind in ("head", "single", "first", "d", "c") for word in KNOWN]
WEIGHED += [f"children:{number}" for number in range(9)]


def tables(bytes_: Iterable[int]) -> array[int]:
    """A table in which these weights go round the features."""
    return table(dict(zip(WEIGHED, cycle(bytes_), strict=False)), 2**10)


WEIGHTS = st.builds(
    Weights,
    # Two are the same if their checksum is.
    st.uuids().map(hash),
    bias=SINGLE,
    slope=SINGLE.map(abs),
    signals=st.dictionaries(st.sampled_from(IDS), st.floats(0, HEAVIEST)),
    table=st.lists(st.integers(-128, 127), min_size=1, max_size=9).map(tables)
    | st.lists(st.integers(0, 2**32 - 1), min_size=1, max_size=9).map(lambda r: array("I", r)),
    scale=SINGLE,
)


@settings(max_examples=300, deadline=None)
@given(FIELDS, st.none() | st.builds(shipped) | WEIGHTS)
def test_probabilities_are_numbers_and_add_up(field: Field, weights: Weights | None) -> None:
    verdict = judge(field, by=scales.of(weights))

    assert all(0 <= p <= 1 for p in verdict.probabilities.values())
    assert math.isclose(sum(verdict.probabilities.values()), 1)
    assert 0 < verdict.confidence <= 1
    assert all(math.isfinite(e.weight) and e.weight >= 0 for e in verdict.evidence)
