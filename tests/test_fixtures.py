"""Fixtures say in their comments what is to be reported; every rule has fixtures and a page.

`# expect: SS101 SS104=error` behind the key of a field: these codes are reported on this line, and
where a severity is given, the diagnostic that carries the code has it. In a proto it is a comment
within the statement, `bytes token /* expect: SS101 */ = 1;`, which belongs to no field.
`policies.yaml` holds the immutability policies that rule the files of its folder.
`bad-x.old.yaml` beside `bad-x.yaml` is what that was before, for the rules with two sides.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, NamedTuple

import jsonschema
import pytest
import yaml

from specstat.engine.check import Settings, check_file, levels_of
from specstat.model.diagnostic import Diagnostic, Severity
from specstat.model.source import Source
from specstat.rules import catalogue, packs, registry
from specstat.rules.base import Scope
from specstat.rules.catalogue import Entry
from specstat.rules.patterns import reading
from specstat.rules.patterns.examples import tried
from tests.sides import POLICIES, is_old, lint_fixture, old_of

ROOT = Path(__file__).resolve().parents[1]
FIXTURES = ROOT / "fixtures"
FOLDERS = sorted(FIXTURES.glob("SS*/"))
BAD = sorted(path for path in FIXTURES.glob("SS*/bad*") if not is_old(path))
GOOD = sorted(path for path in FIXTURES.glob("SS*/good*") if not is_old(path))
OLD = sorted(path for path in FIXTURES.rglob("*") if is_old(path))
NEGATIVES = sorted(FIXTURES.glob("negatives/*"))
SHIPPED = registry.shipped()
ENTRIES = SHIPPED.entries()
RULES = [entry for entry in ENTRIES if entry.is_rule]

MARK = re.compile(r"(?:#|/\*) expect:((?:(?!\*/).)*)")
WANTED = re.compile(r"(SS\d{3})(?:=(info|warning|error))?")
SECTIONS = [
    "What it does",
    "Why it is bad",
    "How to fix it",
    "When to ignore it",
    "Example",
    "Source",
]


class Place(NamedTuple):
    """A code on a line."""

    line: int
    code: str


def diagnostics_of(path: Path) -> tuple[Diagnostic, ...]:
    """What linting this file alone reports, with the rule of its folder on in any case."""
    own = levels_of([path.parent.name[:5]]) if path.parent in FOLDERS else {}
    return lint_fixture(path, Settings(own | levels_of()))


def reported(diagnostics: tuple[Diagnostic, ...]) -> dict[Place, Severity]:
    """Every code that is told, also within another diagnostic, with its severity there."""
    return {
        Place(d.location.line, code): d.severity for d in diagnostics for code in (d.code, *d.also)
    }


def expected(text: str) -> dict[Place, str]:
    """What the comments of a fixture expect, with the severity or an empty string."""
    found = {}
    for number, line in enumerate(text.splitlines(), 1):
        mark = MARK.search(line)
        if mark is None:
            continue
        for word in mark[1].split():
            match = WANTED.fullmatch(word)
            assert match, f"line {number}: {word!r} is no expectation such as SS101 or SS101=info"
            found[Place(number, match[1])] = match[2] or ""
        assert mark[1].strip(), f"line {number} expects nothing"
    return found


def loud(seen: dict[Place, Severity]) -> set[Place]:
    return {place for place, severity in seen.items() if severity >= Severity.WARNING}


def faults(page: str, *, example: bool) -> list[str]:
    """What a rule's page lacks."""
    if not page:
        return ["it has no docstring, which is its page"]
    found = []
    if not page.partition("\n")[0].endswith("."):
        found.append("its first line, the summary, does not end in a full stop")
    headings = re.findall(r"^## (.+)$", page, re.MULTILINE)
    wanted = [s for s in SECTIONS if example or s != "Example" or s in headings]
    if headings != wanted:
        found.append(f"its sections are {headings} and not {wanted}")
    parts = re.split(r"^## .+$", page, flags=re.MULTILINE)[1:]
    found += [f"{h} is empty" for h, part in zip(headings, parts, strict=True) if not part.strip()]
    return found


def name_of(path: Path) -> str:
    return path.relative_to(FIXTURES).as_posix()


@pytest.mark.parametrize("path", BAD, ids=name_of)
def test_a_bad_file_reports_what_its_comments_expect_and_nothing_else(path: Path) -> None:
    own = path.parent.name[:5]
    wanted, seen = expected(path.read_text(encoding="utf-8")), reported(diagnostics_of(path))
    codes = {own} | {place.code for place in wanted}

    assert own in {place.code for place in wanted}, "it shows nothing of its folder's rule"
    assert {place for place in seen if place.code in codes} == set(wanted)
    assert loud(seen) <= set(wanted)
    pinned = {place: severity for place, severity in wanted.items() if severity}
    assert {place: seen[place].word for place in pinned} == pinned


@pytest.mark.parametrize("path", GOOD, ids=name_of)
def test_a_good_file_is_silent(path: Path) -> None:
    seen = reported(diagnostics_of(path))

    assert not expected(path.read_text(encoding="utf-8"))
    assert {place for place in seen if place.code == path.parent.name[:5]} == set()
    assert loud(seen) == set()


@pytest.mark.parametrize("path", NEGATIVES, ids=name_of)
def test_what_reviewers_defend_is_silent(path: Path) -> None:
    diagnostics = diagnostics_of(path)

    assert [d.message for d in diagnostics if d.severity >= Severity.WARNING] == []
    assert check_file(path.name, path.read_bytes(), Settings()).fields, "nothing was judged"


def test_every_rule_has_its_folder_and_every_folder_its_rule() -> None:
    assert {folder.name for folder in FOLDERS} == {f"{rule.code}-{rule.name}" for rule in RULES}


@pytest.mark.parametrize("folder", FOLDERS, ids=name_of)
def test_a_folder_has_bad_and_good_files_and_nothing_else(folder: Path) -> None:
    files = {*folder.iterdir()} - {folder / POLICIES}
    bad, good = {*folder.glob("bad*")}, {*folder.glob("good*")}

    assert bad
    assert good
    assert files == bad | good
    assert {path.suffix for path in files} <= {".yaml", ".proto"}


def test_an_old_side_belongs_to_a_file_that_can_be_read() -> None:
    news = {path: path.with_name(path.name.replace(".old.", ".")) for path in OLD}

    assert all(new.exists() and old_of(new) == old for old, new in news.items())
    assert [d.message for old in OLD for d in diagnostics_of(old) if d.fatal] == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_with_two_sides_has_fixtures_with_two_sides(rule: Entry) -> None:
    folder = FIXTURES / f"{rule.code}-{rule.name}"
    two_sided = bool([*SHIPPED.change_rules(frozenset({rule.code}))])

    for path in (path for path in (*BAD, *GOOD) if path.parent == folder):
        assert old_of(path).exists() is two_sided, path.name


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_has_a_scope_and_a_check(rule: Entry) -> None:
    codes = frozenset({rule.code})
    loaded: list[Any] = [r for _, r in SHIPPED.field_rules(codes)]
    loaded += [r for _, r in SHIPPED.resource_rules(codes)]
    loaded += [r for _, r in SHIPPED.change_rules(codes)]
    (module,) = loaded

    assert isinstance(module.SCOPE, Scope)
    assert callable(module.check)
    assert callable(getattr(module, "confirm", None)) is (module.SCOPE is Scope.RUN)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.code)
def test_a_rule_has_a_whole_page(entry: Entry) -> None:
    assert faults(SHIPPED.page(entry), example=entry.is_rule) == []


def test_codes_and_names_are_unique_and_names_are_kebab_case() -> None:
    names = [entry.name for entry in ENTRIES]

    assert len({entry.code for entry in ENTRIES}) == len(set(names)) == len(ENTRIES)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) for name in names)


def test_a_rule_without_docstring_or_with_half_a_page_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Pages are read from the files beside the catalogue.
    monkeypatch.setattr(catalogue, "__file__", str(tmp_path / "catalogue.py"))
    made = tmp_path / "ss199_made.py"
    entry = Entry("SS199", "made", "specstat.rules.ss199_made")

    made.write_text("SCOPE = None\n", encoding="utf-8")
    assert faults(SHIPPED.page(entry), example=True) == ["it has no docstring, which is its page"]

    made.write_text('"""A sin\n\n## What it does\n\n## Source\n\nNone.\n"""\n', encoding="utf-8")
    assert len(faults(SHIPPED.page(entry), example=True)) == 3


def test_the_own_pack_validates_and_its_schema_is_one() -> None:
    schema = json.loads((ROOT / "rules" / "pack.schema.json").read_text(encoding="utf-8"))
    pack = yaml.safe_load((ROOT / "rules" / "own.yaml").read_text(encoding="utf-8"))

    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(pack, schema, jsonschema.Draft202012Validator)
    assert [row["code"] for row in pack["own"]] == [row.code for row in packs.own()]


@pytest.mark.parametrize("path", sorted((ROOT / "rules").glob("ss*.yaml")), ids=lambda p: p.stem)
def test_a_shipped_entry_validates_is_named_like_its_file_and_passes_its_examples(
    path: Path,
) -> None:
    schema = json.loads((ROOT / "rules" / "pack.schema.json").read_text(encoding="utf-8"))
    text = path.read_text(encoding="utf-8")
    (rule,) = reading.read(Source(path.name, text), shipped=True).rules

    jsonschema.validate(yaml.safe_load(text), schema, jsonschema.Draft202012Validator)
    assert path.stem == f"{rule.code.lower()}_{rule.name.replace('-', '_')}"
    assert "severity" not in yaml.safe_load(text)["rules"][0], "profiles.yaml is its one home"
    assert rule.examples.bad
    assert rule.examples.good
    assert tried(rule) == (len(rule.examples.bad) + len(rule.examples.good), ())


@pytest.mark.parametrize(
    "broken", [{"own": [{"code": "SS101"}]}, {"own": [], "more": 1}, {"rules": []}]
)
def test_the_schema_refuses_other_packs(broken: dict[str, object]) -> None:
    schema = json.loads((ROOT / "rules" / "pack.schema.json").read_text(encoding="utf-8"))

    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(broken, schema)
