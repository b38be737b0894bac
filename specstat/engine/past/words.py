"""What the words OLD and NEW of a comparison stand for: a path, or a revision with a path in it.

A word that names a file or folder is that; `./main` is never a revision, `main:` and `main:PATH`
always are. PATH is from the top of the repository, with `./` or `../` from the current folder.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from specstat.engine.past import git, revisions
from specstat.engine.past.git import Repository, RevisionError
from specstat.engine.past.scope import is_wanted


class Word(NamedTuple):
    """One side: `path` is as it is written from the current folder.

    Without a `commit` it is what is on disk. `shown` is how people name the side; `exact` says
    that the path was written out, hence must be there.
    """

    path: str
    shown: str
    commit: str = ""
    exact: bool = False


class Sides(NamedTuple):
    """Both sides, and the repository if one of them is a revision."""

    old: Word
    new: Word
    repo: Repository | None


def resolved(old: str, new: str) -> Sides:
    """Both sides of a comparison; an empty `new` is the work tree, at the same place as the old.

    RevisionError where a word is neither a path nor a revision.
    """
    paths = [word for word in (old, new) if word and _is_path(word)]
    if _is_path(old) and (not new or _is_path(new)):
        if not new:
            message = f"{old} is a file or folder; name what to compare it with"
            raise RevisionError(f"{message}, or write {old}: for the revision of that name")
        return Sides(Word(old, old), Word(new, new), None)
    repo = git.repository(_folder(paths[0]) if paths else ".")
    beside = paths[0] if paths and _is_within(repo, paths[0]) else "."
    one = _side(repo, old, beside)
    other = _side(repo, new, beside) if new else Word(one.path, "the work tree")
    return Sides(one, other, repo)


def _is_path(word: str) -> bool:
    return os.path.lexists(word)


def _side(repo: Repository, word: str, beside: str) -> Word:
    if _is_path(word):
        return Word(word, word)
    revision, colon, path = word.partition(":")
    try:
        commit = revisions.commit_of(repo, revision)
    except RevisionError as error:
        message = f"{word or 'an empty word'} is no file or folder here; {error}"
        if not colon and is_wanted(word):
            message = f"there is no file {word}; what a revision holds of it is REVISION:./{word}"
        raise RevisionError(message) from None
    if not colon:
        return Word(beside, word, commit)
    if not path.startswith(("./", "../")):
        top = os.path.relpath(repo.top, os.path.realpath("."))
        path = Path(top, path).as_posix()
    return Word(path, word, commit, exact=True)


def _folder(path: str) -> str:
    return path if Path(path).is_dir() else str(Path(path).parent)


def _is_within(repo: Repository, path: str) -> bool:
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(repo.top))
