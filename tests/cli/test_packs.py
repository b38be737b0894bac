"""Packs at the command line: their examples tried, their rules listed, chosen and explained."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from tests.cli.support import ROOT, Cli, crd

PACK = """\
rules:
- code: ACME001
  name: word-without-end
  match: {name: glorp}
  message: has no end
  page: |
    A word without end.
  examples:
    bad:
    - {name: glorp}
    good:
    - {name: glorped}
"""
SAID = "Widget.spec.glorp has no end"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a CRD and a pack."""
    (tmp_path / ".git").mkdir()
    fields = crd(spec={"glorp": "Words."}, status={"frob": "Words."})
    (tmp_path / "widget.yaml").write_text(fields, encoding="utf-8")
    (tmp_path / "rules.yaml").write_text(PACK, encoding="utf-8")
    (tmp_path / "specstat.yaml").write_text("packs: [rules.yaml]\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_examples_of_a_pack_are_tried(cli: Cli) -> None:
    result = cli("rules", "test", "rules.yaml")

    assert (result.code, result.out) == (0, "rules.yaml: 1 rule, 2 examples, all right\n")


def test_an_example_that_is_not_as_it_should_be_makes_the_exit_code_1(
    cli: Cli, folder: Path
) -> None:
    more = "    - {name: glorp, type: integer}\n- code: ACME002\n  name: b\n  match: {name: c}\n"
    (folder / "more.yaml").write_text(PACK + more + "  message: is b\n", encoding="utf-8")

    result = cli("rules", "test", "more.yaml", "rules.yaml")

    assert result.code == 1
    assert result.out.splitlines() == [
        f"more.yaml:13:7: ACME001 word-without-end: good example 2 is reported: {SAID}",
        "more.yaml:14: ACME002 b has no examples",
        "more.yaml: 2 rules, 3 examples, 1 not as it should be",
        "rules.yaml: 1 rule, 2 examples, all right",
    ]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["no.yaml"], "error: cannot read the pack no.yaml: No such file or directory\n"),
        (
            ["specstat.yaml"],
            "error: specstat.yaml:1:1: unknown key 'packs' in a pack; there are rul",
        ),
        ([], "error: Missing argument"),
    ],
)
def test_a_pack_that_cannot_be_used_makes_the_exit_code_2(
    cli: Cli, arguments: list[str], told: str
) -> None:
    result = cli("rules", "test", *arguments)

    assert result.code == 2
    assert result.err.startswith(told)
    assert not result.out


def test_a_name_that_is_taken_is_told_as_lint_would(cli: Cli, folder: Path) -> None:
    pack = PACK.replace("word-without-end", "float-in-spec")
    (folder / "rules.yaml").write_text(pack, encoding="utf-8")

    told = cli("rules", "test", "rules.yaml").err

    assert told.endswith("float-in-spec is the name of SS405; give ACME001 another one\n")
    assert cli("lint").code == 2


def test_whoever_names_a_pack_trusts_its_expressions(cli: Cli, folder: Path) -> None:
    pytest.importorskip("cel_expr_python", reason="the extra [cel] is not installed")
    pack = PACK.replace("match: {name: glorp}", "when: field.name == 'glorp'")
    (folder / "rules.yaml").write_text(pack, encoding="utf-8")

    assert cli("rules", "test", "rules.yaml").code == 0
    assert cli("lint").code == 2
    assert cli("lint", "--trust").code == 1
    assert cli("lint", "--config", "specstat.yaml").code == 1


def test_the_rules_of_a_pack_are_listed_and_explained(cli: Cli) -> None:
    assert "ACME001  word-without-end" in cli("rules").out
    assert cli("explain", "ACME001").out == "ACME001 word-without-end\n\nA word without end.\n"
    assert "did you mean ACME001?" in cli("explain", "ACME01").err


def test_the_rules_of_a_pack_are_chosen_like_ours(cli: Cli) -> None:
    def found(*arguments: str) -> str:
        return cli("lint", "--format", "concise", "--quiet", *arguments).out

    told = "warning ACME001 Widget.spec.glorp has no end\n"
    assert found().endswith(told)
    assert found("--select", "ACME").endswith(told)
    assert not found("--ignore", "word-without-end")
    assert not found("--select", "SS1")
    assert (
        "unknown code ACME01 in --select; did you mean ACME001?"
        in cli("lint", "--select", "ACME01").err
    )


def test_a_rule_of_a_pack_is_whole_in_sarif_and_json(cli: Cli) -> None:
    (run,) = json.loads(cli("lint", "--format", "sarif").out)["runs"]
    (rule,) = run["tool"]["driver"]["rules"]
    report = json.loads(cli("lint", "--format", "json").out)

    assert (rule["id"], rule["name"]) == ("ACME001", "word-without-end")
    assert rule["shortDescription"]["text"] == "A word without end."
    assert rule["defaultConfiguration"] == {"level": "warning", "enabled": True}
    schema = ROOT / "specstat" / "reporters" / "report.schema.json"
    jsonschema.validate(report, json.loads(schema.read_text(encoding="utf-8")))
    assert report["diagnostics"][0]["rule"] == "ACME001"
