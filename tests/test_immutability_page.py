"""What docs/immutability.md shows is so, command by command, in a copy of its example."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import yaml

from specstat.immutability.language.reading import of_values
from tools.readme_output import normalised, ours

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "immutability.md").read_text(encoding="utf-8")
EXAMPLE = ROOT / "examples" / "backup"


def test_the_commands_can_be_run_in_their_order(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(EXAMPLE, tmp_path / "backup"))
    sessions = ours(PAGE)
    assert len(sessions) >= 5

    for session in sessions:
        arguments = session.command.split()[1:]
        done = subprocess.run(
            [sys.executable, "-m", "specstat", *arguments],
            cwd=folder,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        wanted = 1 if "verify" in arguments else 0
        assert done.returncode == wanted, session.command + done.stderr
        if session.output.strip():
            assert normalised(done.stdout) == normalised(session.output), session.command

    crd = yaml.safe_load((folder / "crd.yaml").read_text("utf-8"))
    schema = crd["spec"]["versions"][0]["schema"]["openAPIV3Schema"]
    assert len(schema["x-kubernetes-validations"]) == 2
    kinds = [d["kind"] for d in yaml.safe_load_all((folder / "guard.yaml").read_text("utf-8"))]
    assert kinds == ["ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding"]


def test_the_policy_that_is_shown_is_that_of_the_example() -> None:
    shown = re.findall(r"```yaml\n(kind: .*?)```", PAGE, re.DOTALL)

    assert [yaml.safe_load(text) for text in shown] == [
        yaml.safe_load((EXAMPLE / "policy.yaml").read_text("utf-8"))
    ]
    of_values(yaml.safe_load(shown[0]))


def test_every_page_can_be_reached_from_the_readme() -> None:
    docs = ROOT / "docs"
    todo, seen = [ROOT / "README.md"], set()
    while todo:
        page = todo.pop()
        seen.add(page)
        links = re.findall(r"\]\(([\w./-]+\.md)(?:#[\w-]+)?\)", page.read_text("utf-8"))
        found = {(page.parent / link).resolve() for link in links}
        todo += [one for one in found if one.suffix == ".md" and one not in seen and one.exists()]

    assert set(docs.glob("*.md")) - seen == set()
