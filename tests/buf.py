"""buf as users run it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

BESIDE = Path(sys.executable).parent


def buf(cwd: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run buf without what it keeps in the user's folders."""
    program = shutil.which("buf", path=f"{BESIDE}{os.pathsep}{os.environ['PATH']}")
    assert program, "buf is in the dev group of pyproject.toml; `make venv` installs it"
    return subprocess.run(
        [program, *arguments],
        cwd=cwd,
        env=os.environ | {"BUF_CACHE_DIR": str(cwd / "cache")},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
