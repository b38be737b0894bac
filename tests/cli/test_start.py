"""How specstat starts: what it answers at once, and what it does not import for that."""

from __future__ import annotations

import re
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

import pytest

from specstat import __version__
from tests.cli.support import FIXTURES, Cli, crd, environment, imported_by, process

# The console script is not there in every environment; its name is all that completion needs.
AS_INSTALLED = "import sys; sys.argv[0] = 'specstat'; from specstat.cli.main import main; main()"
HEAVY = ("rich", "jsonschema", "google.protobuf", "ruamel", "hypothesis", "rpds", "numpy")


def below(modules: set[str], *packages: str) -> set[str]:
    return {m for m in modules if any(m == p or m.startswith(f"{p}.") for p in packages)}


@pytest.mark.parametrize("option", ["--version", "-V"])
def test_the_version_is_answered_before_typer_is_imported_by(option: str) -> None:
    result = process(option)

    assert (result.code, result.out) == (0, f"specstat {__version__}\n")
    assert below(imported_by(option), "typer", "click", "specstat.cli.app", *HEAVY) == set()


def test_the_version_is_answered_among_other_options_too(cli: Cli) -> None:
    assert cli("--version", "lint").out == f"specstat {__version__}\n"


@pytest.mark.parametrize("arguments", [("--help",), ("-h",), ("lint", "--help")])
def test_help_imports_no_reader_rule_or_library(arguments: tuple[str, ...]) -> None:
    modules = imported_by(*arguments)

    assert "typer" in modules
    assert below(modules, "specstat.readers", "specstat.judge", "specstat.engine") == set()
    assert {m for m in modules if m.startswith("specstat.rules")} == set()
    assert below(modules, "yaml", "_yaml", "sqlite3", *HEAVY) == set()


def test_lint_to_a_pipe_imports_what_it_needs_only(tmp_path: Path) -> None:
    (tmp_path / "widget.yaml").write_text(crd(), encoding="utf-8")

    modules = imported_by("lint", cwd=tmp_path)

    assert "specstat.readers.crd" in modules
    assert below(modules, "typer", "sqlite3", *HEAVY) == set()
    others = (
        "specstat.proto",
        "specstat.readers.proto",
        "specstat.engine.edit.splices",
        "specstat.immutability",
    )
    assert {m for m in modules if m.startswith(others)} == set()


def test_where_reads_no_yaml(tmp_path: Path) -> None:
    modules = imported_by("where", "retry_count", cwd=tmp_path)

    assert below(modules, "specstat.readers.crd", "specstat.readers.yamltree", *HEAVY) == set()


@pytest.mark.parametrize("option", ["--help", "-h"])
def test_help_names_every_command(cli: Cli, option: str) -> None:
    result = cli(option)

    assert result.code == 0
    for command in ("lint", "where", "explain", "rules", "vendor-proto"):
        assert f"\n  {command} " in result.out


@pytest.mark.parametrize("command", ["lint", "where", "explain", "rules", "vendor-proto"])
def test_help_of_a_command_fits_on_80_columns(cli: Cli, command: str) -> None:
    result = cli(command, "--help")

    assert result.code == 0
    assert max(map(len, result.out.splitlines())) <= 80


def test_no_command_at_all_shows_the_help(cli: Cli) -> None:
    result = cli()

    assert result.code == 2
    assert (result.out + result.err).strip() == cli("--help").out.strip()


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (("lnt",), "'lint'"),
        (("lint", "--selct", "SS1"), "--select"),
        (("explain",), " explain --help"),
    ],
)
def test_a_mistake_is_one_line_that_says_what_was_meant(
    cli: Cli, arguments: tuple[str, ...], hint: str
) -> None:
    result = cli(*arguments)

    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("error: ")
    assert result.err.count("\n") == 1
    assert hint in result.err


# Completion


@pytest.mark.parametrize(
    ("shell", "binding"),
    [
        ("bash", "complete -o default -F _specstat_completion specstat"),
        ("zsh", "compdef _specstat_completion specstat"),
        ("fish", "complete --command specstat"),
    ],
)
def test_a_shell_is_given_a_completion_script(shell: str, binding: str) -> None:
    result = process(
        python=("-c", AS_INSTALLED), env=environment(_SPECSTAT_COMPLETE=f"source_{shell}")
    )

    assert (result.code, result.err) == (0, "")
    assert binding in result.out
    if program := shutil.which(shell):
        subprocess.run([program, "-n"], input=result.out, text=True, check=True)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
@pytest.mark.parametrize(
    ("words", "offered", "withheld"),
    [("specstat li", "lint", "where"), ("specstat lint --fail-on n", "never", "warning")],
)
def test_a_shell_is_offered_commands_and_values(
    shell: str, words: str, offered: str, withheld: str
) -> None:
    env = environment(
        _SPECSTAT_COMPLETE=f"complete_{shell}",
        COMP_WORDS=words,
        COMP_CWORD=str(words.count(" ")),
        _TYPER_COMPLETE_ARGS=words,
        _TYPER_COMPLETE_FISH_ACTION="get-args",
    )

    result = process(python=("-c", AS_INSTALLED), env=env)

    assert (result.code, result.err) == (0, "")
    assert offered in result.out
    assert withheld not in result.out


# Speed


def usual_crd() -> str:
    """30 KB of CRD in the usual shape: some fields, most of them with more below them."""
    words = "How the part goes about its work, and what it does when something gets in the way."
    leaf = f'{{type: string, description: "{words}"}}'
    below = ", ".join(f"part{number}: {leaf}" for number in range(8))
    line = f"{{type: object, properties: {{{below}}}}}\n"
    lines = [f"              group{number}: {line}" for number in range(29)]
    head = crd(spec={}).replace("served: true", "subresources: {status: {}}")
    text = head + "".join(lines[:20]) + "          status:\n            properties:\n"
    return text + "".join(lines[20:])


def test_a_usual_crd_takes_at_most_14_times_the_start_of_python(tmp_path: Path) -> None:
    text = usual_crd()
    assert 28_000 < len(text) < 34_000
    (tmp_path / "usual.yaml").write_text(text, encoding="utf-8")
    # As installed: with compiled modules, which the first run makes.
    env = environment(PYTHONPYCACHEPREFIX=str(tmp_path / "compiled"), PYTHONDONTWRITEBYTECODE="")
    lint = [sys.executable, "-m", "specstat", "lint", "usual.yaml"]

    def seconds(*command: str) -> float:
        start = time.perf_counter()
        subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, check=True)
        return time.perf_counter() - start

    def ratio() -> float:
        bare: list[float] = []
        whole: list[float] = []
        for _ in range(7):
            bare.append(seconds(sys.executable, "-I", "-c", "pass"))
            whole.append(seconds(*lint))
        return statistics.median(whole) / statistics.median(bare)

    seconds(*lint)
    # A busy machine may spoil one measurement, not three.
    measured = [ratio() for _ in range(3)] if (first := ratio()) > 14 else [first]
    assert min(measured) <= 14


@pytest.mark.parametrize("more", [(), ("--as-found",)])
def test_lint_with_nothing_but_paths_does_the_same_without_typer(
    more: tuple[str, ...], tmp_path: Path
) -> None:
    bad = FIXTURES / "SS101-input-in-status" / "bad-rollout.yaml"
    other = tmp_path / "other.yaml"
    other.write_text("kind: [", encoding="utf-8")
    run = f"import sys; sys.argv = {['specstat', 'lint', *more, str(bad), str(other)]!r}\n"
    run += "from specstat.cli.main import main\ntry: main()\n"
    run += "finally: sys.stderr.write(str('typer' in sys.modules))\n"

    plain = subprocess.run([sys.executable, "-c", run], capture_output=True, text=True, check=False)
    parsed = subprocess.run(
        [
            sys.executable,
            "-m",
            "specstat",
            "lint",
            *more,
            "--fail-on=warning",
            str(bad),
            str(other),
        ],
        capture_output=True,
        text=True,
        check=False,
    )

    def steady(out: str) -> str:
        return re.sub(r"\d+\.\d s", "", out)

    assert plain.stderr == "False"
    assert (plain.returncode, steady(plain.stdout)) == (parsed.returncode, steady(parsed.stdout))
