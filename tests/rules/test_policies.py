"""The schema that rules make of a resource has the paths that the CRD itself has."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from specstat import readers
from specstat.immutability.language import definitions
from specstat.immutability.paths import Each, Step, text_of
from specstat.immutability.paths import Path as Steps
from specstat.immutability.schema import Schema, of_crd
from specstat.immutability.terms import Terms
from specstat.rules.schemas import schema_of

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT.parent / "shared" / "corpus" / "crds"
FILES = sorted((ROOT / "fixtures" / "immutability").glob("*-crd.yaml"))
REAL = sorted(CORPUS.glob("*/*.yaml"))[::25]


def paths_of(schema: Schema, path: Steps = ()) -> Iterator[Steps]:
    yield path
    named: list[tuple[Step, Schema]] = [*schema.properties.items()]
    if schema.items is not None and schema.type == "array":
        named.append((Each.ITEM, schema.items))
    if schema.values is not None:
        named.append((Each.VALUE, schema.values))
    for step, inner in named:
        if path[:1] != ("metadata",):
            yield from paths_of(inner, (*path, step))


def check(path: Path) -> None:
    reading = readers.read(str(path), path.read_bytes())
    for resource in reading.resources:
        crd = definitions.read(str(path), Terms("", resource.group, resource.kind))
        _, known = of_crd(crd, resource.version)
        made = schema_of(resource)
        lost = [text_of(p) for p in paths_of(known) if made.at(p) is None]
        added = [text_of(p) for p in paths_of(made) if known.at(p) is None]
        assert (lost, added) == ([], [])
        wrong = {
            text_of(p): (made.at(p), known.at(p))
            for p in paths_of(known)
            if (here := made.at(p)) and (there := known.at(p)) and here.type != there.type
        }
        assert wrong == {}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_schema_of_a_resource_has_the_paths_of_its_crd(path: Path) -> None:
    check(path)


def test_so_it_is_for_real_kinds() -> None:
    if not REAL:
        pytest.skip(f"no corpus of real schemas in {CORPUS}")
    for path in REAL:
        check(path)


def test_fields_of_a_proto_go_by_their_names_in_json_too() -> None:
    text = (
        'syntax = "proto3";\n'
        "message A { ASpec spec = 1; AStatus status = 2; }\n"
        "message ASpec { string run_id = 1; string api_URLs = 2; string a_2b = 3; }\n"
        "message AStatus { string phase = 1; }\n"
    )
    (resource,) = readers.read("a.proto", text.encode()).resources

    names = {"run_id", "runId", "api_URLs", "apiURLs", "a_2b", "a2b"}
    assert set(schema_of(resource).properties["spec"].properties) == names
