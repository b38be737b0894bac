"""`specstat vendor-proto`: the published option, put where .proto files can import it."""

from __future__ import annotations

import sys
from pathlib import Path

from specstat import proto
from specstat.cli.errors import FINDINGS, UsageError
from specstat.cli.output import whole_file
from specstat.reporters.layout import visible


def execute(folder: str, *, check: bool, force: bool) -> int:
    """Write the file below a folder; with `check`, only say whether it is there and the same."""
    if not folder:
        raise UsageError("the name of the folder is empty; write . for the current one")
    if Path(folder).is_file():
        raise UsageError(f"{folder} is a file; name the folder to write {proto.FILE} into")
    path = Path(folder, proto.FILE)
    there = _read(path)
    if there == proto.text():
        _say(f"{path} is there and up to date.")
        return 0
    if check:
        wrong = "is missing" if there is None else "is not the one of this version of specstat"
        option = "" if there is None else "--force "
        _say(f"{path} {wrong}; mend it with: specstat vendor-proto {option}{folder}")
        return FINDINGS
    if there is not None and not force:
        raise UsageError(
            f"{path} is there and differs from the one of this version of specstat; "
            "--force replaces it"
        )
    _write(path)
    _say(f"Wrote {path}. To use it:")
    _say(f'  in .proto files   import "{proto.FILE}";')
    _say(f"  with protoc       protoc -I {folder} ...")
    _say(f"  with buf          in buf.yaml, under modules: - path: {folder}")
    return 0


def _say(line: str) -> None:
    sys.stdout.write(f"{visible(line)}\n")


def _read(path: Path) -> str | None:
    """The text of a file, with any line ends; None where there is none."""
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return None
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror}") from error


def _write(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with whole_file(str(path)) as stream:
            stream.write(proto.text())
    except OSError as error:
        raise UsageError(f"cannot write {path}: {error.strerror}") from error
