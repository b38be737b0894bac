"""What rules a file, by its own path and configuration alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from specstat.engine import run
from specstat.engine.check import Settings, levels_of, settings_for
from specstat.engine.config.finding import Configurations
from specstat.engine.config.ruling import Ruling, excluded_by, fail_on
from specstat.engine.discover import discover
from specstat.engine.run import Run
from specstat.model.diagnostic import Severity
from specstat.readers.settings.places import ConfigError
from specstat.rules import ss101_input_in_status as ss101
from tests.cli.support import FIXTURES, crd, error_crd


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(path: str, text: str) -> None:
    place = Path(path)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text, encoding="utf-8")


def ruled(path: str, base: Settings | None = None) -> Settings:
    return Ruling(Configurations(), base or settings_for()).of(path).settings


def lint(*paths: str, base: Settings | None = None, named: bool = True) -> Run:
    return run.lint(discover(paths, named=named), base or settings_for())


def told(of: Run) -> list[tuple[str, str, str]]:
    return [(d.location.file, d.code, d.severity.word) for d in of.diagnostics]


def test_without_a_configuration_the_settings_of_the_run_hold() -> None:
    base = Settings(levels_of(["SS101"]))

    assert ruled("a.yaml", base) == base


def test_a_configuration_that_says_nothing_of_rules_leaves_them() -> None:
    write("specstat.yaml", "fields: {}\n")

    base = settings_for(["SS101"])
    assert ruled("a.yaml", base) == base


def test_later_blocks_are_laid_over_earlier_ones() -> None:
    write(
        "specstat.yaml",
        "severity: {SS101: warning}\n"
        "paths:\n"
        "  old/**: {ignore: [SS102], severity: {SS101: info}}\n"
        "  old/new/**: {severity: {SS101: error, SS102: info}}\n",
    )

    assert ruled("a.yaml").levels["SS101"] is Severity.WARNING
    assert ruled("old/a.yaml").levels["SS101"] is Severity.INFO
    assert "SS102" not in ruled("old/a.yaml").levels
    assert ruled("old/new/a.yaml").levels["SS101"] is Severity.ERROR
    assert ruled("old/new/a.yaml").levels["SS102"] is Severity.INFO


def test_a_block_may_name_a_profile_of_its_own() -> None:
    write("specstat.yaml", "profile: strict\nignore: [SS101]\npaths: {p/**: {profile: aip}}\n")

    levels = ruled("p/a.proto").levels
    assert levels["SS103"] is Severity.INFO
    assert "SS101" not in levels
    assert ruled("a.proto").levels["SS103"] is Severity.WARNING


def test_patterns_are_seen_from_the_folder_of_the_configuration(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("specstat.yaml", "paths: {apis/v1/**: {ignore: [SS101]}}\n")
    (folder / "apis").mkdir()
    monkeypatch.chdir(folder / "apis")

    assert "SS101" not in ruled("v1/a.yaml").levels
    assert "SS101" not in ruled((folder / "apis/v1/a.yaml").as_posix()).levels
    assert "SS101" in ruled("v2/a.yaml").levels


def test_what_was_asked_for_is_over_every_configuration() -> None:
    write("specstat.yaml", "ignore: [SS101]\nprofile: strict\npaths: {a/**: {profile: aip}}\n")

    assert ruled("a/a.yaml", settings_for(["SS101"])).levels == {"SS101": Severity.ERROR}
    assert ruled("a/a.yaml", settings_for(profile="strict")).levels["SS103"] is Severity.WARNING


def test_a_mistake_is_told_even_where_no_file_meets_it() -> None:
    write("specstat.yaml", "paths: {nowhere: {ignore: [SS1O1]}}\n")

    with pytest.raises(ConfigError, match="unknown code SS1O1"):
        ruled("a.yaml")


def test_options_get_the_type_of_their_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    options = {"max": 10, "share": 0.5, "names": frozenset({"a"})}
    monkeypatch.setattr(ss101, "OPTIONS", options, raising=False)
    write(
        "specstat.yaml",
        "options: {SS101: {max: 3, names: [x]}}\npaths: {a/**: {options: {SS101: {share: 1}}}}\n",
    )

    assert ruled("b.yaml").options == {"SS101": {"max": 3, "names": frozenset({"x"})}}
    found = ruled("a/b.yaml").options["SS101"]
    assert found == {"max": 3, "share": 1.0, "names": frozenset({"x"})}
    assert type(found["share"]) is float


def test_each_file_is_told_by_its_own_levels() -> None:
    write(
        "specstat.yaml",
        "paths:\n"
        "  quiet/**: {severity: {SS101: info}, ignore: [SS104]}\n"
        "  off/**: {ignore: [SS1]}\n",
    )
    for number, name in enumerate(("loud", "quiet", "off")):
        write(f"{name}/a.yaml", error_crd(kind=f"Widget{number}"))

    assert told(lint(".")) == [("loud/a.yaml", "SS101", "error"), ("quiet/a.yaml", "SS101", "info")]


@pytest.mark.parametrize("rules", ["ignore: [SS1]", "select: [SS501]"])
def test_a_file_that_is_told_nothing_still_confirms_what_others_are_told(rules: str) -> None:
    text = (FIXTURES / "SS105-section-differs-across-resources/bad.yaml").read_text("utf-8")
    _, wrong, right = text.split("---\n")
    write("ours/a.yaml", wrong)
    write("theirs/b.yaml", right)

    def codes() -> list[tuple[str, str]]:
        found = lint(".").diagnostics
        return [(d.location.file, code) for d in found for code in (d.code, *d.also)]

    def ours() -> list[str]:
        return [code for file, code in codes() if file == "ours/a.yaml"]

    before = ours()
    assert "SS105" in before
    write("theirs/specstat.yaml", f"{rules}\n")
    assert ours() == before
    write("ours/specstat.yaml", f"{rules}\n")
    assert "SS105" not in ours()


def test_what_is_excluded_is_not_found_but_may_be_named() -> None:
    write("specstat.yaml", "exclude: [vendor/**]\n")
    write("vendor/a.yaml", error_crd())
    write("apis/b.yaml", crd())

    found = lint(".")
    assert (told(found), found.skipped) == ([], {"excluded by the configuration": 1})
    assert told(lint("vendor/a.yaml")) == [("vendor/a.yaml", "SS101", "error")]
    assert told(lint("vendor/a.yaml", named=False)) == []
    assert told(lint("vendor")) == []


def test_what_is_excluded_need_not_be_readable() -> None:
    write("specstat.yaml", "exclude: [vendor/**]\n")
    write("vendor/a.yaml", "kind: CustomResourceDefinition\nspec: '\n")

    assert told(lint(".")) == []


def test_the_pattern_that_excludes_a_file_is_known() -> None:
    write("specstat.yaml", "exclude:\n- vendor/**\n- old\n")
    found = Configurations().of("a.yaml")

    place = excluded_by(found, "apis/old/a.yaml")
    assert place is not None
    assert place.brief == "specstat.yaml:3"
    assert excluded_by(found, "apis/a.yaml") is None


def test_a_limit_is_what_was_asked_for_or_configured_or_warning() -> None:
    write("specstat.yaml", "fail-on: never\n")
    found = Configurations().of("a.yaml")

    assert fail_on(found) == "never"
    assert fail_on(found, "info") == "info"
    assert fail_on(Configurations("/dev/null").of("a.yaml")) == "warning"


def test_an_entry_without_a_field_is_as_loud_as_its_files_have_it() -> None:
    write("specstat.yaml", "fields: {Widget.spec.nope: sensitive}\nseverity: {SS005: info}\n")
    write("a.yaml", crd())

    assert told(lint("a.yaml")) == [("specstat.yaml", "SS005", "info")]
    write("specstat.yaml", "fields: {Widget.spec.nope: sensitive}\nignore: [SS005]\n")
    assert told(lint("a.yaml")) == []


FOLDERS = ["", "a/", "a/b/", "c/"]
TEXTS = st.sampled_from(
    [
        "",
        "profile: strict\n",
        "ignore: [SS1]\n",
        "severity: {SS103: error, SS5: off}\n",
        "paths: {b/**: {select: [SS101]}, '*.yaml': {profile: aip}}\n",
        "select: [SS10]\npaths: {c: {ignore: [SS102]}}\n",
    ]
)


@given(
    texts=st.lists(TEXTS, min_size=4, max_size=4),
    order=st.permutations([f"{folder}{name}" for folder in FOLDERS for name in ("x.yaml", "y")]),
)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_other_file_of_a_run_changes_what_rules_one(texts: list[str], order: list[str]) -> None:
    for folder, text in zip(FOLDERS, texts, strict=True):
        write(f"{folder}specstat.yaml", text)
    together = Ruling(Configurations(), settings_for())

    for path in order:
        assert together.of(path).settings == ruled(path)
