from __future__ import annotations

import pytest

from specstat.immutability.generate.escape import (
    escape,
    is_identifier,
    looks_escaped,
    quote,
    unescape,
)
from specstat.immutability.schema import of_openapi
from tests.conformance.kubernetes import Kubernetes

ESCAPED = {
    "plain": "plain",
    "namespace": "__namespace__",
    "loop": "__loop__",
    "in": "__in__",
    "dotted.name": "dotted__dot__name",
    "dash-ed": "dash__dash__ed",
    "a/b": "a__slash__b",
    "two__scores": "two__underscores__scores",
    "___": "__underscores___",
    "-a": "__dash__a",
    "namespaces": "namespaces",
    "int": "int",
    "self": "self",
}
UNREACHABLE = ("$ref", "1st", "", "with space", "\u00fcber", "a\n", "a:b")


@pytest.mark.parametrize(("name", "escaped"), ESCAPED.items())
def test_names_are_escaped_as_kubernetes_does(name: str, escaped: str) -> None:
    assert escape(name) == escaped
    assert unescape(escaped) == name


def test_what_only_looks_like_a_reserved_name_stays_as_it_is() -> None:
    assert unescape("__wood__") == "__wood__"
    assert unescape("__") == "__"


@pytest.mark.parametrize("name", ESCAPED)
def test_kubernetes_reads_escaped_names(kubernetes: Kubernetes, name: str) -> None:
    schema = {"type": "object", "properties": {name: {"type": "string"}}}
    rule = f"has(self.{escape(name)}) && self.{escape(name)} == 'x'"
    found = kubernetes.evaluate(schema, rule, {name: "x"})
    assert not found.compile_error
    assert found.holds


@pytest.mark.parametrize("name", UNREACHABLE)
def test_names_that_rules_cannot_reach_have_no_escape(name: str) -> None:
    assert escape(name) is None
    assert of_openapi({"properties": {name: {}}}).properties


def test_identifiers_are_no_reserved_names() -> None:
    assert is_identifier("plain_1")
    assert not is_identifier("loop")
    assert not is_identifier("dash-ed")


def test_names_that_look_escaped_are_known() -> None:
    assert looks_escaped("a__b__c")
    assert not looks_escaped("a__b")


@pytest.mark.parametrize(
    "text", ["it's", "back\\slash", "line\nbreak", "tab\t", 'dou"ble', "\u00fc"]
)
def test_quoted_texts_are_read_as_they_were(kubernetes: Kubernetes, text: str) -> None:
    found = kubernetes.evaluate({"type": "string"}, f"self == {quote(text)}", text)
    assert not found.compile_error
    assert found.holds
