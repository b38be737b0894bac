"""CEL expressions in packs: compiled, with their errors at their places in the pack."""

from __future__ import annotations

from specstat.model.reading import UnreadableError
from specstat.model.source import Source
from specstat.readers.yamltree import Node, Scalar
from specstat.rules.patterns import nodes
from specstat.rules.patterns.fieldkeys import Test


def compiled(source: Source, node: Node, *, of_field: bool) -> Test:
    """The expression of a pack; what is wrong with it is told where it stands."""
    from specstat.rules.patterns.cel import CelError, Expression  # noqa: PLC0415 - few packs do

    text = nodes.text(node, "when")
    try:
        return Expression(text, of_field=of_field).holds
    except CelError as error:
        offset = _offset(source, node, error.line, error.column)
        raise UnreadableError(f"when: {error}", offset) from None


def _offset(source: Source, node: Node, line: int, column: int) -> int:
    """Where a place of an expression is in the pack; where it begins, if that cannot be told.

    A folded text has lost its lines, and quotes may hold escapes.
    """
    if not isinstance(node, Scalar) or not line:
        return node.start
    written = source.text[node.start : node.end]
    wanted = node.value.split("\n")[line - 1]
    if written.startswith("|"):
        shown = written.split("\n")
        if line >= len(shown) or not shown[line].endswith(wanted):
            return node.start
        indent = len(shown[line]) - len(wanted)
        return node.start + sum(len(row) + 1 for row in shown[:line]) + indent + column - 1
    found = written.find(wanted)
    return node.start + found + column - 1 if found >= 0 else node.start
