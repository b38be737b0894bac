"""What Kubernetes answered, in types."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple


class Fault(NamedTuple):
    """One error: the path of the field, Kubernetes' word for the kind of error, and its message."""

    field: str
    reason: str
    message: str


class Written(NamedTuple):
    """Whether a create or an update is allowed, and the object as it would be stored."""

    allowed: bool
    errors: tuple[Fault, ...]
    generation: int
    object: Mapping[str, Any]


class RuleCost(NamedTuple):
    """What a rule costs at most: `cost` is `once` times `cardinality`."""

    path: str
    rule: str
    cost: int
    once: int
    cardinality: int
    message_cost: int
    uses_old_self: bool
    error: str


class Costs(NamedTuple):
    """The rules of one version; `total` has the costs of their messages too."""

    total: int
    rules: tuple[RuleCost, ...]


class Definition(NamedTuple):
    """What Kubernetes says of a CustomResourceDefinition.

    `unknown` fields of it are warned of and dropped; `expression_limit` holds for each rule and
    each message, `version_limit` for all of a version.
    """

    errors: tuple[Fault, ...]
    unknown: tuple[str, ...]
    versions: Mapping[str, Costs]
    expression_limit: int
    version_limit: int


class Evaluated(NamedTuple):
    """Whether a rule holds; `cost` is estimated before, `spent` was spent on these values."""

    holds: bool
    errors: tuple[Fault, ...]
    compile_error: str
    cost: int
    spent: int


class Admitted(NamedTuple):
    """What a ValidatingAdmissionPolicy makes of a request.

    `denied` and `warnings` are what a client would be told. `errors` has what is wrong with the
    policy itself: what does not decode, compile or pass validation, and runtime errors.
    `types` are the warnings of the type checker, which Kubernetes writes into its status.
    """

    allowed: bool
    denied: tuple[str, ...]
    warnings: tuple[str, ...]
    errors: tuple[str, ...]
    types: tuple[str, ...]
    reason: str


def faults(found: list[dict[str, str]]) -> tuple[Fault, ...]:
    return tuple(Fault(each["field"], each["reason"], each["message"]) for each in found)


def costs(version: Mapping[str, Any]) -> Costs:
    rules = (
        RuleCost(
            rule["path"],
            rule["rule"],
            rule["cost"],
            rule["once"],
            rule["cardinality"],
            rule["messageCost"],
            rule["usesOldSelf"],
            rule["error"],
        )
        for rule in version["rules"]
    )
    return Costs(version["total"], tuple(rules))
