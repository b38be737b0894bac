"""What README.md shows of the terminal is what the terminal shows."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from specstat import __version__
from tools import readme_output
from tools.readme_output import Session

SESSIONS = readme_output.ours(readme_output.README.read_text(encoding="utf-8"))
MADE = textwrap.dedent("""\
    # Made

    ```console
    $ specstat \\
        --version
    specstat {plain}

    $ make coffee
    no coffee here

    $ specstat --version | cat
    specstat {piped}
    ```

    ```sh
    $ specstat this is not run
    ```
    """)
RIGHT = MADE.format(plain=__version__, piped=__version__)


def test_lint_and_where_are_shown() -> None:
    commands = {session.command.split()[1] for session in SESSIONS}

    assert {"lint", "where"} <= commands
    assert len(SESSIONS) >= 2


@pytest.mark.parametrize("session", SESSIONS, ids=lambda session: session.command.strip())
def test_a_command_prints_what_is_shown(session: Session) -> None:
    now = readme_output.normalised(readme_output.printed(session.command))

    assert readme_output.normalised(session.output) == now, (
        "run `python tools/readme_output.py` if what it prints now is what it should print"
    )


def test_only_our_commands_in_console_blocks_are_run() -> None:
    commands = [session.command.split() for session in readme_output.ours(RIGHT)]

    assert commands == [["specstat", "--version"], ["specstat", "--version", "|", "cat"]]


def test_wrong_output_is_replaced_and_all_else_is_kept() -> None:
    assert readme_output.rewritten(RIGHT) == RIGHT
    assert readme_output.rewritten(MADE.format(plain="old", piped="older")) == RIGHT


def test_what_goes_to_the_error_stream_is_shown_too() -> None:
    assert "SS999" in readme_output.printed("specstat explain SS999")


def test_seconds_and_trailing_blanks_do_not_count() -> None:
    one = readme_output.normalised("Found nothing (1 file, 12.3 s).  \n\n")

    assert one == readme_output.normalised("Found nothing (1 file, 0.2 s).")
    assert one != readme_output.normalised("Found nothing (2 files, 0.2 s).")


def test_a_stale_readme_is_told_and_then_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    readme = tmp_path / "README.md"
    readme.write_text(MADE.format(plain="old", piped="older"), encoding="utf-8")
    monkeypatch.setattr(readme_output, "README", readme)

    assert readme_output.main(["--check"]) == 1
    assert "-specstat older" in capsys.readouterr().out
    assert readme.read_text(encoding="utf-8") != RIGHT

    assert readme_output.main([]) == 0
    assert readme_output.main(["--check"]) == 0
    assert readme.read_text(encoding="utf-8") == RIGHT


def test_a_readme_without_commands_is_left_alone() -> None:
    text = "# Plain\n\n```sh\nmake test\n```\n"

    assert readme_output.ours(text) == []
    assert readme_output.rewritten(text) == text
