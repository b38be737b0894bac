from __future__ import annotations

import textwrap

import pytest

from specstat.model.resource import Facts, PrinterColumn, Scale
from tests.readers.support import (
    HEAD,
    crd,
    fields,
    only,
    read,
    read_fixture,
    schema_crd,
    told,
)

SCHEMA = "schema: {openAPIV3Schema: {properties: {spec: {properties: {size: {}}}}}}"


def version(name: str, *, served: str = "true", schema: str = SCHEMA) -> str:
    return f"  - {{name: {name}, served: {served}, {schema}}}\n"


def newest(*versions: str) -> list[str]:
    reading = read(HEAD + "".join(versions))
    assert reading.problems == ()
    return [r.version for r in reading.resources if r.facts.newest]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ("v1alpha1 v1beta1 v1beta2 v1", "v1"),
        ("v1alpha1 v1beta1 v1beta2", "v1beta2"),
        ("v1 v2alpha1 v2beta3", "v1"),
        ("v2 v10 v9", "v10"),
        ("v1beta2 v1beta10", "v1beta10"),
        ("v1beta3 v2beta1", "v2beta1"),
        ("v3alpha1 v1beta1", "v1beta1"),
        ("stable v1alpha1 v2.0 20240101", "v1alpha1"),
        ("v1gamma1 v1alpha1", "v1alpha1"),
        ("stable", "stable"),
    ],
)
def test_the_newest_version_is_that_of_kubectl(names: str, expected: str) -> None:
    versions = [version(name) for name in names.split()]
    assert newest(*versions) == [expected]
    assert newest(*reversed(versions)) == [expected]


def test_a_version_that_is_not_served_is_not_the_newest() -> None:
    assert newest(version("v2", served="false"), version("v1")) == ["v1"]


def test_where_none_is_served_the_newest_is_the_newest_all_the_same() -> None:
    assert newest(version("v1", served="false"), version("v2", served="false")) == ["v2"]


def test_a_version_with_more_digits_than_a_number_can_have_is_one_more_odd_name() -> None:
    assert newest(version("v" + "9" * 5_000), version("v1alpha1")) == ["v1alpha1"]


def test_every_version_is_a_resource_with_facts_of_its_own() -> None:
    reading = read_fixture("crds/v1beta1-versions.yaml")
    beta, alpha = reading.resources

    assert (beta.group, beta.kind, beta.version) == ("shapes.example.com", "Clock", "v1beta1")
    assert beta.facts == Facts(
        served=True,
        storage=True,
        newest=True,
        status_subresource=True,
        printer_columns=(
            PrinterColumn("Zone", "spec.timeZone"),
            PrinterColumn("Drift", "status.drift"),
        ),
    )
    assert "spec.timeZone" in fields(beta)
    assert alpha.version == "v1alpha1"
    assert alpha.facts == Facts(
        served=False,
        storage=False,
        newest=False,
        status_subresource=True,
        printer_columns=(PrinterColumn("Zone", "spec.zone"),),
    )
    assert list(fields(alpha))[-2:] == ["status", "status.drift"]


def test_v1beta1_may_keep_one_schema_beside_its_version() -> None:
    lamp = only(read_fixture("crds/v1beta1-shared.yaml"))

    assert (lamp.version, lamp.kind) == ("v1alpha1", "Lamp")
    assert lamp.facts.scale == Scale("spec.bulbs", "status.bulbs")
    assert lamp.facts.printer_columns == (
        PrinterColumn("Brightness", "spec.brightness"),
        PrinterColumn("Phase", "status.phase"),
    )
    assert lamp.facts.generator == "v0.2.5"
    assert lamp.facts.served
    assert lamp.facts.status_subresource
    assert fields(lamp)["status.phase"].enum == ("On", "Off", "Broken")


def test_v1beta1_may_share_schema_and_subresources_between_versions() -> None:
    shared = """\
  - {name: v1beta1, served: true}
  - {name: v1, served: true, subresources: {}}
  validation: {openAPIV3Schema: {properties: {spec: {properties: {size: {}}}}}}
  subresources: {status: {}}
"""
    text = HEAD.replace("/v1", "/v1beta1") + shared
    beta, stable = read(text).resources

    assert "spec.size" in fields(beta)
    assert "spec.size" in fields(stable)
    assert beta.facts.status_subresource
    assert not stable.facts.status_subresource


def test_v1_reads_nothing_that_stands_beside_its_versions() -> None:
    beside = "  subresources: {status: {}}\n  additionalPrinterColumns: [{name: A}]\n"
    facts = only(read(HEAD + version("v1") + beside)).facts

    assert not facts.status_subresource
    assert facts.printer_columns == ()


def test_v1beta1_without_any_schema_is_a_resource_without_fields() -> None:
    text = HEAD.replace("/v1", "/v1beta1") + "  - {name: v1beta1, served: true}\n"
    lamp = only(read(text))

    assert lamp.fields == ()
    assert lamp.facts.open


def test_deprecated_is_a_fact() -> None:
    assert only(read(HEAD + version("v1", schema="deprecated: true, " + SCHEMA))).facts.deprecated


def test_the_kind_is_taken_from_the_name_where_it_is_missing() -> None:
    text = crd().replace("    kind: Kettle\n", "    plural: kettles\n")
    assert only(read(text)).kind == "kettles.example.com"


def test_documents_that_are_no_crds_are_passed_over() -> None:
    assert only(read_fixture("crds/multi.yaml")).kind == "Table"


def test_a_list_has_all_its_items() -> None:
    reading = read_fixture("crds/list.yaml")

    assert reading.problems == ()
    assert [(r.kind, r.version, r.facts.newest) for r in reading.resources] == [
        ("Door", "v1", True),
        ("Window", "v1beta1", True),
    ]


@pytest.mark.parametrize("kind", ["List", "CustomResourceDefinitionList"])
def test_lists_may_hold_lists_and_other_things(kind: str) -> None:
    inner = textwrap.indent(crd(), "    ").removeprefix("    ")
    text = f"kind: List\nitems:\n- kind: ConfigMap\n- kind: {kind}\n  items:\n  - {inner}"
    assert only(read(text)).kind == "Kettle"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# nothing\n",
        "a: b\n",
        "- kind: CustomResourceDefinition\n",
        "kind: [CustomResourceDefinition]\n",
        "kind: List\nitems: CustomResourceDefinition\n",
        "kind: List\n",
        "just text\n",
    ],
)
def test_what_holds_no_crd_is_passed_over_and_says_so(text: str) -> None:
    reading = read(text)
    assert (reading.resources, reading.problems) == ((), ())
    assert reading.skipped == "no CRD in it"


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("apiextensions.k8s.io/v1", "v1", 1, "has apiVersion v1"),
        ("apiVersion: apiextensions.k8s.io/v1\n", "", 1, "has no apiVersion"),
        ("  versions:\n", "  version:\n", 6, "versions of the CRD are missing"),
        (
            "properties:\n          spec:",
            "properties:\n          spec: text\n          x:",
            16,
            "the schema of spec is a plain value",
        ),
        ("            properties:\n", "            properties: []\n            x:\n", 17, "a list"),
        ("size: {type: string}", "size: string", 18, "spec.size is a plain value, not a mapping"),
        ("size: {type: string}", "? [a]\n              : {}", 18, "no name"),
        ("size: {type: string}", "'': {type: string}", 18, "no name"),
    ],
)
def test_a_definition_of_a_wrong_shape_is_told_in_words_at_its_place(
    old: str, new: str, line: int, words: str
) -> None:
    text = crd()
    assert old in text
    reading = read(text.replace(old, new))

    assert told(reading) == [("SS001", line)]
    assert words in reading.problems[0].message
    assert reading.resources == ()


BROKEN = schema_crd("properties: none")


def test_a_broken_definition_hides_no_other_in_the_file() -> None:
    good = crd()
    text = "---\n".join([good, BROKEN, good.replace("Kettle", "Lid"), "spec: {}\n"])
    reading = read(text)

    assert [r.kind for r in reading.resources] == ["Kettle", "Lid"]
    assert told(reading) == [("SS001", good.count("\n") + 1 + 15)]


def test_a_broken_item_hides_no_other_in_the_list() -> None:
    items = ["- " + textwrap.indent(text, "  ").strip() + "\n" for text in (crd(), BROKEN, crd())]
    reading = read("kind: List\nitems:\n" + "".join(items))

    assert [r.kind for r in reading.resources] == ["Kettle", "Kettle"]
    assert [code for code, _ in told(reading)] == ["SS001"]


@pytest.mark.parametrize(
    "broken",
    [
        version("v2", schema="schema: none"),
        version("v2", schema="schema: {openAPIV3Schema: {properties: []}}"),
        "  - {name: v2, served: true}\n",
        "  - v2\n",
        "  - [v2]\n",
    ],
)
@pytest.mark.parametrize("first", [True, False])
def test_a_broken_version_hides_no_other(broken: str, *, first: bool) -> None:
    good = version("v1")
    text = HEAD + (broken + good if first else good + broken)
    reading = read(text)

    assert [r.version for r in reading.resources] == ["v1"]
    assert told(reading) == [("SS001", 10 if first else 11)]
