"""`specstat config`: what holds for a file, and the schema of configurations."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from specstat.cli.errors import UsageError
from specstat.engine.config import levels
from specstat.engine.config.finding import Configurations
from specstat.engine.config.holding import Holding, Row, holding
from specstat.readers.settings.places import ConfigError
from specstat.reporters.layout import table, visible
from specstat.rules import profiles
from specstat.rules.catalogue import Catalogue


class Question(NamedTuple):
    """Which file is asked about, and what the command line says beside its configuration."""

    path: str
    config: str = ""
    trust: bool = False
    profile: str = ""
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()


def show(question: Question, form: str) -> int:
    """Print what holds for a file, or for the files directly in a folder."""
    if form not in {"text", "json"}:
        message = f"unknown format {form!r} in --format; there are text, json"
        raise UsageError(message)
    _refuse_mistakes(question)
    asked = levels.asked(question.select, question.ignore, question.profile)
    path = Path(question.path).as_posix()
    # What holds in a folder holds for any file in it.
    probe = f"{path}/file" if Path(path).is_dir() else path
    configurations = Configurations(question.config, trust=question.trust)
    try:
        _refuse_unknown(question, configurations.catalogue_of(configurations.of(probe)))
        found = holding(configurations, probe, asked)
    except ConfigError as error:
        raise UsageError(str(error)) from None
    found = found._replace(file=path)
    if form == "json":
        sys.stdout.write(json.dumps(_document(found), indent=2, ensure_ascii=False) + "\n")
    else:
        sys.stdout.writelines(line + "\n" for line in _text(found))
    return 0


def _refuse_mistakes(question: Question) -> None:
    if not question.config and not os.path.lexists(question.path):
        folder = Path(question.path).parent
        if not folder.is_dir():
            message = f"there is no folder {folder}; name a file in one that there is"
            raise UsageError(message)
    if complaint := profiles.complaint(question.profile):
        raise UsageError(complaint.replace(";", " in --profile;", 1))


def _refuse_unknown(question: Question, rules: Catalogue) -> None:
    for option, words in (("--select", question.select), ("--ignore", question.ignore)):
        if complaint := rules.complaint(words):
            raise UsageError(complaint.replace(";", f" in {option};", 1))


def _document(found: Holding) -> dict[str, object]:
    return {
        "version": 1,
        "file": found.file,
        "configuration": found.configuration or None,
        "extends": list(found.extends),
        "excluded": found.excluded or None,
        "settings": [row._asdict() for row in found.settings],
        "rules": [row._asdict() | {"severity": row.severity or "off"} for row in found.rules],
        "options": [row._asdict() for row in found.options],
        "fields": [row._asdict() for row in found.fields],
    }


def _text(found: Holding) -> Iterator[str]:
    if not found.configuration:
        yield visible(f"{found.file} is ruled by no configuration.")
    else:
        extends = "".join(f", which extends {base}" for base in found.extends)
        yield visible(f"{found.file} is ruled by {found.configuration}{extends}.")
    if found.excluded:
        yield visible(f"It is excluded ({found.excluded}): read only when it is named.")
    for title, rows in (
        ("Settings", found.settings),
        ("Options", found.options),
        ("Fields", found.fields),
    ):
        if rows:
            yield from ("", title)
            yield from _indented([(r.name, _word(r), r.origin) for r in rows])
    yield from ("", "Rules")
    yield from _indented([(r.code, r.name, r.severity or "off", r.origin) for r in found.rules])


def _indented(rows: list[tuple[str, ...]]) -> Iterator[str]:
    for line in table([tuple(map(visible, row)) for row in rows]):
        yield f"  {line}"


def _word(row: Row) -> str:
    """A value as one would write it."""
    if isinstance(row.value, list):
        return ", ".join(map(str, row.value)) or "none"
    if isinstance(row.value, bool):
        return str(row.value).lower()
    return str(row.value) or "none"


def schema() -> int:
    """Print the JSON Schema of configurations."""
    from specstat.engine.config.schema import schema as made

    sys.stdout.write(json.dumps(made(), indent=2) + "\n")
    return 0
