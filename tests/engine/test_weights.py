"""Weights that a configuration names: where they are, and which may be loaded."""

from __future__ import annotations

from pathlib import Path

import pytest

from specstat.engine.config import ConfigError, Configuration, NamedFile, read
from specstat.engine.weights import Loaded, load_named, path_of, refuse_two_judges
from specstat.model.source import Source
from tests.cli.support import write_weights


def naming(path: str, *, place: str = "specstat.yaml") -> tuple[Configuration, NamedFile]:
    configuration = read(Source(place, f"judge:\n  weights: {path}\n"))
    assert configuration.weights is not None
    return configuration, configuration.weights


def loaded(folder: Path, name: str, weight: int = 127) -> Loaded:
    """Weights beside a configuration, in a folder of their own."""
    (folder / name).mkdir()
    write_weights(folder / name / "w.bin", weight)
    place = (folder / name / "specstat.yaml").as_posix()
    return load_named(*naming("w.bin", place=place), trusted=True)


@pytest.mark.parametrize(
    ("place", "path", "expected"),
    [
        ("specstat.yaml", "w.bin", "w.bin"),
        ("apis/specstat.yaml", "w.bin", "apis/w.bin"),
        ("../specstat.yaml", "in/w.bin", "../in/w.bin"),
        # As the system walks it: a link may lie between.
        ("apis/specstat.yaml", "../w.bin", "apis/../w.bin"),
        ("apis/specstat.yaml", "/srv/w.bin", "/srv/w.bin"),
    ],
)
def test_a_path_begins_at_the_configuration(place: str, path: str, expected: str) -> None:
    assert path_of(*naming(path, place=place)) == Path(expected)


def test_what_is_not_trusted_is_not_touched(tmp_path: Path) -> None:
    place = (tmp_path / "specstat.yaml").as_posix()

    with pytest.raises(ConfigError) as caught:
        load_named(*naming("nope.bin", place=place), trusted=False)

    assert str(caught.value).startswith(f"{place}:2:12: the weights file {tmp_path}/nope.bin is ")
    assert "--trust loads it" in str(caught.value)
    assert str(caught.value).endswith(f"--weights {tmp_path}/nope.bin")


def test_copies_of_one_file_are_one_judge(tmp_path: Path) -> None:
    first, copy = loaded(tmp_path, "a"), loaded(tmp_path, "b")

    refuse_two_judges(copy, [first])
    refuse_two_judges(first, [])


def test_different_files_are_two_judges(tmp_path: Path) -> None:
    first, copy, other = (
        loaded(tmp_path, "a"),
        loaded(tmp_path, "b"),
        loaded(tmp_path, "c", weight=-127),
    )

    with pytest.raises(ConfigError, match="one run has one judge") as caught:
        refuse_two_judges(other, [first, copy])

    assert f"{tmp_path}/a/specstat.yaml:2 names {tmp_path}/a/w.bin and " in str(caught.value)
    assert f"{tmp_path}/c/specstat.yaml:2 names {tmp_path}/c/w.bin, " in str(caught.value)
