"""Which paths a pattern of a configuration means."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from specstat.engine.config.globs import below, compiled, complaint


def means(pattern: str, path: str) -> bool:
    assert not complaint(pattern)
    return bool(compiled(pattern).regex.fullmatch(path))


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("vendor/**", "vendor/a.yaml"),
        ("vendor/**", "vendor/deep/er/a.yaml"),
        ("vendor", "vendor/a.yaml"),
        ("vendor", "apis/vendor/deep/a.yaml"),
        ("vendor/", "apis/vendor/a.yaml"),
        ("./vendor", "vendor/a.yaml"),
        ("apis/v1", "apis/v1/a.yaml"),
        ("*.gen.yaml", "apis/widget.gen.yaml"),
        ("charts/*/crds/**", "charts/one/crds/a.yaml"),
        ("apis/**/old.yaml", "apis/old.yaml"),
        ("apis/**/old.yaml", "apis/v1/x/old.yaml"),
        ("**/old/**", "apis/old/a.yaml"),
        ("**/old/**", "old/a.yaml"),
        ("**/a/**/b/*.yaml", "x/a/y/a/z/b/c.yaml"),
        ("v?", "v1/a.yaml"),
        ("v[12]/*", "v2/a.yaml"),
        ("v[!12]/*", "v3/a.yaml"),
        ("a[]x]b", "a]b"),
        ("[[]a]", "[a]"),
        ("**", "a/b.yaml"),
        (".", "a/b.yaml"),
        ("a.b", "a.b"),
    ],
)
def test_a_pattern_means_a_path(pattern: str, path: str) -> None:
    assert means(pattern, path)


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("vendor/**", "vendor"),
        ("vendor/**", "apis/vendor/a.yaml"),
        ("./vendor", "apis/vendor/a.yaml"),
        ("vendor", "vendored/a.yaml"),
        ("vendor", "a/my-vendor"),
        ("*.yaml", "a.yml"),
        ("charts/*/crds", "charts/one/two/crds/a.yaml"),
        ("apis/**/old.yaml", "apis/very-old.yaml"),
        ("v[!12]/*", "v1/a.yaml"),
        ("v[!12]a", "v/a"),
        ("v?", "v"),
        ("a.b", "axb"),
    ],
)
def test_a_pattern_does_not_mean_another_path(pattern: str, path: str) -> None:
    assert not means(pattern, path)


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        ("", "is empty"),
        ("  ", "is empty"),
        ("/vendor", "begins with a slash"),
        ("apis\\v1", "holds a backslash"),
        ("!vendor", "begins with !"),
        ("{a,b}/**", "holds braces"),
        ("../vendor", "leads out of"),
        ("apis/../vendor", "leads out of"),
        ("apis/v**", "holds ** beside other characters"),
        ("**x/a", "holds ** beside other characters"),
        ("apis/[v1", "never closed"),
        ("[z-a]", "make no sense"),
    ],
)
def test_a_pattern_that_cannot_be_meant_is_told(pattern: str, why: str) -> None:
    assert why in complaint(pattern)


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("*a" * 30 + "b", "a" * 250),
        ("**/a/" * 30 + "b", "a/" * 500 + "c"),
        ("**/*a*a*a/" * 12 + "b", ("a" * 30 + "/") * 60 + "c"),
    ],
)
def test_no_pattern_takes_long(pattern: str, path: str) -> None:
    start = time.perf_counter()

    assert not means(pattern, path)
    assert time.perf_counter() - start < 1


@given(st.text(alphabet="ab/*?[]!.-^\\{} ", max_size=12), st.text(alphabet="ab/.", max_size=12))
def test_whatever_is_written_is_told_or_works(pattern: str, path: str) -> None:
    if not complaint(pattern):
        compiled(pattern).regex.fullmatch(path)


@given(st.lists(st.text(alphabet="ab.[", min_size=1, max_size=4), min_size=1, max_size=4))
def test_a_path_without_special_characters_means_itself(steps: list[str]) -> None:
    plain = [step.replace("[", "[[]") for step in steps if step not in {".", ".."}]
    path = "/".join(step for step in steps if step not in {".", ".."})
    if path:
        assert means("./" + "/".join(plain), path)


def test_a_path_is_seen_from_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "apis").mkdir()
    monkeypatch.chdir(tmp_path / "apis")

    assert below("..", "a.yaml") == "apis/a.yaml"
    assert below(".", "v1/../a.yaml") == "a.yaml"
    assert below("", "a.yaml") == "a.yaml"
    assert not below(".", "../a.yaml")
    assert not below("v1", "a.yaml")
    assert below(os.fspath(tmp_path), "a.yaml") == "apis/a.yaml"
