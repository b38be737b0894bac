"""A verdict for people: the section, the three tests, the origin, what would change it."""

from __future__ import annotations

from collections.abc import Iterator

from specstat.model.evidence import Verdict
from specstat.model.resource import Section
from specstat.reporters.layout import WIDTH, Line, visible, wrap

_STYLES = {
    Section.SPEC: "bold green",
    Section.STATUS: "bold blue",
    Section.METADATA: "bold magenta",
}
_LABEL = 15
_WORD = 16
_SURE = 0.8
_OTHERWISE = {
    Section.SPEC: "It would be status if it told what happened or what was found, instead of what "
    "to do or to use.",
    Section.STATUS: "It would be spec if someone acted on it: if it said what to do or to use, "
    "instead of what is.",
    Section.METADATA: "It would be spec or status if it identified something else than the object "
    "it stands in.",
}
# Whose doing would suggest spec to those who ask for the origin; anyone else's, status.
_PEOPLE = frozenset(
    "you user users client clients admin admins administrator administrators author developer "
    "human humans people".split()
)


def would_change(verdict: Verdict, *, described: bool) -> list[str]:
    """Sentences on what would change the answer or make it surer."""
    if verdict.declared:
        return ["Only another purpose would change this."]
    sentences = []
    if verdict.even:
        sentences.append("The signs are even; in doubt a field belongs in spec.")
    if verdict.depends:
        sentences.append(f"It depends: {verdict.depends}.")
    else:
        sentences.append(_OTHERWISE[verdict.section])
    if not described and verdict.confidence < _SURE:
        sentences.append("A description would make this surer: --description '...'.")
    if verdict.section is Section.METADATA:
        sentences.append("Every object's metadata holds it already; declare no field for it.")
    return sentences


def origin(verdict: Verdict) -> tuple[str, str]:
    """Who sets the field, what that would suggest, and why it does not count."""
    if verdict.origin is None:
        return "not asked", "who sets a field does not decide where it belongs"
    actor = verdict.origin.actor
    guess = Section.SPEC if _PEOPLE.intersection(actor.split()) else Section.STATUS
    so = "too" if guess is verdict.section else "but who sets a field does not decide"
    return actor, f'by "{verdict.origin.quote}" alone one would say {guess}, {so}'


def report(subject: str, verdict: Verdict, *, described: bool, stands: str = "") -> Iterator[Line]:
    """The answer for one field; `stands` says where it is now, if it stands in a file."""
    style = _STYLES[verdict.section]
    head = f" belongs in {verdict.section} ({verdict.sureness(verdict.section)})"
    yield ((visible(subject), "bold"), (head, style))
    if stands:
        yield ((f"  {visible(stands)}", ""),)
    yield ()
    for answer in verdict.answers:
        yield from _row(answer.test.value.capitalize(), answer.word, answer.reason)
    actor, reason = origin(verdict)
    yield from _row("Origin", actor, reason)
    yield ()
    for sentence in would_change(verdict, described=described):
        for line in wrap(sentence, WIDTH - 2):
            yield ((f"  {line}", ""),)


def _row(name: str, word: str, reason: str) -> Iterator[Line]:
    room = WIDTH - 2 - _LABEL - _WORD
    for number, line in enumerate(wrap(reason, room)):
        head, answer = ("", "") if number else (name, visible(word))
        yield ((f"  {head:<{_LABEL}}", ""), (f"{answer:<{_WORD}}", "bold"), (line, ""))
