"""`specstat immutability verify` and `hash`, as they are called."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import yaml

OLD = """\
apiVersion: agents.proompteng.ai/v1alpha1
kind: AgentRun
metadata: {name: mend, uid: a-1}
spec: {agentRef: {name: fixer}, parameters: {x: "1"}}
status: {phase: Running}
"""
NEW = OLD.replace("fixer", "other").replace('"1"', '"2"')


def run(*arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "specstat", "immutability", *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
    )


def files(folder: Path, old: str = OLD, new: str = NEW) -> tuple[str, str]:
    (folder / "old.yaml").write_text(old, encoding="utf-8")
    (folder / "new.yaml").write_text(new, encoding="utf-8")
    return str(folder / "old.yaml"), str(folder / "new.yaml")


def test_a_violation_is_told_with_its_reason_and_exit_1(tmp_path: Path) -> None:
    done = run("verify", *files(tmp_path), "--policy", "agentrun", "--format", "json")
    assert done.returncode == 1
    changes = {c["path"]: c["forbidden"] for c in json.loads(done.stdout)["changes"]}
    assert changes == {"spec.agentRef.name": True, "spec.parameters.x": False}
    shown = run("verify", *files(tmp_path), "--policy", "agentrun")
    assert "spec.agentRef must not change once the object is locked" in shown.stdout
    assert max(map(len, shown.stdout.splitlines())) <= 80


def test_an_object_that_is_not_locked_may_change(tmp_path: Path) -> None:
    pending = [text.replace("Running", "Pending") for text in (OLD, NEW)]
    assert run("verify", *files(tmp_path, *pending), "--policy", "agentrun").returncode == 0


def test_other_names_several_objects_and_broken_files_end_with_2_and_a_place(
    tmp_path: Path,
) -> None:
    for new, told in (
        (NEW.replace("mend", "else"), "new.yaml:3:12: metadata.name is else"),
        (f"{NEW}---\n{NEW}", "it holds 2 objects"),
        ("a: [", "new.yaml:1:"),
        ("", "there is no object in it"),
        (NEW.replace("AgentRun", "Agent"), "kind is Agent"),
    ):
        done = run("verify", *files(tmp_path, new=new), "--policy", "agentrun")
        assert done.returncode == 2, done
        assert told in done.stderr


def test_an_admission_review_is_judged() -> None:
    sides = {"oldObject": yaml.safe_load(OLD), "object": yaml.safe_load(NEW)}
    for operation, part, code in (("UPDATE", "", 1), ("CREATE", "", 0), ("UPDATE", "status", 0)):
        request = {"operation": operation, "subResource": part, **sides}
        review = json.dumps({"kind": "AdmissionReview", "request": request})
        done = run("verify", "-", "--policy", "agentrun", stdin=review)
        assert done.returncode == code, done


def test_the_hash_does_not_depend_on_what_may_change(tmp_path: Path) -> None:
    old, new = files(tmp_path, new=OLD.replace('"1"', '"2"'))
    hashes = {run("hash", path, "--policy", "agentrun").stdout for path in (old, new)}
    assert len(hashes) == 1
    assert len(hashes.pop().strip()) == 64
