"""The same text, compiled, gives the same resources."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from specstat import readers
from specstat.model.resource import NOWHERE, Field, Resource
from tests.buf import buf
from tests.readers.protoc import compiled_set
from tests.readers.support import ROOT

CORPUS = ROOT.parent / "shared" / "corpus" / "protos"
API = """\
syntax = "proto3";
package acme.jobs.v1;

import "acme/jobs/v1/spec.proto";
import "google/protobuf/timestamp.proto";

// A job to run.
message Job {
  string api_version = 1;
  JobSpec spec = 2;
  JobStatus status = 3;
}

message JobStatus {
  // Where the job stands.
  Phase phase = 1;
  // When it was started.
  google.protobuf.Timestamp started_at = 2;
  map<string, Step> steps = 3; // By name.
  repeated Step history = 4 [deprecated = true];

  enum Phase {
    PHASE_UNSPECIFIED = 0;
    PHASE_PENDING = 1;
    PHASE_DONE = 2;
  }
}

message Step {
  string name = 1;
  Step parent = 2;
  oneof outcome {
    string error = 3;
    bytes output = 4;
  }
}

// Nothing contains it.
message LonelySpec {
  int32 size = 1;
}
"""
SPEC = """\
syntax = "proto3";
package acme.jobs.v1;

message JobSpec {
  // The image to run.
  //
  // specstat: purpose=instruction changes=never
  optional string image = 1;
  int64 timeout_seconds = 2;
}
"""
BROKEN = SPEC.replace("changes=never", "changes=nevr")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "protos"
    write(root, SPEC)
    return root


def write(root: Path, spec: str) -> None:
    folder = root / "acme" / "jobs" / "v1"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "api.proto").write_text(API, encoding="utf-8")
    (folder / "spec.proto").write_text(spec, encoding="utf-8")


def bare(field: Field) -> Field:
    """A field without what hangs on where its text is."""
    children = tuple(map(bare, field.children))
    return replace(
        field,
        name_span=NOWHERE,
        span=NOWHERE,
        description_span=NOWHERE,
        source=None,
        children=children,
    )


def facts(resource: Resource) -> tuple[object, ...]:
    return (
        resource.group,
        resource.version,
        resource.kind,
        resource.facts,
        tuple(map(bare, resource.fields)),
    )


def places(resource: Resource) -> dict[str, tuple[str, int, int]]:
    """File, line and column of each field."""
    found = {}
    for field in (f for root in resource.fields for f in root.walk() if f.source):
        source = resource.source_of(field)
        inside = source.path.rpartition("!")[2].partition("protos/")[2] or source.path
        found[field.path] = (inside.rpartition("!")[2], *source.position(field.name_span.start))
    return found


def from_text(root: Path) -> list[Resource]:
    paths = sorted(path.as_posix() for path in root.rglob("*.proto"))
    neighbours = readers.Neighbours(frozenset(paths))
    readings = [readers.read(path, Path(path).read_bytes(), neighbours) for path in paths]
    return [r for reading in readings for r in (*reading.resources, *reading.around)]


def by_kind(resources: list[Resource]) -> dict[tuple[str, str, str], tuple[object, ...]]:
    return {(r.group, r.version, r.kind): facts(r) for r in resources}


def test_a_compiled_text_gives_the_resources_of_the_text(root: Path, tmp_path: Path) -> None:
    path = compiled_set(root, tmp_path)

    reading = readers.read(path.as_posix(), path.read_bytes())

    assert reading.problems == ()
    assert by_kind(list(reading.resources)) == by_kind(from_text(root))
    assert {r.kind for r in reading.resources} == {"Job", "Lonely"}


def test_two_kinds_of_one_name_are_both_resources(tmp_path: Path) -> None:
    halves = "message Spec {} message Status {} Spec spec = 1; Status status = 2;"
    nested = "".join(f"message {n} {{ message Job {{ {halves} }} }}\n" for n in ("One", "Two"))
    (tmp_path / "protos").mkdir()
    (tmp_path / "protos" / "api.proto").write_text(f'syntax = "proto3";\n{nested}', "utf-8")
    path = compiled_set(tmp_path / "protos", tmp_path)

    lines = [
        r.source.position(r.span.start).line
        for r in readers.read(path.as_posix(), path.read_bytes()).resources
    ]

    assert lines == [2, 3]
    assert len(from_text(tmp_path / "protos")) == 2


def test_its_places_are_those_of_the_text(root: Path, tmp_path: Path) -> None:
    path = compiled_set(root, tmp_path)
    told = {r.kind: places(r) for r in readers.read(path.as_posix(), path.read_bytes()).resources}

    assert told["Job"]["spec.image"] == ("acme/jobs/v1/spec.proto", 8, 19)
    assert told["Job"]["status.phase"] == ("acme/jobs/v1/api.proto", 16, 9)
    for resource in from_text(root):
        for field, (_, line, column) in places(resource).items():
            assert told[resource.kind][field][1:] == (line, column)


def test_without_source_info_there_are_names_and_no_places(root: Path, tmp_path: Path) -> None:
    path = compiled_set(root, tmp_path, source_info=False)

    (job, _) = readers.read(path.as_posix(), path.read_bytes()).resources

    tops = [f for root_field in job.fields for f in root_field.children]
    assert [f.path for f in tops][:2] == ["spec.image", "spec.timeout_seconds"]
    assert {(f.name_span, f.description) for f in tops} == {(NOWHERE, "")}


def test_an_image_of_buf_gives_them_too(root: Path, tmp_path: Path) -> None:
    (root / "buf.yaml").write_text("version: v2\n", encoding="utf-8")
    done = buf(tmp_path, "build", "protos", "-o", "image.binpb")
    assert done.returncode == 0, done.stderr
    path = tmp_path / "image.binpb"

    reading = readers.read(path.as_posix(), path.read_bytes())

    assert by_kind(list(reading.resources)) == by_kind(from_text(root))


def test_a_misspelt_annotation_is_told_at_its_place_within_the_set(
    root: Path, tmp_path: Path
) -> None:
    write(root, BROKEN)
    path = compiled_set(root, tmp_path)

    (problem,) = readers.read(path.as_posix(), path.read_bytes()).problems

    assert (problem.code, "did you mean never?" in problem.message) == ("SS004", True)
    assert problem.source is not None
    assert problem.source.path == f"{path.as_posix()}!acme/jobs/v1/spec.proto"
    assert problem.span is not None
    assert problem.source.position(problem.span.start).line == 7


def test_a_real_api_compiled_gives_the_resources_of_its_texts(tmp_path: Path) -> None:
    root = CORPUS / "stigmer" / "apis"
    if not root.is_dir():
        pytest.skip(f"no corpus of real .proto files in {CORPUS}")
    path = compiled_set(root, tmp_path, CORPUS / "protovalidate")

    reading = readers.read(path.as_posix(), path.read_bytes())

    assert reading.problems == ()
    assert by_kind(list(reading.resources)) == by_kind(from_text(root))
