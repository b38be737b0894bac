"""What guards tell those whose update they refuse."""

from __future__ import annotations

from collections.abc import Sequence

from specstat.immutability.cells import Cell
from specstat.immutability.paths import text_of
from specstat.immutability.terms import Always, Creation, Terms, Word, in_words

_LONGEST = 1_000
_WORDS = {
    Word.NEVER: "must not change",
    Word.SET_ONCE: "must not change once set",
    Word.APPEND_ONLY: "may only grow; what it holds must stay as it is",
}


def sentence(terms: Terms, cells: Sequence[Cell]) -> str:
    """What some cells of one word demand, and the policy's reason; one line without a full stop."""
    names = ", ".join(_shown(cell) for cell in cells)
    if len(names) > _LONGEST:
        names = f"{names[:_LONGEST].rpartition(', ')[0]} and more"
    return f"{names} {demand(terms, cells[0].word)} ({terms.on_violation.reason})"


def _shown(cell: Cell) -> str:
    return f"{text_of(cell.path)} (other keys)" if cell.but else text_of(cell.path)


def demand(terms: Terms, word: Word) -> str:
    """What a word demands, with what locks an object where the word asks for that."""
    if word is not Word.UNTIL_ACCEPTED:
        return _WORDS[word]
    if any(isinstance(test, Creation | Always) for test in terms.locked_when):
        return f"must not change once the {terms.kind} is created"
    return f"must not change once {' or '.join(map(in_words, terms.locked_when))}"
