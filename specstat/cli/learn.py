"""`specstat learn`: weights from one's own labelled fields."""

from __future__ import annotations

import sys
from pathlib import Path

from specstat.cli.errors import UsageError

_EXTRA = ("numpy", "scipy", "sklearn")


def execute(corpora: tuple[str, ...], out: str, without: str) -> int:
    """Train, write the weights file and say what became of it."""
    from specstat.learn import corpus

    try:
        from specstat.learn import export, fit

        examples = corpus.read([Path(path) for path in corpora], _families(without))
        fitted = fit.fit(examples)
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in _EXTRA:
            raise
        message = (
            "learning needs scikit-learn, which comes with the extra of this name: "
            "pip install 'specstat[learn]'"
        )
        raise UsageError(message) from None
    except (corpus.CorpusError, corpus.TooFewError) as error:
        raise UsageError(str(error)) from None
    try:
        size = export.write(fitted, Path(out))
    except OSError as error:
        message = f"cannot write {out}: {error.strerror}"
        raise UsageError(message) from None
    except ValueError as error:
        raise UsageError(str(error)) from None
    families = len({e.family for e in examples})
    sys.stdout.write(
        f"Wrote {out} ({size / 1000:.0f} KB), learned from {len(examples)} fields of {families} "
        "families.\n"
    )
    return 0


def _families(path: str) -> tuple[str, ...]:
    """The families of a file, one a line; none without a file."""
    if not path:
        return ()
    try:
        return tuple(Path(path).read_text(encoding="utf-8").split())
    except (OSError, UnicodeDecodeError) as error:
        message = f"cannot read {path}, which should hold one family a line: {error}"
        raise UsageError(message) from None
