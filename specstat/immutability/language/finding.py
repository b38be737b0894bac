"""Where policies are: files, and those that come with the package, by name."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from specstat.immutability.terms import PolicyError, Terms

_HOME = Path(__file__).parents[1] / "policies"
_SUFFIX = ".yaml"


def packaged() -> tuple[str, ...]:
    """The names of the policies that come with the package."""
    return tuple(sorted(path.stem for path in _HOME.glob(f"*{_SUFFIX}")))


def file_of(name: str | os.PathLike[str]) -> Path:
    """The file of a policy that is given by its path, or by a packaged name.

    A bare name that is no file is a packaged one. PolicyError where there is neither.
    """
    from difflib import get_close_matches  # noqa: PLC0415 - only a mistake needs it

    path = Path(name)
    own = _HOME / f"{name}{_SUFFIX}"
    if not path.is_file() and str(name) in packaged():
        return own
    if not path.exists():
        near = get_close_matches(str(name), packaged(), 1, 0.6)
        hint = f"did you mean {near[0]}?" if near else _either()
        message = f"there is no policy {name}; {hint}"
        raise PolicyError(message)
    if not path.is_file():
        message = f"{name} is no file; name a file of policies"
        raise PolicyError(message)
    return path


def _either() -> str:
    return f"name a file, or one that comes with specstat: {', '.join(packaged())}"


def load(path: Path) -> tuple[Terms, ...]:
    """The policies of a file; PolicyError where it cannot be used, OSError where not be read."""
    from specstat.immutability.language import reading  # noqa: PLC0415 - most users of the nouns read none
    from specstat.readers.decoding import decode  # noqa: PLC0415 - as above

    source, problem = decode(str(path), path.read_bytes())
    if problem is not None:
        at = source.position(problem.span.start if problem.span else 0)
        message = f"{path}:{at.line}:{at.column}: {problem.message}"
        raise PolicyError(message)
    return reading.read(source)


def one_of(found: Iterable[Terms], name: str, where: str) -> Terms:
    """Of the policies of a file, the one of a name or kind; the only one where none is asked for.

    PolicyError where there is none or more than one, naming those that there are.
    """
    found = tuple(found)
    fitting = [t for t in found if name in {"", t.name}] or [
        t for t in found if name in {t.kind, f"{t.group}/{t.kind}"}
    ]
    if len(fitting) == 1:
        return fitting[0]
    there = ", ".join(f"{t.name} ({t.kind})" for t in found)
    what = f"{len(fitting)} policies" if fitting else f"no policy {name}"
    hint = "say which (--name)" if fitting else "name one of these"
    message = f"{where}: {what}; {hint}: {there}"
    raise PolicyError(message)
