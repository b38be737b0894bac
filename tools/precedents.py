"""Build the index of precedents that `specstat where` looks into.

Bare facts only: which kind keeps a field of which name and type in which section; the reasons
beside Kubernetes' own fields are ours (precedents.json). Near copies within one project count once.
The same input gives the same bytes with the same version of SQLite.

    python tools/precedents.py ../shared/corpus [--without FILE] [--out FILE]

Projects that mirror a cloud provider's API are left out, because their status is configuration
echoed back, and so are fields that stand in both sections of their kind.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import sqlite3
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

from specstat.judge.precedent_index import FORM, SCHEMA, SHIPPED
from specstat.judge.words import split

AUTHORED = Path(__file__).with_suffix(".json")
KUBERNETES = "kubernetes"
CLOUD_PROVIDERS = frozenset(
    "azure.com cnrm.cloud.google.com crossplane.io services.k8s.aws upbound.io".split()
)
_SECTIONS = ("spec", "status")
_VERSIONS = ("v1", "v2", "v1beta2", "v1beta1", "v1alpha3", "v1alpha2", "v1alpha1")
# The scale subresource is a view of another kind.
_NOT_KINDS = frozenset({"Scale"})


class Fact(NamedTuple):
    """A field of a kind: where it stands, and whether it stands in the other section, too."""

    project: str
    group: str
    kind: str
    section: str
    name: str
    type: str
    in_both: bool = False

    @property
    def path(self) -> str:
        """Its place, such as `Pod.spec.nodeName`."""
        return f"{self.kind}.{self.section}.{self.name}"

    @property
    def words(self) -> str:
        """The words of its name, in lower case."""
        return " ".join(split(self.name))


class Authored(NamedTuple):
    """What people wrote: the kinds and projects known best, and what Kubernetes' fields are for."""

    kinds: tuple[str, ...] = ()
    well_known: frozenset[str] = frozenset()
    fields: dict[str, dict[str, Any]] = {}  # noqa: RUF012 - read only, as every default here


def authored(path: Path = AUTHORED) -> Authored:
    """Read what people wrote."""
    data = json.loads(path.read_text(encoding="utf-8"))
    return Authored(tuple(data["kinds"]), frozenset(data["well_known"]), data["fields"])


def of_kubernetes(swagger: dict[str, Any]) -> Iterator[Fact]:
    """The fields of Kubernetes' own kinds that have both sections, in all their versions.

    A field that several versions have is taken from the most settled one.
    """
    definitions = swagger["definitions"]
    versions = [
        (_VERSIONS.index(known["version"]), known["group"], known["kind"], definition)
        for definition in definitions.values()
        for known in definition.get("x-kubernetes-group-version-kind", ())
        if set(_SECTIONS) <= definition.get("properties", {}).keys()
        and known["version"] in _VERSIONS
        and known["kind"] not in _NOT_KINDS
    ]
    seen = set()
    for _, group, kind, definition in sorted(versions, key=lambda version: version[:3]):
        sections = {
            section: _resolved(definitions, definition["properties"][section]).get("properties", {})
            for section in _SECTIONS
        }
        for section, fields in sections.items():
            for name, schema in fields.items():
                if (place := (KUBERNETES, group, kind, section, name)) not in seen:
                    seen.add(place)
                    both = all(name in other for other in sections.values())
                    yield Fact(*place, _type(_resolved(definitions, schema)), both)


def _resolved(definitions: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = definitions.get(schema.get("$ref", "").rpartition("/")[2], schema)
    return found


def _type(schema: dict[str, Any]) -> str:
    if schema.get("format") == "int-or-string":
        return "int-or-string"
    return str(schema.get("type", "object" if "properties" in schema else ""))


def of_corpus(rows: Iterable[dict[str, Any]]) -> Iterator[Fact]:
    """The fields of a corpus: rows with resource (GROUP/KIND_VERSION), group, family and so on."""
    for row in rows:
        if row["family"] not in CLOUD_PROVIDERS:
            kind = row["resource"].rpartition("/")[2].rpartition("_")[0]
            types = row["type"] if isinstance(row["type"], list) else [row["type"]]
            type_ = next((t for t in types if t and t not in {"any", "null"}), "")
            place = (row["family"], row["group"], kind, row["section"], row["name"])
            yield Fact(*place, type_, bool(row["in_both"]))


def chosen(facts: Iterable[Fact], told: Authored) -> list[Fact]:
    """One field for each project, section and name, the best known first, and all that are told."""
    renown = {kind: number for number, kind in enumerate(told.kinds)}

    def order(fact: Fact) -> tuple[Any, ...]:
        unknown = len(renown)
        own = renown.get(fact.kind, unknown) if fact.project == KUBERNETES else unknown
        return (_rank(fact, told), own, len(fact.kind), fact)

    kept: dict[tuple[str, ...], Fact] = {}
    for fact in sorted(set(facts), key=order):
        if fact.project == KUBERNETES and fact.path in told.fields:
            kept[fact.path,] = fact
        elif not fact.in_both:
            kept.setdefault((fact.project, fact.words, fact.section), fact)
    return sorted(kept.values(), key=order)


def _rank(fact: Fact, told: Authored) -> int:
    return 0 if fact.project == KUBERNETES else 1 if fact.project in told.well_known else 2


def build(out: Path, facts: Iterable[Fact], told: Authored) -> int:
    """Write the index and return how many fields it holds; what was there is replaced.

    Raises:
        ValueError: Something is told of a field that is not among the facts.
    """
    fields = chosen(facts, told)
    out.unlink(missing_ok=True)
    with closing(sqlite3.connect(out, isolation_level=None)) as connection:
        connection.executescript(
            f"PRAGMA page_size = 4096; PRAGMA user_version = {FORM}; BEGIN;{SCHEMA}"
        )
        _fill(connection, fields, told)
        connection.execute("COMMIT")
        connection.execute("VACUUM")
    return len(fields)


def _fill(connection: sqlite3.Connection, fields: list[Fact], told: Authored) -> None:
    projects = {p: n for n, p in enumerate(sorted({f.project for f in fields}))}
    connection.executemany(
        "INSERT INTO field VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (
                *(number, f.words, _ending(f), f.name, f.type, f.section, f.kind, f.group),
                *(projects[f.project], _rank(f, told), int(not f.in_both)),
            )
            for number, f in enumerate(fields, 1)
        ),
    )
    connection.executemany("INSERT INTO word VALUES (?, ?)", _weights(fields))
    own = {f.path: n for n, f in enumerate(fields, 1) if f.project == KUBERNETES}
    unknown = [path for path, entry in told.fields.items() for path in _named(path, entry)]
    if missing := sorted(set(unknown) - own.keys()):
        raise ValueError(f"Kubernetes has no {', '.join(missing)}; correct what is told of it")
    for path, entry in sorted(told.fields.items()):
        number, counterpart = own[path], own.get(entry.get("unlike", ""))
        connection.execute(
            "INSERT INTO told VALUES (?, ?, ?)", (number, entry["reason"], counterpart)
        )
        connection.executemany(
            "INSERT INTO pattern VALUES (?, ?, ?)",
            ((p.split()[-1], p, number) for p in sorted(entry.get("alike", ()))),
        )


def _ending(fact: Fact) -> str | None:
    words = fact.words.split()
    return " ".join(words[-2:]) if len(words) > 1 else None


def _named(path: str, entry: dict[str, Any]) -> list[str]:
    return [path, entry["unlike"]] if "unlike" in entry else [path]


def _weights(fields: Iterable[Fact]) -> list[tuple[str, float]]:
    """What each word tells: the negative logarithm of the share of projects that use it."""
    users = defaultdict(set)
    projects = set()
    for fact in fields:
        projects.add(fact.project)
        for word in fact.words.split():
            users[word].add(fact.project)
    return [
        (word, round(math.log((1 + len(projects)) / len(users[word])), 3)) for word in sorted(users)
    ]


def read(corpus: Path) -> Iterator[Fact]:
    """All facts of a corpus folder with kubernetes-swagger.json.gz and fields.jsonl.gz."""
    with gzip.open(corpus / "kubernetes-swagger.json.gz", "rt", encoding="utf-8") as stream:
        yield from of_kubernetes(json.load(stream))
    with gzip.open(corpus / "fields.jsonl.gz", "rt", encoding="utf-8") as stream:
        yield from of_corpus(map(json.loads, stream))


def main(arguments: list[str] | None = None) -> int:
    """Build the index; the result is the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("corpus", type=Path, help="a folder with the two corpus files")
    parser.add_argument("--without", type=Path, help="a file with a project (family) a line")
    parser.add_argument("--out", type=Path, default=SHIPPED, help="where to write the index")
    options = parser.parse_args(arguments)
    without = set(options.without.read_text(encoding="utf-8").split()) if options.without else set()
    try:
        facts = [fact for fact in read(options.corpus) if fact.project not in without]
        number = build(options.out, facts, authored())
    except (OSError, ValueError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    print(f"wrote {options.out}: {number} fields, {options.out.stat().st_size:,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
