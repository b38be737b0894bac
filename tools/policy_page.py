"""Write docs/policy.md and the policies' schema from the table of keys; --check compares."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from specstat.immutability.language import finding, publish
from specstat.immutability.language.consequences import OWNED_KEYS, VIOLATION_KEYS
from specstat.immutability.language.keys import KEYS, WORDS
from specstat.immutability.language.testkeys import (
    ANNOTATION_KEYS,
    CONDITION_KEYS,
    FIELD_KEYS,
    LABEL_KEYS,
)
from specstat.readers.settings.keys import Key
from tools import generated

DOCS = Path(__file__).resolve().parent.parent / "docs"
PAGE, SCHEMA = DOCS / "policy.md", DOCS / "policy.schema.json"

INTRO = """\
# The keys of an immutability policy

<!-- Generated from the tables of keys by `make docs`; do not edit here. -->

[Immutability policies](immutability.md) says how to begin with them. They stand in YAML files of
their own, one a document, or in `specstat.yaml` under `policies` (in TOML below `[tool.specstat]`),
where files and packaged policies are named, too. An editor that knows the
[JSON Schema](policy.schema.json) completes and checks them.
"""

PATHS = """\
## Paths

`spec.image` is a field, `spec.steps[].image` that of every item of a list, `spec.env{}` every value
of a map, and a name that is no plain word stands in brackets and quotes: `spec.env["a.b"]`. A path
covers all below it; of two that cover a field the longer one wins. A path that is named twice is a
mistake, and so are every value of a map and one of its keys side by side, and a path below the
items of what is `append-only`. Status cannot be named, and of metadata only labels and annotations
can; those that are not named are mutable, whatever `default` says.

An exception inside something fixed cuts it: with `spec.job` fixed and `spec.job.ttl` mutable, all
other fields of `spec.job` are fixed, each by itself.

## Words

| Word | Meaning |
| --- | --- |
"""

AFTER_WORDS = """\

Lock, exemption and `terminal` are read from the object as it is stored: no update unlocks itself.
What is `never`, `set-once` or `append-only` does not ask for the lock. An object that is exempt may
be changed in everything. A terminal object stays locked; only, no controller fails it any more.

Values are compared as Kubernetes compares them: by the schema, sets and keyed lists without order,
times by their instant.
"""


def table(keys: Mapping[str, Key[Any]]) -> Iterator[str]:
    """Keys with their values and what they are for."""
    yield from ("", "| Key | Value | What for |", "| --- | --- | --- |")
    for name, key in keys.items():
        yield f"| `{name}` | {key.wants} | {key.words} |"


def sections() -> Iterator[str]:
    """The keys, each with an example; those within others behind them."""
    tests = (CONDITION_KEYS, FIELD_KEYS)
    inner: Mapping[str, tuple[Mapping[str, Key[Any]], ...]] = {
        "locked-when": tests,
        "exempt-when": (LABEL_KEYS, ANNOTATION_KEYS),
        "owned": (OWNED_KEYS,),
        "on-violation": (VIOLATION_KEYS,),
    }
    for name, key in KEYS.items():
        yield from ("", f"### {name}", "", key.words, "", "```yaml", key.example, "```")
        for keys in inner.get(name, ()):
            yield from table(keys)
        if name == "exempt-when":
            yield from ("", "Tests on conditions and fields are written as in `locked-when`.")


def packaged() -> Iterator[str]:
    """The policies that come along, with what their files say of them."""
    yield from ("", "## Packaged policies")
    for name in finding.packaged():
        text = finding.file_of(name).read_text(encoding="utf-8")
        yield from ("", f"### {name}", "", "```yaml", text.rstrip(), "```")


def render() -> str:
    """The whole page."""
    words = [f"| `{word.value}` | {meaning} |" for word, meaning in WORDS.items()]
    lines = [INTRO, PATHS + "\n".join(words), AFTER_WORDS, "## Keys", *sections(), *packaged()]
    return "\n".join(lines) + "\n"


def stale() -> dict[Path, str]:
    """The files on disk that are others than they should be, with what they should be."""
    return generated.stale({PAGE: render(), SCHEMA: json.dumps(publish.schema(), indent=2) + "\n"})


def main(arguments: list[str] | None = None) -> int:
    """Write the files, or check them; the result is the exit code."""
    return generated.write(stale(), __doc__, arguments)


if __name__ == "__main__":
    sys.exit(main())
