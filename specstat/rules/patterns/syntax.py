"""The regular expressions of packs: a subset of Python's that can be matched in one pass.

What a pack says comes from anyone, so no pattern of it may take longer than its text is long.
Everything that has a meaning only for captured text or for a matcher that goes back is refused
and told: look-around, back-references, named groups, possessive repeats.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from typing import NamedTuple

LONGEST = 500
_DEEPEST = 40
_MOST_REPEATS = 200

_PIECE = (
    r"(?P<set>\[\^?\]?(?:\\.|[^\]\\])*\])|(?P<escape>\\.)|(?P<open>\((?:\?:)?)|(?P<close>\))"
    r"|(?P<or>\|)|(?P<repeat>(?:[*+?]|\{\d+(?:,\d*)?\}|\{,\d+\})\??)|(?P<char>[^\\])"
)
_EDGES = {"^": "start", "$": "end", r"\A": "start", r"\Z": "end", r"\b": "border", r"\B": "within"}
_CLASSES = frozenset(r"\d \D \w \W \s \S \t \n \r".split())
_SPECIAL_IN_SET = frozenset("[&~|")


class PatternError(ValueError):
    """A pattern that cannot be used; a sentence that says why."""


class Char(NamedTuple):
    """One character that a test accepts."""

    accepts: Callable[[str], object]


class Edge(NamedTuple):
    """A place between characters: `start`, `end`, `border` or `within` (of a word)."""

    kind: str


class Chain(NamedTuple):
    """Parts that follow each other."""

    parts: tuple[Part, ...]


class Choice(NamedTuple):
    """Parts of which one is taken."""

    parts: tuple[Part, ...]


class Repeat(NamedTuple):
    """A part that stands `least` to `most` times; None for any number."""

    part: Part
    least: int
    most: int | None


Part = Char | Edge | Chain | Choice | Repeat


class _Frame:
    """A group that is not closed yet: its finished alternatives, and the parts of the last."""

    __slots__ = ("choices", "parts")

    def __init__(self) -> None:
        self.choices: list[Part] = []
        self.parts: list[Part] = []

    def close(self) -> Part:
        last = Chain(tuple(self.parts))
        return Choice((*self.choices, last)) if self.choices else last


def parse(pattern: str) -> Part:  # noqa: C901 - one branch for each kind of token
    """Read a pattern; PatternError where it is none, or none of this kind."""
    if len(pattern) > LONGEST:
        message = f"a pattern of {len(pattern):,} characters; it may have {LONGEST}"
        raise PatternError(message)
    flags = re.IGNORECASE if pattern.startswith("(?i)") else re.NOFLAG
    position = 4 if flags else 0
    stack = [_Frame()]
    token = re.compile(_PIECE, re.DOTALL)  # here, since most runs read no pattern
    while position < len(pattern):
        match = token.match(pattern, position)
        if match is None:
            raise PatternError("a lone backslash at the end; write two for one")
        kind, word = match.lastgroup or "", match.group()
        _refuse_the_rest(kind, pattern, match.end())
        position = match.end()
        frame = stack[-1]
        if kind == "open":
            stack.append(_Frame())
            if len(stack) > _DEEPEST:
                message = f"groups within groups, more than {_DEEPEST} deep"
                raise PatternError(message)
        elif kind == "close":
            if len(stack) == 1:
                raise PatternError("a ) that closes nothing; write \\) for the character")
            stack.pop()
            stack[-1].parts.append(frame.close())
        elif kind == "or":
            frame.choices.append(Chain(tuple(frame.parts)))
            frame.parts = []
        elif kind == "repeat":
            _repeat(frame, word)
        else:
            frame.parts.append(_atom(kind, word, flags))
    if len(stack) > 1:
        raise PatternError("a ( that is never closed; write \\( for the character")
    return stack[0].close()


def _refuse_the_rest(kind: str, pattern: str, end: int) -> None:
    following = pattern[end : end + 1]
    if kind == "open" and following == "?":
        word = pattern[end - 1 : end + 2]
        message = f"{word}... is not known here; there are ( ), (?: ) and (?i) at the very start"
        raise PatternError(message)
    if kind == "repeat" and following in {"*", "+", "?"}:
        raise PatternError("a repeat of a repeat; put the first one into ( )")


def _repeat(frame: _Frame, word: str) -> None:
    if not frame.parts:
        message = f"{word} repeats nothing; write \\{word[0]} for the character"
        raise PatternError(message)
    core = word[:-1] if len(word) > 1 and word.endswith("?") else word
    if core in {"*", "+", "?"}:
        least, most = {"*": (0, None), "+": (1, None), "?": (0, 1)}[core]
    else:
        low, comma, high = core[1:-1].partition(",")
        least = int(low or 0)
        most = (int(high) if high else None) if comma else least
    if least > _MOST_REPEATS or (most or 0) > _MOST_REPEATS:
        message = f"{core} repeats more than {_MOST_REPEATS} times"
        raise PatternError(message)
    if most is not None and most < least:
        message = f"{core} ends before it begins"
        raise PatternError(message)
    frame.parts.append(Repeat(frame.parts.pop(), least, most))


def _atom(kind: str, word: str, flags: re.RegexFlag) -> Part:
    if word in _EDGES:
        return Edge(_EDGES[word])
    if kind == "escape" and word[1].isalnum() and word not in _CLASSES:
        message = (
            f"{word} is not known here; there are \\d \\w \\s \\b, their opposites, \\t and \\n"
        )
        raise PatternError(message)
    if kind == "char" and word == "[":
        raise PatternError("a [ that is never closed; write \\[ for the character")
    if word == ".":
        return Char(_anything)
    if kind == "char" or (kind == "escape" and not word[1].isalnum()):
        char = word[-1]
        return Char({char, char.lower(), char.upper()}.__contains__ if flags else char.__eq__)
    if kind == "set":
        word = _plain_set(word)
    try:
        with warnings.catch_warnings():  # of sets in sets, which a later Python may read otherwise
            warnings.simplefilter("ignore", FutureWarning)
            return Char(re.compile(word, flags | re.DOTALL).fullmatch)
    except re.error as error:
        message = f"{word} is no set of characters: {error.msg}"
        raise PatternError(message) from None


def _anything(_: str) -> bool:
    return True


def _plain_set(word: str) -> str:
    """A set in which what a later Python may read otherwise is escaped."""
    pieces = re.findall(r"\\.|.", word[1:-1], re.DOTALL)
    inner = "".join("\\" + piece if piece in _SPECIAL_IN_SET else piece for piece in pieces)
    return f"[{inner}]"
