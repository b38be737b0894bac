"""`specstat where --ask`: the four questions, one keystroke each."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace

from specstat.cli.errors import UsageError
from specstat.judge.verdict import judge
from specstat.model.evidence import Evidence, Question, Test, Verdict
from specstat.model.resource import Field, Section

_OPEN = ("?", "I don't know")


@dataclass(frozen=True, slots=True)
class _Ask:
    """A question with its choices: key, what it means, and the value it stands for."""

    text: str
    choices: tuple[tuple[str, str, str], ...]


_SET_WHEN = _Ask(
    "When is it set?",
    (
        ("b", "before work on it starts, with the request", "creation"),
        ("d", "during the work", "execution"),
        ("e", "at the end of it", "completion"),
    ),
)
_CHANGES = _Ask(
    "Does it change?",
    (
        ("n", "never", "never"),
        ("r", "on request: when someone wants it otherwise", "on-request"),
        ("u", "unasked: the system changes it as things go on", "lifecycle"),
    ),
)
_DOES = _Ask(
    "What does it do?",
    (
        ("c", "it controls how the resource behaves", "input"),
        ("r", "it reports what happened or how things are", "output"),
    ),
)
_PURPOSE = _Ask(
    "What is it for?",
    (
        ("i", "an instruction: do this, use that", "instruction"),
        ("o", "an observation: this is so, that happened", "observation"),
        ("d", "identity: it tells which object this is", "identity"),
    ),
)
_SAID = {
    "input": (Section.SPEC, "you say that it controls behaviour"),
    "output": (Section.STATUS, "you say that it reports"),
}
# As much as a declaration of how a field changes.
_SAID_WEIGHT = 3.0


def ask(name: str, field: Field) -> Verdict:
    """Ask the four questions about a field and judge it with the answers."""
    sys.stderr.write(f"Four questions about {name}. Who sets it is not among them.\n\n")
    set_when, changes = _answer(_SET_WHEN), _answer(_CHANGES)
    does, purpose = _answer(_DOES), _answer(_PURPOSE)
    declared = replace(
        field.declared,
        set_when=set_when or field.declared.set_when,
        changes=changes or field.declared.changes,
        purpose=purpose or field.declared.purpose,
    )
    said = []
    if does:
        toward, reason = _SAID[does]
        said.append(Evidence(Test.INPUT_OUTPUT, Question.DOES, toward, _SAID_WEIGHT, reason))
    verdict = judge(replace(field, declared=declared), said=tuple(said))
    if not purpose:
        return verdict
    answers = (
        a._replace(reason=f"you say so: purpose={purpose}") if a.test is Test.PURPOSE else a
        for a in verdict.answers
    )
    return replace(verdict, answers=tuple(answers))


def _answer(question: _Ask) -> str:
    """One keystroke on a terminal, a line elsewhere; empty where the answer is not known."""
    sys.stderr.write(f"{question.text}\n")
    for key, text, _ in question.choices:
        sys.stderr.write(f"  {key}  {text}\n")
    sys.stderr.write(f"  {_OPEN[0]}  {_OPEN[1]}\n")
    values = {key: value for key, _, value in question.choices} | {_OPEN[0]: "", "": ""}
    while True:
        sys.stderr.write("> ")
        sys.stderr.flush()
        key = _key()
        sys.stderr.write(f"{key}\n\n" if sys.stdin.isatty() else "\n\n")
        if key in values:
            return values[key]
        sys.stderr.write(f"Press one of {', '.join(k for k in values if k)}.\n")


def _key() -> str:
    if sys.stdin.isatty():
        import typer

        return typer.getchar().strip().lower()[:1]
    line = sys.stdin.readline()
    if not line:
        message = "--ask found no answer on standard input; it wants four lines there"
        raise UsageError(message)
    return line.strip().lower()[:1]
