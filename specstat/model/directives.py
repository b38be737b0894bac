"""The annotation grammar: one for every form in which a field can be annotated.

    specstat: purpose=instruction set=creation changes=never echo-of=spec.size sensitive

The same words stand in comments, in lines of a description and in the CRD annotation
`specstat.dev/fields`; what they mean is decided here and nowhere else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import takewhile
from typing import NamedTuple

MARK = "specstat:"
CRD_ANNOTATION = "specstat.dev/fields"

WORDS: dict[str, tuple[str, ...]] = {
    "purpose": ("instruction", "observation", "identity", "allocation"),
    "set": ("creation", "reconcile", "execution", "completion"),
    "changes": ("never", "set-once", "append-only", "until-accepted", "on-request", "lifecycle"),
}
_PATH = re.compile(r"(?:spec|status|metadata)(?:\.[A-Za-z_][A-Za-z0-9_\-]*(?:\[\]|\{\})*)+")
# The mark at the start of a line, or after blank: older generators join a description's lines.
_IN_TEXT = re.compile(r"(?:^|(?<=\s))specstat:[ \t]*")
_SECOND_COMMENT = re.compile(r"\s#")  # `# specstat: sensitive  # see the design`
_PAIR = re.compile(r"[a-z-]+=\S*|sensitive\b")


@dataclass(frozen=True, slots=True)
class Declared:
    """What annotations say of one field; empty strings where they say nothing."""

    purpose: str = ""
    set_when: str = ""
    changes: str = ""
    echo_of: str = ""
    sensitive: bool = False

    def __bool__(self) -> bool:
        """Whether anything is declared at all."""
        return self != UNDECLARED


UNDECLARED = Declared()


class Directive(NamedTuple):
    """One parsed annotation: what it declares, and what is wrong with it, as sentences."""

    declared: Declared
    errors: tuple[str, ...] = ()


def _suggest(word: str, known: tuple[str, ...]) -> str:
    from difflib import get_close_matches  # noqa: PLC0415 - only a misspelling needs it

    close = get_close_matches(word, known, n=1, cutoff=0.6)
    return f"; did you mean {close[0]}?" if close else f"; known are {', '.join(known)}"


def parse(text: str) -> Directive:
    """Read the words behind the mark; unknown ones become errors with a suggestion."""
    values: dict[str, str] = {}
    errors: list[str] = []
    keys = (*WORDS, "echo-of", "sensitive")
    for word in text.split():
        key, equals, value = word.partition("=")
        if key in values:
            errors.append(f"{key} stands twice in the annotation")
        elif word == "sensitive":
            values[key] = word
        elif key not in keys or (key == "sensitive" and equals):
            errors.append(f"unknown word {word!r} in the annotation{_suggest(key, keys)}")
        elif key == "echo-of":
            if _PATH.fullmatch(value):
                values[key] = value
            else:
                errors.append(f"echo-of= wants a field path such as spec.size, not {value!r}")
        elif value in WORDS[key]:
            values[key] = value
        elif not value:
            errors.append(f"{key} wants a value: {key}={'|'.join(WORDS[key])}")
        else:
            errors.append(f"unknown {key} {value!r}{_suggest(value, WORDS[key])}")
    if not values and not errors:
        errors.append("the annotation is empty; write for example purpose=instruction")
    declared = Declared(
        purpose=values.get("purpose", ""),
        set_when=values.get("set", ""),
        changes=values.get("changes", ""),
        echo_of=values.get("echo-of", ""),
        sensitive="sensitive" in values,
    )
    return Directive(declared, tuple(errors))


def in_comment(comment: str) -> Directive | None:
    """The annotation in a comment `# specstat: ...`, or None for any other comment."""
    body = comment.lstrip("#/ \t")
    if not body.startswith(MARK):
        return None
    return parse(_SECOND_COMMENT.split(body[len(MARK) :], maxsplit=1)[0])


def in_description(description: str) -> Directive | None:
    """The annotation in a description: on a line of its own, or inside joined text.

    Older generators join the lines of a comment, so prose may go on behind the annotation: it
    ends before the first word with a capital letter. Inside a line the mark counts only with a
    word of the grammar behind it, so that prose may speak of the tool.
    """
    words: list[str] | None = None
    for match in _IN_TEXT.finditer(description) if MARK in description else ():
        rest = description[match.end() :].partition("\n")[0].partition(MARK)[0].split()
        own_line = not description[: match.start()].rpartition("\n")[2].strip()
        if own_line or (rest and _PAIR.fullmatch(rest[0].rstrip(".,;"))):
            said = takewhile(lambda word: not word[0].isupper(), rest)
            words = [*(words or ()), *(word.rstrip(".,;") for word in said)]
    return None if words is None else parse(" ".join(words))


def without_directives(description: str) -> str:
    """The description without its annotation lines, as the judge and people should read it."""
    if MARK not in description:
        return description
    kept = [line for line in description.split("\n") if not line.lstrip().startswith(MARK)]
    return "\n".join(kept)


class Disagreement(NamedTuple):
    """The word on which two annotations disagree, and what each says."""

    word: str
    one: str
    other: str


def disagreement(first: Declared, second: Declared) -> Disagreement | None:
    """Where two annotations of one field contradict each other; None where they do not."""
    for name in ("purpose", "set_when", "changes", "echo_of"):
        one, other = getattr(first, name), getattr(second, name)
        if one and other and one != other:
            word = {"set_when": "set", "echo_of": "echo-of"}.get(name, name)
            return Disagreement(word, one, other)
    return None


def merge(first: Declared, second: Declared) -> tuple[Declared, str]:
    """Lay two annotations of one field together; the word they disagree on, or an empty string."""
    clash = disagreement(first, second)
    if clash is not None:
        return first, f"{clash.word}: {clash.one} against {clash.other}"
    merged = Declared(
        purpose=first.purpose or second.purpose,
        set_when=first.set_when or second.set_when,
        changes=first.changes or second.changes,
        echo_of=first.echo_of or second.echo_of,
        sensitive=first.sensitive or second.sensitive,
    )
    return merged, ""


def override(first: Declared, second: Declared) -> Declared:
    """What holds of a field when a second annotation takes the place of a first, word by word."""
    return Declared(
        purpose=second.purpose or first.purpose,
        set_when=second.set_when or first.set_when,
        changes=second.changes or first.changes,
        echo_of=second.echo_of or first.echo_of,
        sensitive=second.sensitive or first.sensitive,
    )
