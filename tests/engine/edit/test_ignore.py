"""Whatever is ignored on, everything else stays as it was; taken away, the file is as before."""

from __future__ import annotations

from pathlib import Path

import pytest

from specstat import readers
from specstat.engine.edit.annotate import RefusedError
from specstat.engine.edit.ignore import into_file, refuse
from specstat.engine.edit.targets import Target, wholes
from specstat.engine.suppress import gather
from specstat.model.ignoring import Ignoring
from specstat.rules import registry
from tests.engine.edit.test_annotate import OWN, all_of, corpus, shapes, sides, text_of

IGNORING = Ignoring(("SS101", "SS1"), "old clients: they read it, see #12")
LINE = "specstat: ignore[SS101,SS1] old clients: they read it, see #12"


def took_away(before: str, after: str, line: int) -> bool:
    """Whether the text before is what is left when the ignore is taken away."""
    old, new = before.split("\n"), after.split("\n")
    if len(new) > len(old):
        return new[: line - 1] + new[line:] == old and LINE in new[line - 1]
    return after.replace(f" // {LINE}", "", 1) == before


def check(target: Target) -> bool:
    """Ignore something on one target and compare; whether a comment could be written at all."""
    path, text = target.source.path, target.source.text
    written = into_file(target, IGNORING)
    if written is None:
        return False
    assert took_away(text, written.text, written.line), target.name
    resource = target.resource
    if resource is not None and resource.source.path == path:
        assert list(sides(path, text)) == list(sides(path, written.text))
        found = gather(readers.read(path, written.text.encode()), registry.shipped())
        assert found.of(resource, target.path, frozenset({"SS101", "SS103"})), target.name
    return True


def targets_of(path: str, text: str) -> list[Target]:
    reading = readers.read(path, text.encode())
    kinds = {resource.kind for resource in reading.resources}
    whole = [target for kind in sorted(kinds) for target in wholes(reading, kind)]
    return [*whole, *all_of(path, text)]


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.name)
def test_ignoring_on_a_field_of_ours_changes_nothing_else(path: Path) -> None:
    written = 0
    for text in shapes(text_of(path)):
        for target in targets_of(path.as_posix(), text):
            written += check(target)
    assert written


@pytest.mark.parametrize(("pattern", "count"), [("crds/*/*.yaml", 20), ("protos/**/*.proto", 30)])
def test_ignoring_on_a_field_of_real_files_changes_nothing_else(pattern: str, count: int) -> None:
    tried = written = 0
    for path in corpus(pattern, count):
        fields = targets_of(path.as_posix(), text_of(path))
        for target in fields[:: len(fields) // 3 + 1]:
            tried += 1
            written += check(target)
    assert tried > count
    assert written > 0.9 * tried


@pytest.mark.parametrize(
    "reason", ["as in the # design", "ignore[SS102] too", "a [b] ignore[", "see specstat: it helps"]
)
def test_a_reason_that_would_be_read_otherwise_is_refused(reason: str) -> None:
    with pytest.raises(RefusedError, match="cannot stand in a comment; say it in plain words"):
        refuse(Ignoring(("SS101",), reason))


@pytest.mark.parametrize("reason", ["see #12", "it's 100 % fine: really", "naïve, yes", "]"])
def test_other_reasons_are_taken(reason: str) -> None:
    refuse(Ignoring(("SS101",), reason))


def test_what_would_end_a_block_comment_is_not_written_into_one() -> None:
    text = "message A {\n  /*\n   * Words.\n   */\n  int32 b = 1;\n}\n"
    (target,) = (t for t in all_of("a.proto", text) if t.name == "A.b")

    written = into_file(target, Ignoring(("SS101",), "old */ int32 c = 2; /* clients"))

    assert written is not None
    assert written.text == text.replace(
        "1;", "1; // specstat: ignore[SS101] old */ int32 c = 2; /* clients"
    )
