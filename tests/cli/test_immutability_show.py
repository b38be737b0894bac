"""`specstat immutability show`, `list` and `schema`, and policies in lint."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.support import FIXTURES, Cli

CRD = FIXTURES / "immutability" / "agentrun-crd.yaml"
RULE = FIXTURES / "SS211-policy-names-no-field"


def test_a_packaged_policy_is_told_in_words(cli: Cli) -> None:
    result = cli("immutability", "show", "agentrun")

    assert result.code == 0
    assert "No CRD is known (--crd)" in result.out
    assert "  spec.workflow.steps\n" in result.out
    assert "or  status.phase is not Pending (absent counts as Pending)" in result.out
    assert "Recorded in  status.specHash" in result.out
    assert "status.phase Failed, Succeeded=False, Ready=False" in result.out
    assert "JANGAR_AGENTRUN_IMMUTABILITY_ENFORCED" in result.out


def test_a_policy_is_told_against_a_schema(cli: Cli) -> None:
    result = cli("immutability", "show", "agentrun-strict", "--crd", str(CRD))

    assert result.code == 0
    assert result.out.startswith("agentrun-strict: agents.proompteng.ai/AgentRun v1")
    assert "  spec.parameters\n" in result.out
    assert "Mutable\n  spec.ttlSecondsAfterFinished\n" in result.out


def test_what_can_never_hold_or_be_written_is_told(cli: Cli, tmp_path: Path) -> None:
    crd = FIXTURES / "SS212-policy-without-record" / "bad-phase.yaml"
    policy = tmp_path / "proof.yaml"
    said = "locked-when: [{field: status.phase, in: [pulled]}]\non-violation: {phase: Spoiled}\n"
    text = f"kind: press.example.com/Proof\ndefault: immutable\n{said}"
    policy.write_text(text, "utf-8")

    out = cli("immutability", "show", str(policy), "--crd", str(crd)).out
    assert "Recorded in  nothing: a controller that sees no older object" in out
    assert "Note: status.phase is tested for pulled by locked-when" in out
    assert "Note: status.phase is set to Spoiled on a violation" in out

    policy.write_text(f"{text}mode: warn\n", "utf-8")
    assert "Spoiled" not in cli("immutability", "show", str(policy), "--crd", str(crd)).out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("nope",), "error: there is no policy nope; name a file, or one that comes with specstat"),
        (("agentrun", "--crd", "no.yaml"), "error: cannot read no.yaml: No such file"),
        (("agentrun", "--crd", str(RULE / "good.yaml")), "no kind agents.proompteng.ai/AgentRun"),
        (("agentrun", "--crd", str(CRD), "--version", "v9"), "the CRD has no version v9"),
        (("agentrun", "--version", "v9"), "no CRD is known in which the version v9 could be"),
    ],
)
def test_what_cannot_be_used_is_one_line_and_exit_code_2(
    cli: Cli, arguments: tuple[str, ...], told: str
) -> None:
    result = cli("immutability", "show", *arguments)

    assert (result.code, result.out) == (2, "")
    assert told in result.err
    assert result.err.count("\n") == 1


def test_the_packaged_policies_are_listed(cli: Cli) -> None:
    assert cli("immutability", "list").out.splitlines() == [
        "agentrun  agents.proompteng.ai/AgentRun",
        "agentrun-strict  agents.proompteng.ai/AgentRun",
    ]


def test_the_schema_is_printed(cli: Cli) -> None:
    assert "kind" in json.loads(cli("immutability", "schema").out)["required"]


def test_lint_holds_the_policies_of_a_configuration_to_the_schemas(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "specstat.yaml").write_text("policies: [own/policies.yaml]\n", "utf-8")
    (tmp_path / "own").mkdir()
    shutil.copy(RULE / "policies.yaml", tmp_path / "own")
    shutil.copy(RULE / "bad.yaml", tmp_path / "crd.yaml")

    result = cli("lint", "crd.yaml", "--format", "concise")
    assert result.code == 1
    assert "has the policy print (own/policies.yaml:3), in which spec.paperRef" in result.out

    shutil.copy(RULE / "good.yaml", tmp_path / "crd.yaml")
    assert cli("lint", "crd.yaml").code == 0


def test_lint_passes_over_policies_of_kinds_that_are_not_there(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "specstat.yaml").write_text("policies: [agentrun]\n", "utf-8")
    shutil.copy(RULE / "good.yaml", tmp_path / "crd.yaml")

    assert cli("lint", "crd.yaml").code == 0


def test_a_policy_that_cannot_be_used_ends_lint_with_exit_code_2(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "specstat.yaml").write_text("policies: [{kind: A}]\n", "utf-8")
    shutil.copy(RULE / "good.yaml", tmp_path / "crd.yaml")

    result = cli("lint", "crd.yaml")
    assert result.code == 2
    assert "specstat.yaml:1:12: a policy that fixes nothing" in result.out + result.err
