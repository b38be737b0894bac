"""A place in the tokens of a .proto text: what stands there, and how to go on when it is wrong."""

from __future__ import annotations

from specstat.model.reading import Problem
from specstat.model.source import Span
from specstat.readers import prototokens
from specstat.readers.protocomments import NOTHING, Bound, between
from specstat.readers.protonodes import LABELS, SCALARS, Declaration, Reservation
from specstat.readers.protovalues import NO_COMMENTS, Comments, Option

# Of blocks and of values in values. protoc stops at 32 blocks, Python's stack at 300.
MAX_DEPTH = 100
MAX_PROBLEMS = 100
LONGEST_WORD = 40
WIDEST_MARGIN = 200

# What nobody writes at the start of a line in the middle of a statement.
_OPENINGS = frozenset(
    "edition enum extend extensions import message oneof option package reserved rpc service"
    " syntax".split()
).union(LABELS, SCALARS)


class BrokenError(Exception):
    """A statement cannot be read: a sentence that says why, and the place."""

    def __init__(self, message: str, span: Span) -> None:
        super().__init__(message)
        self.message = message
        self.span = span


def shortened(word: str) -> str:
    """A word as it can stand in a message."""
    return word if len(word) <= LONGEST_WORD else f"{word[:LONGEST_WORD]}..."


class Cursor:
    """The tokens of a text, the one that is next, and the comments that wait for a declaration."""

    __slots__ = (
        "_cut_short",
        "_detached",
        "_leading",
        "at",
        "depth",
        "problems",
        "starts",
        "text",
        "tokens",
    )

    def __init__(self, text: str) -> None:
        self.text = text
        self.problems: list[Problem] = []
        self.tokens, self.starts, problems = prototokens.split(text)
        for message, span in problems:
            self.tell(message, span)
        self.at = 0
        self.depth = 0
        self._cut_short = False
        found = between(text, 0, self.starts[0], self.tokens[0])
        self._leading, self._detached = found.leading, [*found.detached]

    # Places

    def end_of(self, index: int) -> int:
        """Where a token ends."""
        return self.starts[index] + len(self.tokens[index])

    def span_of(self, index: int) -> Span:
        """The place of a token; behind the last one, that of the last character before."""
        if not self.tokens[index]:
            end = self.end_of(self.tokens.index("") - 1) if self.tokens[0] else len(self.text)
            return Span(max(end - 1, 0), end)
        return Span(self.starts[index], self.end_of(index))

    def begins_line(self, index: int) -> bool:
        """Whether there is a line end between a token and the one before."""
        return self.text.find("\n", self.end_of(index - 1), self.starts[index]) >= 0

    # What is next

    def unexpected(self, wanted: str) -> BrokenError:
        """The error that something else was wanted here."""
        word = self.tokens[self.at]
        self._cut_short = self._cut_short or not word
        found = f"not {shortened(word)!r}" if word else "but the file ends"
        return BrokenError(f"{wanted} is expected here, {found}", self.span_of(self.at))

    def expect(self, word: str, wanted: str = "") -> None:
        """Pass a certain token."""
        if self.tokens[self.at] != word:
            raise self.unexpected(wanted or repr(word))
        self.at += 1

    def identifier(self, wanted: str) -> str:
        """Pass a name without dots."""
        word = self.tokens[self.at]
        if not word.isidentifier():
            raise self.unexpected(wanted)
        self.at += 1
        return word

    def dotted(self, wanted: str) -> str:
        """Pass a name with any number of dots, one of them perhaps at its start."""
        tokens, at = self.tokens, self.at
        name = ""
        if tokens[at] != ".":
            name = tokens[at]
            if not name or not (name[0].isalpha() or name[0] == "_"):
                raise self.unexpected(wanted)
            at += 1
        while tokens[at] == ".":  # blanks may stand around dots
            name += "." + tokens[at + 1]
            at += 2
        if not name.replace(".", "_").isidentifier():
            raise self.unexpected(wanted)
        self.at = at
        return name

    def integer(self, wanted: str, *, signed: bool = False) -> int:
        """Pass a whole number."""
        negative = signed and self.tokens[self.at] == "-"
        self.at += negative
        value = prototokens.integer(self.tokens[self.at])
        if value is None:
            raise self.unexpected(wanted)
        self.at += 1
        return -value if negative else value

    def quoted(self, wanted: str) -> str:
        """Pass a text, which may be written in several pieces."""
        first = self.at
        while self.tokens[self.at][:1] in {'"', "'"}:
            if not prototokens.is_closed(self.tokens[self.at]):
                raise BrokenError("this text is never closed", self.span_of(self.at))
            self.at += 1
        if self.at == first:
            raise self.unexpected(wanted)
        return prototokens.text_of(self.tokens[first : self.at])

    # Declarations and their comments

    def enter(self) -> None:
        """Go one level deeper, but not too deep."""
        if self.depth >= MAX_DEPTH:
            message = f"nested deeper than {MAX_DEPTH} levels; nothing real is"
            raise BrokenError(message, self.span_of(self.at))
        self.depth += 1

    def open(self, node: Declaration) -> None:
        """Pass the `{` of a declaration, which ends its head: here it gets its comments."""
        at = self.at
        if self.tokens[at] == "{":
            self.enter()
            self.at += 1
        elif self.tokens[at] not in {"", "}", ";"} and self.begins_line(at):
            self.enter()
            self.tell(f"'{{' is missing behind {shortened(node.name)!r}", self.span_of(at - 1))
            at -= 1
        else:
            raise self.unexpected("'{'")
        node.comments = self._declare(at)

    def close(self, node: Declaration) -> None:
        """Pass the `}` of a declaration; at the end of the text, tell that it is missing."""
        self.depth -= 1
        if self.tokens[self.at] == "}":
            node.end = self.starts[self.at] + 1
            self.at += 1
            self._pass_over(self.at - 1, block=True)
            return
        node.end = self.end_of(self.at - 1)
        if not self._cut_short:
            self._cut_short = True
            message = f"the file ends before the '}}' of {shortened(node.name)!r}"
            self.tell(message, self.span_of(self.at))

    def finish(self, node: Declaration | Option | Reservation) -> None:
        """Pass the `;` of a declaration; one that is missing at the end of a line is told."""
        at = self.at
        if self.tokens[at] == ";":
            self.at += 1
        elif self.tokens[at] == "}" or (self.tokens[at] and self.begins_line(at)):
            at -= 1
            self.tell("';' is missing behind this", self.span_of(at))
        else:
            raise self.unexpected("';'")
        node.end = self.end_of(at)
        node.comments = self._declare(at)

    def pass_empty(self) -> None:
        """Pass a `;` that ends nothing."""
        self.at += 1
        self._pass_over(self.at - 1)

    def _declare(self, index: int) -> Comments:
        """The comments of a declaration whose head ends with this token."""
        leading, detached = self._leading, self._detached
        found = self._behind(index)
        self._leading, self._detached = found.leading, [*found.detached]
        if leading or detached or found.trailing:
            return Comments(leading, found.trailing, tuple(detached))
        return NO_COMMENTS

    def _pass_over(self, index: int, *, block: bool = False) -> None:
        """What waits for a declaration, behind a token that declares nothing.

        Detached comments wait on, but not beyond the end of a block.
        """
        found = self._behind(index)
        self._leading = found.leading
        if block:
            self._detached.clear()
        self._detached += found.detached

    def _behind(self, index: int) -> Bound:
        """The comments between a token and the next one."""
        start, stop = self.starts[index] + len(self.tokens[index]), self.starts[index + 1]
        if self.text.find("/", start, stop) < 0:
            return NOTHING
        return between(self.text, start, stop, self.tokens[index + 1])

    # What is wrong

    def tell(self, message: str, span: Span) -> None:
        """Note a problem; after very many, only that there are more."""
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(Problem("SS001", message, span))
        elif len(self.problems) == MAX_PROBLEMS:
            message = "there are more problems in this file, which are not told"
            self.problems.append(Problem("SS001", message, span))

    def recover(self, start: int, error: BrokenError) -> None:
        """Tell what is wrong, and go on behind the statement that begins with this token.

        That is behind its `;`, behind its block, or where a line begins with something new; within
        the block, only if that is indented no more than the statement: then a brace is missing.
        """
        self.tell(error.message, error.span)
        tokens, at = self.tokens, start
        margin = self._margin(start)
        braces = brackets = 0
        while word := tokens[at]:
            if word in _OPENINGS:
                outside = braces == 0 or self._margin(at) <= margin
                if at > start and outside and self.begins_line(at):
                    break
            elif word == "{":
                braces += 1
            elif word == "}":
                if braces == 0:
                    break
                braces -= 1
                if braces == 0 and brackets <= 0:
                    at += 1
                    break
            elif braces == 0:
                if word == ";":
                    at += 1
                    break
                brackets += (word == "[") - (word == "]")
            at += 1
        self.at = at
        self._pass_over(at - 1)

    def _margin(self, index: int) -> int:
        """How far a token stands from the beginning of its line."""
        start = self.starts[index]
        return start - self.text.rfind("\n", max(0, start - WIDEST_MARGIN), start)
