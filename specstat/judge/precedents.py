"""Precedents: which kinds keep a field of a like name where, Kubernetes' own first.

They are shown beside a verdict and weigh nothing in it. A wrong analogy is worse than none: shown
is only what is really alike. Where there is no index, where it is broken, or where Python has no
SQLite, there are no precedents, and nothing else fails.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple

from specstat.judge.origin import PEOPLE
from specstat.judge.precedent_index import SHIPPED, Index, Row, ask
from specstat.judge.words import split
from specstat.model.evidence import Verdict
from specstat.model.precedent import NONE, Elsewhere, Precedent, Precedents
from specstat.model.resource import Field, Section

_SECTIONS = frozenset({Section.SPEC, Section.STATUS})
_TYPES = frozenset("array boolean int-or-string integer number object string".split())
_NUMBERS = frozenset({"int-or-string", "integer", "number"})
_TEXTS = frozenset({"int-or-string", "string"})
_PROJECTS = 3  # fewer of them show no habit
_LIKE = 2
_UNLIKE = 1
# Names that end with the same two words are alike if what they share makes up so much of what both
# tell (rare words tell more; twice the shared weight over the weight of both).
_ALIKE = 0.7
_SURE = 0.8

# Analogies by purpose, for a name that tells nothing: shown where the description says that a
# system sets the field, because that is what misleads there.
_NODE_NAME = Precedent("Pod", "", Section.SPEC, "nodeName", builtin=True)
_POD_IP = Precedent("Pod", "", Section.STATUS, "podIP", builtin=True)
BY_PURPOSE = {
    Section.SPEC: (
        _NODE_NAME._replace(reason="set by a system too, and an order all the same"),
        _POD_IP._replace(reason="set by a system too, but it reports"),
    ),
    Section.STATUS: (
        _POD_IP._replace(reason="set by a system, and it reports"),
        _NODE_NAME._replace(reason="set by a system too, but it is an order"),
    ),
}


class _Near(NamedTuple):
    """A row and how near it is: in which way (greater is nearer), how much so, type and all."""

    way: int
    how: float
    row: Row
    same_type: bool = False


def of(field: Field, verdict: Verdict, *, kind: str = "", path: Path = SHIPPED) -> Precedents:
    """The precedents to show beside a verdict; none where the field is the object's identity.

    `kind` is the kind that the field is part of, if it is known; `path` is the index to look into.
    """
    if verdict.section not in _SECTIONS:
        return NONE
    found = nearest(split(field.name), field.type, verdict.section, kind=kind, path=path)
    actor = verdict.origin.actor.split() if verdict.origin else []
    if not actor or not PEOPLE.isdisjoint(actor) or verdict.confidence < _SURE:
        return found
    like, unlike = BY_PURPOSE[verdict.section]
    return Precedents(
        _beside(found.like[: _LIKE - 1], like),
        _beside(found.unlike, unlike)[:_UNLIKE],
        found.elsewhere,
    )


def nearest(
    words: tuple[str, ...], type_: str, section: Section, *, kind: str = "", path: Path = SHIPPED
) -> Precedents:
    """What is nearest to a field of such words and type (empty: unknown) that belongs there.

    Like are fields of `section`: Kubernetes' own, or else one of another project's kind, unless
    most projects disagree. Unlike is a field of Kubernetes in the other section, by the same or a
    like name.
    """
    found = ask(path, partial(_found, words, type_, kind))
    return _chosen(found, section) if found else NONE


class _Found(NamedTuple):
    """What the index knows: rows that are alike, the nearest first, and how many agree."""

    own: list[Row]
    others: list[Row]
    counterparts: dict[int, Row]
    elsewhere: Elsewhere | None


def _found(words: tuple[str, ...], type_: str, kind: str, index: Index) -> _Found:
    near = {n.row.id: n.row for n in sorted(_alike(index, words, type_), key=_order)}
    own = [row for row in near.values() if row.precedent.builtin]
    # A published kind is no precedent for its own fields.
    others = [r for r in near.values() if not r.precedent.builtin and r.precedent.kind != kind]
    against = {row.id: other for row in own for other in index.counterpart(row)}
    return _Found(own, others, against, _elsewhere(index.kept(words)))


def _chosen(found: _Found, section: Section) -> Precedents:
    like = [row for row in found.own if row.precedent.section is section]
    other = [r for r in found.own if r.precedent.section is not section and r.precedent.reason]
    other += [found.counterparts[row.id] for row in like[:1] if row.id in found.counterparts]
    if not like and (not found.elsewhere or found.elsewhere.section is section):
        like = [row for row in found.others if row.precedent.section is section][:1]
    # A second one is worth its line only if it says something.
    like = [row for number, row in enumerate(like) if number == 0 or row.precedent.reason]
    return Precedents(
        _distinct(row.precedent for row in like)[:_LIKE],
        _distinct(row.precedent for row in other)[:_UNLIKE],
        found.elsewhere,
    )


def _order(near: _Near) -> tuple[float, ...]:
    told = bool(near.row.precedent.reason)
    return -near.way, not near.same_type, -near.how, not told, near.row.id


def _distinct(precedents: Iterable[Precedent]) -> tuple[Precedent, ...]:
    """Without those that tell what one before them tells."""
    kept: dict[str, Precedent] = {}
    for precedent in precedents:
        kept.setdefault(precedent.reason or precedent.field, precedent)
    return tuple(kept.values())


def _beside(shown: tuple[Precedent, ...], other: Precedent) -> tuple[Precedent, ...]:
    return shown if other.path in {p.path for p in shown} else (*shown, other)


def _alike(index: Index, words: tuple[str, ...], type_: str) -> Iterator[_Near]:
    """What is really alike: by all words, by a pattern that people wrote, by most of the words."""
    ways = (_by_name, _by_pattern, _by_ending)
    found = (near for way in ways for near in way(index, words))
    for near in found:
        if _fit(type_, near.row.type):
            yield near._replace(same_type=type_ == near.row.type)


def _by_name(index: Index, words: tuple[str, ...]) -> Iterator[_Near]:
    for row in index.named(words):
        yield _Near(3, 1.0, row)


def _by_pattern(index: Index, words: tuple[str, ...]) -> Iterator[_Near]:
    for pattern in index.patterns(words[-1]):
        if matches(pattern.split(), words):
            literal = len(pattern.replace("*", "").split()) + ("*" not in pattern) / 2
            for row in index.patterned(pattern):
                yield _Near(2, literal, row)


def _by_ending(index: Index, words: tuple[str, ...]) -> Iterator[_Near]:
    """`volumeSize` and `dataVolumeSize`, but not `volumeGroupSize`: what it is of must be told."""
    weight = cache(index.weight)
    for row in index.ending(words[-2:]) if len(words) > 1 else ():
        both = sum(map(weight, words)) + sum(map(weight, row.words))
        shared = 2 * sum(weight(word) for word in set(words) & set(row.words)) / both
        if shared >= _ALIKE:
            yield _Near(1, shared, row)


def matches(pattern: list[str], words: tuple[str, ...]) -> bool:
    """Whether words are those of a pattern, in which one `*` stands for one word or more."""
    if "*" not in pattern:
        return pattern == list(words)
    before, behind = pattern[: pattern.index("*")], pattern[pattern.index("*") + 1 :]
    return (
        len(words) >= len(pattern)
        and list(words[: len(before)]) == before
        and list(words[len(words) - len(behind) :]) == behind
    )


def _fit(asked: str, found: str) -> bool:
    """Whether two types may be the same; one that is not known fits every other."""
    if asked not in _TYPES or found not in _TYPES or asked == found:
        return True
    return {asked, found} <= _NUMBERS or {asked, found} <= _TEXTS


def _elsewhere(kept: list[tuple[int, Section]]) -> Elsewhere | None:
    """How many agree; where as many keep it here as there, spec is named."""
    if len({project for project, _ in kept}) < _PROJECTS:
        return None
    status = sum(section is Section.STATUS for _, section in kept)
    most = max(status, len(kept) - status)
    return Elsewhere(
        Section.STATUS if status > len(kept) - status else Section.SPEC, most, len(kept)
    )
