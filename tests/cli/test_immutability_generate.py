"""`specstat immutability generate`: what it prints, writes and refuses."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest
import yaml

from specstat.cli.app import run
from tests.buf import buf
from tests.cli.support import FIXTURES
from tests.conformance.kubernetes import Kubernetes

CRD = FIXTURES / "immutability" / "agentrun-crd.yaml"
POLICY = """\
kind: AgentRun
immutable: [spec.agentRef, spec.parameters, "spec.steps[].image"]
locked-when: [{condition: Accepted}]
"""
PROTO = """\
syntax = "proto3";
package agents.v1;
message AgentRun {
  AgentRunSpec spec = 1;
  AgentRunStatus status = 2;
}
message AgentRunSpec {
  // The agent.
  string agent_ref = 1;
  repeated Step steps = 2;
  map<string, string> parameters = 4;
}
message Step {
  string image = 1;
}
message AgentRunStatus {
  string phase = 1;
}
"""


@pytest.fixture
def crd(tmp_path: Path) -> Path:
    return Path(shutil.copy(CRD, tmp_path / "crd.yaml"))


def generate(*arguments: object) -> int:
    return run(["immutability", "generate", *map(str, arguments)])


def test_rules_are_printed_as_a_definition_holds_them(
    crd: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert generate("agentrun", "--crd", crd) == 0
    out, err = capsys.readouterr()
    assert len(yaml.safe_load(out)["x-kubernetes-validations"]) == 10
    assert "for Kubernetes 1.28 or later" in err
    assert "JANGAR_AGENTRUN_IMMUTABILITY_ENFORCED switches the controller only" in err


def test_rules_go_into_a_definition_once(crd: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = crd.read_text()
    assert generate("agentrun", "--into", crd, "--diff") == 0
    assert crd.read_text() == before
    assert "+          x-kubernetes-validations:" in capsys.readouterr().out
    assert generate("agentrun", "--into", crd) == 0
    after = crd.read_text()
    assert after.startswith(before)
    assert generate("agentrun", "--into", crd) == 0
    assert crd.read_text() == after
    assert "stood already" in capsys.readouterr().err


def test_definitions_of_controller_gen_get_markers(
    crd: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = crd.read_text().replace(
        "metadata:\n", "metadata:\n  annotations: {controller-gen.kubebuilder.io/version: v1}\n", 1
    )
    crd.write_text(text)
    assert generate("agentrun", "--crd", crd) == 0
    assert "// +kubebuilder:validation:XValidation:rule=" in capsys.readouterr().out
    assert generate("agentrun", "--into", crd) == 2
    assert "--as cel" in capsys.readouterr().err
    assert generate("agentrun", "--into", crd, "--as", "cel") == 0
    assert "is made by controller-gen v1, which will undo this" in capsys.readouterr().err


def test_an_admission_policy_is_written_into_a_file(crd: Path, tmp_path: Path) -> None:
    target = tmp_path / "vap.yaml"
    assert generate("agentrun-strict", "--crd", crd, "--as", "vap", "-o", target) == 0
    policy, binding = yaml.safe_load_all(target.read_text())
    assert policy["kind"] == "ValidatingAdmissionPolicy"
    assert binding["spec"]["policyName"] == policy["metadata"]["name"]


def test_fields_of_a_proto_are_annotated_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    policy, proto = tmp_path / "p.yaml", tmp_path / "agents" / "v1" / "run.proto"
    proto.parent.mkdir(parents=True)
    policy.write_text(POLICY)
    proto.write_text(PROTO)
    assert generate(policy, "--into", proto, "--as", "cel") == 2
    assert f"{proto} is no CRD; annotate the fields of a .proto" in capsys.readouterr().err
    assert generate(policy, "--crd", proto) == 0
    out, err = capsys.readouterr()
    assert out.startswith("spec.agent_ref  specstat: changes=until-accepted\n")
    assert err.startswith("3 fields of AgentRun annotated; a proto enforces nothing by itself\n")
    assert generate(policy, "--into", proto) == 0
    mark = "// specstat: changes=until-accepted\n  "
    wanted = PROTO
    for line in ("string agent_ref", "map<string, string> parameters", "string image"):
        wanted = wanted.replace(line, f"{mark}{line}")
    assert proto.read_text() == wanted
    assert generate(policy, "--into", proto) == 0
    assert proto.read_text() == wanted
    (tmp_path / "buf.yaml").write_text("version: v2\n")
    done = buf(tmp_path, "lint")
    assert not done.returncode, done.stdout


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["agentrun", "--crd", FIXTURES / "immutability" / "hard-crd.yaml"], "does not define"),
        (["agentrun"], "names no CRD"),
        (
            ["agentrun", "--crd", CRD, "--version", "v9"],
            "agentrun-crd.yaml: the CRD has no version v9",
        ),
        (["agentrun", "--crd", CRD, "--as", "x"], "unknown form x"),
        (["agentrun", "--crd", CRD, "--diff"], "name the file"),
        (["agentrun", "--into", CRD, "--as", "vap"], "--output FILE"),
        (["agentrun", "--into", CRD, "-o", "x"], "give one"),
        (["agentrun", "--crd", "nowhere.yaml"], "cannot read nowhere.yaml"),
        (["agentrun", "--crd", CRD, "--as", "proto"], "wants the .proto file"),
        (["agentrn", "--crd", CRD], "there is no policy agentrn"),
    ],
)
def test_what_cannot_be_done_is_told_on_one_line(
    arguments: list[object], why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert generate(*arguments) == 2
    err = capsys.readouterr().err
    assert why in err
    assert err.count("\n") == 1


def test_200_fields_over_a_megabyte_take_a_second(tmp_path: Path) -> None:
    names = [f"field{n}" for n in range(200)]
    words = "Words that say what the field is for. " * 130
    fields = "".join(
        f"              {n}:\n                type: string\n                maxLength: 64\n"
        f"                description: {words}\n"
        for n in names
    )
    head = (
        "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\n"
        "metadata: {name: things.example.org}\nspec:\n  group: example.org\n"
        "  names: {kind: Thing, plural: things}\n  versions:\n  - name: v1\n    served: true\n"
        "    storage: true\n    schema:\n      openAPIV3Schema:\n        type: object\n"
        "        properties:\n          spec:\n            type: object\n            properties:\n"
    )
    crd, policy = tmp_path / "crd.yaml", tmp_path / "p.yaml"
    crd.write_text(head + fields)
    assert crd.stat().st_size > 1_000_000
    listed = "".join(f"  - spec.{n}\n" for n in names)
    policy.write_text(f"kind: example.org/Thing\nlocked-when: [creation]\nimmutable:\n{listed}")
    start = time.process_time()
    assert generate(policy, "--into", crd) == 0
    assert time.process_time() - start < 3  # half a second on a quiet machine
    assert crd.read_text().count("- rule:") == 200


@pytest.mark.parametrize("policy", ["agentrun", "agentrun-strict"])
def test_a_definition_with_rules_in_it_is_valid_to_kubernetes(
    kubernetes: Kubernetes, crd: Path, policy: str
) -> None:
    assert generate(policy, "--into", crd) == 0
    found = kubernetes.crd(yaml.safe_load(crd.read_text()))
    assert not found.errors
    assert not found.unknown
    assert len(found.versions["v1alpha1"].rules) > 10


def test_all_served_versions_get_rules(crd: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = crd.read_text()
    head, mark, version = text.partition("    - name: v1alpha1\n")
    older = version.replace("storage: true", "storage: false", 1)
    for field in ("memoryRef",):
        older = older.replace(f"                {field}:", "                formerRef:", 1)
    crd.write_text(f"{head}{mark}{version}    - name: v1alpha0\n{older}")
    assert generate("agentrun", "--into", crd) == 0
    told = capsys.readouterr().err
    assert "version v1alpha0 has no spec.memoryRef, and is guarded without" in told
    assert "(v1alpha1, v1alpha0)" in told
    first, _, second = crd.read_text().partition("- name: v1alpha0")
    assert (first.count("(policy agentrun)"), second.count("(policy agentrun)")) == (10, 9)


def test_what_guards_do_not_reach_is_told(crd: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = crd.read_text()
    head, mark, version = text.partition("    - name: v1alpha1\n")
    other = version.replace("storage: true", "storage: false", 1)
    crd.write_text(f"{head}{mark}{version}    - name: v1alpha0\n{other}")
    policy = crd.with_name("p.yaml")
    exempt_when = "exempt-when: [{field: spec.idempotencyKey, in: [template]}]\n"
    policy.write_text(f"kind: AgentRun\nimmutable: [spec.agentRef]\n{exempt_when}")
    served = "note: v1alpha0 of AgentRun is served, too"
    exempt = "note: whoever may update an object can exempt it first by spec.idempotencyKey"
    told = {}
    for form in ("markers", "cel", "vap"):
        assert generate(policy, "--crd", crd, "--as", form) == 0
        told[form] = capsys.readouterr().err
    assert all(exempt in err for err in told.values())
    # Kubernetes converts the requests of other versions for an admission policy.
    assert [form for form, err in told.items() if served in err] == ["markers", "cel"]
    assert generate(policy, "--into", crd) == 0
    assert served not in capsys.readouterr().err


def test_rules_of_a_former_name_are_told(crd: Path, capsys: pytest.CaptureFixture[str]) -> None:
    policy = crd.with_name("p.yaml")
    for name in ("knots", "ropes"):
        policy.write_text(f"name: {name}\nkind: AgentRun\nimmutable: [spec.goal]\n")
        assert generate(policy, "--into", crd) == 0
    told = f"note: {crd} has 1 rule of the policy knots, too; if that is the former name of ropes"
    assert told in capsys.readouterr().err
    crd.write_text(crd.read_text().replace("(policy knots)", "(knots)"))
    assert generate(policy, "--into", crd) == 0
    assert "former name" not in capsys.readouterr().err


def test_scaling_past_an_admission_policy_is_told(
    crd: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    scale = "scale: {specReplicasPath: .spec.replicas, statusReplicasPath: .status.replicas}"
    text = crd.read_text().replace("status: {}", f"status: {{}}, {scale}", 1)
    replicas = f"{' ' * 16}replicas: {{type: integer}}\n"
    crd.write_text(text.replace(f"{' ' * 16}goal:", f"{replicas}{' ' * 16}goal:", 1))
    told = {}
    for field in ("replicas", "agentRef"):
        policy = crd.with_name("p.yaml")
        policy.write_text(f"kind: AgentRun\nimmutable: [spec.{field}]\n")
        for form in ("vap", "cel"):
            assert generate(policy, "--crd", crd, "--as", form) == 0
            told[field, form] = "can change spec.replicas" in capsys.readouterr().err
    assert [key for key, is_told in told.items() if is_told] == [("replicas", "vap")]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (["metadata"], 5),
        (["metadata", "annotations"], ["a"]),
        (["spec", "names", "plural"], None),
        (["spec", "versions", 1], 5),
        (["spec", "versions", 0, "subresources"], "status"),
        (["spec", "versions", 0, "subresources", "scale"], 5),
    ],
)
def test_what_has_no_place_in_a_definition_does_no_harm(
    crd: Path, path: list[str | int], value: object, capsys: pytest.CaptureFixture[str]
) -> None:
    definition = yaml.safe_load(crd.read_text())
    definition["spec"]["versions"].append({"name": "v0", "served": False})
    *above, last = path
    holder = definition
    for step in above:
        holder = holder[step]
    holder[last] = value
    crd.write_text(yaml.safe_dump(definition))
    for arguments in (["--crd", crd, "--as", "vap"], ["--into", crd, "--as", "cel"]):
        code = generate("agentrun", *arguments)
        err = capsys.readouterr().err
        assert (code, "spec.names.plural" in err) in {(0, False), (2, True)}


def test_a_refusal_for_another_version_names_it(
    crd: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    head, mark, version = crd.read_text().partition("    - name: v1alpha1\n")
    older = version.replace("storage: true", "storage: false", 1).replace("phase:", "stage:")
    crd.write_text(f"{head}{mark}{version}    - name: v1alpha0\n{older}")
    before = crd.read_text()
    assert generate("agentrun", "--into", crd) == 2
    told = capsys.readouterr().err
    assert "for version v1alpha0, the policy asks for status.phase" in told
    assert "or leave the version out (--version)" in told
    assert crd.read_text() == before
    assert generate("agentrun", "--into", crd, "--version", "v1alpha1") == 0
    assert "note: v1alpha0 of AgentRun is served, too" in capsys.readouterr().err
