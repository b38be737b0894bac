"""What annotations ignore, bound to the field or the resource that they stand with."""

from __future__ import annotations

import json

import pytest

from specstat.model.reading import Reading
from specstat.model.resource import Resource
from tests.readers.protoapis import read as read_proto
from tests.readers.protoapis import widget
from tests.readers.support import HEAD, crd, fields, only, read, told

SAID = "ignore[SS101] old clients read it"


def ignored(resource: Resource) -> dict[str, list[str]]:
    """Reasons by path, with the text at each place; the resource as a whole has no path."""
    every = {"": resource.ignores} | {p: f.ignores for p, f in fields(resource).items()}
    return {
        path: [i.source.text[i.span.start : i.span.end] + i.said.reason for i in ignores]
        for path, ignores in every.items()
        if ignores
    }


def one(path: str) -> dict[str, list[str]]:
    return {path: ["ignore[SS101]old clients read it"]}


@pytest.mark.parametrize(
    "body",
    [
        f"# specstat: {SAID}\nsize: {{type: string}}",
        f"size: {{type: string}} # specstat: {SAID}",
        f"# Words.\n# specstat: sensitive {SAID}\nsize: {{type: string}}",
        f"size:\n  description: 'specstat: {SAID}'",
        f"size:\n  description: |-\n    The size.\n    specstat: {SAID}\n    In litres.",
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_field_of_a_crd_ignores(body: str, line_end: str) -> None:
    text = crd(f"before: {{}}\n{body}\nafter: {{}}\n").replace("\n", line_end)
    reading = read(text)

    assert told(reading) == []
    assert ignored(only(reading)) == one("spec.size")


def test_a_section_ignores() -> None:
    reading = read(
        crd().replace("          spec:", f"          # specstat: {SAID}\n          spec:")
    )

    assert ignored(only(reading)) == one("spec")


def whole(*lines: tuple[str, str]) -> Reading:
    """A CRD with lines in place of others."""
    text = crd()
    for old, new in lines:
        assert old in text
        text = text.replace(old, new, 1)
    return read(text)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("apiVersion:", f"# specstat: {SAID}\napiVersion:"),
        ("kind: CustomResourceDefinition", f"kind: CustomResourceDefinition # specstat: {SAID}"),
        ("kind: CustomResourceDefinition", f"# specstat: {SAID}\nkind: CustomResourceDefinition"),
        ("- name: v1\n", f"- name: v1 # specstat: {SAID}\n"),
        ("  - name: v1\n", f"  # specstat: {SAID}\n  - name: v1\n"),
    ],
)
def test_a_resource_as_a_whole_ignores(old: str, new: str) -> None:
    reading = whole((old, new))

    assert told(reading) == []
    assert ignored(only(reading)) == one("")


def test_a_comment_of_the_resource_with_words_of_a_field_is_nobodys() -> None:
    reading = whole(("apiVersion:", f"# specstat: sensitive {SAID}\napiVersion:"))

    assert [code for code, _ in told(reading)] == ["SS005"]
    assert ignored(reading.resources[0]) == {}


def annotated(pairs: dict[str, str]) -> Reading:
    text = f"metadata:\n  annotations:\n    specstat.dev/fields: '{json.dumps(pairs)}'\n"
    return read(crd(head=HEAD.replace("metadata:\n", text)))


def test_the_annotation_of_the_crd_ignores_on_fields_and_on_all_of_it() -> None:
    reading = annotated({"spec.size": SAID, "*": SAID})

    assert told(reading) == []
    assert ignored(only(reading)) == one("spec.size") | one("")
    starts = {
        i.span.start for i in (*only(reading).ignores, *fields(only(reading))["spec.size"].ignores)
    }
    assert len(starts) == 2


def test_the_whole_resource_can_only_ignore() -> None:
    assert [code for code, _ in told(annotated({"*": "sensitive"}))] == ["SS004"]


@pytest.mark.parametrize(
    "declaration",
    [
        f"// specstat: {SAID}\n string size = 1;",
        f"string size = 1; // specstat: {SAID}",
        f"/*\n * Words.\n * specstat: {SAID}\n */\n string size = 1;",
    ],
)
def test_a_field_of_a_proto_ignores(declaration: str) -> None:
    reading = read_proto(widget(declaration))

    assert told(reading) == []
    assert ignored(reading.resources[0]) == one("spec.size")


def test_the_message_of_a_resource_ignores_for_all_of_it() -> None:
    text = widget("string size = 1;")
    reading = read_proto(
        text.replace("message Widget {", f"// specstat: {SAID}\nmessage Widget {{")
    )

    assert told(reading) == []
    assert ignored(reading.resources[0]) == one("")


def test_another_message_cannot_ignore() -> None:
    text = widget("string size = 1;")
    reading = read_proto(f"{text}\n// specstat: {SAID}\nmessage Other {{ string name = 1; }}\n")

    assert [code for code, _ in told(reading)] == ["SS005"]


def test_half_a_resource_ignores_for_its_section() -> None:
    reading = read_proto(
        f'syntax = "proto3";\n// specstat: {SAID}\nmessage MugStatus {{ string size = 1; }}\n'
    )

    assert told(reading) == []
    assert ignored(reading.around[0]) == one("status")


def test_an_ignore_that_stands_alone_is_told_where_those_of_a_whole_resource_stand() -> None:
    text = f"# specstat: {SAID}\n---\n{HEAD}"

    (problem,) = (p for p in read(text).problems if p.code == "SS005")

    assert problem.message.endswith(
        "for the whole resource put it right above the first key of the CRD"
    )
