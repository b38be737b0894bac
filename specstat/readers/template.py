"""Files that are YAML once a template engine has run: Helm charts' CRDs.

Directives on lines of their own are blanked to equal length, so that every offset stays true.
"""

from __future__ import annotations

import re

from specstat.model.reading import UnreadableError
from specstat.readers import yamltree
from specstat.readers.yamltree import Tree

# No braces of a directive inside a directive: a search for the end must not run through the file.
_DIRECTIVE = r"\{\{(?:(?!\{\{|\}\}).)*+\}\}[ \t]*+"
_WHOLE_LINES = re.compile(rf"^[ \t]*+(?:{_DIRECTIVE})++\r?$", re.MULTILINE | re.DOTALL)
_NOT_LINE_END = re.compile(r"[^\r\n]")
# JSON writes characters beyond the basic plane as two escapes, which YAML does not know.
_PAIR_OF_ESCAPES = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}")
_REPLACEMENT = r"\\U0000fffd  "  # as long as the pair


def looks_templated(text: str) -> bool:
    """Whether a text holds a directive at all."""
    return "{{" in text


def load(text: str) -> tuple[Tree, bool]:
    """Parse as it stands, else with whole-line directives blanked; says whether that was needed.

    Raises UnreadableError where neither parses; for a template, with what is wrong in the
    blanked text.
    """
    try:
        return yamltree.load(text), False
    except UnreadableError:
        if _PAIR_OF_ESCAPES.search(text):
            return load(_PAIR_OF_ESCAPES.sub(_REPLACEMENT, text))
        blanked = _WHOLE_LINES.sub(_blank, text)
        if blanked == text:
            raise
        return yamltree.load(blanked), True


def _blank(match: re.Match[str]) -> str:
    return _NOT_LINE_END.sub(" ", match.group())
