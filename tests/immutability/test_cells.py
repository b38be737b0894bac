from __future__ import annotations

from time import process_time

from specstat.immutability import paths
from specstat.immutability.cells import cells_of, unknown_paths
from specstat.immutability.schema import UNKNOWN_KIND, Schema, of_openapi
from specstat.immutability.terms import Named, Terms, Word
from specstat.model.source import Span

SCHEMA = of_openapi(
    {
        "type": "object",
        "properties": {
            "spec": {
                "type": "object",
                "properties": {
                    "image": {"type": "string"},
                    "size": {"type": "integer"},
                    "env": {"type": "object", "additionalProperties": {"type": "string"}},
                    "steps": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "properties": {
                                "name": {"type": "string"},
                                "timeout": {"type": "integer"},
                            },
                        },
                    },
                },
            },
        },
    }
)


def terms(
    immutable: dict[str, Word] | None = None,
    mutable: tuple[str, ...] = (),
    *,
    default_fixed: bool = False,
) -> Terms:
    here = Span(0, 0)
    return Terms(
        "p",
        "",
        "Run",
        fixed=tuple(Named(paths.parse(p), w, here) for p, w in (immutable or {}).items()),
        open=tuple(Named(paths.parse(p), None, here) for p in mutable),
        default_fixed=default_fixed,
    )


def shown(policy: Terms, schema: Schema = SCHEMA) -> list[str]:
    return [
        f"{paths.text_of(c.path)} {c.word.value}"
        + (f" but {','.join(sorted(c.but))}" * bool(c.but))
        for c in cells_of(policy, schema)
    ]


def test_a_fixed_path_is_one_cell() -> None:
    assert shown(terms({"spec.image": Word.UNTIL_ACCEPTED})) == ["spec.image until-accepted"]


def test_everything_fixed_is_one_cell() -> None:
    assert shown(terms(default_fixed=True)) == ["spec until-accepted"]


def test_an_exception_cuts_what_is_around_it_into_cells() -> None:
    assert shown(terms(default_fixed=True, mutable=("spec.size",))) == [
        "spec.image until-accepted",
        "spec.env until-accepted",
        "spec.steps until-accepted",
    ]


def test_an_exception_in_the_items_of_a_list_leaves_the_other_fields_of_all_items() -> None:
    policy = terms({"spec.steps": Word.NEVER}, ("spec.steps[].timeout",))
    assert shown(policy) == ["spec.steps[].name never"]


def test_the_longer_path_wins_below_an_exception_too() -> None:
    policy = terms({"spec.steps[].name": Word.SET_ONCE}, ("spec.steps",), default_fixed=True)
    assert shown(policy) == [
        "spec.image until-accepted",
        "spec.size until-accepted",
        "spec.env until-accepted",
        "spec.steps[].name set-once",
    ]


def test_a_key_of_a_map_that_may_change_leaves_the_map_without_it() -> None:
    policy = terms({"spec.env": Word.NEVER}, ("spec.env.DEBUG",))
    assert shown(policy) == ["spec.env never but DEBUG"]


def test_without_a_schema_what_is_fixed_is_all_but_the_exceptions() -> None:
    policy = terms(default_fixed=True, mutable=("spec.a.b",))
    assert shown(policy, UNKNOWN_KIND) == [
        "spec.a until-accepted but b",
        "spec until-accepted but a",
    ]


def test_paths_that_the_schema_does_not_know_are_told() -> None:
    policy = terms(
        {"spec.imgae": Word.NEVER, "spec.env.any": Word.NEVER, "spec.steps.name": Word.NEVER}
    )
    assert [paths.text_of(p) for p in unknown_paths(policy, SCHEMA)] == [
        "spec.imgae",
        "spec.steps.name",
    ]


def test_thousands_of_paths_are_no_trouble() -> None:
    policy = terms({f"spec.a{n}": Word.NEVER for n in range(5_000)})

    began = process_time()
    assert len(cells_of(policy, UNKNOWN_KIND)) == 5_000
    assert process_time() - began < 1
