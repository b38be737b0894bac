"""Annotations into specstat.yaml, with all that people wrote there left alone."""

from __future__ import annotations

import pytest

from specstat import readers
from specstat.engine.config.loading import read
from specstat.engine.edit.annotate import RefusedError, Written, into_config
from specstat.model.source import Source
from tests.cli.support import crd

WIDGET = "example.com/Widget.spec.size: sensitive"


def written(config: str, words: str = "sensitive", *, text: str = "") -> Written:
    """What becomes of a configuration when a field of a Widget is annotated."""
    (resource,) = readers.read("widget.yaml", (text or crd()).encode()).resources
    configuration = read(Source("specstat.yaml", config))
    return into_config(resource, "spec.size", configuration, words)


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [
        ("", f"fields:\n  {WIDGET}\n", 2),
        ("# ours\n", f"# ours\nfields:\n  {WIDGET}\n", 3),
        ("# ours", f"# ours\nfields:\n  {WIDGET}\n", 3),
        ("# ours\r\n", f"# ours\r\nfields:\r\n  {WIDGET}\r\n", 3),
        ("fields:\n", f"fields:\n  {WIDGET}\n", 2),
        ("fields: # none yet\n", f"fields: # none yet\n  {WIDGET}\n", 2),
        ("fields:", f"fields:\n  {WIDGET}", 2),
        (
            "fields:\n    A.b: sensitive # why\n\n# end\n",
            f"fields:\n    A.b: sensitive # why\n    {WIDGET}\n\n# end\n",
            3,
        ),
        (
            "fields:\r\n  A.b: sensitive\r\n  C.d: 'sensitive'",
            f"fields:\r\n  A.b: sensitive\r\n  C.d: 'sensitive'\r\n  {WIDGET}",
            4,
        ),
        (
            "fields: {A.b: sensitive}\n",
            'fields: {A.b: sensitive, "example.com/Widget.spec.size": "sensitive"}\n',
            1,
        ),
        ("fields: {}\n", 'fields: {"example.com/Widget.spec.size": "sensitive"}\n', 1),
        ("{fields: {}}\n", '{fields: {"example.com/Widget.spec.size": "sensitive"}}\n', 1),
        ("fields: ~ # none\n", 'fields: {"example.com/Widget.spec.size": "sensitive"} # none\n', 1),
    ],
)
def test_a_new_entry_goes_behind_the_others(before: str, after: str, line: int) -> None:
    assert written(before) == Written(after, line)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("purpose=observation", "purpose=instruction"),
        ("sensitive  set=creation # why", "sensitive set=creation purpose=instruction # why"),
        ("'specstat: sensitive'", '"sensitive purpose=instruction"'),
        ("echo-of=spec.a[].b", '"echo-of=spec.a[].b purpose=instruction"'),
    ],
)
@pytest.mark.parametrize("key", ["Widget.spec.size", "example.com/Widget.spec.size"])
def test_an_entry_that_is_there_is_changed(key: str, before: str, after: str) -> None:
    config = f"fields:\n  A.b: sensitive\n  {key}: {before}\n  C.d: sensitive\n"

    result = written(config, "purpose=instruction")

    assert result == Written(config.replace(before, after), 3)


def test_an_entry_that_says_so_already_stays() -> None:
    config = "fields:\n  Widget.spec.size:   purpose=instruction  sensitive\n"
    assert written(config) == Written(config, 2)


def test_an_entry_of_another_group_is_not_touched() -> None:
    config = "fields:\n  other.io/Widget.spec.size: purpose=observation\n"
    assert written(config).text == f"{config}  {WIDGET}\n"


def test_a_name_that_yaml_would_take_for_something_else_is_quoted() -> None:
    name = "spec.a b: c"
    (resource,) = readers.read("widget.yaml", crd(spec={"a b: c": "Words."}).encode()).resources
    empty = read(Source("specstat.yaml", ""))

    result = into_config(resource, name, empty, "sensitive")

    assert result.text == 'fields:\n  "example.com/Widget.spec.a b: c": sensitive\n'


def test_words_that_others_share_are_not_changed_for_them() -> None:
    config = "fields:\n  A.b: &all sensitive\n  Widget.spec.size: *all\n"
    with pytest.raises(RefusedError, match="add the words by hand"):
        written(config, "purpose=instruction")


def test_what_the_file_itself_contradicts_is_refused_with_both_places() -> None:
    text = crd(spec={"size": "specstat: purpose=observation"})
    with pytest.raises(RefusedError) as caught:
        written("", "purpose=instruction", text=text)
    assert str(caught.value) == (
        "spec.size: two annotations disagree on purpose: observation (line 16) against "
        "instruction (specstat.yaml:2); change the one that is there already"
    )


def test_what_the_file_contradicts_elsewhere_is_no_hindrance() -> None:
    text = crd(spec={"size": "Words.", "mode": "specstat: purpose=observation"})
    config = "fields:\n  Widget.spec.mode: purpose=instruction\n"

    assert written(config, text=text).text == f"{config}  {WIDGET}\n"
