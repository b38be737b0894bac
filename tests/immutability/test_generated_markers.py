"""Generated markers come back out of controller-gen as the rules that they were made of."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from specstat.immutability.cells import cells_of
from specstat.immutability.generate.cel import rules
from specstat.immutability.generate.markers import markers, text_of
from specstat.immutability.schema import of_crd
from tests.immutability.rules_made import load
from tests.immutability.test_generated_cel_matrix import HARD

PROJECT = Path(__file__).parents[1] / "conformance" / "markers"
STRANGE = {"rule": 'self.x == "a\\b" && `c` != "\t\u200b"', "message": 'é, "b"; c=1 \\n'}


def rules_of_controller_gen(lines: tuple[str, ...], folder: Path) -> object:
    """What controller-gen makes of a type with some markers."""
    for name in ("go.mod", "go.sum"):
        shutil.copy(PROJECT / name, folder / name)
    text = (PROJECT / "types.go").read_text(encoding="utf-8")
    (folder / "types.go").write_text(text.replace("// MARKERS", "\n".join(lines)), encoding="utf-8")
    command = ["go", "tool", "controller-gen", "crd", "paths=.", "output:stdout"]
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, timeout=600
    )
    assert not done.returncode, done.stderr
    crd = yaml.safe_load(done.stdout)
    return crd["spec"]["versions"][0]["schema"]["openAPIV3Schema"]["x-kubernetes-validations"]


def test_controller_gen_makes_the_same_rules_of_markers(tmp_path: Path) -> None:
    if not shutil.which("go"):
        why = "Go is not installed, so controller-gen was not asked; install Go to run this test"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(why)
    folder = tmp_path / "v1"
    folder.mkdir()
    _, schema = of_crd(load("hard-crd.yaml"))
    made = [rule.as_mapping() for rule in rules(HARD, schema, cells_of(HARD, schema))]
    made.append(STRANGE)
    assert rules_of_controller_gen(markers(made), folder) == made


def test_markers_stand_above_the_type_of_the_kind() -> None:
    text = text_of(["// +a", "// +b"], "Knot", "v1")
    assert text.endswith("// +a\n// +b\ntype Knot struct {\n")
    assert "api/v1/knot_types.go" in text
