"""What a field's description claims of whether it may be changed."""

from __future__ import annotations

import re

from specstat.judge.words import split
from specstat.model.resource import Field

_PARTICIPLES = ("changed", "updated", "modified", "edited", "altered", "mutated")
_CHANGED = rf"(?:{'|'.join(_PARTICIPLES)})"
_NEVER = r"(?:can ?not|can't|can never|could not|may not|may never|must not|must never)"
_SINCE = (
    r"(?:(?:after|once|upon|following|as soon as|since)\b(?: \S+){0,6}? ?"
    r"(?:creat\w+|deployed|set|specified|assigned|defined)"
    r"|later|afterwards|any ?more|post[- ]creation)"
)
_END = rf"(?: {_SINCE})?(?:$|[,;:)(]| and\b| as\b| since\b| because\b)"
_BEFORE = (
    r"(?:(?:note(?: that)?:?|nb:?|important:?|warning:?) )?"
    r"(?:once (?:\S+ ){0,5}?(?:set|created|specified),? )?"
)
_CLAIM = (
    rf"^{_BEFORE}(?P<who>(?:\S+ ){{0,6}}?)"
    rf"(?:(?:(?:is|are|becomes) )?(?:an )?immutable(?: field)?|{_NEVER} be {_CHANGED}){_END}"
)
_ASIDE = r"[(\[]\s*immutable\s*[)\]]"
# A claim on a condition is none; of fields of other names the words say nothing of this one.
_CONDITION = r"\b(?:unless|except|until|while|if|when|as long as|only|not immutable|mutable)\b"
# Kubernetes' words on what a running container has, which are copied with its types.
_OF_CONTAINERS = frozenset({"Cannot be updated", "This cannot be updated"})
_SENTENCE = r"(?<=[.!?;])\s+|\n\s*\n|\n\s*[-*]\s"
_SUBJECTS = frozenset(
    "the this a an its it field value property setting parameter option attribute and of that "
    "these those they values".split()
)


def claim(field: Field) -> str:
    """The words by which a description says that the field never changes; empty if it does not."""
    text = field.description
    if not _may_claim(text):
        return ""
    for sentence in re.split(_SENTENCE, text):
        plain = " ".join(sentence.replace("`", "").replace('"', "").split()).rstrip(".!;")
        if re.search(_ASIDE, plain, re.IGNORECASE):
            return plain
        if plain in _OF_CONTAINERS or re.search(_CONDITION, plain, re.IGNORECASE):
            continue
        found = re.search(_CLAIM, plain, re.IGNORECASE)
        if found and _is_of(found["who"], field):
            return plain
    return ""


def _may_claim(text: str) -> bool:
    """Whether a text has the words of a claim at all, which most descriptions have not."""
    if "mmutable" in text:
        return True
    if "not" not in text and "n't" not in text and "never" not in text:
        return False
    return any(word in text for word in _PARTICIPLES)


def _is_of(who: str, field: Field) -> bool:
    """Whether the subject of a sentence is the field: its name, or a word for any field."""
    own = {*split(field.name), field.name.lower()}
    words = (word.strip(",:;'()").lower() for word in who.split())
    return all(
        word in _SUBJECTS or word in own or not {*split(word)} - own for word in words if word
    )
