"""`when:` of a pack: a CEL expression over `field` and `resource`, by the extra [cel].

Google's own C++ evaluator runs it. It reads nothing but what it is given, and what it may cost is
bounded: the length of an expression, of texts and of lists, the steps of loops (by the evaluator)
and the time of all its evaluations. Nothing can be put together from texts, so none can grow.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any, NamedTuple

from specstat.model.resource import Field, Resource, Section
from specstat.rules import surroundings
from specstat.rules.patterns.nodes import nearest

LONGEST = 1_000
MISSING = "CEL expressions want the extra [cel]: pip install 'specstat[cel]'"
# All evaluations of one expression in a run, in seconds; one takes a few microseconds.
BUDGET = 10.0
_LONGEST_TEXT = 2_000
_MOST_ITEMS = 100
_PACKAGE = "specstat.pack"
_UNKNOWN = re.compile(r"undefined field '(?P<name>\w+)' .* struct '(?P<struct>\w+)'")
_PLACE = re.compile(r"<input>:(-?\d+):(-?\d+): (.*)")
# Texts must not grow; `dyn` would hide the type of what is added.
_ENVIRONMENT = """
name: specstat
stdlib:
  exclude_functions:
  - name: _+_
    overloads: [{id: add_string}, {id: add_bytes}]
  - name: dyn
"""
_TEXT, _FLAG, _NUMBER, _TEXTS = "text", "flag", "number", "texts"
# What `field` and `resource` hold in an expression; docs/packs.md lists the same.
FIELD: dict[str, tuple[str, Callable[[Field], Any]]] = {
    "name": (_TEXT, lambda f: f.name),
    "path": (_TEXT, lambda f: f.path),
    "section": (_TEXT, lambda f: f.section.value),
    "type": (_TEXT, lambda f: f.type),
    "format": (_TEXT, lambda f: f.format),
    "description": (_TEXT, lambda f: f.description),
    "depth": (_NUMBER, lambda f: f.depth),
    "required": (_FLAG, lambda f: f.required),
    "has_default": (_FLAG, lambda f: f.has_default),
    "enum": (_TEXTS, lambda f: f.enum),
    "constraints": (_TEXTS, lambda f: [f"{key}={value}" for key, value in f.constraints]),
    "declarations": (_TEXTS, lambda f: f.declarations),
    "children": (_TEXTS, lambda f: [child.name for child in f.children]),
    "purpose": (_TEXT, lambda f: f.declared.purpose),
    "changes": (_TEXT, lambda f: f.declared.changes),
    "sensitive": (_FLAG, lambda f: f.declared.sensitive),
}
RESOURCE: dict[str, tuple[str, Callable[[Resource], Any]]] = {
    "group": (_TEXT, lambda r: r.group),
    "version": (_TEXT, lambda r: r.version),
    "kind": (_TEXT, lambda r: r.kind),
    "generator": (_TEXT, lambda r: r.facts.generator),
    "status_subresource": (_FLAG, lambda r: r.facts.status_subresource),
    "scale": (_FLAG, lambda r: r.facts.scale is not None),
    "served": (_FLAG, lambda r: r.facts.served),
    "storage": (_FLAG, lambda r: r.facts.storage),
    "deprecated": (_FLAG, lambda r: r.facts.deprecated),
    "partial": (_FLAG, lambda r: r.facts.partial),
    "flat": (_FLAG, lambda r: r.facts.flat),
    "mirror": (_FLAG, surroundings.is_mirror),
    "spec": (_TEXTS, lambda r: [f.name for f in r.top(Section.SPEC)]),
    "status": (_TEXTS, lambda r: [f.name for f in r.top(Section.STATUS)]),
}


class CelError(ValueError):
    """An expression that cannot be used, or failed; `line` and `column` from 1, 0 for no place."""

    def __init__(self, message: str, line: int = 0, column: int = 0) -> None:
        super().__init__(message)
        self.line = line
        self.column = column


class _Kit(NamedTuple):
    """The environments of both scopes, and the messages that hold a field and a resource."""

    of_field: Any
    of_resource: Any
    field: Any
    resource: Any


class Expression:
    """A compiled expression; true or false for a field and its resource."""

    __slots__ = ("_compiled", "_kit", "_of_field", "_spent", "text")

    def __init__(self, text: str, *, of_field: bool) -> None:
        if len(text) > LONGEST:
            message = f"an expression of {len(text):,} characters; it may have {LONGEST:,}"
            raise CelError(message)
        self.text = text
        self._kit = _kit()
        self._of_field = of_field
        self._spent = 0.0
        environment = self._kit.of_field if of_field else self._kit.of_resource
        try:
            self._compiled = environment.compile(text)
        except RuntimeError as error:
            raise _told(str(error)) from None
        found = self._compiled.return_type().name()
        if found != "BOOL":
            message = f"the expression gives {found.lower()}; it must be true or false"
            raise CelError(message, 1, 1)

    def holds(self, resource: Resource, field: Field) -> bool:
        """Whether it is true; CelError where it fails, or has taken too long in all.

        One of a resource is asked with any field.
        """
        if self._spent > BUDGET:
            message = f"the expression took more than {BUDGET:g} s in all; write a simpler one"
            raise CelError(message)
        start = time.perf_counter()
        data = {"resource": _message(self._kit.resource, RESOURCE, resource)}
        if self._of_field:
            data["field"] = _message(self._kit.field, FIELD, field)
        try:
            value = self._compiled.eval(data=data).value()
        except RuntimeError as error:
            raise _told(str(error)) from None
        finally:
            self._spent += time.perf_counter() - start
        if value is not True and value is not False:
            raise CelError(_plain(str(value)))
        return value


def _message(kind: Any, facts: dict[str, tuple[str, Callable[[Any], Any]]], thing: object) -> Any:  # noqa: ANN401 - a class made by protobuf as we run
    return kind(**{name: _bounded(of(thing)) for name, (_, of) in facts.items()})


def _bounded(value: str | int | Iterable[str]) -> Any:  # noqa: ANN401 - as above
    if isinstance(value, str):
        return value[:_LONGEST_TEXT].encode("utf-8", "replace").decode()
    if isinstance(value, int):
        return value
    return [_bounded(item) for item in tuple(value)[:_MOST_ITEMS]]


def _told(complaint: str) -> CelError:
    """The evaluator's first complaint, with its place in the expression."""
    found = _PLACE.search(complaint)
    if found is None:
        return CelError(_plain(complaint))
    message = _plain(found[3].replace(f"{_PACKAGE}.", "").replace(" (in container '')", ""))
    if unknown := _UNKNOWN.search(message):
        known = tuple(FIELD if unknown["struct"] == "Field" else RESOURCE)
        message = f"{unknown['struct'].lower()} has no {unknown['name']}; "
        message += nearest(unknown["name"], known)
    return CelError(message, max(int(found[1]), 0), max(int(found[2]), 0))


def _plain(complaint: str) -> str:
    """A complaint without the evaluator's codes around it."""
    first = complaint.partition("\n")[0]
    return re.sub(r"^[A-Z_]+: (?:ERROR: )?|\s*\[[A-Z_]+\]$", "", first)


@cache
def _kit() -> _Kit:
    """What expressions are compiled with, made once; CelError without the extra."""
    try:
        from cel_expr_python import cel  # noqa: PLC0415 - an extra, for packs that want it
    except ImportError:
        raise CelError(MISSING) from None
    from google.protobuf import descriptor_pool, message_factory  # noqa: PLC0415 - as above

    pool = descriptor_pool.DescriptorPool()
    pool.Add(_file())
    config = cel.NewEnvConfigFromYaml(_ENVIRONMENT)
    names = {"field": f"{_PACKAGE}.Field", "resource": f"{_PACKAGE}.Resource"}
    types = {name: cel.Type(full) for name, full in names.items()}
    made = {
        name: message_factory.GetMessageClass(pool.FindMessageTypeByName(full))
        for name, full in names.items()
    }
    return _Kit(
        of_field=cel.NewEnv(pool, config=config, variables=types),
        of_resource=cel.NewEnv(pool, config=config, variables={"resource": types["resource"]}),
        field=made["field"],
        resource=made["resource"],
    )


def _file() -> Any:  # noqa: ANN401 - as above
    """The types of `field` and `resource` as protobuf has them, so that they can be checked."""
    from google.protobuf import descriptor_pb2  # noqa: PLC0415 - as above

    kinds = descriptor_pb2.FieldDescriptorProto
    types = {_TEXT: kinds.TYPE_STRING, _TEXTS: kinds.TYPE_STRING}
    types |= {_FLAG: kinds.TYPE_BOOL, _NUMBER: kinds.TYPE_INT64}
    file = descriptor_pb2.FileDescriptorProto(
        name="specstat/pack.proto", package=_PACKAGE, syntax="proto3"
    )
    for name, facts in (("Field", FIELD), ("Resource", RESOURCE)):
        message = file.message_type.add(name=name)
        for number, (fact, (type_, _)) in enumerate(facts.items(), 1):
            label = kinds.LABEL_REPEATED if type_ == _TEXTS else kinds.LABEL_OPTIONAL
            message.field.add(name=fact, number=number, type=types[type_], label=label)
    return file
