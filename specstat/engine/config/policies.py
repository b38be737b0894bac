"""The key `policies`: immutability policies, by their files or as such."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from specstat.engine.config.nouns import Configuration
from specstat.readers.settings import values
from specstat.readers.settings.items import Items, Line, Scalar, Table
from specstat.readers.settings.places import ConfigError, NamedFile

if TYPE_CHECKING:
    from specstat.immutability.terms import Terms


def listed(line: Line, example: str) -> tuple[NamedFile | Terms, ...]:
    """What is named or written out; ConfigError for what is no policy."""
    item = line.item
    if isinstance(item, Scalar) and item.value is None:
        return ()
    if not isinstance(item, Items):
        raise values.wrong(line, "a list of files or policies", example)
    return tuple(_one(Line(line.name, inner.place, inner), example) for inner in item.items)


def _one(line: Line, example: str) -> NamedFile | Terms:
    if not isinstance(line.item, Table):
        return values.file(line, "a list of files or policies", example)
    from specstat.immutability.language.reading import of_item  # noqa: PLC0415 - few write one out

    return of_item(line.item)


def loaded(configuration: Configuration) -> tuple[Terms, ...]:
    """The policies of a configuration; ConfigError where one cannot be used."""
    from specstat.immutability.language import reading  # noqa: PLC0415 - few configurations have policies

    found: list[Terms] = []
    files: set[Path] = set()
    for named in configuration.policies or ():
        if not isinstance(named, NamedFile):
            found.append(named)
            continue
        path = _file(named)
        if path.resolve() in files:
            message = f"{named.path} is named twice; keep one"
            raise named.place.error(message)
        files.add(path.resolve())
        found += _of_file(named, path)
    reading.refuse_same_names(found)
    return tuple(found)


def _file(named: NamedFile) -> Path:
    from specstat.immutability.language import finding  # noqa: PLC0415 - as above

    named.refuse_device()
    packaged = named.path in finding.packaged() and not named.file.exists()
    path = finding.file_of(named.path) if packaged else named.file
    if not path.is_file():
        if path.is_dir():
            message = f"{named.path} is a folder; name a file of policies"
            raise named.place.error(message)
        there = finding.packaged()
        hint = values.close(named.path, there) or f"specstat comes with {', '.join(there)}"
        message = f"there is no policy {named.path}; it is looked for at {path.as_posix()}; {hint}"
        raise named.place.error(message)
    return path


def _of_file(named: NamedFile, path: Path) -> tuple[Terms, ...]:
    from specstat.immutability.language import finding  # noqa: PLC0415 - as above
    from specstat.immutability.terms import PolicyError  # noqa: PLC0415 - as above

    try:
        return finding.load(path)
    except PolicyError as error:
        raise ConfigError(str(error)) from None
    except OSError as error:
        message = f"cannot read the policy {named.path}: {error.strerror}"
        raise named.place.error(message) from None
