"""`specstat immutability generate`: a policy as guards that Kubernetes understands."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any

from specstat.cli.errors import UsageError
from specstat.cli.immutability_definition import generator_of, named_by, read
from specstat.cli.immutability_limits import limits
from specstat.cli.immutability_policies import named_terms
from specstat.cli.output import whole_file
from specstat.cli.writing import Done, show_difference, write
from specstat.engine.edit.annotate import RefusedError
from specstat.engine.edit.guards import (
    Definition,
    mark_of,
    others_of,
    splice,
)
from specstat.immutability.cells import cells_of, unknown_paths
from specstat.immutability.generate.refusal import CannotExpress
from specstat.immutability.language.definitions import mapping_at, versions_of
from specstat.immutability.paths import text_of
from specstat.immutability.policy import Policy, compiled
from specstat.immutability.terms import PolicyError, Terms
from specstat.readers import collector, is_proto
from specstat.reporters.layout import visible

if TYPE_CHECKING:
    from specstat.immutability.generate.cel import Rule

FORMS = ("markers", "cel", "vap", "proto")


@dataclass(frozen=True, slots=True)
class Order:
    """What was asked: which policy, in which form, into which file, by which definition."""

    policy: str
    form: str = ""
    into: str = ""
    crd: str = ""
    version: str = ""
    name: str = ""
    output: str = ""
    diff: bool = False
    without_metadata: bool = False


def execute(order: Order) -> int:
    """Generate what was asked for and return the exit code."""
    if order.form and order.form not in FORMS:
        message = f"unknown form {order.form}; --as knows {', '.join(FORMS)}"
        raise UsageError(message)
    if order.diff and not order.into:
        raise UsageError("--diff shows what --into FILE would change; name the file")
    if order.into and order.output:
        raise UsageError("--into writes into a file that is there, --output a new one; give one")
    terms = named_terms(order.policy, order.name)
    try:
        given = order.into or order.crd
        if order.form == "proto" or (not order.form and is_proto(given)):
            from specstat.cli.immutability_proto import annotate

            return annotate(order, terms)
        if is_proto(given):
            raise UsageError(f"{given} is no CRD; annotate the fields of a .proto with --as proto")
        with collector.off():
            return _of_definition(order, terms)
    except (PolicyError, RefusedError) as error:
        raise UsageError(str(error)) from None
    except CannotExpress as error:
        message = f"{order.policy} was not generated: {error}"
        raise UsageError(message.rstrip(".")) from None


def _of_definition(order: Order, terms: Terms) -> int:
    path = order.crd or order.into or named_by(terms)
    definition, values = read(path, terms)
    policy = compiled(terms, values, order.version, path)
    generator = generator_of(values)
    form = order.form or ("markers" if generator else "cel")
    if order.into and form != "cel":
        raise UsageError(_no_place(order, form))
    if form == "vap":
        return _admission(order, policy, values)
    from specstat.immutability.generate.cel import rules

    leave = order.without_metadata
    made = rules(policy.terms, policy.schema, policy.cells, without_metadata=leave)
    if form == "markers":
        from specstat.immutability.generate import markers

        found = markers.markers(rule.as_mapping() for rule in made)
        text = markers.text_of(found, terms.kind, policy.version)
    elif order.into:
        into = definition if order.into == path else read(order.into, terms)[0]
        _into_file(order, policy, values, into, made)
        return 0
    else:
        from specstat.immutability.generate.yamltext import text_of as yaml_of

        text = yaml_of({"x-kubernetes-validations": _marked(made, terms)})
    _print(order, text, _told(made, terms))
    _tell_limits(order, policy, values, form)
    return 0


def _into_file(
    order: Order,
    policy: Policy,
    crd: Mapping[str, Any],
    into: Definition,
    made: Sequence[Rule],
) -> None:
    terms = policy.terms
    by_version = {policy.version: made, **dict(_other_versions(order, policy, crd))}
    marked = {name: _marked(own, terms) for name, own in by_version.items()}
    done = Done(into.source, splice(into, marked, terms.name))
    if generator := generator_of(crd):
        made_by = f"{order.into} is made by controller-gen {generator}"
        _tell(f"{made_by}, which will undo this; --as markers lasts")
    if order.diff:
        show_difference(done)
    elif done.is_change:
        write(done)
    told = _told(made, terms, chain.from_iterable(by_version.values()))
    state = "would go into" if order.diff else "stand in" if done.is_change else "stood already in"
    _tell(f"{told}: {state} {order.into} ({', '.join(by_version)})")
    _tell_limits(order, policy, crd, "cel", by_version)
    for name, count in others_of(into, terms.name).items():
        others = f"{order.into} has {count} {_rules(count)} of the policy {name}, too"
        former = f"if that is the former name of {terms.name}, take them out by hand"
        _tell(f"note: {others}; {former}")


def _other_versions(
    order: Order, policy: Policy, crd: Mapping[str, Any]
) -> Iterator[tuple[str, Sequence[Rule]]]:
    """The rules of the versions that are served beside that of the policy, where all get some."""
    from specstat.immutability.generate.cel import rules
    from specstat.immutability.schema import of_crd

    for name, each in versions_of(crd).items():
        is_asked = not order.version and not order.crd and each.get("served") is not False
        if name == policy.version or not is_asked:
            continue
        _, schema = of_crd(crd, name)
        cells = cells_of(policy.terms, schema)
        missing = ", ".join(map(text_of, unknown_paths(policy.terms, schema)))
        if missing:
            _tell(f"version {name} has no {missing}, and is guarded without")
        if any(cell.path[0] != "metadata" for cell in cells):
            leave = order.without_metadata
            try:
                yield name, rules(policy.terms, schema, cells, without_metadata=leave)
            except CannotExpress as error:
                reason = f"for version {name}, {error.reason}"
                remedy = f"{error.remedy}, or leave the version out (--version)"
                raise CannotExpress(reason, remedy) from None


def _marked(made: Iterable[Rule], terms: Terms) -> list[dict[str, str]]:
    """Rules as a definition holds them, each with the mark of its policy."""
    mark = mark_of(terms.name)
    return [{**rule.as_mapping(), "message": f"{rule.message}{mark}"} for rule in made]


def _told(made: Sequence[Rule], terms: Terms, every: Iterable[Rule] = ()) -> str:
    """How many rules were made, and which Kubernetes knows all that these and others use."""
    from specstat.immutability.generate.cel import minimum_version

    since = minimum_version([*made, *every])
    return f"{len(made)} {_rules(len(made))} of {terms.name}, for Kubernetes {since} or later"


def _admission(order: Order, policy: Policy, crd: Mapping[str, Any]) -> int:
    from specstat.immutability.generate.vap import Kind, admission, manifest

    plural = str(mapping_at(crd, "spec", "names").get("plural") or "")
    if not plural:
        raise UsageError("the CRD has no spec.names.plural, by which requests name its objects")
    kind = Kind(policy.terms.group, policy.version, plural)
    leave = order.without_metadata
    made = admission(policy.terms, policy.schema, policy.cells, kind, without_metadata=leave)
    (action,) = made.binding["spec"]["validationActions"]
    told = f"an admission policy of {policy.terms.name} ({action}), for Kubernetes {made.since}"
    _print(order, manifest(policy.terms, made), f"{told} or later")
    _tell_limits(order, policy, crd, "vap")
    return 0


def _print(order: Order, text: str, told: str) -> None:
    if order.output:
        try:
            with whole_file(order.output) as stream:
                stream.write(text)
        except OSError as error:
            message = f"cannot write {order.output}: {error.strerror}"
            raise UsageError(message) from None
    else:
        sys.stdout.write(text)
    _tell(told)


def _tell_limits(
    order: Order, policy: Policy, crd: Mapping[str, Any], form: str, guarded: Collection[str] = ()
) -> None:
    versions = guarded or (policy.version,)
    for line in limits(policy, crd, versions, form, leave=order.without_metadata):
        _tell(f"note: {line}")


def _rules(count: int) -> str:
    return "rule" if count == 1 else "rules"


def _tell(line: str) -> None:
    sys.stderr.write(f"{visible(line)}\n")


def _no_place(order: Order, form: str) -> str:
    if form == "markers":
        return (
            f"{order.into} is no place for markers, which belong above the Go type: leave out "
            "--into to print them, or splice rules with --as cel"
        )
    return f"--as {form} makes a file of its own; write it with --output FILE, not --into"
