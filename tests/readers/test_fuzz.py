"""Whatever is done to a CRD, the reader answers with a reading."""

from __future__ import annotations

import copy
from typing import Any

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from specstat import readers
from specstat.model.reading import Reading
from specstat.model.source import Span
from tests.readers.support import read

SMALL = """\
# Written by hand.
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  annotations:
    specstat.dev/fields: '{"spec.size": "purpose=instruction", "status.seen": "changes=lifecycle"}'
  name: kettles.example.com
spec:
  group: example.com
  names: {kind: Kettle, plural: kettles}
  versions:
  - name: v1
    served: true
    additionalPrinterColumns:
    - {name: Size, jsonPath: .spec.size}
    schema:
      openAPIV3Schema:
        type: object
        required: [spec]
        properties:
          spec:
            properties:
              # specstat: set=creation
              size: &size {type: string, enum: [l, "ml"], default: l}  # specstat: changes=never
              parts:
                items:
                  properties:
                    name: *size
                    weight:
                      anyOf:
                      - type: integer
                      - type: string
                      x-kubernetes-int-or-string: true
                x-kubernetes-list-type: map
                x-kubernetes-list-map-keys: [name]
          status:
            properties:
              seen:
                description: |-
                  When it was seen last.
                  specstat: purpose=observation
                format: date-time
                type: string
    subresources: {status: {}, scale: {specReplicasPath: .spec.size}}
"""
PIECES = st.one_of(
    st.text(max_size=3),
    st.sampled_from(["\n", "\r\n", "\t", " ", "  ", "\ufeff", "\x00", "\x85", "\u2028", "\u00e9"]),
    st.sampled_from(
        [": ", "- ", "? ", "{", "}", "[", "]", ",", "'", '"', "|", ">", "&a ", "*size"]
    ),
    st.sampled_from(["# specstat: ", "!", "%", "@", "~", "=", "null", "---\n", "...", "<<: *a"]),
    st.sampled_from(["{{ x }}", "\n{{ x }}\n", "\n{{", "\\ud83d\\ude00", "\\", "\U0001f600"]),
)
PLACE = st.integers(0, len(SMALL))
MUTATION = st.tuples(PLACE, st.integers(0, 12), PIECES)
LOOSE = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=4), st.just("v1")),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2)
    ),
    max_leaves=4,
)


def sound(reading: Reading) -> bool:
    """Whether every place of a reading lies in its text."""
    spans: list[Span] = [p.span for p in reading.problems if p.span is not None]
    for resource in reading.resources:
        spans.append(resource.span)
        for field in (field for root in resource.fields for field in root.walk()):
            spans += [field.name_span, field.span, field.description_span]
            assert field.span.start == field.name_span.start <= field.name_span.end
            assert field.name_span.end <= field.span.end
    return all(0 <= span.start <= span.end <= len(reading.source.text) + 1 for span in spans)


def test_the_crd_that_is_mutated_is_sound() -> None:
    reading = read(SMALL)
    assert reading.problems == ()
    assert len(reading.resources[0].fields) == 2


@settings(deadline=None, max_examples=400)
@given(st.lists(MUTATION, min_size=1, max_size=4), st.none() | PLACE)
def test_no_damage_to_the_text_raises(
    mutations: list[tuple[int, int, str]], end: int | None
) -> None:
    text = SMALL[:end]
    for place, deleted, inserted in mutations:
        text = text[:place] + inserted + text[place + deleted :]
    data = text.encode("utf-8", "surrogatepass")

    assert sound(readers.read("crd.yaml", data))


@settings(deadline=None, max_examples=100)
@given(
    mutations=st.lists(st.tuples(PLACE, st.binary(max_size=3)), max_size=3), marked=st.booleans()
)
def test_no_damage_to_the_bytes_raises(mutations: list[tuple[int, bytes]], *, marked: bool) -> None:
    data = SMALL.encode()
    for place, inserted in mutations:
        data = data[:place] + inserted + data[place:]

    assert sound(readers.read("crd.yaml", b"\xef\xbb\xbf" * marked + data))


def every_place(node: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:  # noqa: ANN401 - whatever YAML holds
    """The paths of all nodes below one."""
    inner: list[tuple[Any, Any]] = []
    if isinstance(node, dict):
        inner = list(node.items())
    elif isinstance(node, list):
        inner = list(enumerate(node))
    found = [path] if path else []
    for step, value in inner:
        found += every_place(value, (*path, step))
    return found


DATA = yaml.safe_load(SMALL)
PLACES = every_place(DATA)


@settings(deadline=None, max_examples=400)
@given(
    changes=st.lists(st.tuples(st.sampled_from(PLACES), LOOSE), min_size=1, max_size=2),
    flow=st.booleans(),
)
def test_no_node_of_a_wrong_shape_raises(
    changes: list[tuple[tuple[Any, ...], object]], *, flow: bool
) -> None:
    data = copy.deepcopy(DATA)
    for path, value in changes:
        holder = data
        for step in path[:-1]:
            try:
                holder = holder[step]
            except (KeyError, IndexError, TypeError):
                break  # an earlier change took it away
        if isinstance(holder, dict) or (isinstance(holder, list) and isinstance(path[-1], int)):
            try:
                holder[path[-1]] = value
            except IndexError:
                continue
    assert sound(read(yaml.safe_dump(data, default_flow_style=flow, allow_unicode=True)))
