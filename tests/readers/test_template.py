from __future__ import annotations

import time

import pytest

from specstat.model.reading import UnreadableError
from specstat.readers import template
from tests.readers.support import crd, cut, fields, only, read, read_fixture, told


def test_lines_of_directives_are_read_as_if_they_were_blank() -> None:
    reading = read_fixture("hostile/helm-lines.yaml")
    found = fields(only(reading))

    assert set(found) >= {"spec.litres", "spec.colour", "status.temperature"}
    assert found["spec.litres"].required
    for field in found.values():
        assert cut(reading, field.name_span) == field.name
    assert reading.source.position(found["spec.colour"].name_span.start).line == 40


@pytest.mark.parametrize(
    "directive",
    [
        "{{- if .Values.a }}",
        "  {{- toYaml .Values.a | nindent 4 }}  ",
        "{{/* a comment\nof: two lines */}}",
        "{{- /* a comment\r\n: [ */ -}}",
        "{{ .Values.a }}{{ .Values.b }}",
        "\t{{ end }}",
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_directive_that_fills_its_lines_is_blanked(directive: str, line_end: str) -> None:
    body = "size: {type: string}\n# here\nmore: {type: string}\n"
    text = crd(body).replace("\n", line_end).replace(" " * 14 + "# here", directive)
    reading = read(f"{{{{- if .Values.crds }}}}{line_end}{text}{{{{- end }}}}")
    found = fields(only(reading))

    assert list(found) == ["spec", "spec.size", "spec.more"]
    assert cut(reading, found["spec.more"].span) == "more: {type: string}"


def test_what_stands_between_two_directives_is_kept() -> None:
    head = "metadata:\n  annotations:\n    {{ .Values.key }}: yes\n"
    text = "{{- if .Values.crds }}\n" + crd().replace("metadata:\n", head) + "{{- end }}\n"
    assert list(fields(only(read(text)))) == ["spec", "spec.size"]


def test_keys_repeated_between_branches_are_not_told() -> None:
    text = crd("{{- if .Values.a }}\nsize: {type: string}\n{{- else }}\nsize: {}\n{{- end }}\n")
    assert only(read(text)).kind == "Kettle"


def test_a_template_that_is_no_yaml_even_then_is_passed_over() -> None:
    reading = read_fixture("hostile/helm-broken.yaml")
    (problem,) = reading.problems
    assert problem.code == "SS007"
    assert problem.span is not None
    assert reading.resources == ()
    assert "template" in reading.skipped


def test_braces_in_a_description_make_no_template() -> None:
    text = crd("size:\n  description: |-\n    Such as\n    {{ .name }}\n    or so.\n")
    (field,) = only(read(text)).fields[0].children
    assert field.description == "Such as\n{{ .name }}\nor so."


def test_braces_and_pairs_of_escapes_in_json_are_read_together() -> None:
    text = crd(r'size: {"description": "{{ .name }} \ud83d\ude00"}')
    assert "{{ .name }}" in only(read(text)).fields[0].children[0].description


def test_a_plain_mistake_is_told_where_no_template_is() -> None:
    assert told(read(crd("size: 'x"))) == [("SS001", 18)]


@pytest.mark.parametrize(
    "line",
    ["{{\n", "{{ a }} x\n", "{{ a\n", "{{ a }}\n x: ]\n", "  \t {{\n\n", "{{}}{{\n"],
)
def test_blanking_takes_no_longer_than_reading(line: str) -> None:
    text = line * 10_000 + "]\n"
    start = time.process_time()
    with pytest.raises(UnreadableError):
        template.load(text)
    assert time.process_time() - start < 0.5
