"""The configuration laid over what files declare themselves."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from specstat import readers
from specstat.engine.check import Settings, check_file
from specstat.engine.config.loading import read
from specstat.engine.declare import Laid, lay_over
from specstat.model.directives import Declared
from specstat.model.resource import Field
from specstat.model.source import Source
from tests.cli.support import BROKEN, ORDER, REPORT, crd
from tests.readers import support
from tests.readers.protoapis import read_file, widget, write

NESTED = support.crd("a: {items: {properties: {b: {additionalProperties: {properties: {c: {}}}}}}}")


def lay(text: str, *lines: str) -> Laid:
    config = "fields:\n" + "".join(f"  {line}\n" for line in lines)
    reading = readers.read("widget.yaml", text.encode())
    return lay_over(reading, read(Source("specstat.yaml", config)))


def fields(laid: Laid) -> dict[str, Field]:
    (resource,) = laid.reading.resources
    return support.fields(resource)


def told(laid: Laid) -> list[str]:
    return [use.told for use in laid.uses if use.told]


def test_a_field_is_declared() -> None:
    laid = lay(crd(), "Widget.spec.size: purpose=instruction")

    assert fields(laid)["spec.size"].declared == Declared("instruction")
    assert not fields(laid)["spec"].declared
    assert laid.problems == ()
    assert told(laid) == []


def test_a_field_at_any_depth_is_declared_and_everything_else_stays() -> None:
    laid = lay(NESTED, "Kettle.spec.a[].b{}.c: sensitive")
    before = readers.read("widget.yaml", NESTED.encode()).resources[0]

    after = fields(laid)
    for path, field in support.fields(before).items():
        assert after[path].declared.sensitive == (path == "spec.a[].b{}.c")
        assert (after[path].span, after[path].type) == (field.span, field.type)


def test_what_file_and_configuration_declare_comes_together() -> None:
    text = crd(spec={"size": "Words.\nspecstat: purpose=instruction"})
    laid = lay(text, "Widget.spec.size: sensitive purpose=instruction")

    assert fields(laid)["spec.size"].declared == Declared("instruction", sensitive=True)
    assert laid.problems == ()


def test_a_contradiction_is_told_with_both_places_and_the_file_counts() -> None:
    text = support.crd("before: {}\n# specstat: changes=never\n# More.\nsize: {type: string}")
    laid = lay(text, "Kettle.spec.size: changes=lifecycle")

    (problem,) = laid.problems
    assert fields(laid)["spec.size"].declared == Declared(changes="never")
    assert problem.code == "SS006"
    assert problem.message == (
        "spec.size: two annotations disagree on changes: never (line 19) against lifecycle "
        "(specstat.yaml:2)"
    )
    assert problem.span is not None
    assert problem.source is not None
    assert problem.source.position(problem.span.start).line == 21


def test_two_entries_of_one_field_may_contradict_each_other_too() -> None:
    laid = lay(
        crd(), "Widget.spec.size: set=creation", "example.com/Widget.spec.size: set=reconcile"
    )

    (problem,) = laid.problems
    assert "creation (specstat.yaml:2) against reconcile (specstat.yaml:3)" in problem.message


def test_a_path_that_is_no_field_is_told_with_the_nearest() -> None:
    laid = lay(crd(), "Widget.spec.sizze: sensitive", "example.com/Widget.nope: sensitive")

    assert told(laid) == [
        "Widget.spec.sizze names no field of Widget; did you mean spec.size?",
        "example.com/Widget.nope names no field of Widget",
    ]


def test_a_long_configuration_that_fits_nothing_is_told_in_a_moment() -> None:
    text = crd(spec={f"size{number}": "Words." for number in range(500)})
    start = time.process_time()

    laid = lay(text, *(f"Widget.spec.sizes{number}: sensitive" for number in range(2_000)))

    assert time.process_time() - start < 5
    assert len(told(laid)) == 2_000
    assert sum("did you mean spec.size" in words for words in told(laid)) >= 10


def test_a_kind_that_was_not_read_is_nobodys_fault() -> None:
    assert lay(crd(), "Gadget.spec.x: sensitive", "other.io/Widget.spec.x: sensitive").uses == ()


def test_a_field_of_an_older_version_alone_is_a_field() -> None:
    old = "  - {name: v1alpha1, schema: {openAPIV3Schema: {properties: {old: {}}}}}\n"
    laid = lay(crd() + old, "Widget.old: sensitive", "Widget.spec.size: sensitive")

    assert told(laid) == []
    assert laid.reading.resources[1].fields[0].declared.sensitive


def test_where_a_part_could_not_be_read_no_entry_is_blamed() -> None:
    broken = "  - {name: v2, schema: none}\n"
    assert lay(crd() + broken, "Widget.spec.nope: sensitive").uses == ()


def test_what_is_declared_counts_as_if_the_file_said_it() -> None:
    config = read(Source("specstat.yaml", "fields:\n  Widget.status.grip: purpose=instruction\n"))
    text = crd(status={"grip": "Words."})

    ruled = check_file("a.yaml", text.encode(), Settings(), config).diagnostics
    own = check_file("a.yaml", crd(status={"grip": ORDER}).encode(), Settings()).diagnostics
    free = check_file("a.yaml", text.encode(), Settings()).diagnostics

    assert [(d.code, d.declared) for d in ruled] == [(d.code, d.declared) for d in own]
    assert [d.code for d in ruled] == ["SS101"]
    assert not free


def test_of_a_proto_what_is_wrong_in_the_files_around_it_is_left_to_them(tmp_path: Path) -> None:
    said = "\n// specstat: purpose=instruction\n"
    kite = "message Kite { KiteSpec spec = 1; KiteStatus status = 2; }"
    api = f'package p; import "spec.proto"; import "status.proto"; {kite}'
    spec = f"package p; message KiteSpec {{ {said} string size = 1; }}"
    status = f"package p; message KiteStatus {{ {said} string height = 1; }}"
    write(tmp_path, api=api, spec=spec, status=status)
    lines = ("Kite.spec.size: purpose=observation", "Kite.status.height: purpose=observation")
    config = read(Source("specstat.yaml", "fields:\n" + "".join(f"  {line}\n" for line in lines)))

    told = {
        name: [
            p.message.partition(":")[0]
            for p in lay_over(read_file(tmp_path / name), config).problems
        ]
        for name in ("api.proto", "spec.proto", "status.proto")
    }

    assert told == {
        "api.proto": ["spec.size", "status.height"],
        "spec.proto": ["spec.size"],
        "status.proto": ["status.height"],
    }


@pytest.mark.parametrize(
    ("path", "text", "line"),
    [
        ("a.yaml", support.schema_crd("properties:\n  # @\n  spec: {properties: {a: {}}}"), 17),
        ("a.proto", widget().replace("  Spec spec", "  // @\n  Spec spec"), 7),
    ],
)
def test_a_purpose_of_a_whole_section_is_told_for_it_says_nothing(
    path: str, text: str, line: int
) -> None:
    told = {
        words: check_file(path, text.replace("@", f"specstat: {words}").encode(), Settings())
        for words in ("purpose=instruction", "changes=never")
    }

    (problem,) = told["purpose=instruction"].diagnostics
    assert (problem.code, problem.location.line) == ("SS005", line)
    assert problem.message.startswith("purpose= on spec as a whole says nothing")
    assert told["changes=never"].diagnostics == ()


def test_so_is_one_in_the_configuration() -> None:
    config = read(Source("specstat.yaml", "fields:\n  Widget.status: purpose=observation\n"))
    told = check_file("a.yaml", crd(status={"a": "Words."}).encode(), Settings(), config)

    assert [d.code for d in told.diagnostics] == ["SS005"]


def test_without_entries_a_reading_stays_the_very_same() -> None:
    reading = readers.read("widget.yaml", crd(spec={"size": REPORT}).encode())
    empty = read(Source("specstat.yaml", "fields: {}\n"))

    assert lay_over(reading, empty).reading is reading
    assert lay(BROKEN, "Widget.spec.size: sensitive").uses == ()
