"""The published file in buf's hands: formatted, free of its lint's findings, and of use."""

from __future__ import annotations

from pathlib import Path

import pytest
from google.protobuf.descriptor_pb2 import FileDescriptorSet

from specstat import proto
from tests.buf import buf
from tests.proto.support import USER_FILE, workspace

SETTINGS = """\
version: v2
modules:
  - path: own
  - path: third_party
lint:
  use: [STANDARD, COMMENTS]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    workspace(tmp_path)
    tmp_path.joinpath("buf.yaml").write_text(SETTINGS, encoding="utf-8")
    return tmp_path


def test_the_lint_of_buf_finds_nothing_in_the_published_file(folder: Path) -> None:
    done = buf(folder, "lint", "third_party")

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_the_lint_of_buf_would_find_something(folder: Path) -> None:
    path = folder / "third_party" / proto.FILE
    path.write_text(proto.text().replace("PURPOSE_IDENTITY", "IDENTITY"), encoding="utf-8")

    done = buf(folder, "lint", "third_party")

    assert done.returncode != 0
    assert "PURPOSE_" in done.stdout


def test_the_published_file_is_formatted_as_buf_formats(folder: Path) -> None:
    done = buf(folder, "format", "third_party", "--diff", "--exit-code")

    assert (done.returncode, done.stdout) == (0, "")


def test_a_module_of_a_workspace_can_use_the_vendored_file(folder: Path) -> None:
    done = buf(folder, "build", "-o", "image.binpb")

    assert (done.returncode, done.stderr) == (0, "")
    image = FileDescriptorSet.FromString(folder.joinpath("image.binpb").read_bytes())
    assert {file.name for file in image.file} >= {USER_FILE, proto.FILE}


def test_buf_knows_the_words_of_the_option(folder: Path) -> None:
    path = folder / "own" / USER_FILE
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("CHANGES_NEVER", "CHANGES_EVER"), encoding="utf-8")

    done = buf(folder, "build")

    assert done.returncode != 0
    assert "CHANGES_EVER" in done.stderr
