"""Write docs/configuration.md and its schema from the table of keys; --check says if up to date."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from specstat.engine.config.keys import JUDGE_KEYS, KEYS, PROTO_KEYS
from specstat.engine.config.layer import LAYER_KEYS
from specstat.engine.config.nouns import Configuration
from specstat.engine.config.schema import schema
from specstat.readers.settings.keys import Key
from specstat.rules import registry
from specstat.rules.profiles import DEFAULT, Profile, profiles
from tools import generated

DOCS = Path(__file__).resolve().parent.parent / "docs"
PAGE, SCHEMA = DOCS / "configuration.md", DOCS / "configuration.schema.json"

INTRO = """\
# Configuration

<!-- Generated from the table of keys and rules/profiles.yaml by `make docs`; do not edit here. -->

`specstat init` writes a first `specstat.yaml` after a look at the repository.
`specstat config show FILE` says what holds for a file and where each value comes from.

Each file is ruled by the nearest `specstat.yaml`, `.specstat.yaml` or pyproject.toml with
`[tool.specstat]`: in its own folder, else in one above it, up to the top of the repository or the
user's home. Two of them in one folder are a mistake. `--config FILE` names one for all files.
Options of the command line override it.

In TOML the keys are the same, below `[tool.specstat]`. A mistake is told with file, line and
column (in TOML with the path of the key) and exit code 2. `specstat config schema` prints a JSON
Schema for editors; it is [here](configuration.schema.json) as well.

## Example

```yaml
profile: kubebuilder
rules-as-of: 0.1
severity: {SS309: warning}
exclude: ["vendor/**"]
paths:
  "legacy/**": {ignore: [SS3]}
fields:
  Widget.status.token: purpose=instruction changes=never
```
"""

PATTERNS = """\
## Patterns

Patterns in `paths` and `exclude` are seen from the folder of the file that they stand in. `*` and
`?` stand for characters of one name, `[abc]` for one of several characters, `**` between slashes
for any number of folders. A pattern without a slash means that name at any depth; one that names a
folder means all below it.

## What counts

For each rule, in this order, and each one over those before it: the profile; what the configuration
says for all files; the blocks of `paths` that match, from first to last; the command line. Of two
configurations joined by `extends` the nearer one counts. Within one of them `severity` comes first,
then `select` leaves only what it names, then `ignore` takes away. A severity is the highest that a
finding may have: one that is less certain stays quieter.
"""

PROFILES = """\
## Profiles

`profile: NAME`, or `--profile NAME`, says which rules are on to begin with, and how loud they may
be. The tool's own codes (SS0xx) are on in all of them.
"""


def keys_at_a_glance() -> Iterator[str]:
    """All keys, each linked to its section."""
    yield "| Key | Value | What for |"
    yield "| --- | --- | --- |"
    for name, key in KEYS.items():
        first = key.words.split(". ")[0].rstrip(".")
        yield f"| [`{name}`](#{name}) | {key.wants} | {first}. |"


def section(name: str, key: Key[Configuration], level: str = "###") -> Iterator[str]:
    """What a key is for, with an example."""
    yield from ("", f"{level} {name}", "", key.words, "", "```yaml", key.example, "```")


def sections() -> Iterator[str]:
    """The keys, those within others behind them."""
    inner = {
        "proto": PROTO_KEYS,
        "judge": JUDGE_KEYS,
    }
    for name, key in KEYS.items():
        yield from section(name, key)
        for within, other in inner.get(name, {}).items():
            yield from ("", f"`{within}`: {other.words}")
        if name == "paths":
            yield from ("", f"It holds {', '.join(f'`{n}`' for n in LAYER_KEYS)}.")


def profile_table() -> Iterator[str]:
    """The profiles, when to use them, and what they change."""
    yield "| Profile | When to use it |"
    yield "| --- | --- |"
    for profile in profiles().values():
        yield f"| `{profile.name}` | {profile.when} |"
    yield ""
    names = list(profiles())
    yield f"| Code | {' | '.join(names)} |"
    yield f"| --- |{' --- |' * len(names)}"
    for entry in registry.shipped().entries():
        levels = [_level(profile, entry.code) for profile in profiles().values()]
        if entry.is_rule:
            row = [levels[0], *("" if level == levels[0] else level for level in levels[1:])]
            yield f"| {entry.code} `{entry.name}` | {' | '.join(row)} |"
    yield ""
    yield f"An empty cell is as in `{DEFAULT}`."


def _level(profile: Profile, code: str) -> str:
    severity = profile.levels.get(code)
    return severity.word if severity else "off"


def render() -> str:
    """The whole page."""
    lines = [INTRO, "## Keys", "", *keys_at_a_glance(), *sections(), "", PATTERNS]
    return "\n".join([*lines, PROFILES, *profile_table()]) + "\n"


def render_schema() -> str:
    """The schema as a file."""
    return json.dumps(schema(), indent=2) + "\n"


def stale() -> dict[Path, str]:
    """The files on disk that are others than they should be, with what they should be."""
    return generated.stale({PAGE: render(), SCHEMA: render_schema()})


def main(arguments: list[str] | None = None) -> int:
    """Write the files, or check them; the result is the exit code."""
    return generated.write(stale(), __doc__, arguments)


if __name__ == "__main__":
    sys.exit(main())
