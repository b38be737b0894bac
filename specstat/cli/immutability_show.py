"""What a policy means, in words; the policies that come along; their JSON Schema."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator

from specstat.cli.immutability_policies import loaded_policy
from specstat.immutability.cells import Cell
from specstat.immutability.language import finding, mismatches
from specstat.immutability.paths import text_of
from specstat.immutability.policy import Policy
from specstat.immutability.schema import UNKNOWN_KIND
from specstat.immutability.terms import (
    Exemption,
    FieldTest,
    Mode,
    Terms,
    Trigger,
    Word,
    in_words,
)
from specstat.reporters.layout import visible

_WORDS = {
    Word.UNTIL_ACCEPTED: "fixed once locked",
    Word.NEVER: "fixed from creation on",
    Word.SET_ONCE: "fixed once set",
    Word.APPEND_ONLY: "only added to",
}


def execute(policy: str, crd: str, version: str, name: str) -> int:
    """Print what a policy means; UsageError where it cannot be used."""
    loaded = loaded_policy(policy, crd, version, name)
    sys.stdout.writelines(f"{visible(line)}\n" for line in told(loaded))
    return 0


def packaged() -> int:
    """Print the names and kinds of the policies that come along."""
    for name in finding.packaged():
        for terms in finding.load(finding.file_of(name)):
            sys.stdout.write(f"{terms.name}  {_kind(terms)}\n")
    return 0


def schema() -> int:
    """Print the JSON Schema of policies."""
    from specstat.immutability.language import publish

    sys.stdout.write(f"{json.dumps(publish.schema(), indent=2)}\n")
    return 0


def told(policy: Policy) -> Iterator[str]:
    """What a policy means, in lines."""
    terms = policy.terms
    yield f"{terms.name}: {_kind(terms)} {policy.version}".rstrip()
    if policy.schema is UNKNOWN_KIND:
        yield "No CRD is known (--crd): what is said below is not checked against one."
    yield ""
    for word in Word:
        yield from _fixed(word, [cell for cell in policy.cells if cell.word is word])
    if terms.open:
        yield "Mutable"
        yield from (f"  {text_of(named.path)}" for named in terms.open)
    yield _rest(terms)
    yield ""
    yield from _row("Locked when", [_asked(test) for test in terms.locked_when])
    yield from _row("Exempt when", [_asked(test) for test in terms.exempt_when])
    yield from _row("Done when", [_asked(terms.terminal)] if terms.terminal else [])
    yield from _owned(terms)
    yield from _violation(terms)
    if policy.schema is not UNKNOWN_KIND:
        yield from _doubts(policy)


def _rest(terms: Terms) -> str:
    if not terms.default_fixed:
        return "Not named: all else is mutable"
    return "Not named: all else in spec is fixed once locked, all outside of spec is mutable"


def _doubts(policy: Policy) -> Iterator[str]:
    """What lint tells as well: tests that never hold, and what cannot be written."""
    found = [*mismatches.triggers(policy.terms, policy.schema)]
    if policy.terms.mode is Mode.ENFORCE:
        found += mismatches.written(policy.terms, policy.schema)
    if found:
        yield ""
    for one in found:
        yield f"Note: {text_of(one.path)} {one.what}; {one.hint}"


def _kind(terms: Terms) -> str:
    return f"{terms.group}/{terms.kind}" if terms.group else terms.kind


def _fixed(word: Word, cells: Iterable[Cell]) -> Iterator[str]:
    lines = [f"  {_cell(cell)}" for cell in cells]
    if lines:
        yield f"{_WORDS[word].capitalize()} ({word.value})"
        yield from lines


def _cell(cell: Cell) -> str:
    but = f", without {', '.join(sorted(cell.but))}" if cell.but else ""
    return f"{text_of(cell.path)}{but}"


def _asked(test: Trigger | Exemption) -> str:
    """What a test asks, and what counts where there is nothing to ask it of."""
    absent = test.absent if isinstance(test, FieldTest) else None
    return in_words(test) + ("" if absent is None else f" (absent counts as {absent})")


def _row(name: str, told: Iterable[str]) -> Iterator[str]:
    for number, line in enumerate(told):
        yield f"{name}  {line}" if not number else f"{'or':>{len(name)}}  {line}"


def _owned(terms: Terms) -> Iterator[str]:
    owned = terms.owned
    keys = [f"labels {key}*" for key in owned.labels]
    keys += [f"annotations {key}*" for key in owned.annotations]
    if keys:
        yield f"Owned        {', '.join(keys)}, by {', '.join(owned.by)}"


def _violation(terms: Terms) -> Iterator[str]:
    said = terms.on_violation
    nowhere = "nothing: a controller that sees no older object cannot tell a change"
    yield f"Recorded in  {text_of(terms.record) if terms.record else nowhere}"
    told = [f"{text_of(said.phase_field)} {said.phase}"] if said.phase else []
    told += [f"{kind}={status}" for kind, status in said.conditions]
    told += [f"reason {said.reason}", *(["an Event"] if said.event else [])]
    if terms.mode is Mode.WARN:
        told = [f"a warning only, reason {said.reason}"]
    yield f"A violation  {', '.join(told)}"
    if terms.toggle:
        yield f"Switched by  {terms.toggle} (of the controller; no installed rule knows it)"
