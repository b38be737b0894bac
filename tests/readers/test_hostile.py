"""The broken inputs of fixtures/hostile, as its README tells them."""

from __future__ import annotations

import re
import textwrap
import time

import pytest

from specstat import readers
from tests.readers.support import FIXTURES, HEAD, crd, fields, only, read, read_fixture, told

HOSTILE = FIXTURES / "hostile"

# File to the problems (code and line), and to the words that must stand in the message.
TOLD = {
    "billion-laughs.yaml": ("SS001", 1, "aliases expand to"),
    "complex-key.yaml": ("SS001", 26, "is no name"),
    "duplicate-keys.yaml": ("SS003", 26, "'litres' stands twice"),
    "invalid-utf8.yaml": ("SS001", 21, "byte 0xe9"),
    "invalid-yaml.yaml": ("SS001", 21, "quoted scalar"),
    "nul.yaml": ("SS001", 21, "U+0000"),
    "properties-list.yaml": ("SS001", 20, "properties is a list"),
    "schema-list.yaml": ("SS001", 17, "is a list, not a mapping"),
    "schema-missing.yaml": ("SS001", 14, "v1 is missing"),
    "schema-string.yaml": ("SS001", 16, "is a plain value, not a mapping"),
    "self-alias.yaml": ("SS001", 18, "alias of itself"),
    "spec-missing.yaml": ("SS001", 1, "spec of the CRD is missing"),
    "tab-indent.yaml": ("SS001", 20, "a tab where YAML wants spaces"),
    "versions-string.yaml": ("SS001", 13, "no list of versions"),
}
SKIPPED = {
    "empty.yaml": "no CRD in it",
    "helm-broken.yaml": "a template that is no YAML yet",
    "other.yaml": "no CRD in it",
}


@pytest.mark.parametrize("name", TOLD)
def test_a_hostile_file_gives_one_problem_at_its_place(name: str) -> None:
    code, line, words = TOLD[name]
    reading = read_fixture(f"hostile/{name}")

    assert told(reading) == [(code, line)]
    assert words in reading.problems[0].message
    assert "\n" not in reading.problems[0].message
    assert reading.skipped == ""
    assert len(reading.resources) == (code == "SS003")


@pytest.mark.parametrize("name", SKIPPED)
def test_a_harmless_file_is_passed_over(name: str) -> None:
    reading = read_fixture(f"hostile/{name}")

    assert reading.resources == ()
    assert {p.code for p in reading.problems} <= {"SS007"}
    assert reading.skipped.startswith(SKIPPED[name])


def test_of_a_repeated_field_the_last_one_is_read() -> None:
    (resource,) = read_fixture("hostile/duplicate-keys.yaml").resources
    litres = fields(resource)["spec.litres"]

    assert (litres.type, litres.description) == ("string", "Litres to heat, as a quantity.")
    assert resource.source.position(litres.name_span.start).line == 26


def test_the_readme_and_these_tests_know_the_same_files() -> None:
    there = {path.name for path in HOSTILE.iterdir()} - {"README.md"}
    readme = (HOSTILE / "README.md").read_text(encoding="utf-8")
    protos = {name for name in there if name.endswith(".proto")}  # see test_proto_hostile

    assert set(re.findall(r"^\| `([^`]+)`", readme, re.MULTILINE)) == there
    assert {*TOLD, *SKIPPED, "helm-lines.yaml"} == there - protos


@pytest.mark.parametrize("name", sorted({*TOLD, *SKIPPED}))
def test_no_hostile_file_takes_long(name: str) -> None:
    start = time.process_time()
    read_fixture(f"hostile/{name}")
    assert time.process_time() - start < 0.5


def nested(levels: int) -> str:
    return crd("a: " + "{properties: {a: " * levels + "{}" + "}}" * levels)


def test_a_schema_nested_as_deep_as_yaml_may_be_is_read() -> None:
    (resource,) = read(nested(490)).resources
    assert max(path.count(".") for path in fields(resource)) == 491


def test_a_schema_nested_deeper_is_refused_with_its_place() -> None:
    reading = read(nested(500))
    assert told(reading) == [("SS001", 18)]
    assert "nested deeper" in reading.problems[0].message


def chain(links: int, levels: int) -> str:
    """Fields that each hold the one before below so many levels."""
    bodies = ["a0: &a0 {type: string}"]
    bodies += [
        f"a{n}: &a{n} {'{properties: {b: ' * levels}*a{n - 1}{'}}' * levels}"
        for n in range(1, links + 1)
    ]
    return "\n".join(bodies)


def test_a_schema_nested_through_aliases_never_exhausts_the_stack() -> None:
    assert len(only(read(crd(chain(2, 200)))).fields) == 1

    reading = read(crd(chain(6, 400)))
    assert [code for code, _ in told(reading)] == ["SS001"]


def test_lists_nested_through_aliases_never_exhaust_the_stack() -> None:
    deep = "{kind: List, items: [" * 400
    items = ["- &l0 {kind: Other}\n"]
    items += [f"- &l{n} {deep}*l{n - 1}{']}' * 400}\n" for n in range(1, 6)]
    reading = read("kind: List\nitems:\n" + "".join(items) + "# CustomResourceDefinition\n")
    assert reading.resources == ()


@pytest.mark.parametrize(
    "text",
    [
        "[" * 1_000_000,
        "- " * 1_000_000,
        "{a: " * 1_000_000,
        HEAD + "  - schema: " + "{a: " * 1_000_000,
        crd("# " * 500_000),
        crd("a: " + "&a" * 500_000),
        crd("a: {description: '" + "x " * 1_000_000 + "'}"),
        crd("a: {enum: [" + "x, " * 100_000 + "]}"),
    ],
    ids=range(8),
)
def test_inputs_of_a_megabyte_are_read_or_refused_at_once(text: str) -> None:
    start = time.process_time()
    read(text)
    assert time.process_time() - start < 2


@pytest.mark.parametrize("document", ["\x00", "a: 'x", "\tx", "[", "*a"])
def test_a_file_with_one_broken_document_is_told_once(document: str) -> None:
    reading = readers.read("crd.yaml", (crd() + "---\n" + document).encode())
    assert [code for code, _ in told(reading)] == ["SS001"]


def test_a_second_byte_order_mark_shifts_nothing() -> None:
    text = textwrap.dedent(crd())
    reading = readers.read("crd.yaml", b"\xef\xbb\xbf\xef\xbb\xbf" + text.encode())
    (field,) = only(reading).fields[0].children

    span = field.name_span
    assert reading.source.text[span.start : span.end] == "size"
