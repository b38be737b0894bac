"""CEL expressions in packs: checked when they are read, bounded when they run."""

from __future__ import annotations

import builtins
import time
from collections.abc import Iterator

import pytest

from specstat.model.source import Source
from specstat.rules.patterns import cel
from specstat.rules.patterns.reading import PackError, read
from tests.rules.patterns.support import HEAD, field, paths, resource, rule, told

URL = field("apiURL", type="string", enum=("On", "Off"), description="Where it is.", required=True)
SIZE = field("size", "status.size", type="integer")


@pytest.fixture
def _evaluator() -> None:
    pytest.importorskip("cel_expr_python", reason="the extra [cel] is not installed")


def written(expression: str) -> str:
    return HEAD + f"  when: {expression}\n"


def refused(text: str) -> str:
    with pytest.raises(PackError) as caught:
        read(Source("rules.yaml", text), trusted=True)
    return str(caught.value)


@pytest.mark.usefixtures("_evaluator")
@pytest.mark.parametrize(
    "expression",
    [
        "field.name.endsWith('URL')",
        "field.section == 'spec' && field.depth == 1",
        "field.enum.exists(value, value == 'On')",
        "size(field.enum) == 2 && field.required && !field.has_default",
        "field.name in resource.spec && !(field.name in resource.status)",
        "field.description.matches('^Where')",
        "resource.kind == 'Widget' && field.type == 'string'",
    ],
)
def test_an_expression_finds_the_fields_for_which_it_is_true(expression: str) -> None:
    assert paths(rule(f"when: {expression}", trusted=True), URL, SIZE) == ["spec.apiURL"]


@pytest.mark.usefixtures("_evaluator")
def test_match_and_expression_must_both_hold() -> None:
    both = rule("match: {section: status}\nwhen: field.name != 'apiURL'", trusted=True)

    assert paths(both, URL, SIZE) == ["status.size"]
    assert not paths(both, URL, field("apiURL", "status.apiURL"))


@pytest.mark.usefixtures("_evaluator")
def test_an_expression_about_a_resource_has_no_field() -> None:
    of_resource = rule("scope: resource\nwhen: size(resource.status) == 0", trusted=True)

    assert told(of_resource, resource(URL))
    assert not told(of_resource, resource(URL, SIZE))
    assert "undeclared reference to 'field.name'" in refused(
        HEAD + "  scope: resource\n  when: field.name == 'a'\n"
    )


@pytest.mark.usefixtures("_evaluator")
@pytest.mark.parametrize(
    ("expression", "wanted"),
    [
        ("isURL(field.name)", "5:14: when: undeclared reference to 'isURL'"),
        ("field.nmae == ''", "5:14: when: field has no nmae; did you mean name?"),
        ("resource.kidn == ''", "5:17: when: resource has no kidn; did you mean kind?"),
        ("field.name > 1", "5:20: when: found no matching overload for '_>_'"),
        ("field.name", "5:9: when: the expression gives string; it must be true or false"),
        ("field.name ==", "5:22: when: Syntax error"),
        ('"field.nmae == 1"', "5:15: when: field has no nmae"),
        ("|\n    field.required &&\n    field.nmae == ''", "7:10: when: field has no nmae"),
        ("field.name + 'a' == ''", "5:20: when: found no matching overload for '_+_'"),
        ("dyn(field.name) == ''", "5:12: when: undeclared reference to 'dyn'"),
        (
            "'" + "a" * 1_001 + "'",
            "5:9: when: an expression of 1,001 characters; it may have 1,000",
        ),
    ],
)
def test_what_is_wrong_with_an_expression_is_told_with_its_place(
    expression: str, wanted: str
) -> None:
    assert refused(written(expression)).startswith(f"rules.yaml:{wanted}")


@pytest.mark.usefixtures("_evaluator")
@pytest.mark.parametrize(
    "expression", ["field.enum[7] == 'a'", "1 / field.depth > 0 && 1 / (field.depth - 1) > 0"]
)
def test_an_expression_that_fails_on_a_field_raises_for_the_engine_to_tell(expression: str) -> None:
    with pytest.raises(cel.CelError):
        told(rule(f"when: {expression}", trusted=True), resource(URL))


@pytest.mark.usefixtures("_evaluator")
def test_loops_within_loops_are_stopped() -> None:
    loops = "".join(f"field.enum.all(a{n}, " for n in range(9))
    many = field("mode", enum=tuple(map(str, range(100))))
    start = time.process_time()

    with pytest.raises(cel.CelError, match="Iteration budget exceeded"):
        told(rule(f"when: {loops}true{')' * 9}", trusted=True), resource(many))

    assert time.process_time() - start < 1


@pytest.mark.usefixtures("_evaluator")
def test_an_expression_that_has_taken_too_long_in_all_is_stopped(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    slow = rule("when: field.name == 'a'", trusted=True)
    monkeypatch.setattr(cel, "BUDGET", 0.0)

    with pytest.raises(cel.CelError, match="took more than 0 s in all; write a simpler one"):
        told(slow, resource(URL, SIZE))


@pytest.mark.usefixtures("_evaluator")
def test_texts_and_lists_are_cut_before_they_are_handed_over() -> None:
    huge = field("a", description="b" * 10_000, enum=tuple(map(str, range(1_000))))

    cut = rule("when: size(field.description) == 2000 && size(field.enum) == 100", trusted=True)

    assert paths(cut, huge) == ["spec.a"]


@pytest.mark.usefixtures("_evaluator")
def test_a_lone_surrogate_is_no_reason_to_fail() -> None:
    assert paths(
        rule("when: size(field.description) > 0", trusted=True), field("a", description="\ud800")
    )


@pytest.fixture
def _without_the_extra(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A Python that has no evaluator."""
    imported = builtins.__import__

    def without(name: str, *rest: object) -> object:
        if name.startswith("cel_expr_python"):
            raise ImportError(name)
        return imported(name, *rest)  # type: ignore[arg-type]  # passed on as it came

    cel._kit.cache_clear()  # noqa: SLF001 - it would remember the evaluator
    monkeypatch.setattr(builtins, "__import__", without)
    yield
    cel._kit.cache_clear()  # noqa: SLF001 - as above


@pytest.mark.usefixtures("_without_the_extra")
def test_without_the_extra_the_error_says_what_to_install() -> None:
    assert refused(written("field.required")) == (
        "rules.yaml:5:9: when: CEL expressions want the extra [cel]: pip install 'specstat[cel]'"
    )
