"""The page of a rule in a pack: Markdown as written, or put together from its parts."""

from __future__ import annotations

from collections.abc import Iterable

from specstat.readers.yamltree import Node, Scalar
from specstat.rules.patterns import nodes

# The sections of every rule's page, in order, each by its key in a pack.
PARTS = {
    "what": "What it does",
    "why": "Why it is bad",
    "fix": "How to fix it",
    "ignore": "When to ignore it",
    "example": "Example",
    "source": "Source",
}


def page(node: Node | None, name: str, message: str, help_: Iterable[str]) -> str:
    """The page in Markdown; its first line is the summary, and there is always one."""
    if isinstance(node, Scalar):
        return nodes.text(node, "page").strip()
    rows = nodes.table(node, "page", ("summary", *PARTS)) if node else {}
    texts = {key: nodes.text(value, f"page.{key}").strip() for key, value in rows.items()}
    summary = texts.pop("summary", f"{name.replace('-', ' ').capitalize()}.")
    texts.setdefault("what", f"Tells what {message}.")
    if help_:
        texts.setdefault("fix", "\n".join(f"- {sentence}" for sentence in help_))
    parts = [f"## {PARTS[key]}\n\n{texts[key]}" for key in PARTS if key in texts]
    return "\n\n".join((" ".join(summary.split()), *parts))
