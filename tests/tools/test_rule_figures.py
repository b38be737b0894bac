"""What rules find in real schemas: counted for all of them, and still so."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from specstat.engine.check import Settings, levels_of
from specstat.engine.discover import discover
from specstat.engine.run import lint
from specstat.rules import registry
from tools import rule_figures
from tools.rule_figures import FIGURES, Figures, Rate

CORPUS = FIGURES.parents[2] / "shared" / "corpus"
SMALL = "protos/stigmer"
COUNTED = [entry.code for entry in registry.shipped().entries() if rule_figures.is_counted(entry)]
AGAIN = "run tools/rule_figures.py with the corpus, then `make docs`"
FIXTURE = "SS421-output-behavior-in-spec"


def test_every_rule_has_its_figures_and_no_other() -> None:
    assert sorted(rule_figures.load().rules) == COUNTED, AGAIN


def test_the_file_is_as_the_tool_writes_it() -> None:
    assert FIGURES.read_text(encoding="utf-8") == rule_figures.text_of(rule_figures.load())


def test_a_small_part_of_the_corpus_gives_the_same_figures_again() -> None:
    folder = CORPUS / SMALL
    if not folder.is_dir():
        pytest.skip(f"no corpus of real schemas in {CORPUS}")
    figures = rule_figures.load()

    part = rule_figures.count(folder, COUNTED)
    assert part.resources == figures.resources[SMALL]
    assert part.rules == {code: figures.rules[code].get(SMALL, {}) for code in COUNTED}, AGAIN


def test_rates_are_per_thousand_resources_of_a_kind() -> None:
    figures = Figures(
        {"crds": 500, "protos/a": 10, "protos/b": 30},
        {"SS101": {"protos/a": {"error": 1, "info": 2}, "protos/b": {"warning": 1}}, "SS102": {}},
    )

    assert rule_figures.rate(figures, "SS101", "protos") == Rate(100.0, 50.0)
    assert rule_figures.rate(figures, "SS101", "crds") == Rate(0.0, 0.0)
    assert rule_figures.rate(figures, "SS102", "protos") == Rate(0.0, 0.0)
    assert rule_figures.rate(figures, "SS103", "protos") is None


def corpus(folder: Path) -> Path:
    """A corpus of one project."""
    fixture = FIGURES.parents[1] / "fixtures" / FIXTURE / "bad.proto"
    (folder / "crds").mkdir()
    (folder / "protos" / "kilns").mkdir(parents=True)
    (folder / "protos" / "kilns" / "kiln.proto").write_bytes(fixture.read_bytes())
    return folder


def test_resources_are_those_of_a_run(tmp_path: Path) -> None:
    folder = corpus(tmp_path)
    codes = ["SS102", "SS421"]
    run = lint(discover([str(folder)]), Settings({c: levels_of(codes)[c] for c in codes}))

    assert rule_figures.count(folder, codes).resources == run.resources == 1


def test_what_is_told_within_another_finding_counts_and_rows_of_others_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = tmp_path / "figures.json"
    monkeypatch.setattr(rule_figures, "FIGURES", written)
    written.write_text(
        rule_figures.text_of(Figures({}, {"SS103": {"crds": {"info": 5}}, "SS999": {}})),
        encoding="utf-8",
    )

    assert rule_figures.main([str(corpus(tmp_path)), "SS421", "SS102"]) == 0

    assert json.loads(written.read_text(encoding="utf-8")) == {
        "resources": {"protos/kilns": 1},
        "rules": {
            "SS102": {"protos/kilns": {"warning": 1}},
            "SS103": {"crds": {"info": 5}},
            "SS421": {"protos/kilns": {"warning": 2, "info": 1}},
        },
    }


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [(["nowhere"], "holds no folders crds and protos"), ([".", "SS1O1"], "holds no folders")],
)
def test_a_wrong_corpus_is_told(
    arguments: list[str], complaint: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        rule_figures.main([str(tmp_path / arguments[0]), *arguments[1:]])

    assert left.value.code == 2
    assert complaint in capsys.readouterr().err


def test_an_unknown_code_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        rule_figures.main([str(corpus(tmp_path)), "SS1O1"])

    assert "did you mean SS101?" in capsys.readouterr().err
