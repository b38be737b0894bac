"""What lint does with what a configuration says of rules."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.support import Cli, crd, error_crd, imported_by, info_crd, process, warning_crd


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(path: str, text: str) -> None:
    place = Path(path)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("rules", "code", "shown"),
    [
        ("", 1, "error SS101"),
        ("severity: {SS1: warning}", 1, "warning SS101"),
        ("severity: {SS1: warning}\nfail-on: error", 0, "warning SS101"),
        ("fail-on: never", 0, "error SS101"),
        ("severity: {SS1: info}", 0, ""),
        ("severity: {SS1: info}\nfail-on: info", 1, "info SS101"),
        ("ignore: [SS1]", 0, ""),
        ("select: [SS104]", 1, "error SS104"),
        ("severity: {SS1: off}", 0, ""),
    ],
)
@pytest.mark.parametrize("toml", [False, True])
def test_a_configuration_decides_what_is_told_and_what_counts(
    cli: Cli, rules: str, code: int, shown: str, *, toml: bool
) -> None:
    write("widget.yaml", error_crd())
    if toml:
        table = rules.replace(": ", " = ").replace("= [SS", "= ['SS").replace("]", "']")
        for word in ("error", "never", "info", "warning", "off"):
            table = table.replace(f"= {word}", f"= '{word}'")
        write("pyproject.toml", f"[tool.specstat]\n{table}\n")
    else:
        write("specstat.yaml", f"{rules}\n")

    result = cli("lint", "--format", "concise", "--quiet")

    assert result.code == code
    assert shown in result.out if shown else not result.out


def test_the_command_line_is_over_the_configuration(cli: Cli) -> None:
    write("widget.yaml", error_crd())
    write("specstat.yaml", "ignore: [SS1]\nfail-on: never\n")

    assert cli("lint", "--select", "SS101").code == 0
    assert cli("lint", "--fail-on", "warning").code == 0
    assert cli("lint", "--select", "SS101", "--fail-on", "warning").code == 1


def test_each_file_counts_by_its_own_limit(cli: Cli) -> None:
    write("a/widget.yaml", warning_crd())
    write("a/specstat.yaml", "fail-on: error\n")
    write("b/widget.yaml", info_crd("Gadget"))

    assert cli("lint").code == 0
    write("b/specstat.yaml", "fail-on: info\n")
    result = cli("lint", "--format", "concise")
    assert result.code == 1
    assert "info SS501" in result.out


def test_junit_fails_each_file_by_its_own_limit(cli: Cli) -> None:
    write("a/widget.yaml", warning_crd())
    write("b/widget.yaml", warning_crd("Gadget"))
    write("a/specstat.yaml", "fail-on: error\n")

    assert 'failures="1"' in cli("lint", "--format", "junit").out


def test_hooks_obey_what_is_excluded_and_named_files_are_read(cli: Cli) -> None:
    write("vendor/widget.yaml", error_crd())
    write("specstat.yaml", "exclude: [vendor/**]\n")

    assert cli("lint", "vendor/widget.yaml").code == 1
    assert cli("lint", "--as-found", "vendor/widget.yaml").code == 0
    result = cli("lint")
    assert result.code == 0
    assert "Passed over 1 file: excluded by the configuration." in result.out


def test_a_profile_of_the_command_line_holds_for_all(cli: Cli) -> None:
    write("widget.yaml", crd(spec={"uid": "Unique identifier of this object."}))
    shown = cli("config", "show", "widget.yaml", "--profile", "aip").out

    assert "SS103  object-meta-repeated" in shown
    assert cli("lint", "--profile", "aip").code == 0


def test_lint_reads_a_configuration_without_the_heavy_libraries(tmp_path: Path) -> None:
    write("widget.yaml", crd())
    write("specstat.yaml", "profile: strict\nignore: [SS1]\npaths: {a/**: {select: [SS5]}}\n")

    modules = imported_by("lint", cwd=tmp_path)

    assert "specstat.engine.config.keys" in modules
    heavy = {"jsonschema", "ruamel", "rich", "typer", "tomllib", "difflib"}
    assert heavy & {module.partition(".")[0] for module in modules} == set()


def test_import_roots_are_those_of_the_configuration(tmp_path: Path) -> None:
    holder = (
        'syntax = "proto3";\npackage garden.v1;\nimport "acme/parts.proto";\n'
        "message BedSpec {\n  string size = 1;\n}\n"
        "message BedStatus {\n  acme.Parts parts = 1;\n}\n"
        "message Bed {\n  BedSpec spec = 1;\n  BedStatus status = 2;\n}\n"
    )
    parts = 'syntax = "proto3";\npackage acme;\nmessage Parts {\n  string one = 1;\n}\n'
    write("apis/bed.proto", holder)
    write("deps/acme/parts.proto", parts)

    def answer() -> str:
        found = process("where", "one", "--in", "apis/bed.proto", cwd=tmp_path)
        return found.out or found.err

    assert "there is no field one" in answer()
    write("specstat.yaml", "proto: {roots: [deps]}\n")
    assert "Bed.status.parts.one" in answer()
    write("apis/specstat.yaml", "proto: {roots: [../deps]}\n")
    assert "Bed.status.parts.one" in answer()


def test_a_configuration_may_require_reasons(cli: Cli) -> None:
    write("widget.yaml", crd(spec={"size": "Words.\nspecstat: ignore[SS101]"}))
    write("specstat.yaml", "require-reason: false\nignore: [SS002]\n")
    assert "SS008" not in cli("lint", "--format", "concise").out

    write("specstat.yaml", "require-reason: true\nignore: [SS002]\n")
    assert "SS008" in cli("lint", "--format", "concise").out


def test_a_configuration_may_name_the_baseline(cli: Cli) -> None:
    write("widget.yaml", error_crd())
    assert cli("baseline", "write", "known.json", ".").code == 0
    assert cli("lint").code == 1

    write("specstat.yaml", "baseline: known.json\n")
    assert cli("lint").code == 0
    write("specstat.yaml", "baseline: nope.json\n")
    result = cli("lint")
    assert result.code == 2
    assert "nope.json" in result.err


def test_mistakes_of_ignores_in_toml_name_the_field(cli: Cli) -> None:
    write("widget.yaml", error_crd())
    ignores = '"Widget.status.abort" = "ignore[SS101]"\n"Widget.spec.size" = "ignore[SS999,SS008]"'
    write("pyproject.toml", f"[tool.specstat.fields]\n{ignores}\n")

    lines = cli("lint", "--require-reason", "--format", "concise").out.splitlines()

    said = [line.removeprefix("pyproject.toml: warning ").partition(";")[0] for line in lines[:4]]
    assert said == [
        "SS002 unknown code SS999 in an ignore on Widget.spec.size",
        "SS002 ignore[SS008] on Widget.spec.size has no effect, as SS008 is told of no field",
        "SS008 ignore[SS999,SS008] on Widget.spec.size gives no reason",
        "SS008 ignore[SS101] on Widget.status.abort gives no reason",
    ]
