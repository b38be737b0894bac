"""Globs of configurations: which paths below a folder a pattern means.

`*` and `?` stand for characters of one name, `[abc]` for one of several, `**` between slashes for
any number of folders. A pattern without a slash means that name at any depth, and a pattern that
names a folder means all below it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from typing import NamedTuple

# Compiled where they are used first: most runs have no configuration.
_CLASS = r"\[[!^]?\]?[^\]/]*\]"
_PART = rf"(?s:{_CLASS}|.)"
_FOLDERS = "(?:[^/]+/)*"
_BELOW = "(?:/.*)?"


class Glob(NamedTuple):
    """A pattern as written, and what matches the paths that it means."""

    text: str
    regex: re.Pattern[str]


def complaint(text: str) -> str:
    """What is wrong with a pattern, as the end of a sentence; empty where nothing is."""
    steps = text.split("/")
    wrong = (
        (not text.strip(), "is empty; name a path such as vendor/**"),
        (text.startswith("/"), "begins with a slash; write it from the configuration's folder on"),
        ("\\" in text, "holds a backslash; write / between folders"),
        (text.startswith("!"), "begins with !, but nothing can be taken out again; name the rest"),
        ("{" in text or "}" in text, "holds braces; write one pattern for each of them"),
        (".." in steps, "leads out of the configuration's folder"),
        (
            any("**" in step and step != "**" for step in steps),
            "holds ** beside other characters; it stands alone between slashes",
        ),
        (
            "[" in re.sub(_CLASS, "", text),
            "opens a [ that is never closed; close it, or write [[] for the character",
        ),
    )
    return next((why for is_wrong, why in wrong if is_wrong), "") or _senseless(text)


def _senseless(text: str) -> str:
    try:
        compiled(text)
    except re.error:
        return "holds brackets that make no sense; write them such as [a-z]"
    return ""


def compiled(text: str) -> Glob:
    """A pattern, ready to match whole paths; it must have no complaint."""
    steps = [step for step in text.split("/") if step not in {"", "."}]
    if "/" not in text.rstrip("/"):
        steps = ["**", *steps]
    return Glob(text, re.compile(_steps(steps), re.DOTALL))


def _steps(steps: Iterable[str]) -> str:
    """The steps between two `**` are found once, at the first place, and never looked for again."""
    runs: list[list[str]] = [[]]
    for step in steps:
        if step == "**":
            runs.append([])
        else:
            runs[-1].append(_name(step))
    first, *others = runs
    if not others:
        return "/".join(first) + _BELOW
    *middle, last = others
    regex = "".join(f"{name}/" for name in first)
    for run in filter(None, middle):
        regex += f"(?>{_FOLDERS}?" + "".join(f"{name}/" for name in run) + ")"
    return regex + (_FOLDERS + "/".join(last) + _BELOW if last else ".+")


def _name(step: str) -> str:
    """One name; what stands between two `*` is found as above."""
    first, *others = (
        "".join("[^/]" if part == "?" else _class(part) for part in re.findall(_PART, run))
        for run in _runs(step)
    )
    if not others:
        return first
    *middle, last = others
    return first + "".join(f"(?>[^/]*?{run})" for run in middle if run) + f"[^/]*{last}"


def _runs(step: str) -> list[str]:
    """What stands between the `*` of a name; one in brackets is a character."""
    runs = [""]
    for part in re.findall(_PART, step):
        if part == "*":
            runs.append("")
        else:
            runs[-1] += part
    return runs


def _class(part: str) -> str:
    """A character, or one of several in brackets."""
    if not re.fullmatch(_CLASS, part):
        return re.escape(part)
    inner = part[1:-1]
    negated = inner[:1] in {"!", "^"}
    characters = re.sub(r"([\\\]\[^&~|])", r"\\\1", inner[negated:])
    return f"[{'^/' if negated else ''}{characters}]"


def below(folder: str, path: str) -> str:
    """A path as seen from a folder, with slashes; empty where it is not below it."""
    try:
        seen = os.path.relpath(path, folder or ".")
    except ValueError:  # on another drive
        return ""
    seen = seen.replace(os.sep, "/")
    return "" if seen == ".." or seen.startswith("../") else seen
