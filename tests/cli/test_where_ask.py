"""`specstat where --ask`: four questions, from a pipe or from a keyboard."""

from __future__ import annotations

import json

import pytest

from tests.cli.support import Cli, on_terminal

QUESTIONS = ("When is it set?", "Does it change?", "What does it do?", "What is it for?")


def answer(cli: Cli, *lines: str) -> str:
    result = cli("where", "gizmo", "--ask", stdin="\n".join(lines) + "\n")
    assert result.code == 0, result.err
    return result.out


@pytest.mark.parametrize(("key", "section"), [("i", "spec"), ("o", "status"), ("d", "metadata")])
def test_the_purpose_decides(cli: Cli, key: str, section: str) -> None:
    assert answer(cli, "?", "?", "?", key).startswith(f"gizmo belongs in {section} (")


@pytest.mark.parametrize(
    ("lines", "section"),
    [(("b", "n", "c", "?"), "spec"), (("e", "u", "r", "?"), "status")],
)
def test_the_other_answers_weigh(cli: Cli, lines: tuple[str, ...], section: str) -> None:
    assert answer(cli, *lines).startswith(f"gizmo belongs in {section} (")


@pytest.mark.parametrize("unknown", ["?", ""])
def test_knowing_nothing_answers_like_not_being_asked(cli: Cli, unknown: str) -> None:
    assert answer(cli, *[unknown] * 4) == cli("where", "gizmo").out


def test_answers_may_be_written_large_or_out(cli: Cli) -> None:
    assert answer(cli, "?", "?", "?", "O") == answer(cli, "?", "?", "?", "observation")


def test_a_wrong_key_is_asked_again(cli: Cli) -> None:
    result = cli("where", "gizmo", "--ask", stdin="x\nb\n?\n?\nw\no\n")

    assert result.err.count("Press one of ") == 2
    assert "Press one of b, d, e, ?." in result.err
    assert result.out.startswith("gizmo belongs in status (")


@pytest.mark.parametrize("given", ["", "b\nn\n"])
def test_too_few_answers_are_a_clear_error(cli: Cli, given: str) -> None:
    result = cli("where", "gizmo", "--ask", stdin=given)

    assert result.code == 2
    assert result.out == ""
    assert result.err.endswith(
        "error: --ask found no answer on standard input; it wants four lines there\n"
    )


def test_all_four_questions_are_asked_apart_from_the_answer(cli: Cli) -> None:
    result = cli("where", "gizmo", "--ask", "--format", "json", stdin="\n\n\no\n")

    assert json.loads(result.out)["section"] == "status"
    assert [result.err.count(question) for question in QUESTIONS] == [1, 1, 1, 1]


def test_an_answer_is_not_taken_for_an_annotation(cli: Cli) -> None:
    out = answer(cli, "?", "?", "?", "i")

    assert "annotation" not in out
    assert "author" not in out


def test_a_terminal_wants_one_keystroke_each() -> None:
    keys = dict(zip(QUESTIONS, "bu?o", strict=True))

    code, output = on_terminal("where", "gizmo", "--ask", "--no-color", keys=keys)

    assert code == 0
    assert "gizmo belongs in status (" in output


def test_a_terminal_can_be_left_with_control_c() -> None:
    code, output = on_terminal("where", "gizmo", "--ask", keys={QUESTIONS[0]: "\x03"})

    assert code in {2, 130}
    assert "Traceback" not in output
    assert "belongs in" not in output


def test_a_purpose_settles_what_the_answer_hung_on(cli: Cli) -> None:
    asked = cli("where", "correlation_id", "--ask", stdin="?\n?\n?\no\n")
    open_still = cli("where", "correlation_id", "--ask", stdin="?\n?\n?\n?\n")

    assert "It depends" not in asked.out
    assert "It depends" in open_still.out


def test_an_identity_told_by_a_person_is_no_annotation(cli: Cli) -> None:
    out = cli("where", "gizmo", "--ask", stdin="?\n?\n?\nd\n").out

    assert "gizmo belongs in metadata" in out
    assert "you say that it tells which object this is" in out
    assert "author" not in out
    assert "declared" not in out
