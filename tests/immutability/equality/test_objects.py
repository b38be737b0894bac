"""Objects out of text, as Kubernetes' clients read them."""

from __future__ import annotations

from typing import Any

import pytest

from specstat.immutability.equality.objects import Document, ObjectError, read
from specstat.model.source import Source


def document(text: str) -> Document:
    return read(Source("o.yaml", text))


def value(text: str) -> Any:  # noqa: ANN401 - any value of JSON
    return document(f"v: {text}\n").value["v"]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("9007199254740993", 9007199254740993),
        ("1e3", 1000.0),
        ("1_000", 1000),
        ("0x1F", 31),
        ("0o17", 15),
        ("017", 15),
        ("-0b11", -3),
        ("0x1ffffffffffffffff", "0x1ffffffffffffffff"),
        ("1:30", "1:30"),
        ("2026-01-01", "2026-01-01"),
        ("1.2.3", "1.2.3"),
        ("yes", True),
        ("off", False),
        ("'yes'", "yes"),
        ("~", None),
        ("", None),
        ("'1'", "1"),
        ("-", ["v"]),
    ],
)
def test_scalars_mean_what_kubernetes_clients_read(text: str, meant: object) -> None:
    found = value(text if meant != ["v"] else "[v]")
    assert (found, type(found)) == (meant, type(meant))


@pytest.mark.parametrize(
    ("text", "place", "told"),
    [
        ("", None, "there is no object in it"),
        ("---\n---\n", None, "there is no object in it"),
        ("a: 1\n---\nb: 2\n", 9, "it holds 2 objects; keep one object in a file"),
        ("- a\n", 0, "this is no object"),
        ("a: 1\na: 2\n", 5, "the key a stands here a second time"),
        ('{"a": 1, "a": 2}', 9, "the key a stands here a second time"),
        ("a: .nan\n", 3, ".nan is no number that an object can hold"),
        ("a: 1e400\n", 3, "1e400 is no number"),
        ('{"a": 1e400}', 6, "1e400 is no number"),
        (f"a: {'9' * 5000}\n", 3, "9999 is no number"),
        ("a: \0\n", 3, "U+0000 may not stand in YAML"),
        ("a:\n\tb: 1\n", 3, "a tab where YAML wants spaces"),
        ("a: &a [*a]\n", None, "an anchor contains an alias of itself"),
        ("a: " + "[" * 400 + "]" * 400, None, "nested deeper than 150 levels"),
        ('{"a":' * 200 + "1" + "}" * 200, None, "nested deeper than 150 levels"),
    ],
)
def test_what_is_no_object_is_told_with_its_place(text: str, place: int | None, told: str) -> None:
    with pytest.raises(ObjectError) as caught:
        document(text)
    assert told in str(caught.value)
    assert len(str(caught.value)) < 200
    if place is not None:
        assert caught.value.span
        assert caught.value.span.start == place


def test_json_is_read_by_its_own_rules() -> None:
    text = r'{"pair": "\ud83d\ude00", "half": "\ud83d", "back": "\\ud83d", "n": 1.0, "y": "\/"}'
    read_ = document(text)
    assert read_.value == {
        "pair": "\U0001f600",
        "half": "\ufffd",
        "back": "\\ud83d",
        "n": 1.0,
        "y": "/",
    }
    assert read_.place_of(("n",)).start == text.index('"n"')


def test_anchors_and_merged_keys_are_expanded() -> None:
    assert document("a: &a {x: 1, z: 2}\nb: {<<: *a, z: 3}\nc: *a\n").value == {
        "a": {"x": 1, "z": 2},
        "b": {"x": 1, "z": 3},
        "c": {"x": 1, "z": 2},
    }


def test_line_ends_do_not_matter() -> None:
    assert document("a: 1\r\nb:\r\n  c: x\r\n").value == {"a": 1, "b": {"c": "x"}}


def test_places_are_those_of_the_values_or_around_them() -> None:
    found = document("spec:\n  items:\n  - name: a\n")
    assert found.place_of(("spec", "items", 0, "name")).start == len("spec:\n  items:\n  - ")
    assert found.place_of(("spec", "gone", 3)).start == 0
