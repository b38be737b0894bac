from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from specstat.immutability.judging.record import (
    Record,
    RecordError,
    cells_of_record,
    of_value,
    to_value,
)
from specstat.immutability.schema import ABSENT, UNTYPED, Schema

RECORD = Record("v1", ("spec.image", 'spec.env but "DEBUG"'), 3, "ab" * 32)
RECORDS = st.builds(
    Record,
    st.text(min_size=1),
    st.lists(st.text(), max_size=4).map(tuple),
    st.integers(0, 2**70),
    st.text("0123456789abcdef", min_size=1),
)


@given(RECORDS, st.sampled_from([Schema("string"), Schema("object"), UNTYPED]))
def test_what_is_kept_is_read_back(record: Record, schema: Schema) -> None:
    assert of_value(to_value(record, schema)) == record


def test_a_string_holds_compact_json_and_an_object_the_same_as_an_object() -> None:
    text = to_value(RECORD, Schema("string"))
    assert isinstance(text, str)
    assert " " not in text.replace(" but ", "")
    assert json.loads(text) == to_value(RECORD, Schema("object"))


@pytest.mark.parametrize("nothing", [ABSENT, None, "", {}])
def test_nothing_is_no_record(nothing: object) -> None:
    assert of_value(nothing) is None


@given(st.integers(1, 150))
def test_a_cut_record_is_told_with_its_place(length: int) -> None:
    text = str(to_value(RECORD, Schema("string")))
    with pytest.raises(RecordError, match=r"status.specHash holds a record that is cut") as error:
        of_value(text[: min(length, len(text) - 1)], "status.specHash")
    assert "restore it, or remove it" in str(error.value)
    assert "character" in str(error.value)


def test_a_plain_hash_is_told_as_such() -> None:
    with pytest.raises(RecordError, match="plain hash") as error:
        of_value("AB" * 32, "status.specHash")
    assert error.value.plain == "ab" * 32


@pytest.mark.parametrize(
    ("value", "what"),
    [
        ("[1]", "another kind"),
        ("7" * 5000, "damaged in a number"),
        ("[" * 100_000, "damaged"),
        ('{"algorithm":"v1"}', "fields is missing, generation is missing, hash is missing"),
        (
            {"algorithm": "v1", "fields": [1], "generation": True, "hash": ""},
            "fields is wrong, generation is wrong, hash is wrong",
        ),
        (["x"], "another kind"),
    ],
)
def test_what_is_damaged_is_told(value: object, what: str) -> None:
    with pytest.raises(RecordError, match=what):
        of_value(value, "status.specHash")


def test_fields_are_read_into_cells_and_unknown_ones_are_told() -> None:
    cells, unknown = cells_of_record(RECORD, Schema("object", preserves=True))
    assert [cell.path for cell in cells] == [("spec", "image"), ("spec", "env")]
    assert cells[1].but == {"DEBUG"}
    assert unknown == ()
    assert cells_of_record(RECORD, Schema("object")) == ((), RECORD.fields)
    with pytest.raises(RecordError, match="restore it"):
        cells_of_record(RECORD._replace(fields=("..",)), UNTYPED)
