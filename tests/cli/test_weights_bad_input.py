"""Weights files that cannot be used: one clear line each, exit 2, never a traceback."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from specstat.judge.weights import HEADER, VERSION
from tests.cli.support import Cli, crd, write_weights


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "apis").mkdir()
    (tmp_path / "apis" / "widget.yaml").write_text(crd(spec={"glorp": "Words."}), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    write_weights(Path("ours.weights"))
    return tmp_path


def configure(text: str = "judge:\n  weights: ours.weights\n") -> None:
    Path("specstat.yaml").write_text(text, encoding="utf-8")


def _missing(path: Path) -> None:
    path.unlink()


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _holding(data: bytes) -> Callable[[Path], None]:
    def spoil(path: Path) -> None:
        path.write_bytes(data)

    return spoil


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def _cut_in_its_head(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: HEADER.size - 3])


def _longer(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"\x00")


def _changed(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1] + b"\x01")


def _of_a_later_version(path: Path) -> None:
    write_weights(path, version=VERSION + 1)


def _without_end(path: Path) -> None:
    path.unlink()
    path.symlink_to("/dev/zero")


NO_FILE = "cannot read the weights file ours.weights: No such file or directory"
A_FOLDER = "cannot read the weights file ours.weights: Is a directory"
DAMAGED = "the weights file ours.weights is damaged or cut short; make or fetch it anew"
NOT_OURS = "ours.weights is no weights file; specstat learn makes one"
LATER = (
    f"ours.weights is a weights file of version {VERSION + 1}, this specstat reads version "
    f"{VERSION}; make it anew with specstat learn"
)

SPOILT = pytest.mark.parametrize(
    ("spoil", "told"),
    [
        pytest.param(_missing, NO_FILE, id="missing"),
        pytest.param(_folder, A_FOLDER, id="folder"),
        pytest.param(_cut, DAMAGED, id="cut"),
        pytest.param(_longer, DAMAGED, id="longer"),
        pytest.param(_changed, DAMAGED, id="changed"),
        pytest.param(_cut_in_its_head, NOT_OURS, id="cut in its head"),
        pytest.param(_of_a_later_version, LATER, id="version"),
        pytest.param(_holding(b""), NOT_OURS, id="empty"),
        pytest.param(_holding(b"\x89PNG\r\n\x1a\n" + bytes(99)), NOT_OURS, id="png"),
        pytest.param(_holding(b"kind: Widget\nspec: {}\n" * 9), NOT_OURS, id="yaml"),
        pytest.param(_without_end, NOT_OURS, id="without end"),
    ],
)


@SPOILT
def test_a_file_that_cannot_be_used_is_one_line_and_exit_code_2(
    cli: Cli, spoil: Callable[[Path], None], told: str
) -> None:
    spoil(Path("ours.weights"))

    for command in (
        ("lint", "apis"),
        ("where", "glorp"),
        ("where", "glorp", "--in", "apis/widget.yaml"),
        ("where", "--batch", "-"),
    ):
        result = cli(*command, "--weights", "ours.weights", stdin='{"name": "a"}')
        assert (result.code, result.out, result.err) == (2, "", f"error: {told}\n")


@SPOILT
def test_one_that_a_configuration_names_is_told_with_the_place_of_its_name(
    cli: Cli, spoil: Callable[[Path], None], told: str
) -> None:
    configure()
    spoil(Path("ours.weights"))

    for command in (
        ("lint", "apis", "--trust"),
        ("where", "glorp", "--in", "apis/widget.yaml", "--trust"),
        ("where", "glorp", "--config", "specstat.yaml"),
        ("where", "--batch", "-", "--config", "specstat.yaml"),
    ):
        result = cli(*command, stdin='{"name": "a"}')
        assert (result.code, result.out) == (2, "")
        assert result.err == f"error: specstat.yaml:2:12: {told}\n"


@pytest.mark.parametrize("name", [r'"a\0b"', r'"a\nb"', '"' + "a" * 5_000 + '"', "/"])
def test_a_path_that_can_be_no_file_is_told_in_one_line(cli: Cli, name: str) -> None:
    configure(f"judge:\n  weights: {name}\n")

    for trust in ([], ["--trust"]):
        result = cli("lint", "apis", *trust)
        assert (result.code, result.out) == (2, "")
        assert result.err.startswith("error: specstat.yaml:2:12: ")
        assert result.err.count("\n") == 1


def test_an_empty_name_is_no_leave_to_judge_with_other_weights(cli: Cli) -> None:
    result = cli("lint", "apis", "--weights", "")

    assert (result.code, result.out) == (2, "")
    assert result.err == "error: cannot read the weights file .: Is a directory\n"


@pytest.mark.parametrize(
    "command", [("lint", "apis"), ("where", "glorp", "--in", "apis/widget.yaml")]
)
def test_a_mistake_below_judge_is_told_with_its_place(cli: Cli, command: tuple[str, ...]) -> None:
    configure("judge:\n  weigths: ours.weights\n")

    result = cli(*command, "--trust")

    assert (result.code, result.out) == (2, "")
    assert result.err == (
        "error: specstat.yaml:2:3: unknown key 'weigths' in judge; did you mean weights?\n"
    )
