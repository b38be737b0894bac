"""The index of precedents as it is asked: statements in, rows out.

Made by tools/precedents.py, a facts-only SQLite file: which kind keeps a field of which name and
type in which section. Opened immutable, so that it can lie in a folder that nobody may write to.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from specstat.model.precedent import Precedent
from specstat.model.resource import Section

if TYPE_CHECKING:
    import sqlite3

Answer = TypeVar("Answer")

SHIPPED = Path(__file__).with_name("data") / "precedents.sqlite"
# The form of the index, its `user_version`; one of another form is not read.
FORM = 1

SCHEMA = """
CREATE TABLE field (  -- in order of renown: Kubernetes' own (rank 0) first
    id INTEGER PRIMARY KEY, words TEXT NOT NULL, ending TEXT, name TEXT NOT NULL,
    type TEXT NOT NULL, section TEXT NOT NULL, kind TEXT NOT NULL, grp TEXT NOT NULL,
    project INTEGER NOT NULL,
    rank INTEGER NOT NULL, counted INTEGER NOT NULL  -- 0 where it stands in both sections
);
CREATE INDEX field_words ON field (words);
CREATE INDEX field_ending ON field (ending) WHERE ending IS NOT NULL;  -- the last two words
CREATE TABLE word (word TEXT PRIMARY KEY, weight REAL NOT NULL) WITHOUT ROWID;  -- in nats
CREATE TABLE told (field INTEGER PRIMARY KEY, reason TEXT NOT NULL, counterpart INTEGER);
CREATE TABLE pattern (
    head TEXT NOT NULL, pattern TEXT NOT NULL, field INTEGER NOT NULL,
    PRIMARY KEY (head, pattern, field)
) WITHOUT ROWID;
"""

_FIELDS = """
SELECT f.id, f.words, f.type, f.kind, f.grp, f.section, f.name, coalesce(t.reason, ''), f.rank = 0
FROM field f LEFT JOIN told t ON t.field = f.id
"""
_NAMED = _FIELDS + "WHERE f.words = ?"
_ENDING = _FIELDS + "WHERE f.ending = ?"
_PATTERNED = _FIELDS + "JOIN pattern p ON p.field = f.id WHERE p.head = ? AND p.pattern = ?"
_COUNTERPART = _FIELDS + "JOIN told n ON n.counterpart = f.id WHERE n.field = ?"


class Row(NamedTuple):
    """A field of the index; a smaller `id` is better known."""

    id: int
    words: tuple[str, ...]
    type: str
    precedent: Precedent


class Index:
    """An open index; every method raises sqlite3.DatabaseError where the file is broken."""

    __slots__ = ("_connection",)

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Ask over a connection that somebody else opens and closes."""
        self._connection = connection

    def named(self, words: tuple[str, ...]) -> list[Row]:
        """The fields whose names have these words."""
        return self._rows(_NAMED, " ".join(words))

    def ending(self, words: tuple[str, ...]) -> list[Row]:
        """The fields whose names end with these two words."""
        return self._rows(_ENDING, " ".join(words))

    def patterns(self, head: str) -> list[str]:
        """The patterns of names that may fit one that ends with this word."""
        statement = "SELECT DISTINCT pattern FROM pattern WHERE head IN (?, '*')"
        return [pattern for (pattern,) in self._connection.execute(statement, (head,))]

    def patterned(self, pattern: str) -> list[Row]:
        """The fields that names of this pattern are like."""
        return self._rows(_PATTERNED, pattern.rsplit(maxsplit=1)[-1], pattern)

    def counterpart(self, row: Row) -> list[Row]:
        """What stands against a field in the other section, if anything is known to."""
        return self._rows(_COUNTERPART, row.id)

    def weight(self, word: str) -> float:
        """What a word tells, in nats: the rarer, the more; a new one as much as the rarest."""
        execute = self._connection.execute
        found = execute("SELECT weight FROM word WHERE word = ?", (word,)).fetchone()
        found = found or execute("SELECT max(weight) FROM word").fetchone()
        return float(found[0] or 0)

    def kept(self, words: tuple[str, ...]) -> list[tuple[int, Section]]:
        """Which project keeps a field of these words in which section, each once."""
        statement = "SELECT DISTINCT project, section FROM field WHERE words = ? AND counted"
        found = self._connection.execute(statement, (" ".join(words),))
        return [(project, Section(section)) for project, section in found]

    def _rows(self, statement: str, *values: str | int) -> list[Row]:
        return [
            Row(
                id_,
                tuple(words.split()),
                type_,
                Precedent(kind, group, Section(section), name, reason, bool(builtin)),
            )
            for id_, words, type_, kind, group, section, name, reason, builtin in (
                self._connection.execute(statement, values)
            )
        ]


def ask(path: Path, question: Callable[[Index], Answer]) -> Answer | None:
    """The index's answer; None where it is missing, broken or of another form, or SQLite is."""
    try:
        import sqlite3  # noqa: PLC0415 - lint never needs it, and some Pythons lack it
    except ImportError:
        return None
    uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(uri, uri=True)) as connection:
            if connection.execute("PRAGMA user_version").fetchone() != (FORM,):
                return None
            return question(Index(connection))
    except (sqlite3.DatabaseError, UnicodeError):  # a name that is no text has no precedent
        return None
