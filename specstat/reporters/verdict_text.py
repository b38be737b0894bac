"""A verdict for people: section, tests, origin, precedents, and what would change it."""

from __future__ import annotations

from collections.abc import Iterator

from specstat.judge.origin import PEOPLE
from specstat.model.evidence import SAID, SURE, Verdict
from specstat.model.precedent import NONE, Elsewhere, Precedent, Precedents
from specstat.model.resource import Section
from specstat.reporters.layout import WIDTH, Line, clip, visible, wrap

_STYLES = {
    Section.SPEC: "bold green",
    Section.STATUS: "bold blue",
    Section.METADATA: "bold magenta",
}
_LABEL = 15
_WORD = 16
_PATH = 29
_HELD = "Every object's metadata holds it already; declare no field for it."
_LABELLED = (
    "Metadata takes no fields of your own: what others find an object by is a label, what they "
    "read of it an annotation."
)
_OTHERWISE = {
    Section.SPEC: "It would be status if it told what happened or what was found, instead of what "
    "to do or to use.",
    Section.STATUS: "It would be spec if someone acted on it: if it said what to do or to use, "
    "instead of what is.",
    Section.METADATA: "It would be spec or status if it identified something else than the object "
    "it stands in.",
}


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
    if not described and verdict.confidence < SURE:
        sentences.append("A description would make this surer: --description '...'.")
    if verdict.section is Section.METADATA:
        is_said = any(evidence.signal == SAID for evidence in verdict.evidence)
        sentences.append(_LABELLED if is_said else _HELD)
    return sentences


def origin(verdict: Verdict) -> tuple[str, str]:
    """Who sets the field, what that would suggest, and why it does not count."""
    if verdict.origin is None:
        return "not asked", "who sets a field does not decide where it belongs"
    actor = verdict.origin.actor
    guess = Section.SPEC if PEOPLE.intersection(actor.split()) else Section.STATUS
    so = "too" if guess is verdict.section else "but who sets a field does not decide"
    return actor, f'by "{verdict.origin.quote}" alone one would say {guess}, {so}'


def report(
    subject: str,
    verdict: Verdict,
    *,
    described: bool,
    stands: str = "",
    precedents: Precedents = NONE,
) -> Iterator[Line]:
    """The answer for one field; `stands` says where it is now, if it stands in a file."""
    style = _STYLES[verdict.section]
    belongs = "belongs" if verdict.declared or verdict.confidence >= SURE else "probably belongs"
    head = f" {belongs} in {verdict.section} ({verdict.sureness(verdict.section)})"
    yield ((visible(subject), "bold"), (head, style))
    if stands:
        yield ((f"  {visible(stands)}", ""),)
    yield ()
    for answer in verdict.answers:
        yield from _row(answer.test.value.capitalize(), answer.word, answer.reason)
    actor, reason = origin(verdict)
    yield from _row("Origin", actor, reason)
    yield ()
    if precedents != NONE:
        yield from _beside(precedents)
        yield ()
    for sentence in would_change(verdict, described=described):
        for line in wrap(sentence, WIDTH - 2):
            yield ((f"  {line}", ""),)


def _row(name: str, word: str, reason: str, width: int = _WORD) -> Iterator[Line]:
    room = WIDTH - 2 - _LABEL - width
    for number, line in enumerate(wrap(reason, room)):
        head, answer = ("", "") if number else (name, visible(word))
        yield ((f"  {head:<{_LABEL}}", ""), (f"{answer:<{width}}", "bold"), (line, ""))


def _beside(precedents: Precedents) -> Iterator[Line]:
    for name, rows in (("Like", precedents.like), ("Unlike", precedents.unlike)):
        for number, precedent in enumerate(rows):
            yield from _precedent("" if number else name, precedent)
    if precedents.elsewhere:
        yield ((f"  {'Elsewhere':<{_LABEL}}", ""), (elsewhere(precedents.elsewhere), ""))


def _precedent(name: str, precedent: Precedent) -> Iterator[Line]:
    """Its path and what it is for, below each other where the path is long."""
    told = precedent.reason or precedent.group or "one of Kubernetes' own"
    if len(precedent.path) < _PATH:
        yield from _row(name, precedent.path, told, _PATH)
        return
    path = clip(visible(precedent.path), WIDTH - 2 - _LABEL)
    yield ((f"  {name:<{_LABEL}}", ""), (path, "bold"))
    yield from _row("", "", told, 0)


def elsewhere(counts: Elsewhere) -> str:
    """How many kinds agree on where a field of this name is kept; near copies count once."""
    if 2 * counts.agree == counts.of:
        return f"{counts.agree} kinds keep such a field in spec, {counts.agree} in status"
    many = f"all {counts.of}" if counts.agree == counts.of else f"{counts.agree} of {counts.of}"
    return f"{many} kinds with such a field keep it in {counts.section}"
