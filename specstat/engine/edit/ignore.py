"""Writes an ignore into the file of a field or a resource.

As with annotations, the text is read again and must say the same of everything else.
"""

from __future__ import annotations

from collections.abc import Iterator

from specstat import readers
from specstat.engine.edit import crd as edit_crd
from specstat.engine.edit.annotate import RefusedError, Written, read_again, written
from specstat.engine.edit.check import Change, same_but
from specstat.engine.edit.splices import Edit, apply
from specstat.engine.edit.targets import Target
from specstat.model.directives import MARK, in_comment, in_description, parse
from specstat.model.ignoring import Ignoring
from specstat.model.ignoring import written as said_of


def refuse(ignoring: Ignoring) -> None:
    """Raise a RefusedError where the words of an ignore would not be read as they are meant."""
    words = said_of(*ignoring)
    forms = (parse(words), in_comment(f"# {MARK} {words}"), in_description(f"{MARK} {words}"))
    if any(form is None or form.errors or form.ignores != (ignoring,) for form in forms):
        message = f"the reason {ignoring.reason!r} cannot stand in a comment; say it in plain words"
        raise RefusedError(message)


def into_file(target: Target, ignoring: Ignoring) -> Written | None:
    """The text of a target's file with the ignore in a comment; None where none fits."""
    source = target.source
    change = Change(target.offset, ignoring=ignoring)
    if target.field is None and target.resource is not None:
        whole = (target.resource.group, target.resource.kind)
        change = Change(ignoring=ignoring, resource=whole)
    before = read_again(source.path, source.text)
    for edits in _ways(target, said_of(*ignoring)):
        text = apply(source.text, edits)
        if same_but(before, read_again(source.path, text), change) and _same_proto(
            target, text, ignoring
        ):
            return written(source.path, text, edits, target.line)
    return None


def _ways(target: Target, words: str) -> Iterator[tuple[Edit, ...]]:
    text = target.source.text
    if readers.is_proto(target.source.path):
        from specstat.engine.edit import proto as edit_proto  # noqa: PLC0415 - protos alone need it

        yield from edit_proto.new_lines(text, target.offset, words)
    elif target.resource is not None and target.field is None:
        yield from edit_crd.new_lines(text, edit_crd.keys_of(target.resource), words)
    else:
        yield from edit_crd.new_lines(text, (target.offset,), words)


def _same_proto(target: Target, text: str, ignoring: Ignoring) -> bool:
    """Whether all else in a .proto file is as it was, also what is part of no resource."""
    if not readers.is_proto(target.source.path):
        return True
    from specstat.engine.edit import proto as edit_proto  # noqa: PLC0415 - as above

    return edit_proto.same_but_ignored(target.source.text, text, target.offset, ignoring)
