"""Linting .proto files: what is found never depends on which others are linted with them."""

from __future__ import annotations

import os
import random
import re
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from specstat.api import lint
from specstat.engine import run
from specstat.engine.check import Settings
from specstat.engine.discover import Found
from tests.cli.support import FIXTURES, ROOT, Cli, closed, process, unprivileged

APIS = FIXTURES / "protoapis" / "apis"
PATHS = sorted(path.relative_to(APIS).as_posix() for path in APIS.rglob("*.proto"))
EXPECTED = re.compile(r"// expect: (SS\d+)$")
# Where the place of a finding is a comment that can hold no other.
MORE = {
    ("garden/well/v1/well.proto", 16, "SS004"),
    ("garden/well/v1/well.proto", 21, "SS006"),
    ("garden/well/v1/well.proto", 23, "SS005"),
    ("garden/well/v1/well.proto", 31, "SS101"),
}
CORPUS = ROOT.parent / "shared" / "corpus" / "protos"
SUBSETS = {"stigmer": 8, "kubernetes": 3, "project-planton": 3}

Told = tuple[str, int, str, str]


@pytest.fixture
def apis(monkeypatch: pytest.MonkeyPatch) -> Path:
    """The made-up API tree as the current folder."""
    monkeypatch.chdir(APIS)
    return APIS


def findings(paths: Sequence[str]) -> list[Told]:
    """The findings of a run: file, line, code and what it says."""
    return [(d.location.file, d.location.line, d.code, d.message) for d in lint(paths).diagnostics]


def every(paths: Sequence[str]) -> list[Told]:
    """The same of each code, also those that are told within another: of what instead of what.

    Which code a finding goes by depends on its loudness, and that on the rest of the run.
    """
    return [
        (d.location.file, d.location.line, code, d.subject)
        for d in lint(paths).diagnostics
        for code in (d.code, *d.also)
    ]


def in_files(told: Sequence[Told], paths: Sequence[str]) -> set[Told]:
    """The findings whose place is in one of the files."""
    return {finding for finding in told if finding[0] in paths}


def assert_subset(paths: Sequence[str], whole: Sequence[Told]) -> None:
    """Of a subset, exactly the findings on its own files are told, each once, and no others.

    A resource also tells what is wrong in those of its messages that stand in other files.
    """
    told = every(paths)

    assert len(told) == len(set(told))
    assert set(told) <= set(whole)
    assert in_files(told, paths) == in_files(whole, paths)


@pytest.mark.usefixtures("apis")
def test_what_the_fixtures_expect_is_found_and_nothing_else() -> None:
    expected = {
        (path, number, match[1])
        for path in PATHS
        for number, line in enumerate(Path(path).read_text("utf-8").splitlines(), 1)
        if (match := EXPECTED.search(line))
    }

    assert {(file, line, code) for file, line, code, _ in findings(["."])} == expected | MORE


@pytest.mark.usefixtures("apis")
@pytest.mark.parametrize("path", PATHS)
def test_each_file_alone_has_the_findings_on_its_fields(path: str) -> None:
    assert_subset([path], every(["."]))


@pytest.mark.usefixtures("apis")
@given(st.lists(st.sampled_from(PATHS), min_size=1, unique=True))
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_a_subset_of_the_files_gives_a_subset_of_the_findings(paths: list[str]) -> None:
    assert_subset(paths, every(["."]))


@pytest.mark.parametrize("name", sorted(SUBSETS))
def test_a_subset_of_real_files_gives_a_subset_of_the_findings(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = CORPUS / name
    if not folder.exists():
        pytest.skip(f"{folder} is not there: only the project's own workplace has it")
    monkeypatch.chdir(folder)
    draw = random.Random(name)  # noqa: S311 - a sample, no secret
    paths = sorted(path.as_posix() for path in Path().rglob("*.proto"))
    whole = every(paths)
    holding = sorted({path for path, *_ in whole})

    for _ in range(SUBSETS[name]):
        some = draw.sample(holding, min(len(holding), 3)) + draw.sample(paths, 3)
        assert_subset(list(dict.fromkeys(some)), whole)


# Spelling

BED = "garden/bed/v1"
SPEC_LINES = [13, 29, 29]


@pytest.mark.parametrize(
    ("folder", "paths", "spelled"),
    [
        ("", ["garden/bed/v1/spec.proto"], "garden/bed/v1/spec.proto"),
        (BED, ["spec.proto"], "spec.proto"),
        (BED, ["./spec.proto"], "spec.proto"),
        (BED, ["."], "spec.proto"),
        (BED, ["api.proto"], "spec.proto"),
        (BED, ["api.proto", "spec.proto"], "spec.proto"),
        (BED, ["../v1/spec.proto"], "../v1/spec.proto"),
        (BED, ["../v1"], "../v1/spec.proto"),
        (BED, ["../../bed/v1/api.proto"], "spec.proto"),
        ("garden/bed", ["v1/spec.proto"], "v1/spec.proto"),
        ("garden/bed", ["v1/api.proto"], "v1/spec.proto"),
        ("garden", ["bed/v1/../v1/spec.proto"], "bed/v1/../v1/spec.proto"),
        ("garden/bed/v1", [str(APIS / BED / "spec.proto")], str(APIS / BED / "spec.proto")),
        ("garden/bed/v1", [str(APIS / BED / "api.proto")], str(APIS / BED / "spec.proto")),
        ("garden", [str(APIS / BED / "api.proto"), "bed/v1/spec.proto"], "bed/v1/spec.proto"),
    ],
)
def test_files_are_spelled_as_the_user_spelled_them(
    folder: str, paths: list[str], spelled: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(APIS / folder)

    found = [(file, line) for file, line, *_ in findings(paths) if file.endswith("spec.proto")]

    assert found == [(spelled, line) for line in SPEC_LINES]


def test_a_file_that_is_linted_by_two_spellings_is_told_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(APIS / BED)
    told = lint(["spec.proto", str(APIS / BED / "spec.proto")]).diagnostics

    assert [(d.location.file, d.location.line) for d in told] == [
        ("spec.proto", line) for line in SPEC_LINES
    ]


# Counts and exit codes


@pytest.mark.parametrize(
    ("names", "resources"),
    [
        ("api spec status", 1),
        ("api spec", 1),
        ("spec status", 1),
        ("api", 1),
        ("spec", 1),
        ("status", 1),
        ("enum", 1),
    ],
)
@pytest.mark.usefixtures("apis")
def test_a_resource_is_counted_once(names: str, resources: int) -> None:
    run = lint([f"{BED}/{name}.proto" for name in names.split()])

    assert (run.files, run.resources) == (len(names.split()), resources)


@pytest.mark.usefixtures("apis")
def test_two_halves_in_two_files_are_counted_once() -> None:
    assert lint(["garden/mower"]).resources == 1


@pytest.mark.usefixtures("apis")
def test_fields_are_counted_where_they_stand() -> None:
    def fields(*names: str) -> int:
        return lint([f"{BED}/{name}.proto" for name in names]).fields

    apart = fields("spec") + fields("status") + fields("enum")
    assert apart == fields("api") == fields("api", "spec", "status", "enum")


@pytest.mark.usefixtures("apis")
def test_exit_codes_and_summary_are_those_of_any_file(cli: Cli) -> None:
    found = cli("lint", f"{BED}/api.proto", f"{BED}/spec.proto")
    clean = cli("lint", "garden/tool")
    broken = cli("lint", FIXTURES / "hostile" / "cut.proto", f"{BED}/spec.proto")

    assert (found.code, clean.code, broken.code) == (1, 0, 2)
    assert re.search(r"Found 5 errors in 1 resource \(\d+ fields, 2 files", found.out)
    assert re.search(r"nothing in 1 resource \(\d fields?, 1 file", clean.out)
    assert "SS102" in broken.out
    assert "cut.proto" in broken.out


def test_standard_input_is_read_in_place_of_the_file(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(APIS, tmp_path / "apis")
    monkeypatch.chdir(tmp_path / "apis" / BED)
    text = Path("spec.proto").read_text("utf-8")
    changed = text.replace("purpose=observation", "purpose=instruction")
    options = ("lint", "-", "--format", "concise", "--stdin-filename", "spec.proto")

    told = cli(*options, stdin=text)
    clean = cli(*options, stdin=changed)

    assert [line.partition(" ")[0] for line in told.out.splitlines()[:1]] == ["spec.proto:13:10:"]
    assert (told.code, clean.code) == (1, 0)
    assert "spec.proto" not in clean.out


def test_standard_input_counts_for_files_that_are_linted_before_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(APIS, tmp_path / "apis")
    monkeypatch.chdir(tmp_path / "apis" / BED)
    changed = Path("spec.proto").read_bytes().replace(b"=observation", b"=instruction")
    files = [Found("api.proto", named=True), Found("spec.proto", named=True, stdin=True)]

    told, again = [
        run.lint(order, Settings(), changed).diagnostics for order in (files, files[::-1])
    ]

    assert told == again
    assert "spec.proto" not in {d.location.file for d in told}


@pytest.mark.usefixtures("apis")
def test_where_knows_a_field_by_every_file_that_has_a_part_in_it(cli: Cli) -> None:
    for name in ("api", "spec"):
        answer = cli("where", "trodden", "--in", f"{BED}/{name}.proto")
        assert "stands in spec: garden/bed/v1/spec.proto:13" in answer.out, name
    outputs = cli("where", "spray", "--in", "garden/hose/v1/api.proto")
    assert "stands in status: garden/hose/v1/stack_outputs.proto:7" in outputs.out
    missing = cli("where", "trodden", "--in", "garden/shared/audit.proto")
    assert missing.code == 2


# What is on disk


def test_neighbours_that_cannot_be_read_change_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(APIS, tmp_path / "apis")
    monkeypatch.chdir(tmp_path / "apis")
    alone = findings([f"{BED}/spec.proto"])
    (Path(BED) / "folder.proto").mkdir()
    (Path(BED) / "latin.proto").write_bytes(b"package garden.bed.v1; // \xe9\n")
    (Path(BED) / "broken.proto").write_text("package garden.bed.v1; message {", "utf-8")
    (Path(BED) / "gone.proto").symlink_to("nowhere.proto")
    (Path(BED) / "loop.proto").symlink_to("loop.proto")
    (Path(BED) / "up").symlink_to("..")
    os.mkfifo(Path(BED) / "pipe.proto")

    assert findings([f"{BED}/spec.proto"]) == alone != []


def test_a_large_folder_is_gone_through_once(tmp_path: Path) -> None:
    text = (APIS / BED / "api.proto").read_text("utf-8")
    for number in range(400):
        (tmp_path / f"a{number}.proto").write_text(text.replace("Bed", f"B{number}"), "utf-8")
    reads = lint([str(tmp_path / f"a{number}.proto") for number in range(0, 400, 4)])

    assert (reads.files, reads.resources) == (100, 100)
    assert reads.seconds < 5


# Files that are hostile


@pytest.mark.parametrize("name", ["types-multiply", "types-circle", "imports-nowhere"])
def test_a_hostile_file_is_read_in_a_moment(name: str) -> None:
    run = lint([str(FIXTURES / "hostile" / f"{name}.proto")])

    assert (run.diagnostics, run.resources) == ((), 1)
    assert run.seconds < 5


def test_of_a_file_that_is_no_text_the_byte_is_told(cli: Cli) -> None:
    result = cli("lint", FIXTURES / "hostile" / "latin.proto", "--format", "concise")

    assert result.code == 2
    (line,) = [line for line in result.out.splitlines() if "latin.proto" in line]
    assert "latin.proto:8:12: error SS001" in line
    assert "0xe9" in line


def test_hostile_files_hide_no_finding_in_others(cli: Cli) -> None:
    hostile = sorted(FIXTURES.glob("hostile/*.proto"))
    result = cli("lint", *hostile, APIS / BED / "spec.proto", "--format", "concise")

    assert result.code == 2
    assert f"{APIS / BED}/spec.proto:13:10: error SS102" in result.out


def test_a_neighbour_that_may_not_be_opened_is_passed_over(tmp_path: Path) -> None:
    shutil.copytree(APIS, tmp_path / "apis")
    folder = tmp_path / "apis" / BED
    with closed(folder / "status.proto"):
        result = unprivileged("lint", "spec.proto", "--format", "concise", cwd=folder)

    assert [line.partition(" ")[0] for line in result.out.splitlines()] == [
        f"spec.proto:{place}:" for place in ("13:10", "29:12", "29:12")
    ]


def test_a_current_folder_that_is_gone_makes_no_fault(tmp_path: Path) -> None:
    program = "import os, sys; os.rmdir(os.getcwd()); from specstat.cli.main import main; main()"
    path = str(APIS / BED / "spec.proto")
    result = process("lint", path, cwd=tmp_path, python=("-c", program))

    assert result.code == 1
    assert f"{path}:13:10" in result.out
