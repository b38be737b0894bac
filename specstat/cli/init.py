"""`specstat init`: a first configuration, made for the repository."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from specstat import __version__
from specstat.cli.errors import UsageError
from specstat.cli.output import replace_file
from specstat.engine.config.finding import birthplace, nearest
from specstat.engine.config.first import text
from specstat.engine.config.survey import Survey, survey
from specstat.readers.settings.places import ConfigError
from specstat.reporters.layout import visible, wrap
from specstat.reporters.summary import plural
from specstat.rules import profiles

_NEXT = (
    "Next: `specstat lint` tells what it finds, `specstat config show FILE` what holds for a file. "
    "Many findings on the first day? `specstat baseline write specstat-baseline.json` keeps them "
    "for later, and `baseline: specstat-baseline.json` in the configuration tells only new ones."
)


def execute(profile: str, *, force: bool) -> int:
    """Look at the repository around the current folder and write its specstat.yaml."""
    if complaint := profiles.complaint(profile):
        raise UsageError(complaint.replace(";", " in --profile;", 1))
    path = Path(birthplace(""))
    _refuse_overwriting(path, force=force)
    seen = survey(path.parent.as_posix())
    release = ".".join(__version__.split(".")[:2])
    try:
        replace_file(path, text(seen, release, profile).encode())
    except OSError as error:
        message = f"cannot write {path}: {error.strerror}"
        raise UsageError(message) from None
    for sentence in (*_seen(seen), f"Wrote {path.as_posix()}.", _NEXT):
        sys.stdout.writelines(f"{line}\n" for line in wrap(visible(sentence), 80))
    return 0


def _refuse_overwriting(path: Path, *, force: bool) -> None:
    """A configuration is only replaced when asked, and never given another one beside it."""
    try:
        there = nearest(path.parent.as_posix())
    except ConfigError:  # such as two of them
        there = "" if not path.exists() else path.as_posix()
    if not there or Path(there).parent.resolve() != path.parent.resolve():
        return
    if Path(there).name != path.name:
        message = f"{there} configures this repository already; edit that, or remove it first"
        raise UsageError(message)
    if not force:
        message = f"{there} is there already; --force replaces it"
        raise UsageError(message)


def _seen(seen: Survey) -> Iterator[str]:
    """What was seen, in sentences."""
    if not (seen.crds or seen.protos or seen.composites):
        yield "Saw no CRD and no .proto file that git does not ignore."
    if seen.crds:
        by = f", {seen.generated:,} of them made by controller-gen" if seen.generated else ""
        yield f"Saw {plural(seen.crds, 'file')} with CRDs{by}."
    if seen.composites or seen.providers:
        yield (
            f"Saw {plural(seen.providers, 'CRD')} of Crossplane providers and "
            f"{plural(seen.composites, 'file')} with composite resources."
        )
    if seen.protos:
        yield (
            f"Saw {plural(seen.protos, '.proto file')}, {seen.halves:,} with spec and status "
            f"messages, {seen.aips:,} with annotations of google.api."
        )
    for vendor, count in seen.vendored.items():
        yield f"{vendor} holds what others wrote ({plural(count, 'file')}): excluded."
    if seen.roots:
        yield f"Imports of .proto files begin at {', '.join(seen.roots)} as well."
