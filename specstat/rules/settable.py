"""Why a field that only reported may be set now, as far as its own words tell."""

from __future__ import annotations

import re

from specstat.model.resource import Field, Section

_WORDS = (  # compiled when a field has moved, which few runs see
    r"(?i)\b(?:can|may|could) (?:now |also |optionally )*be (?:set|chosen|given|changed|overridden|"
    r"specified|configured|requested)\b"
    r"|\b(?:user[- ])?settable\b|\buser[- ](?:specified|provided|supplied|defined|configurable)\b"
    r"|\bset (?:this|it) to\b|\boverrides?\b|\bdesired\b|\brequested\b|\bdefaults to\b"
    r"|\bif (?:it is )?(?:set|unset|not set|empty|omitted|unspecified|left out)\b"
)
_OUTPUT = "field_behavior=OUTPUT_ONLY"


def reason(old: Field, new: Field) -> str:
    """The words or facts by which a field became settable; empty where nothing says so."""
    if new.declared.purpose in {"instruction", "allocation"} and not old.declared.purpose:
        return f"its annotation says purpose={new.declared.purpose}"
    said = {match[0].lower() for match in re.finditer(_WORDS, old.description)}
    for match in re.finditer(_WORDS, new.description):
        if match[0].lower() not in said:
            return f'"{match[0]}" is new in its description'
    if new.has_default and not old.has_default:
        return "it has a default now"
    if _OUTPUT in old.declarations and _OUTPUT not in new.declarations:
        return "OUTPUT_ONLY is gone"
    return ""


def by_moving(old: Field, new: Field) -> str:
    """Why a field that changed its section may be set now; empty where it need not be so."""
    if old.section is not Section.STATUS or new.section is not Section.SPEC:
        return ""
    return reason(old, new)
