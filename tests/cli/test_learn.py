"""`specstat learn`: from labelled fields to a weights file, and what stands in the way."""

from __future__ import annotations

import importlib.util
import json
import math
import subprocess
import sys
from pathlib import Path

import pytest

from specstat.judge import weights
from tests.cli.support import Cli

HAS_EXTRA = importlib.util.find_spec("sklearn") is not None


def learn(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "specstat", "learn", *arguments],
        capture_output=True,
        text=True,
        check=False,
    )


def corpus(path: Path, families: int) -> Path:
    rows = [
        {"family": f"f{family}", "name": f"{word}{n}", "section": section, "type": "string"}
        for family in range(families)
        for n in range(50)
        for word, section in (("glorp", "status"), ("frob", "spec"))
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.mark.skipif(not HAS_EXTRA, reason="needs the extra specstat[learn]")
def test_a_weights_file_is_made_and_told(tmp_path: Path) -> None:
    out = tmp_path / "w.bin"

    done = learn(str(corpus(tmp_path / "c.jsonl", 8)), "--out", str(out))

    assert (done.returncode, done.stderr) == (0, "")
    assert "learned from 800 fields of 8 families" in done.stdout
    assert weights.load(out).scale > 0


@pytest.mark.skipif(not HAS_EXTRA, reason="needs the extra specstat[learn]")
def test_families_are_left_out(tmp_path: Path) -> None:
    families = tmp_path / "out.txt"
    families.write_text("f1\nf2\n", encoding="utf-8")
    out = tmp_path / "w.bin"

    done = learn(
        str(corpus(tmp_path / "c.jsonl", 8)), "--out", str(out), "--without", str(families)
    )

    assert "600 fields of 6 families" in done.stdout


@pytest.mark.skipif(not HAS_EXTRA, reason="needs the extra specstat[learn]")
def test_too_small_a_corpus_is_one_line_and_writes_nothing(tmp_path: Path) -> None:
    out = tmp_path / "w.bin"

    done = learn(str(corpus(tmp_path / "c.jsonl", 1)), "--out", str(out))

    assert done.returncode == 2
    assert done.stderr.startswith("error: the corpus is too small to learn from")
    assert done.stderr.count("\n") == 1
    assert not out.exists()


@pytest.mark.skipif(not HAS_EXTRA, reason="needs the extra specstat[learn]")
def test_a_corpus_that_contradicts_itself_is_one_line_and_writes_nothing(tmp_path: Path) -> None:
    path = corpus(tmp_path / "c.jsonl", 6)
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    for row in rows:
        if row["family"] in {"f0", "f1", "f2"}:
            row["section"] = "spec" if row["section"] == "status" else "status"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    out = tmp_path / "w.bin"

    done = learn(str(path), "--out", str(out))

    assert done.returncode == 2
    assert done.stderr.startswith("error: the families of the corpus contradict each other")
    assert done.stderr.count("\n") == 1
    assert not out.exists()


def test_weights_that_no_file_can_hold_are_one_line_and_write_nothing(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fit = pytest.importorskip("specstat.learn.fit", reason="needs the extra specstat[learn]")
    # No corpus is known with which training ends like this.
    endless = fit.Fitted({"head:glorp": math.inf}, {}, slope=1.0, bias=0.0)
    monkeypatch.setattr(fit, "fit", lambda _: endless)
    out = tmp_path / "w.bin"

    done = cli("learn", corpus(tmp_path / "c.jsonl", 8), "--out", out)

    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("error: training gave weights that are not finite")
    assert done.err.count("\n") == 1
    assert not out.exists()


@pytest.mark.skipif(HAS_EXTRA, reason="the extra specstat[learn] is here")
def test_without_the_extra_it_says_what_to_install(tmp_path: Path) -> None:
    done = learn(str(corpus(tmp_path / "c.jsonl", 8)), "--out", str(tmp_path / "w.bin"))

    assert done.returncode == 2
    assert "pip install 'specstat[learn]'" in done.stderr
    assert done.stderr.count("\n") == 1
