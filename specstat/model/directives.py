"""The annotation grammar: one for every form in which a field can be annotated.

    specstat: purpose=instruction set=creation changes=never echo-of=spec.size sensitive
    specstat: changes=never ignore[SS101] why it may be so

The same words stand in comments, in lines of a description, in the CRD annotation
`specstat.dev/fields` and, in the spelling of protobuf, in the option `(specstatapi.v1.field)`;
what they mean is decided here and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import takewhile
from typing import NamedTuple

from specstat.model.ignoring import BEGIN, Ignoring, part

MARK = "specstat:"
CRD_ANNOTATION = "specstat.dev/fields"
OPTION = "specstatapi.v1.field"

# Places in these two are the numbers of the option's fields and enum values: add at the end only.
OPTION_FIELDS = ("purpose", "set", "changes", "echo_of", "sensitive")
WORDS: dict[str, tuple[str, ...]] = {
    "purpose": ("instruction", "observation", "identity", "allocation"),
    "set": ("creation", "reconcile", "execution", "completion"),
    "changes": ("never", "set-once", "append-only", "until-accepted", "on-request", "lifecycle"),
}
_PATH = re.compile(r"(?:spec|status|metadata)(?:\.[A-Za-z_][A-Za-z0-9_\-]*(?:\[\]|\{\})*)+")
# The mark at the start of a line, or after blank: older generators join a description's lines.
_IN_TEXT = re.compile(r"(?:^|(?<=\s))specstat:[ \t]*")
# `# specstat: sensitive  # see the design`; a reason may speak of #12.
_SECOND_COMMENT = re.compile(r"\s#(?!\d)")
_LOOSE = re.compile(  # `purpose = instruction`, `purpose: instruction`
    rf"(?<!\S)(?P<key>{'|'.join(WORDS)})(?:\s+=\s*|=\s+|\s*:\s*)(?P<value>[a-z-]+)(?!\S)"
)
_PAIR = re.compile(r"[a-z-]+=\S*|sensitive\b")
# An annotation with an ignore within a line: the reason ends with the sentence, or before the
# first word with a capital letter.
_JOINED = re.compile(
    r"specstat:[ \t]*(?:(?:[a-z-]+=\S+|sensitive)\s+)*"
    r"(?P<ignores>ignore\[[^\[\]]*\](?:[ \t]+\S+(?:(?<![.!?])[ \t]+(?![A-Z])\S+)*)?)"
)
# protobuf's text format, in which the option's value is written, has all of these.
_BOOLEANS = dict.fromkeys(("true", "True", "t", "1"), "sensitive")
_BOOLEANS |= dict.fromkeys(("false", "False", "f", "0"), "")


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
    """One parsed annotation: what it declares, what it ignores, and what is wrong, as sentences."""

    declared: Declared
    errors: tuple[str, ...] = ()
    ignores: tuple[Ignoring, ...] = ()


def _suggest(word: str, known: tuple[str, ...], prefix: str = "") -> str:
    from difflib import get_close_matches  # noqa: PLC0415 - only a misspelling needs it

    close = get_close_matches(word, known, n=1, cutoff=0.6)
    if close:
        return f"; did you mean {prefix}{close[0]}?"
    return f"; known are {', '.join(prefix + word for word in known)}"


def _declared(values: Mapping[str, str]) -> Declared:
    return Declared(
        purpose=values.get("purpose", ""),
        set_when=values.get("set", ""),
        changes=values.get("changes", ""),
        echo_of=values.get("echo-of", ""),
        sensitive=bool(values.get("sensitive")),
    )


def _tightened(text: str) -> tuple[str, list[str]]:
    """A text with its pairs written as they should be, and what was wrong with them."""
    errors: list[str] = []

    def tighten(loose: re.Match[str]) -> str:
        key, value = loose.groups()
        if value not in WORDS[key]:
            return loose.group()
        errors.append(f"write {key}={value}, with = and no blank, not {loose.group()!r}")
        return f"{key}={value}"

    return _LOOSE.sub(tighten, text), errors


def parse(text: str) -> Directive:
    """Read the words behind the mark; unknown ones become errors with a suggestion."""
    values: dict[str, str] = {}
    text, ignores, wrong = part(text)
    text, errors = _tightened(text)
    errors += wrong
    keys = (*WORDS, "echo-of", "sensitive")
    for word in text.split():
        key, equals, value = word.partition("=")
        if key in values:
            errors.append(f"{key} stands twice in the annotation")
        elif word == "sensitive":
            values[key] = word
        elif key not in keys or (key == "sensitive" and equals):
            hint = _suggest(key.lower(), keys)
            errors.append(f"unknown word {word!r} in the annotation{hint}")
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
    if not values and not errors and not ignores:
        errors.append("the annotation is empty; write for example purpose=instruction")
    return Directive(_declared(values), tuple(errors), ignores)


def enum_values(word: str) -> tuple[str, ...]:
    """The values of a word as the option's enum names them, by number; 0 says nothing."""
    values = ("unspecified", *WORDS[word])
    return tuple(f"{word}_{value}".upper().replace("-", "_") for value in values)


def _from_enum(word: str, text: str) -> tuple[str, str]:
    """The value behind an enum value's name or number, and what is wrong with it."""
    names, values = enum_values(word), ("", *WORDS[word])
    known = dict(zip(names, values, strict=True))
    known |= {str(number): value for number, value in enumerate(values)}
    if text in known:
        return known[text], ""
    prefix = f"{word.upper()}_"
    stem = text.upper().replace("-", "_").removeprefix(prefix)
    stems = tuple(name.removeprefix(prefix) for name in names[1:])
    return "", f"unknown {word} {text!r}{_suggest(stem, stems, prefix)}"


def _from_entry(name: str, text: str) -> tuple[str, str]:
    """The value of one field of the option, and what is wrong with it."""
    if name in WORDS:
        return _from_enum(name, text)
    if name == "sensitive":
        if text in _BOOLEANS:
            return _BOOLEANS[text], ""
        return "", f"sensitive wants true or false, not {text!r}"
    if text and not _PATH.fullmatch(text):
        return "", f"echo_of wants a field path such as spec.size, not {text!r}"
    return text, ""


def from_option(entries: Iterable[tuple[str, str]]) -> Directive:
    """Read the entries of the proto option: each a field's name and its value as written.

    The text of a string stands without its quotes; a value of the option itself has no name. What
    is unspecified, false or empty says nothing: in a compiled option it is not there. Errors are
    in the option's own spelling.
    """
    values: dict[str, str] = {}
    errors: list[str] = []
    for name, text in entries:
        key = name.replace("_", "-")
        if not name:
            errors.append(
                "the option holds fields; write for example {purpose: PURPOSE_INSTRUCTION}"
            )
        elif name not in OPTION_FIELDS:
            hint = _suggest(key.lower().replace("-", "_"), OPTION_FIELDS)
            errors.append(f"unknown field {name!r} in the option{hint}")
        elif key in values:
            errors.append(f"{name} stands twice in the option")
        else:
            value, error = _from_entry(name, text)
            if error:
                errors.append(error)
            else:
                values[key] = value
    declared = _declared(values)
    if not declared and not errors:
        errors.append("the option is empty; write for example {purpose: PURPOSE_INSTRUCTION}")
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
    said: list[str] | None = None
    ignored: list[str] = []
    for line in description.split("\n") if MARK in description else ():
        first = len(line) - len(line.lstrip())
        for match in _IN_TEXT.finditer(line):
            following = line.find(MARK, match.end())
            text = line[match.end() : following if following >= 0 else None]
            begin = BEGIN.search(text)
            words = text[: begin.start() if begin else None].split()
            own_line = match.start() <= first
            if own_line or _is_annotation(words, joined := _JOINED.match(line, match.start())):
                said = [] if said is None else said
                said.extend(word.rstrip(".,;") for word in _spoken(words, own_line=own_line))
                if own_line and begin:
                    ignored.append(text[begin.start() :])
                elif not own_line and joined:
                    ignored.append(joined["ignores"].rstrip(".,;"))
    return None if said is None else parse(" ".join([*said, *ignored]))


def _is_annotation(words: list[str], joined: re.Match[str] | None) -> bool:
    """Whether what stands behind a mark within a line is of the grammar."""
    return joined is not None or bool(words and _PAIR.fullmatch(words[0].rstrip(".,;")))


def _spoken(words: list[str], *, own_line: bool) -> list[str]:
    """The words before prose begins; on a line of its own an annotation has one at least."""
    said = takewhile(lambda word: not word[0].isupper() or (own_line and "=" in word), words)
    return list(said) or words[:own_line]


def without_directives(description: str) -> str:
    """The description without its annotation lines, as the judge and people should read it."""
    if MARK not in description:
        return description
    kept = [line for line in description.split("\n") if not line.lstrip().startswith(MARK)]
    return _JOINED.sub("", "\n".join(kept))


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


def override(first: Declared, second: Declared) -> Declared:
    """What holds of a field when a second annotation takes the place of a first, word by word."""
    return Declared(
        purpose=second.purpose or first.purpose,
        set_when=second.set_when or first.set_when,
        changes=second.changes or first.changes,
        echo_of=second.echo_of or first.echo_of,
        sensitive=second.sensitive or first.sensitive,
    )
