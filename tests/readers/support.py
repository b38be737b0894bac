"""CRDs made for a test, and short ways to ask for what was read."""

from __future__ import annotations

import textwrap
from pathlib import Path

import yaml

from specstat import readers
from specstat.model.reading import Reading
from specstat.model.resource import Field, Resource
from specstat.model.source import Span

ROOT = Path(__file__).resolve().parents[2]
FIXTURES = ROOT / "fixtures"

HEAD = """\
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: kettles.example.com
spec:
  group: example.com
  names:
    kind: Kettle
  versions:
"""
VERSION = """\
  - name: v1
    served: true
    storage: true
    schema:
      openAPIV3Schema:
        properties:
          spec:
            properties:
"""


class Strings(yaml.CSafeLoader):
    """A loader to which every scalar is a string."""


Strings.yaml_implicit_resolvers = {}


def crd(fields: str = "size: {type: string}", *, head: str = HEAD) -> str:
    """A CRD with one version whose spec has these fields."""
    return head + VERSION + textwrap.indent(textwrap.dedent(fields), " " * 14) + "\n"


def schema_crd(schema: str) -> str:
    """A CRD with one version whose openAPIV3Schema is this, from the next line on."""
    version = VERSION.partition("        properties:")[0]
    return HEAD + version + textwrap.indent(textwrap.dedent(schema), " " * 8) + "\n"


def large_crd(megabytes: int) -> str:
    """A CRD of about so many megabytes, in shape like those that controller-gen writes."""
    prose = "\n".join(
        ["  description: |-", *["    Some words on what this is for, as usual." * 2] * 4]
    )
    leaf = prose + "\n  maxLength: 253\n  minLength: 1\n  type: string\n"
    group = "g{0}:\n  type: object\n  properties:\n" + "".join(
        textwrap.indent(f"f{number}:\n{leaf}", " " * 4) for number in range(100)
    )
    group = textwrap.indent(group, " " * 14)
    count = megabytes * 1_000_000 // len(group)
    return crd("") + "".join(group.replace("{0}", str(number), 1) for number in range(count))


def read(text: str, path: str = "crd.yaml") -> Reading:
    """What the reader makes of a text."""
    return readers.read(path, text.encode())


def read_fixture(name: str) -> Reading:
    """What the reader makes of a file below fixtures/."""
    path = FIXTURES / name
    return readers.read(str(path), path.read_bytes())


def only(reading: Reading) -> Resource:
    """The one resource of a reading without problems."""
    assert (reading.problems, reading.skipped) == ((), "")
    (resource,) = reading.resources
    return resource


def fields(resource: Resource) -> dict[str, Field]:
    """All fields of a resource by their paths, in the order of the source."""
    return {field.path: field for root in resource.fields for field in root.walk()}


def spec_field(text: str, name: str = "size") -> Field:
    """A field of spec in a CRD that is read without problems."""
    return fields(only(read(text)))[f"spec.{name}"]


def told(reading: Reading) -> list[tuple[str, int]]:
    """Code and line of each problem."""
    return [
        (problem.code, reading.source.position(problem.span.start).line if problem.span else 0)
        for problem in reading.problems
    ]


def cut(reading: Reading, span: Span) -> str:
    """The text under a span."""
    return reading.source.text[span.start : span.end]
