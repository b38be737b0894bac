"""What `diff` judges and checks by: weights, and the rules of packs."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.support import Cli, crd, write_weights

PACK = """\
rules:
- code: ACME001
  name: no-size
  match: {section: spec, name: size}
  message: says a size
  page: {summary: Words., why: Words., source: Ours.}
  examples: {bad: [{name: size}], good: [{name: count}]}
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two files with a field of which nothing is known, and later that it is status."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    (tmp_path / "old.yaml").write_text(crd(status={"frob": "Words."}), encoding="utf-8")
    (tmp_path / "new.yaml").write_text(
        crd(status={"frob": "Words.\nspecstat: purpose=observation"}), encoding="utf-8"
    )
    return tmp_path


def test_weights_of_the_tree_are_loaded_where_it_is_trusted(cli: Cli) -> None:
    write_weights(Path("ours.weights"))
    Path("specstat.yaml").write_text("judge: {weights: ours.weights}\n", encoding="utf-8")

    refused = cli("diff", "old.yaml", "new.yaml")
    trusted = cli("diff", "old.yaml", "new.yaml", "--trust")

    assert refused.code == 2
    assert "--trust loads it, or name it yourself: --weights ours.weights" in refused.err
    assert trusted.out.endswith("hold the same fields (1 resource version looked at).\n")


def test_weights_can_be_named(cli: Cli) -> None:
    write_weights(Path("ours.weights"))

    plain = cli("diff", "old.yaml", "new.yaml")
    ours = cli("diff", "old.yaml", "new.yaml", "--weights", "ours.weights")

    assert "judged  status.frob  spec (" in plain.out
    assert "judged" not in ours.out


def test_codes_of_packs_are_known(cli: Cli) -> None:
    Path("rules.yaml").write_text(PACK, encoding="utf-8")
    Path("specstat.yaml").write_text("packs: [rules.yaml]\n", encoding="utf-8")

    assert cli("diff", "old.yaml", "new.yaml", "--ignore", "ACME001").code == 0
    unknown = cli("diff", "old.yaml", "new.yaml", "--ignore", "ACME002")
    assert "unknown code ACME002 in --ignore; did you mean ACME001?" in unknown.err
