"""What is ignored on a resource as a whole, in the file of a CRD.

It stands above or behind the first key of the definition or a key that names the kind, and holds
for all versions; with the name of a version it holds for that one. In the CRD annotation it stands
below `*`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from specstat.model.directives import CRD_ANNOTATION, in_comment
from specstat.model.ignoring import Ignore
from specstat.model.reading import Problem
from specstat.readers.annotated import Said, ignores
from specstat.readers.comments import Comment
from specstat.readers.schema import Job, line_of
from specstat.readers.yamltree import Mapping, dig

WHOLE = "*"


def of_definition(job: Job, crd: Mapping) -> tuple[Ignore, ...]:
    """What is ignored on all versions of a CRD."""
    entries = dict(crd.entries)
    spec = crd.get("spec")
    names = dig(crd, "spec", "names")
    first = next(iter(entries), "")
    keys = [entries[name][0].start for name in dict.fromkeys((first, "kind")) if name in entries]
    if type(spec) is Mapping and "names" in spec.entries:
        keys.append(spec.entries["names"][0].start)
    if type(names) is Mapping and "kind" in names.entries:
        keys.append(names.entries["kind"][0].start)
    found = [*_in_comments(job, keys), *_in_annotation(job)]
    return ignores(found, job.source)


def of_version(job: Job, version: Mapping) -> tuple[Ignore, ...]:
    """What is ignored on one version."""
    if "name" not in version.entries:
        return ()
    return ignores(_in_comments(job, [version.entries["name"][0].start]), job.source)


def _in_comments(job: Job, keys: Iterable[int]) -> Iterator[Said]:
    """The annotations at some keys that only ignore; others speak of fields."""
    for comment in (c for key in keys for c in _of_key(job, key)):
        directive = in_comment(comment.text)
        if directive is not None and not directive.declared and directive.ignores:
            job.bound.add(comment.span.start)
            said = Said(directive, comment.span, line_of(job, comment.span))
            job.problems += _problems(said)
            yield said


def _of_key(job: Job, key: int) -> Iterator[Comment]:
    """The comments above and behind a key; the first key of an item stands behind a dash."""
    yield from job.comments.of_key(key)
    text = job.source.text
    line = text[text.rfind("\n", 0, key) + 1 : key]
    if line.strip(" \t-") == "" and "-" in line:
        dash = key - len(line) + line.index("-")
        yield from job.comments.above.get(dash, ())


def _in_annotation(job: Job) -> Iterator[Said]:
    said = job.annotated.get(WHOLE)
    if said is not None:
        job.bound.add(WHOLE)
        job.problems += _problems(said)
        if said.directive.declared:
            message = f"{WHOLE} in {CRD_ANNOTATION} is the whole resource, which can only ignore"
            job.problems.append(Problem("SS004", message, said.span))
        yield said


def _problems(said: Said) -> Iterator[Problem]:
    for error in said.directive.errors:
        yield Problem("SS004", error, said.span)
