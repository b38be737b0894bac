"""Weights that a configuration names: where they are, and which may be loaded."""

from __future__ import annotations

from pathlib import Path

import pytest

from specstat.engine.config.loading import ConfigError, NamedFile, read
from specstat.engine.weights import load_named
from specstat.model.source import Source


def naming(path: str, *, place: str = "specstat.yaml") -> NamedFile:
    configuration = read(Source(place, f"judge:\n  weights: {path}\n"))
    assert configuration.weights is not None
    return configuration.weights


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
    assert naming(path, place=place).file == Path(expected)


def test_what_is_not_trusted_is_not_touched(tmp_path: Path) -> None:
    place = (tmp_path / "specstat.yaml").as_posix()

    with pytest.raises(ConfigError) as caught:
        load_named(naming("nope.bin", place=place), trusted=False)

    assert str(caught.value).startswith(f"{place}:2:12: the weights file {tmp_path}/nope.bin is ")
    assert "--trust loads it" in str(caught.value)
    assert str(caught.value).endswith(f"--weights {tmp_path}/nope.bin")
