"""Whatever field is annotated, everything else stays as it was."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from specstat import readers
from specstat.engine.edit.annotate import RefusedError, into_file
from specstat.engine.edit.targets import Target, every
from specstat.model.directives import Declared, parse
from specstat.model.resource import Field
from specstat.model.source import Source
from specstat.readers.decoding import decode
from tests.readers.support import FIXTURES, ROOT

WORDS = ("purpose=instruction", "changes=never")
SAYS = parse(" ".join(WORDS)).declared
COMMENT = f"specstat: {' '.join(WORDS)}"
SWAPPED = f"specstat: {' '.join(reversed(WORDS))}"
CORPUS = ROOT.parent / "shared" / "corpus"
OWN = sorted([*FIXTURES.glob("crds/*.yaml"), *FIXTURES.glob("protos/*.proto")])


def all_of(path: str, text: str) -> list[Target]:
    """All fields of a file, each place once."""
    reading = replace(readers.read(path, text.encode()), source=Source(path, text))
    return list({target.offset: target for target in reversed(list(every(reading)))}.values())


def text_of(path: Path) -> str:
    return decode(path.as_posix(), path.read_bytes())[0].text


def sides(path: str, text: str) -> Iterator[tuple[object, ...]]:
    """All that resources say of their fields, without places."""
    reading = readers.read(path, text.encode())
    for resource in (*reading.resources, *reading.around):
        for root in resource.fields:
            for field in root.walk():
                yield (resource.version, field.path, *facts(field))


def facts(field: Field) -> tuple[object, ...]:
    return (field.type, field.description, field.required, field.enum, field.declared)


def took_away(before: str, after: str, line: int) -> bool:
    """Whether the text before is what is left when the annotation is taken away."""
    old, new = before.split("\n"), after.split("\n")
    if len(new) > len(old):
        return new[: line - 1] + new[line:] == old and COMMENT in new[line - 1]
    return after.replace(f" // {COMMENT}", "", 1) == before


def check(target: Target) -> bool:
    """Annotate one field and compare; whether a comment could be written at all."""
    text = target.source.text
    written = into_file(target, WORDS, SAYS)
    if written is None:
        return False
    assert took_away(text, written.text, written.line), target.name
    # What is in another file than its resource is looked at where that one is read.
    if target.resource is not None and target.resource.source.path == target.source.path:
        path = target.source.path
        pairs = list(zip(sides(path, text), sides(path, written.text), strict=True))
        changed = {new[1] for old, new in pairs if old != new}
        assert target.path in changed
        for old, new in pairs:
            assert old[:-1] == new[:-1]
            assert new[-1] in {old[-1], SAYS}
    return True


def shapes(text: str) -> Iterator[str]:
    """A text with each kind of line end, and without the last one."""
    plain = text.replace("\r\n", "\n")
    yield plain
    yield plain.replace("\n", "\r\n")
    yield plain.rstrip("\n")


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.name)
def test_annotating_a_field_of_ours_changes_nothing_else(path: Path) -> None:
    written = 0
    for text in shapes(text_of(path)):
        for target in all_of(path.as_posix(), text):
            written += check(target)
    assert written


def corpus(pattern: str, count: int) -> list[Path]:
    files = sorted(CORPUS.glob(pattern))
    if len(files) < count:
        pytest.skip(f"no corpus of real files in {CORPUS}")
    return files[:: len(files) // count][:count]


@pytest.mark.parametrize(("pattern", "count"), [("crds/*/*.yaml", 25), ("protos/**/*.proto", 40)])
def test_annotating_a_field_of_real_files_changes_nothing_else(pattern: str, count: int) -> None:
    tried = written = 0
    for path in corpus(pattern, count):
        fields = all_of(path.as_posix(), text_of(path))
        for target in fields[:: len(fields) // 4 + 1]:
            tried += 1
            written += check(target)
    assert tried > count
    assert written > 0.9 * tried


def only(text: str, name: str, path: str = "a.proto") -> Target:
    (target,) = (t for t in all_of(path, text) if t.name == name)
    return target


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("message A {\n\tint32 b = 1;\n}", f"message A {{\n\t// {COMMENT}\n\tint32 b = 1;\n}}"),
        (
            "message A {\n  // Words.\n  int32 b = 1;\n}",
            f"message A {{\n  // Words.\n  // {COMMENT}\n  int32 b = 1;\n}}",
        ),
        (
            "message A {\n  // Of A.\n\n  int32 b = 1;\n}",
            f"message A {{\n  // Of A.\n\n  // {COMMENT}\n  int32 b = 1;\n}}",
        ),
        (
            "message A {\n  /*\n   * Words.\n   */\n  int32 b = 1; // more\n}",
            f"message A {{\n  /*\n   * Words.\n   * {COMMENT}\n   */\n  int32 b = 1; // more\n}}",
        ),
        (
            "message A {\n  /* Words. */\n  int32 b = 1;\n}",
            f"message A {{\n  /* Words. */\n  int32 b = 1; // {COMMENT}\n}}",
        ),
        (
            "message A { int32 a = 2;\n int32 c = 3; int32 b = 1;\n}",
            f"message A {{ int32 a = 2;\n int32 c = 3; int32 b = 1; // {COMMENT}\n}}",
        ),
        (
            "message A {\n  int32 b = 1; int32 c = 2;\n}",
            f"message A {{\n  // {COMMENT}\n  int32 b = 1; int32 c = 2;\n}}",
        ),
        (
            "message A {\n // specstat: purpose=observation sensitive\n int32 b = 1;\n}",
            f"message A {{\n // {COMMENT.replace(' c', ' sensitive c')}\n int32 b = 1;\n}}",
        ),
        (
            "message A {\n  // Words.\n  int32 b = 1; // specstat: changes=never\n}",
            f"message A {{\n  // Words.\n  int32 b = 1; // {SWAPPED}\n}}",
        ),
    ],
)
def test_a_comment_goes_where_it_binds_to_its_field(before: str, after: str) -> None:
    written = into_file(only(before, "A.b"), WORDS, SAYS)

    assert written is not None
    assert written.text == after


@pytest.mark.parametrize(
    "text",
    [
        "message A { int32 b = 1; }",
        "message A {\n  int32 a = 2; int32 b = 1; int32 c = 3;\n}",
        "message A {\n  /* Words. */\n  int32 b = 1; // more\n}",
        "message A {\n  optional group B = 1 {\n  }\n}",
    ],
)
def test_where_no_comment_would_bind_nothing_is_written(text: str) -> None:
    name = "A.b"
    assert into_file(only(text, name), WORDS, SAYS) is None


def test_what_another_annotation_contradicts_is_refused_with_its_place() -> None:
    body = FIXTURES / "SS102-output-in-spec" / "bad-declared.yaml"
    refused = []
    for target in all_of("a.yaml", text_of(body)):
        try:
            into_file(target, WORDS, SAYS)
        except RefusedError as error:
            refused.append(str(error))
    assert "it says purpose=observation already, line 37; change that" in refused
    assert (
        "it says purpose=observation already, the annotation specstat.dev/fields; change that"
    ) in refused


def test_a_text_that_fields_share_is_annotated_for_all_of_them() -> None:
    shared = """\
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: mugs.example.com}
spec:
  group: example.com
  names: {kind: Mug}
  versions:
  - name: v1
    schema: &schema
      openAPIV3Schema:
        properties:
          spec:
            properties:
              size: {type: string}
  - {name: v1beta1, schema: *schema}
"""
    written = into_file(only(shared, "Mug.spec.size", "a.yaml"), WORDS, SAYS)

    assert written is not None
    found = [side for side in sides("x.yaml", written.text) if side[-1] != Declared()]
    assert [side[:2] for side in found] == [("v1", "spec.size"), ("v1beta1", "spec.size")]
