"""Random pairs of objects that fit a schema and are equal, or differ in little, in equal parts."""

from __future__ import annotations

import copy
from typing import Any

from hypothesis import strategies as st

# Of each value several spellings; values of one row are equal to Kubernetes.
SPELLINGS: dict[str, tuple[tuple[Any, ...], ...]] = {
    "date-time": (
        ("2026-03-01T10:00:00Z", "2026-03-01T11:00:00+01:00", "2026-03-01T10:00:00.000Z"),
        ("2026-03-01T10:00:00.000000001Z", "2026-03-01T10:00:00.0000000019Z"),
        ("0000-12-31T23:59:59Z", "0001-01-01T00:59:59+01:00"),
    ),
    "date": (("2026-03-01",), ("2026-03-02",)),
    "duration": (
        ("90m", "1h30m", "1.5h", "5400s", "1h 30m"),
        ("1d", "24h", "1 day", "1440 minutes"),
        ("-1s", "-1000ms"),
        ("1.5d", "5 days", "120h"),
    ),
    "byte": (("AQ==", "AR=="), ("Ag==",), ("AAAA",)),
    "uuid": (("1b4e28ba-2fa1-11d2-883f-0016d3cca427",), ("1B4E28BA-2FA1-11D2-883F-0016D3CCA427",)),
    "string": (("",), ("a",), ("A",), ("\u00e9",), ("e\u0301",), ("\U0001f600\n",)),
    "integer": ((0,), (9007199254740992,), (9007199254740993,), (-9223372036854775808,)),
    "number": ((0, -0.0), (1.5,), (9007199254740992, 9007199254740993), (1e21,), (1e-7,)),
    "boolean": ((True,), (False,)),
    "int-or-string": ((1,), ("1",), (80,)),
}
ANYTHING = st.recursive(
    st.sampled_from([None, True, 0, 1, 1.5, "", "1"]),
    lambda inner: st.one_of(
        st.lists(inner, max_size=2), st.dictionaries(st.sampled_from("xyz"), inner, max_size=2)
    ),
    max_leaves=4,
)


def kind_of(schema: dict[str, Any]) -> str:
    """Under which name the spellings of a scalar stand."""
    if schema.get("x-kubernetes-int-or-string"):
        return "int-or-string"
    return str(schema.get("format", schema.get("type", "")))


def values(draw: st.DrawFn, schema: dict[str, Any]) -> Any:  # noqa: ANN401 - any JSON
    """A value that fits a schema."""
    if schema.get("nullable") and draw(st.integers(0, 3)) == 0:
        return None
    if schema.get("type") == "object":
        return _object(draw, schema)
    if schema.get("type") == "array":
        return _list(draw, schema)
    rows = SPELLINGS.get(kind_of(schema))
    return draw(ANYTHING) if rows is None else draw(st.sampled_from(draw(st.sampled_from(rows))))


def _object(draw: st.DrawFn, schema: dict[str, Any]) -> dict[str, Any]:
    inner = schema.get("additionalProperties")
    if inner is not None:
        return {name: values(draw, inner) for name in draw(st.sets(st.sampled_from("ab.")))}
    required = schema.get("required", ())
    return {
        name: values(draw, field)
        for name, field in schema.get("properties", {}).items()
        if name in required or draw(st.booleans())
    }


def _list(draw: st.DrawFn, schema: dict[str, Any]) -> list[Any]:
    kind = schema.get("x-kubernetes-list-type")
    if kind == "set":
        rows = SPELLINGS[kind_of(schema["items"])]
        chosen = draw(st.lists(st.sampled_from(range(len(rows))), unique=True, max_size=3))
        return [draw(st.sampled_from(rows[at])) for at in chosen]
    found = [values(draw, schema["items"]) for _ in range(draw(st.integers(0, 3)))]
    if kind != "map":
        return found
    keys = schema["x-kubernetes-list-map-keys"]
    usual = {k: v.get("default") for k, v in schema["items"]["properties"].items()}
    named = {tuple(item.get(key, usual[key]) for key in keys): item for item in found}
    return list(named.values())


def altered(draw: st.DrawFn, value: Any, schema: dict[str, Any], *, differ: bool) -> Any:  # noqa: ANN401 - any JSON
    """A value spelt anew: in another order where order is free, and in few places another one."""
    if differ and draw(st.integers(0, 5)) == 0:
        return values(draw, schema)
    if isinstance(value, dict) and schema.get("type") == "object":
        return _altered_object(draw, value, schema, differ=differ)
    if isinstance(value, list) and schema.get("type") == "array":
        found = [altered(draw, item, schema["items"], differ=differ) for item in value]
        kind = schema.get("x-kubernetes-list-type")
        if kind == "set" and differ:
            found = copy.deepcopy(value)
        if kind == "map":
            for item, old in zip(found, value, strict=True):
                for key in schema["x-kubernetes-list-map-keys"]:
                    item[key] = old.get(key, schema["items"]["properties"][key].get("default"))
        if kind in {"set", "map"}:
            found = draw(st.permutations(found))
        gone = differ and found and draw(st.integers(0, 7)) == 0
        return found[1:] if gone else found
    rows = [row for row in SPELLINGS.get(kind_of(schema), ()) if _is_in(value, row)]
    return draw(st.sampled_from(rows[0])) if rows else value


def _altered_object(
    draw: st.DrawFn, value: dict[str, Any], schema: dict[str, Any], *, differ: bool
) -> dict[str, Any]:
    fields = schema.get("properties", {})
    inner = schema.get("additionalProperties")
    found = {}
    for name in draw(st.permutations(list(value))):
        below = fields.get(name, inner)
        optional = name not in schema.get("required", ())
        if differ and optional and draw(st.integers(0, 5)) == 0:
            continue
        if "default" in below and value[name] == below["default"] and draw(st.booleans()):
            continue
        found[name] = altered(draw, value[name], below, differ=differ)
    for name, below in fields.items():
        if name not in value and "default" in below and draw(st.booleans()):
            found[name] = copy.deepcopy(below["default"])
        elif name not in value and not below.get("nullable") and draw(st.integers(0, 7)) == 0:
            found[name] = None  # dropped, or replaced by the default
    return found


def _is_in(value: Any, row: tuple[Any, ...]) -> bool:  # noqa: ANN401 - any JSON
    return any(type(value) is type(other) and value == other for other in row)


@st.composite
def pairs(draw: st.DrawFn, schema: dict[str, Any]) -> tuple[Any, Any]:
    """Two values of a schema, the second made from the first."""
    old = values(draw, schema)
    return old, altered(draw, old, schema, differ=draw(st.booleans()))
