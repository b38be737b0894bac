"""YAML nodes as plain values, as Kubernetes reads them: whole numbers stay exact."""

from __future__ import annotations

import json
from typing import Any

from specstat.readers.literal import literal
from specstat.readers.yamltree import Mapping, Node, Sequence, follow


def value(node: Node) -> Any:  # noqa: ANN401 - any value of JSON
    """The value of a node, which is nested no deeper than the parser allows."""
    node = follow(node)
    if type(node) is Mapping:
        return {name: value(inner) for name, (_, inner) in node.entries.items()}
    if type(node) is Sequence:
        return [value(item) for item in node.items]
    return json.loads(literal(node)) if getattr(node, "plain", False) else node.value
