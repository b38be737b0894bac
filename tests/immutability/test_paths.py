from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from specstat.immutability import paths
from specstat.immutability.paths import Each, PathError

STEPS = st.one_of(st.sampled_from([Each.ITEM, Each.VALUE]), st.text(min_size=1, max_size=12))


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("spec", ("spec",)),
        ("spec.image", ("spec", "image")),
        ("spec.steps[].image", ("spec", "steps", Each.ITEM, "image")),
        ("spec.env{}", ("spec", "env", Each.VALUE)),
        ('metadata.labels["a.b/c"]', ("metadata", "labels", "a.b/c")),
        ('spec.map["[]"]', ("spec", "map", "[]")),
    ],
)
def test_a_path_is_read_into_its_steps_and_written_as_it_was(text: str, path: paths.Path) -> None:
    assert paths.parse(text) == path
    assert [type(step) for step in paths.parse(text)] == [type(step) for step in path]
    assert paths.text_of(path) == text


@given(st.tuples(st.from_regex(r"[a-z]{1,8}", fullmatch=True)), st.lists(STEPS, max_size=5))
def test_what_is_written_is_read_back(first: tuple[str], rest: list[paths.Step]) -> None:
    path = (*first, *rest)
    again = paths.parse(paths.text_of(path))
    assert again == path
    assert [isinstance(s, Each) for s in again] == [isinstance(s, Each) for s in path]


@pytest.mark.parametrize(
    ("text", "offset"),
    [
        ("", 0),
        ("spec..x", 4),
        (".spec", 0),
        ("spec[0]", 4),
        ("spec.", 4),
        ("[].x", None),
        ("a b", 1),
        (r'a["\q"]', 1),
    ],
)
def test_what_is_no_path_is_refused_with_its_place(text: str, offset: int | None) -> None:
    with pytest.raises(PathError) as error:
        paths.parse(text)
    if offset is not None:
        assert error.value.offset == offset


def test_the_longest_covering_path_decides() -> None:
    spec, image = ("spec",), ("spec", "image")
    assert paths.longest(("spec", "image", "tag"), [spec, image]) == image
    assert paths.longest(("spec", "size"), [spec, image]) == spec
    assert paths.longest(("status",), [spec, image]) is None
