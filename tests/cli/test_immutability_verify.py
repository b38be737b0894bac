"""`specstat immutability verify` and `hash`, as they are called."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.resources import files as resources
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

OLD = """\
apiVersion: agents.proompteng.ai/v1alpha1
kind: AgentRun
metadata: {name: mend, uid: a-1}
spec: {agentRef: {name: fixer}, parameters: {x: "1"}}
status: {phase: Running}
"""
NEW = OLD.replace("fixer", "other").replace('"1"', '"2"')


CRD = """\
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: runs.example.org}
spec:
  group: example.org
  names: {plural: runs, kind: Run}
  scope: Namespaced
  versions:
  - name: v2
    served: true
    storage: true
    schema: {openAPIV3Schema: {type: object, properties: {spec: {type: object, properties: {
      count: {type: integer}, tags: {type: array, x-kubernetes-list-type: set,
      items: {type: string}}, env: {type: object, additionalProperties: {type: string}}}},
      status: {type: object, required: [phase], properties: {phase: {type: string}}}}}}
  - name: v1
    served: true
    storage: false
    schema: {openAPIV3Schema: {type: object, properties: {spec: {type: object, properties: {
      count: {type: string, format: duration}, env: {type: object,
      additionalProperties: {type: string}}}}}}}
"""
POLICIES = """\
name: counts
kind: example.org/Run
crd: crd.yaml
immutable: [spec.count]
mutable: []
locked-when: [always]
owned: {labels: [own/], by: [ctrl]}
---
name: warns
kind: example.org/Run
crd: crd.yaml
default: immutable
locked-when: [always]
mode: warn
"""
RUN = """\
apiVersion: example.org/v2
kind: Run
metadata: {name: one, namespace: here, uid: u-1, labels: {own/a: x}}
spec:
  count: 1
  tags: [a, b]
"""


def schema_of(name: str) -> Draft202012Validator:
    text = resources("specstat.reporters").joinpath(f"{name}.schema.json").read_text("utf-8")
    Draft202012Validator.check_schema(json.loads(text))
    return Draft202012Validator(json.loads(text))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with a definition, policies and an object."""
    for name, text in (("crd", CRD), ("policy", POLICIES), ("old", RUN)):
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def verified(new: str, *more: str, policy: str = "counts") -> subprocess.CompletedProcess[str]:
    return run(
        "verify", "old.yaml", "-", "--policy", "policy.yaml", "--name", policy, *more, stdin=new
    )


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


def test_the_documentation_shows_what_is_printed(tmp_path: Path) -> None:
    page = Path(__file__).parents[2] / "docs" / "immutability-verify.md"
    shown = page.read_text(encoding="utf-8").partition("```text\n")[2].partition("```")[0]
    sides = files(tmp_path, new=OLD.replace("fixer", "other"))
    assert run("verify", *sides, "--policy", "agentrun").stdout == shown


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


def test_the_schema_of_the_definition_decides_what_is_equal(folder: Path) -> None:
    assert verified(RUN.replace("[a, b]", "[b, a]"), policy="warns").stdout.startswith("nothing")
    done = verified(RUN.replace("count: 1", "count: 2"), "--crd", str(folder / "crd.yaml"))
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout == (
        "forbidden: spec.count changed\n"
        "  1 -> 2\n"
        "  spec.count must not change once the object is locked\n"
        "\n"
        "1 of 1 change forbidden by counts (locked: the policy holds for every object)\n"
        "help: undo the forbidden changes, or create a new object with them; what should\n"
        "be allowed belongs under mutable in the policy\n"
    )


@pytest.mark.usefixtures("folder")
def test_long_values_are_shown_where_they_differ(folder: Path) -> None:
    (folder / "old.yaml").write_text(f"{RUN}  env: {{A: {'x' * 90} one}}\n", encoding="utf-8")
    done = verified(f"{RUN}  env: {{A: {'x' * 90} two {'y' * 90}}}\n", policy="warns")
    assert '  \u2026xxxxxxx one" -> \u2026xxxxxxx two yyyyyyyyyyyyyyyyyyyyyy\u2026\n' in done.stdout
    done = verified(RUN, policy="warns")
    assert f'  {{"A":"{"x" * 29}\u2026 -> (absent)\n' in done.stdout


@pytest.mark.usefixtures("folder")
def test_a_policy_that_warns_ends_with_0_and_says_so() -> None:
    done = verified(RUN.replace("count: 1", "count: 2"), policy="warns")
    assert done.returncode == 0
    assert "warning: spec.count changed" in done.stdout
    assert "1 of 1 change against warns, which only warns" in done.stdout


@pytest.mark.usefixtures("folder")
def test_owned_labels_are_judged_by_the_user() -> None:
    new = RUN.replace("own/a: x", "own/a: z")
    assert verified(new, "--user", "ctrl").returncode == 0
    done = verified(new, "--user", "bob")
    assert done.returncode == 1
    assert "keys that begin with own/ belong to ctrl, not to bob" in done.stdout
    assert "not judged" in verified(new).stdout


def test_objects_are_held_to_the_schema_of_their_own_version(folder: Path) -> None:
    old = (
        RUN.replace("/v2", "/v1").replace("  tags: [a, b]\n", "").replace("count: 1", "count: 60s")
    )
    (folder / "old.yaml").write_text(old, encoding="utf-8")
    done = verified(old.replace("60s", "1m"))
    assert (done.returncode, done.stdout[:7]) == (0, "nothing")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("/v2", "/v9", "stdin:1:1: apiVersion is example.org/v9, but example.org/v2 in old.yaml;"),
        ("example.org", "example.com", "stdin:1:1: apiVersion is example.com/v2, but example.org"),
        ("kind: Run", "kind: Walk", "stdin:2:1: kind is Walk, but Run in old.yaml; compare one"),
        ("name: one", "name: two", "stdin:3:12: metadata.name is two, but one in old.yaml"),
        ("uid: u-1", "uid: u-2", "stdin:3:40: metadata.uid is u-2, but u-1 in old.yaml"),
        ("count: 1", "count: x", "stdin:5:3: spec.count is a text; by its schema it has to be"),
        ("count: 1", "count: 1.5", "stdin:5:3: spec.count is the number 1.5"),
        ("[a, b]", "[a, a]", "stdin:6:13: spec.tags[1] has the same item as spec.tags[0]"),
        ("count: 1", "count: 1\n  count: 2", "stdin:6:3: the key count stands here a second"),
        ("count: 1", "count: .inf", "stdin:5:10: .inf is no number that an object can hold"),
        ("{own/a: x}", "{own/a: 1}", 'stdin:3:59: metadata.labels["own/a"] is the number 1'),
        ("spec:", "\tspec:", "stdin:4:1: a tab where YAML wants spaces"),
        ("spec:", "---\nspec:", "stdin:5:1: it holds 2 objects; keep one object in a file"),
        (RUN, "", "stdin:1:1: there is no object in it"),
        (RUN, "a: [", "stdin:1:"),
        (RUN, "- a", "stdin:1:1: this is no object"),
    ],
)
@pytest.mark.usefixtures("folder")
def test_bad_input_is_one_line_with_its_place_and_exit_2(old: str, new: str, told: str) -> None:
    done = verified(RUN.replace(old, new))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"error: {told}")
    assert done.stderr.count("\n") == 1


def test_a_version_that_the_definition_lacks_is_told_at_the_object(folder: Path) -> None:
    new = RUN.replace("/v2", "/v9")
    (folder / "old.yaml").write_text(new, encoding="utf-8")
    done = verified(new)
    assert (done.returncode, done.stdout) == (2, "")
    assert "old.yaml:1:1: " in done.stderr
    assert "no version v9; it has v2, v1" in done.stderr


@pytest.mark.usefixtures("folder")
def test_a_policy_of_another_kind_is_told_at_the_object() -> None:
    done = run("hash", "old.yaml", "--policy", "agentrun")
    assert done.returncode == 2
    assert done.stderr == (
        "error: old.yaml:2:1: the object is of kind example.org/Run; "
        "the policy agentrun is about agents.proompteng.ai/AgentRun\n"
    )


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--policy", "nope"), "there is no policy nope"),
        (("--policy", "policy.yaml"), "policy.yaml"),
        (("--policy", "policy.yaml", "--name", "nope"), "nope"),
        (("--policy", "agentrun", "--crd", "nope.yaml"), "cannot read nope.yaml"),
        (("--policy", "agentrun", "--crd", "crd.yaml"), "no kind agents.proompteng.ai/AgentRun"),
        (("--policy", "policy.yaml", "--name", "counts", "--format", "xml"), "use text or json"),
    ],
)
@pytest.mark.usefixtures("folder")
def test_policies_and_options_that_cannot_be_used_end_with_2(
    arguments: tuple[str, ...], told: str
) -> None:
    for command in (("verify", "old.yaml", "old.yaml"), ("hash", "old.yaml")):
        done = run(*command, *arguments)
        assert (done.returncode, done.stdout) == (2, "")
        assert told in done.stderr
        assert done.stderr.count("\n") == 1


@pytest.mark.usefixtures("folder")
def test_fields_that_kubernetes_drops_are_told_and_do_not_count() -> None:
    done = verified(f"{RUN}  colour: red\n")
    assert done.returncode == 0
    assert done.stderr == (
        "note: stdin:7:3: spec.colour is not in the schema; "
        "Kubernetes drops it, so it does not count\n"
    )
    many = "".join(f"  x{at}: 1\n" for at in range(9))
    assert verified(RUN + many).stderr.splitlines()[-1] == (
        "note: 4 more fields are not in the schema"
    )


def test_a_manifest_need_not_say_what_the_stored_object_does(folder: Path) -> None:
    done = verified(RUN.replace(", namespace: here, uid: u-1", ""))
    assert done.returncode == 0
    assert (folder / "old.yaml").is_file()


def test_the_status_of_the_new_object_does_not_count(folder: Path) -> None:
    assert verified(f"{RUN}status: {{made-up: 1}}\n").stderr == ""
    (folder / "old.yaml").write_text(f"{RUN}status: {{}}\n", encoding="utf-8")
    done = verified(RUN)
    assert done.returncode == 2
    assert "old.yaml:7:1: status.phase is missing" in done.stderr


@pytest.mark.usefixtures("folder")
def test_the_json_of_verify_and_hash_has_the_published_form() -> None:
    form = schema_of("verify")
    new = RUN.replace("count: 1", "count: 2").replace("own/a: x", "own/a: z").replace("  tags", "#")
    for policy in ("counts", "warns"):
        told: dict[str, Any] = json.loads(verified(new, "--format", "json", policy=policy).stdout)
        form.validate(told)
        assert len(told["changes"]) == 3
    request = {"operation": "CREATE", "object": yaml.safe_load(RUN)}
    review = json.dumps({"kind": "AdmissionReview", "request": request})
    arguments = ("--policy", "policy.yaml", "--name", "counts", "--format", "json")
    created = json.loads(run("verify", "-", *arguments, stdin=review).stdout)
    form.validate(created)
    assert created["unjudged"] == ["a creation has no two states to compare"]
    schema_of("hash").validate(json.loads(run("hash", "old.yaml", *arguments).stdout))


REVIEW: dict[str, Any] = {
    "apiVersion": "admission.k8s.io/v1",
    "kind": "AdmissionReview",
    "request": {
        "operation": "UPDATE",
        "userInfo": {"username": "bob"},
        "oldObject": yaml.safe_load(RUN),
        "object": yaml.safe_load(RUN.replace("own/a: x", "own/a: z")),
    },
}


@pytest.mark.parametrize(
    ("request_", "code", "told"),
    [
        ({}, 1, "belong to ctrl, not to bob"),
        ({"userInfo": {"username": "ctrl"}}, 0, "allowed"),
        ({"userInfo": None}, 0, "not judged"),
        ({"operation": "CREATE", "oldObject": None}, 0, "a creation has no two states"),
        ({"operation": "DELETE", "object": None}, 0, "a deletion has no two states"),
        ({"subResource": "status"}, 0, "an update of the status has no two states"),
        ({"oldObject": None}, 2, "stdin:1:"),
        ({"object": {"kind": "Walk"}}, 2, "kind is Walk, but Run"),
    ],
)
@pytest.mark.usefixtures("folder")
def test_a_review_on_standard_input_is_judged(
    request_: dict[str, Any], code: int, told: str
) -> None:
    review = {**REVIEW, "request": {**REVIEW["request"], **request_}}
    arguments = ("verify", "-", "--policy", "policy.yaml", "--name", "counts")
    done = run(*arguments, stdin=json.dumps(review))
    assert done.returncode == code, done
    assert told in done.stdout + done.stderr


@pytest.mark.usefixtures("folder")
def test_what_is_no_review_is_told() -> None:
    for text in (RUN, "kind: AdmissionReview\n"):
        done = run("verify", "-", "--policy", "policy.yaml", "--name", "counts", stdin=text)
        assert done.returncode == 2
        assert "this is no AdmissionReview with a request" in done.stderr
    both = run("verify", "-", "-", "--policy", "policy.yaml", "--name", "counts", stdin=RUN)
    assert both.returncode == 2
    assert "only one of OLD and NEW can be standard input" in both.stderr
