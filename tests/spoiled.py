"""Trees of plain values with something put where it may not belong."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from hypothesis import strategies as st


def spoiled(
    draw: st.DrawFn,
    good: st.SearchStrategy[Any],
    anything: st.SearchStrategy[Any],
    names: list[str],
) -> Any:  # noqa: ANN401 - a tree of anything
    """A tree that holds, mostly with anything at some place in it, or under one of some names."""
    # A copy, for what is changed below must not be what a strategy gives the next time.
    tree: Any = deepcopy(draw(good))
    if not draw(st.booleans()):
        return tree
    at = tree
    while True:
        keys = list(at) if isinstance(at, dict) else list(range(len(at)))
        key = draw(st.sampled_from(keys)) if keys else None
        deeper = key is not None and isinstance(at[key], (dict, list)) and draw(st.booleans())
        if not deeper:
            break
        at = at[key]
    if isinstance(at, list):
        at.append(draw(anything))
    else:
        known = key is not None and draw(st.booleans())
        at[key if known else draw(st.sampled_from(names))] = draw(anything)
    return tree
