"""Names whose section hangs on their use, and on what it hangs, in terms of purpose."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path


@cache
def _table() -> Mapping[str, str]:
    text = Path(__file__).with_name("data").joinpath("dependents.json").read_text("utf-8")
    table: Mapping[str, str] = json.loads(text)
    return table


def of(words: tuple[str, ...]) -> str:
    """On what the section of a field of this name hangs; empty for other names.

    An id hangs on what its last two words do: `temporal_workflow_id` is a workflow id.
    """
    table = _table()
    short = " ".join(words[-2:]) if words[-1] == "id" else ""
    return table.get(" ".join(words)) or table.get(short, "")
