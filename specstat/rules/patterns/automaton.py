"""Patterns matched in one pass: the time grows with the text and with nothing else.

A pattern becomes a nondeterministic automaton (Thompson 1968), and that a deterministic one, state
by state as texts ask for it. What a pattern and its texts may cost in all is bounded, too.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from specstat.rules.patterns.syntax import (
    Chain,
    Char,
    Choice,
    Edge,
    Part,
    PatternError,
    Repeat,
    parse,
)

# A description longer than this is looked at as far as this.
LONGEST_TEXT = 2_000
_MOST_NODES = 400
_MOST_PARTS = 10_000
_TOO_LARGE = f"a pattern of more than {_MOST_NODES} characters and sets, repeats counted"
_MOST_STATES = 2_000
# Steps from state to state that are worked out; those that are known already cost next to nothing.
_BUDGET = 100_000
_ACCEPTED, _DEAD = -1, -2
_EDGE, _WORD, _OTHER = 0, 1, 2
_REMEMBERED = 5_000


class _Split(NamedTuple):
    """Goes on at two nodes at once."""

    one: int
    other: int


class _Step(NamedTuple):
    """Takes a character, or stands at an edge, and goes on."""

    on: Char | Edge
    then: int


_Node = _Split | _Step | None  # None: the end of the pattern
_State = tuple[frozenset[int], int]  # nodes, and the kind of the character before


def _kind(char: str) -> int:
    return _WORD if char.isalnum() or char == "_" else _OTHER


def _stands(edge: str, before: int, after: int) -> bool:
    if edge == "start":
        return before == _EDGE
    if edge == "end":
        return after == _EDGE
    return ((before == _WORD) != (after == _WORD)) == (edge == "border")


class _Builder:
    """Nodes from the last to the first, so that each knows what follows it."""

    __slots__ = ("nodes", "parts")

    def __init__(self) -> None:
        self.nodes: list[_Node] = [None]
        self.parts = 0

    def add(self, node: _Node) -> int:
        if len(self.nodes) >= _MOST_NODES:
            raise PatternError(_TOO_LARGE)
        self.nodes.append(node)
        return len(self.nodes) - 1

    def build(self, part: Part, then: int) -> int:
        self.parts += 1
        if self.parts > _MOST_PARTS:  # of repeats of nothing, which make no nodes
            raise PatternError(_TOO_LARGE)
        if isinstance(part, Char | Edge):
            return self.add(_Step(part, then))
        if isinstance(part, Chain):
            for piece in reversed(part.parts):
                then = self.build(piece, then)
            return then
        if isinstance(part, Choice):
            entry = self.build(part.parts[-1], then)
            for piece in reversed(part.parts[:-1]):
                entry = self.add(_Split(self.build(piece, then), entry))
            return entry
        return self._repeated(part, then)

    def _repeated(self, part: Repeat, then: int) -> int:
        entry = then
        if part.most is None:
            entry = self.add(None)  # the loop: its place is known before what it repeats
            self.nodes[entry] = _Split(self.build(part.part, entry), then)
        else:
            for _ in range(part.most - part.least):
                entry = self.add(_Split(self.build(part.part, entry), then))
        for _ in range(part.least):
            entry = self.build(part.part, entry)
        return entry


class Pattern:
    """A compiled pattern that is searched for in a text, or must be the whole text.

    PatternError where the text is no pattern, or where matching has cost more than any should.
    """

    __slots__ = (
        "_answers",
        "_entry",
        "_nodes",
        "_numbers",
        "_spent",
        "_states",
        "_steps",
        "_whole",
        "text",
    )

    def __init__(self, text: str, *, whole: bool) -> None:
        self.text = text
        builder = _Builder()
        self._entry = builder.build(parse(text), 0)
        self._nodes = builder.nodes
        self._whole = whole
        self._spent = 0
        self._answers: dict[str, bool] = {}
        self._forget()

    def _forget(self) -> None:
        """Begin with the first state alone: before the text, at the start of the pattern."""
        first = frozenset((self._entry,)), _EDGE
        self._states: list[_State] = [first]
        self._numbers: dict[_State, int] = {first: 0}
        self._steps: list[dict[str, int]] = [{}]

    def matches(self, text: str) -> bool:
        """Whether the pattern is the whole text, or stands anywhere in it."""
        text = text[:LONGEST_TEXT]
        known = self._answers.get(text)
        if known is None:
            if len(self._answers) >= _REMEMBERED:
                self._answers.clear()
            known = self._answers[text] = self._run(text)
        return known

    def _run(self, text: str) -> bool:
        state = 0
        for char in text:
            following = self._steps[state].get(char)
            state = self._step(state, char) if following is None else following
            if state < 0:
                return state == _ACCEPTED
        nodes, before = self._states[state]
        return 0 in self._reached(nodes, before, _EDGE)

    def _step(self, state: int, char: str) -> int:
        """The state behind a character, worked out and kept."""
        self._spent += 1
        if self._spent > _BUDGET:
            message = f"the pattern {self.text!r} takes too long to match; write a simpler one"
            raise PatternError(message)
        if len(self._states) >= _MOST_STATES:
            nodes, before = self._states[state]
            self._forget()
            state = self._state(nodes, before)
        nodes, before = self._states[state]
        after = _kind(char)
        following = self._after(self._reached(nodes, before, after), char, after)
        self._steps[state][char] = following
        return following

    def _after(self, reached: set[int], char: str, kind: int) -> int:
        if not self._whole and 0 in reached:
            return _ACCEPTED
        following = {
            node.then
            for node in map(self._nodes.__getitem__, reached)
            if isinstance(node, _Step) and isinstance(node.on, Char) and node.on.accepts(char)
        }
        if not self._whole:
            following.add(self._entry)
        return self._state(frozenset(following), kind) if following else _DEAD

    def _state(self, nodes: frozenset[int], before: int) -> int:
        state = nodes, before
        number = self._numbers.setdefault(state, len(self._states))
        if number == len(self._states):
            self._states.append(state)
            self._steps.append({})
        return number

    def _reached(self, nodes: Iterable[int], before: int, after: int) -> set[int]:
        """All nodes that are reached without taking a character."""
        reached: set[int] = set()
        waiting = list(nodes)
        while waiting:
            index = waiting.pop()
            if index in reached:
                continue
            reached.add(index)
            node = self._nodes[index]
            if isinstance(node, _Split):
                waiting += node
            elif (
                node is not None
                and isinstance(node.on, Edge)
                and _stands(node.on.kind, before, after)
            ):
                waiting.append(node.then)
        return reached
