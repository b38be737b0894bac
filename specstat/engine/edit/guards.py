"""Guards in a CRD: rules at the root of a version's schema, in `x-kubernetes-validations`.

A rule belongs to a policy when its message ends with the policy's mark, which JSON can hold as well
as YAML, and which survives whoever writes the file anew. Rules of others stay as they are. The
text is read again and must say the same of everything else; one that does not is never handed out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from specstat.engine.edit import guardlists
from specstat.engine.edit.annotate import RefusedError, Written, written
from specstat.engine.edit.guardlists import KEY, Rule
from specstat.engine.edit.guardscheck import Wanted, same_but
from specstat.engine.edit.splices import Edit, apply
from specstat.model.reading import UnreadableError
from specstat.model.source import Source
from specstat.readers import crd as crd_reader
from specstat.readers import template, yamltree
from specstat.readers.nodes import text_of
from specstat.readers.yamltree import Mapping as Block
from specstat.readers.yamltree import Tree, dig, follow

_MARK = re.compile(r" \(policy (.+)\)\Z")
_DIRECTIVE_LINE = re.compile(r"^[ \t]*\{\{", re.MULTILINE)


class Definition(NamedTuple):
    """A CRD in a text: the text's source and tree, and where in it the definition stands."""

    source: Source
    tree: Tree
    crd: Block
    templated: bool = False

    def versions(self) -> dict[str, Block]:
        """The versions of the CRD by name."""
        found = dig(self.crd, "spec", "versions")
        items = map(follow, found.items) if isinstance(found, yamltree.Sequence) else ()
        return {text_of(own.get("name")): own for own in items if isinstance(own, Block)}


def mark_of(policy: str) -> str:
    """What the messages of a policy's rules end with."""
    return f" (policy {policy})"


def others_of(definition: Definition, policy: str) -> dict[str, int]:
    """How many rules other policies have in a CRD, by the names of the policies."""
    found: Counter[str] = Counter()
    for version in definition.versions().values():
        listed = dig(version, "schema", "openAPIV3Schema", KEY)
        rules = map(follow, listed.items) if isinstance(listed, yamltree.Sequence) else ()
        said = [text_of(rule.get("message")) for rule in rules if isinstance(rule, Block)]
        found.update(match[1] for match in map(_MARK.search, said) if match)
    del found[policy]
    return dict(found)


def definition_of(source: Source, group: str, kind: str) -> Definition:
    """The one CRD of a kind in a text.

    Raises RefusedError where the text cannot be read, or holds no such CRD or more than one.
    """
    try:
        tree, templated = template.load(source.text)
    except UnreadableError as error:
        where = "" if error.offset is None else f":{source.position(error.offset).line}"
        message = f"{source.path}{where}: {error.message}"
        raise RefusedError(message) from None
    named = [(crd, *_named(crd)) for each in tree.documents for crd in crd_reader.definitions(each)]
    found = [crd for crd, *names in named if names[1] == kind and group in {"", names[0]}]
    if len(found) > 1:
        lines = " and ".join(str(source.position(crd.start).line) for crd in found)
        message = f"{source.path} defines {_full(group, kind)} more than once, on lines {lines}"
        raise RefusedError(message)
    if not found:
        there = ", ".join(_full(*names) for _, *names in named) or "no CRD"
        message = f"{source.path} does not define {_full(group, kind)}; it has {there}"
        raise RefusedError(message)
    return Definition(source, tree, found[0], templated)


def splice(definition: Definition, rules: Mapping[str, Sequence[Rule]], policy: str) -> Written:
    """The text of a CRD with a policy's rules in the schemas of some versions, given by name.

    What the policy said there before is replaced. The result's text is the one before where it
    says all of this already. RefusedError where a schema cannot be edited, with the reason.
    """
    source, mark = definition.source, mark_of(policy)
    roots = _roots(definition, rules)
    wanted = Wanted(definition.crd, {name: tuple(own) for name, own in rules.items()}, mark)
    line = source.position(min(root.start for root, _ in roots)).line
    for place in guardlists.PLACES:
        edits: list[Edit] = []
        for root, own in roots:
            edits += guardlists.edits(source.text, root, own, mark, place)
        text = apply(source.text, edits)
        if not edits or _reads_back(definition.tree, text, wanted):
            return written(source.path, text, edits, line)
    shared = "; a schema that an anchor shares with others cannot be edited for one alone"
    message = (
        f"{source.path} is written in a way that cannot be edited"
        f"{shared if _has_aliases(source.text) else ''}; add the rules by hand below {KEY} of "
        "openAPIV3Schema"
    )
    raise RefusedError(message)


def _named(crd: Block) -> tuple[str, str]:
    return text_of(dig(crd, "spec", "group")), text_of(dig(crd, "spec", "names", "kind"))


def _full(group: str, kind: str) -> str:
    return f"{group}/{kind}" if group else kind


def _roots(
    definition: Definition, rules: Mapping[str, Sequence[Rule]]
) -> list[tuple[Block, tuple[Rule, ...]]]:
    """The schema of each version that gets rules; one that versions share stands once."""
    source, crd = definition.source, definition.crd
    if (api := text_of(crd.get("apiVersion"))) != "apiextensions.k8s.io/v1":
        stated = f"has apiVersion {api}" if api else "has no apiVersion"
        message = f"the CRD in {source.path} {stated}; only apiextensions.k8s.io/v1 knows {KEY}"
        raise RefusedError(message)
    versions = definition.versions()
    found: dict[int, tuple[Block, tuple[Rule, ...]]] = {}
    for name, own in rules.items():
        root = dig(versions.get(name), "schema", "openAPIV3Schema")
        root = follow(root) if root is not None else None
        if not isinstance(root, Block) or not root.entries:
            message = f"version {name} in {source.path} has no openAPIV3Schema to put rules into"
            raise RefusedError(message)
        for why in _unfit(definition, root):
            message = f"the schema of version {name} in {source.path} {why}"
            raise RefusedError(message)
        found.setdefault(id(root), (root, tuple(own)))
    if not found:
        message = f"no version of the CRD in {source.path} is to get rules"
        raise RefusedError(message)
    return list(found.values())


def _unfit(definition: Definition, root: Block) -> Iterator[str]:
    text = definition.source.text
    if "<<" in root.entries:
        yield "merges another one with <<; write its keys out"
    if definition.templated and _DIRECTIVE_LINE.search(text, root.start, root.end):
        yield "has directives of a template in it, so nobody knows here what it will say"
    repeated = [k for k in definition.tree.repeated if k.value == KEY]
    if any(root.start <= key.start < root.end for key in repeated):
        yield f"has {KEY} twice; join the two"
    if KEY in root.entries and not isinstance(root.get(KEY), yamltree.Sequence):
        yield f"has {KEY} that is no list; make it one or take it away"


def _reads_back(before: Tree, text: str, wanted: Wanted) -> bool:
    try:
        after, _ = template.load(text)
    except UnreadableError:
        return False
    return same_but(before, after, wanted)


def _has_aliases(text: str) -> bool:
    return re.search(r"[:\-] \*\w", text) is not None
