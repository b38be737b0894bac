"""Marks of annotations that are nearly right, in CRDs and protos."""

from __future__ import annotations

import json
import time

import pytest

from specstat.readers.misspelt import misspelt_marks
from tests.readers.protoapis import widget
from tests.readers.support import crd, read


@pytest.mark.parametrize(
    "mark",
    ["spectstat:", "specstats:", "Specstat:", "SpecStat:", "spec-stat:", "specstat", "specstat :"],
)
@pytest.mark.parametrize("said", ["purpose=instruction", "ignore[SS101] why"])
def test_a_mark_that_is_nearly_right_is_told_in_every_form(mark: str, said: str) -> None:
    words = f"{mark} {said}"
    texts = {
        "a.yaml": crd(f"# {words}\nsize: {{type: string}}\n"),
        "b.yaml": crd(f"size: {{type: string}} # {words}\n"),
        "c.yaml": crd(f"size:\n  type: string\n  description: |-\n    Size.\n    {words}\n"),
        "d.proto": widget(f"// {words}\n string size = 1;"),
        "e.proto": widget(f"string size = 1; /* {words} */"),
    }
    for path, text in texts.items():
        (problem,) = read(text, path).problems
        assert problem.code == "SS004"
        assert problem.message == f"an annotation begins with 'specstat:', not with {mark!r}"
        assert problem.span
        assert text[problem.span.start : problem.span.end] == mark


@pytest.mark.parametrize(
    "text",
    [
        "# specstat: purpose=instruction",
        "//specstat:purpose=instruction",
        json.dumps("Size.\nspecstat: purpose=instruction"),
        "# The spectator: purpose=instruction",
        "# Run helm with --set=name, specstat sets=none, reset=creation.",
        "purpose=instruction",
    ],
)
def test_what_is_right_or_something_else_is_not_told(text: str) -> None:
    assert list(misspelt_marks(text)) == []


def test_no_text_takes_long() -> None:
    start = time.perf_counter()
    for text in ("purpose=" * 100_000, "specsta " * 200_000, "//" * 500_000 + "set=", "a" * 10**6):
        assert list(misspelt_marks(text)) == []
    assert time.perf_counter() - start < 5
