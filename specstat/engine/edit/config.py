"""Where an annotation goes in specstat.yaml: a line below `fields`."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from specstat.engine.config.loading import FIELDS
from specstat.engine.config.nouns import Configuration, Entry
from specstat.engine.edit.splices import Edit, key_of, line_end
from specstat.model.directives import MARK, Declared
from specstat.model.ignoring import BEGIN, Ignoring
from specstat.readers import yamltree
from specstat.readers.yamltree import Mapping, Scalar

# What ends a plain scalar, or may not stand in one.
_UNSAFE = re.compile(r": |:$| #|[^ -~\u00a0-\ud7ff]")
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_./{}\[\]-]*")


def entry_of(configuration: Configuration, group: str, kind: str, path: str) -> Entry | None:
    """The entry that speaks of a field; one that names the group before one that does not.

    What a configuration extends is another file's.
    """
    own = {entry.key for entry in configuration.own_entries}
    found = [e for e in configuration.of_kind(group, kind) if e.path == path and e.key in own]
    return max(found, key=lambda e: e.group, default=None)


def edits(
    configuration: Configuration, whose: tuple[str, str, str], words: Sequence[str], ignoring: str
) -> tuple[Edit, ...]:
    """How a configuration comes to say the words of a field, and to ignore something of it.

    The field is given by group, kind and path. Nothing where the configuration cannot be edited.
    """
    text = configuration.source.text
    documents = yamltree.load(text).documents
    group, kind, path = whose
    field = f"{kind}.{path}" if path else kind
    key = f"{group}/{field}" if group else field
    said = " ".join((*words, ignoring)).strip()
    value = _quoted(said) if _UNSAFE.search(said) else said
    line = f"{key if _PLAIN.fullmatch(key) else _quoted(key)}: {value}"
    in_flow = f"{_quoted(key)}: {_quoted(said)}"
    root = documents[0] if documents else None
    if not isinstance(root, Mapping) or FIELDS not in root.entries:
        return (_at_end(text, line),)
    named, fields = root.entries[FIELDS]
    if isinstance(fields, Mapping) and fields.entries:
        entry = entry_of(configuration, group, kind, path)
        if entry is not None:
            return _changed(fields, entry, words, ignoring)
        return (_behind_last(text, fields, line, in_flow),)
    if isinstance(fields, Mapping):  # {}
        return (Edit(fields.start + 1, fields.start + 1, in_flow),)
    if fields.end > fields.start:  # null, written out
        return (Edit(fields.start, fields.end, f"{{{in_flow}}}"),)
    return (_below(text, named.start, named.end, f"  {line}"),)


def _quoted(text: str) -> str:
    """A text in double quotes, as YAML reads them."""
    return json.dumps(text, ensure_ascii=False)


def _at_end(text: str, line: str) -> Edit:
    ending = line_end(text, len(text))
    before = ending if text and not text.endswith("\n") else ""
    return Edit(len(text), len(text), f"{before}{FIELDS}:{ending}  {line}{ending}")


def _below(text: str, start: int, end: int, line: str) -> Edit:
    """A line below the one on which something ends, as deep as where that starts."""
    begin = text.rfind("\n", 0, start) + 1
    indent = text[begin:start]
    stop = text.find("\n", end)
    if stop < 0:
        return Edit(len(text), len(text), f"{line_end(text, start)}{indent}{line}")
    return Edit(stop + 1, stop + 1, f"{indent}{line}{line_end(text, start)}")


def _behind_last(text: str, fields: Mapping, line: str, in_flow: str) -> Edit:
    *_, (key, value) = fields.entries.values()
    if text[fields.start] == "{":
        return Edit(value.end, value.end, f", {in_flow}")
    return _below(text, key.start, value.end, line)


def _changed(
    fields: Mapping, entry: Entry, words: Sequence[str], ignoring: str
) -> tuple[Edit, ...]:
    """The value of an entry with the words in it, those of the same key replaced.

    What is ignored stands last, as a reason runs to the end.
    """
    value = next(v for k, v in fields.entries.values() if k.start == entry.span.start)
    if not isinstance(value, Scalar):  # an alias: others say the same
        return ()
    written = value.value.strip().removeprefix(MARK)
    begin = BEGIN.search(written)
    old = written[: begin.start() if begin else None].split()
    ignored = written[begin.start() :] if begin else ""
    merged = {key_of(word): word for word in (*old, *words)}
    if list(merged.values()) == old and not ignoring:
        return (Edit(value.start, value.start, ""),)
    new = " ".join(filter(None, (*merged.values(), ignored, ignoring)))
    plain = value.plain and not set(new) & set("[]{}")
    return (Edit(value.start, value.end, new if plain else _quoted(new)),)


def says(configuration: Configuration) -> dict[str, tuple[Declared, tuple[Ignoring, ...]]]:
    """All that a configuration says, to compare it with another."""
    return {e.key: (e.directive.declared, e.directive.ignores) for e in configuration.own_entries}
