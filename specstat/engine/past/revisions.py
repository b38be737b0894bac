"""What git knows of a repository's past: which files changed since a commit, and what they held."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from specstat.engine.past.git import Done, Repository, RevisionError

_SUBMODULE, _LINK = "160000", "120000"
_FILE = "100"  # what the mode of a file begins with; behind it stand its permissions
_SHA1 = 40
_LONGEST = 100_000  # bytes; Linux takes 131,071 in an argument
# Else git diff would write the index, and run the hook that is called for that.
_AS_IT_IS = ("-c", "diff.autoRefreshIndex=false")
_NO_DIFF = (
    "--no-ext-diff",
    "--no-textconv",
    "--no-relative",
    "--no-abbrev",
    "--ignore-submodules=dirty",
)
# What people set for their eyes colours names.
_PLAIN = ("--no-color", "--no-textconv", "--no-recurse-submodules")


class Change(NamedTuple):
    """A file that changed, by its paths from the top of the repository.

    `old` is empty for one that came, `new` for one that went; `blob` is the id of the old bytes.
    """

    old: str
    new: str
    blob: str = ""


class Changes(NamedTuple):
    """All files that changed, and how many submodules and links among what changed."""

    files: tuple[Change, ...]
    submodules: int = 0
    links: int = 0


class Entry(NamedTuple):
    """A file of a commit: its path from the top of the repository, and the id of its bytes."""

    path: str
    blob: str


def commit_of(repo: Repository, revision: str) -> str:
    """The id of the commit that a revision names; RevisionError where it names none."""
    if not revision:
        message = "the revision is empty; name a commit, branch or tag"
        raise RevisionError(message)
    first, dots, _ = revision.partition("..")
    if dots:  # no name of git's holds two dots
        message = f"{revision!r} is a range, and one commit is wanted, such as {first or 'HEAD'}"
        raise RevisionError(message)
    if not revision.startswith("-"):
        done = repo.git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^0")
        if not done.code:
            return done.words.splitlines()[-1]
    message = f"unknown revision {revision!r}; git knows no commit, branch or tag of that name"
    remote = f"origin/{revision}"
    if not revision.startswith("origin/") and commits(repo, remote):
        message += f"; did you mean {remote}?"
    elif not commits(repo, "HEAD"):
        message += "; nothing is committed here yet"
    elif _is_shallow(repo):
        message += f"; this clone is shallow: {_deepening(_fetched(revision))}"
    else:
        message += f"; git fetch {_fetched(revision)} brings it if origin has it"
    raise RevisionError(message)


def commits(repo: Repository, revision: str) -> bool:
    """Whether a revision names a commit."""
    asked = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^0")
    return repo.git(*asked).code == 0


def merge_base(repo: Repository, revision: str) -> str:
    """The id of the commit from which a revision and HEAD went different ways."""
    if revision and not revision.startswith("-"):
        done = repo.git("merge-base", revision, "HEAD")
        if not done.code:
            return done.words
    commit_of(repo, revision)
    if not commits(repo, "HEAD"):
        message = "the repository has no commit yet, so nothing changed since one"
    elif _is_shallow(repo):
        message = (
            f"this clone is shallow and does not hold the merge base of {revision} and HEAD: "
            f"{_deepening(f'origin {_branch(revision)}'.rstrip())}"
        )
    else:
        message = f"{revision} and HEAD have no commit in common, so nothing changed since one"
    raise RevisionError(message)


def _is_shallow(repo: Repository) -> bool:
    return repo.git("rev-parse", "--is-shallow-repository").words == "true"


def _deepening(fetched: str) -> str:
    """How to bring what a shallow clone lacks; `fetched` is what to fetch."""
    return (
        f"git fetch --unshallow {fetched} brings all of it, git fetch --deepen=100 {fetched} a "
        "part at a time; in GitHub Actions, fetch-depth: 0 with actions/checkout, in GitLab CI, "
        "GIT_DEPTH: 0"
    )


def _branch(revision: str) -> str:
    """The branch or tag of a remote that a revision begins with; empty where it is none."""
    name = re.fullmatch(r"(?:origin/)?(\w[\w./-]*)(?:[~^@].*)?", revision)
    is_none = not name or re.fullmatch(r"HEAD|FETCH_HEAD|[0-9a-f]{7,64}", name[1])
    return "" if is_none or name is None else name[1]


def _fetched(revision: str) -> str:
    """What to fetch so that a revision is known by its name.

    A clone of one branch, as a shallow one is, keeps others only where it is told to.
    """
    name = _branch(revision)
    if not name:
        return "origin"
    kept = f"refs/remotes/origin/{name}" if revision.startswith("origin/") else name
    return f"origin {name}:{kept}"


def changes(repo: Repository, commit: str) -> Changes:
    """What differs between a commit and the work tree: staged or not, and what git would add."""
    done = repo.git(*_AS_IT_IS, "diff", "--raw", "-z", "-M", *_NO_DIFF, commit, "--")
    untracked = repo.git("ls-files", "-zo", "--exclude-standard")
    if done.code or untracked.code:
        raise RevisionError(f"git cannot compare with {commit[:7]}: {_lacking(done)}")
    listed, submodules, links = _parsed(os.fsdecode(done.out))
    known = {change.new for change in listed}
    files = [change for change in listed if not _is_as_it_was(repo, change)]
    new = [name for name in os.fsdecode(untracked.out).split("\0") if name and name not in known]
    files += [Change("", name) for name in new if not name.endswith("/")]
    submodules += sum(name.endswith("/") for name in new)
    return Changes(tuple(files), submodules, links)


def _parsed(raw: str) -> tuple[list[Change], int, int]:
    """The entries of `git diff --raw -z`: facts, one path, and a second where one was renamed."""
    words = iter(raw.split("\0"))
    files: list[Change] = []
    submodules = links = 0
    for facts in words:
        if not facts:
            break
        old_mode, new_mode, blob, _, status = facts.removeprefix(":").split(" ")
        old = new = next(words)
        if status[0] in "RC":
            new = next(words)
        last = new_mode if new_mode.strip("0") else old_mode
        submodules += last == _SUBMODULE
        links += last == _LINK
        if status[0] == "U":  # a conflict: what is on disk counts, whatever the modes say
            files.append(Change(old, new, blob) if blob.strip("0") else Change("", new))
        elif new_mode.startswith(_FILE):
            had_one = old_mode.startswith(_FILE) and status[0] != "C"
            files.append(Change(old, new, blob) if had_one else Change("", new))
        elif old_mode.startswith(_FILE):
            files.append(Change(old, "", blob))
    return _merged(files), submodules, links


def _is_as_it_was(repo: Repository, change: Change) -> bool:
    """Whether a file was only touched: git names those of another time, and looks no further."""
    if change.old != change.new:
        return False
    try:
        data = Path(repo.top, change.new).read_bytes()
    except OSError:
        return False
    import hashlib  # noqa: PLC0415 - loads OpenSSL, which a run without changes does not need

    algorithm = "sha256" if len(change.blob) > _SHA1 else "sha1"
    return hashlib.new(algorithm, b"blob %d\0" % len(data) + data).hexdigest() == change.blob


def _merged(files: Iterable[Change]) -> list[Change]:
    """One change a file: one that is in conflict is listed twice."""
    found: dict[tuple[str, str], Change] = {}
    for change in files:
        key = (change.old or change.new, change.new)
        if key not in found or (change.blob.strip("0") and not found[key].blob.strip("0")):
            found[key] = change
    return list(found.values())


def tree(repo: Repository, commit: str) -> tuple[Entry, ...]:
    """All files of a commit, without submodules and links."""
    done = repo.git("ls-tree", "-rz", "--full-tree", commit)
    if done.code:
        raise RevisionError(f"git cannot list {commit[:7]}: {done.complaint}")
    found = []
    for line in filter(None, os.fsdecode(done.out).split("\0")):
        facts, _, path = line.partition("\t")
        mode, _, blob = facts.split(" ")
        if mode not in {_SUBMODULE, _LINK}:
            found.append(Entry(path, blob))
    return tuple(found)


def blobs(repo: Repository, ids: Iterable[str]) -> Mapping[str, bytes]:
    """The bytes behind ids, each asked for once."""
    wanted = list(dict.fromkeys(ids))
    if not wanted:
        return {}
    done = repo.git("cat-file", "--batch", stdin="\n".join(wanted).encode() + b"\n")
    found: dict[str, bytes] = {}
    place = 0
    for name in wanted:
        end = done.out.find(b"\n", place)
        _, _, size = done.out[place : max(end, place)].partition(b" blob ")
        if end < 0 or not size:
            message = f"git cannot show the bytes of {name[:7]}: {_lacking(done)}"
            raise RevisionError(message)
        start, place = end + 1, end + 1 + int(size) + 1
        found[name] = done.out[start : place - 1]
    return found


def grep(repo: Repository, patterns: Iterable[str], names: Iterable[str]) -> tuple[str, ...]:
    """The tracked files of the work tree that hold all patterns (POSIX) and are named like one.

    Paths are from the top of the repository.
    """
    wanted = (word for pattern in patterns for word in ("-e", pattern))
    done = repo.git("grep", "-lzIE", "--all-match", *_PLAIN, *wanted, "--", *names)
    return tuple(filter(None, os.fsdecode(done.out).split("\0")))


def one_of(words: Iterable[str]) -> str:
    """A pattern that is one of some words; any text where they are more than git can be given."""
    pattern = "|".join(sorted({_escaped(word) for word in words}))
    return pattern if len(os.fsencode(pattern)) < _LONGEST else ".*"


def _escaped(word: str) -> str:
    return re.sub(r"[.\[\]*^$+?(){}|\\]", r"[\g<0>]", word).replace("[^]", r"\^")


def _lacking(done: Done) -> str:
    """Git's complaint, or what to do where a partial clone lacks a file."""
    if not done.err or re.search("promisor|lazy|missing|could not fetch", done.err):
        return (
            "the clone is partial and lacks them; clone without --filter, or bring them with "
            "git fetch --refetch --no-filter"
        )
    return done.complaint
