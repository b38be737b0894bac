"""The public functions: lazily imported, and the same answers as the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import specstat
from tests.cli.support import BROKEN, Cli, crd, error_crd, info_crd, process, write_weights

# With write_weights: SS102 on spec.glorp, and without it nothing.
LEARNED_CRD = crd(spec={"glorp": "Words."}, status={"frob": "Words."})


def modules_after(code: str) -> set[str]:
    script = f"import json, sys; {code}; print(json.dumps(sorted(sys.modules)))"
    modules: list[str] = json.loads(process(python=("-c", script)).out)
    return {name for name in modules if name.startswith("specstat")}


def test_importing_the_package_imports_nothing_else_of_it() -> None:
    assert modules_after("import specstat") == {"specstat"}


@pytest.mark.parametrize("name", ["lint", "load_weights", "where"])
def test_a_public_name_is_imported_when_it_is_used(name: str) -> None:
    assert "specstat.api" in modules_after(f"import specstat; specstat.{name}")
    assert "specstat.api" in modules_after(f"from specstat import {name}")
    assert name in specstat.__all__


def test_asking_where_imports_no_reader_of_yaml() -> None:
    assert "specstat.readers.crd" not in modules_after("import specstat; specstat.where('size')")


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="'specstat' has no attribute 'lnit'"):
        specstat.lnit  # noqa: B018 - the access is what fails


def test_lint_finds_what_the_command_line_finds(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(error_crd("Anvil"), encoding="utf-8")
    (tmp_path / "b.yaml").write_text(info_crd("Bolt"), encoding="utf-8")
    (tmp_path / "c.yaml").write_text(BROKEN, encoding="utf-8")

    run = specstat.lint([str(tmp_path), "nope.yaml"])
    report = json.loads(cli("lint", tmp_path, "nope.yaml", "--format", "json", "--show-info").out)

    assert [d.fingerprint for d in run.diagnostics] == [
        d["fingerprint"] for d in report["diagnostics"]
    ]
    assert [d.code for d in run.diagnostics] == ["SS101", "SS501", "SS001", "SS001"]


def test_lint_selects_and_ignores(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(error_crd(), encoding="utf-8")

    assert [d.code for d in specstat.lint([str(path)], select=["SS104"]).diagnostics] == ["SS104"]
    assert specstat.lint([str(path)], ignore=["SS1"]).diagnostics == ()


def test_a_single_path_or_code_stands_for_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.yaml").write_text(error_crd("Anvil"), encoding="utf-8")
    Path("b.yaml").write_text(error_crd("Bolt"), encoding="utf-8")

    for paths in ("a.yaml", Path("a.yaml"), [Path("a.yaml")]):
        assert specstat.lint(paths).paths == ("a.yaml",)
    assert not specstat.lint("a.yaml", ignore="SS1").diagnostics
    assert specstat.lint("a.yaml", select="SS101").diagnostics


def test_lint_takes_a_profile(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(crd(), encoding="utf-8")

    assert specstat.lint(path, profile="strict").paths == (path.as_posix(),)
    with pytest.raises(ValueError, match="unknown profile 'strikt'; did you mean strict"):
        specstat.lint(path, profile="strikt")


def test_lint_refuses_codes_that_it_does_not_know() -> None:
    with pytest.raises(ValueError, match="SS1O1"):
        specstat.lint([], select=["SS1O1"])


def test_where_answers_like_the_command_line(cli: Cli) -> None:
    facts: dict[str, Any] = {"type": "string", "description": "How far the run has got."}
    options = [part for name, value in facts.items() for part in (f"--{name}", value)]

    verdict = specstat.where("phase", **facts)
    answer = json.loads(cli("where", "phase", *options, "--format", "json").out)

    assert verdict.section.value == answer["section"]
    assert verdict.confidence == pytest.approx(answer["confidence"], abs=0.0001)


def test_both_judge_with_weights_of_a_file(tmp_path: Path) -> None:
    weights = specstat.load_weights(write_weights(tmp_path / "ours.weights"))
    path = tmp_path / "widget.yaml"
    path.write_text(LEARNED_CRD, encoding="utf-8")

    assert specstat.where("glorp").section.value == "spec"
    assert specstat.where("glorp", weights=weights).section.value == "status"
    assert specstat.lint([str(path)]).diagnostics == ()
    assert [d.code for d in specstat.lint([str(path)], weights=weights).diagnostics] == ["SS102"]


def test_weights_that_cannot_be_used_are_a_value_error(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="cannot read the weights file"):
        specstat.load_weights(tmp_path / "nope.weights")


def test_lint_loads_weights_that_the_tree_names_only_with_trust(tmp_path: Path) -> None:
    (tmp_path / "widget.yaml").write_text(LEARNED_CRD, encoding="utf-8")
    (tmp_path / "specstat.yaml").write_text("judge: {weights: ours.weights}", encoding="utf-8")
    weights = write_weights(tmp_path / "ours.weights")

    with pytest.raises(ValueError, match="--trust loads it"):
        specstat.lint([str(tmp_path)])
    assert [d.code for d in specstat.lint([str(tmp_path)], trust=True).diagnostics] == ["SS102"]
    named = specstat.lint([str(tmp_path)], weights=specstat.load_weights(weights))
    assert [d.code for d in named.diagnostics] == ["SS102"]
