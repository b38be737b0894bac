"""The reports for people: 80 columns, carets under names, and nothing that acts on a terminal."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from specstat.model.diagnostic import Diagnostic, Elsewhere, Location, ResourceRef, Severity
from specstat.model.evidence import Answer, Origin
from specstat.model.evidence import Test as _Test
from specstat.reporters import concise, text
from specstat.reporters.layout import cells
from specstat.reporters.summary import Counts
from tests.cli.support import FIXTURES, ORDER, Cli, crd, error_crd
from tests.rules.made import definition

WIDTH = 80
BAD = sorted(FIXTURES.glob("SS*/bad*.yaml"))
# A bell, an escape that would hide what follows, and an override that turns text round.
NASTY = "to\x07k\x1b[8men\u202etxet\u2066"
VISIBLE = r"to\x07k\x1b[8men\u202etxet\u2066"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def too_wide(output: str) -> list[str]:
    """Lines beyond the width, but for those of a path or subject that cannot be broken."""
    whole = r"--> \S+$|= also in +\S+$|^ += +\S+$|^\w+\[SS\d+\] [a-z-]+: \S+$"
    return [
        line for line in output.splitlines() if cells(line) > WIDTH and not re.search(whole, line)
    ]


def excerpt(output: str) -> tuple[str, str]:
    """What the first line of source shows, and what the line of carets marks of it, by columns."""
    source, carets = re.findall(r"^ *\d* \| (.+)$", output, re.MULTILINE)[:2]
    places = [number for number, char in enumerate(source) for _ in range(cells(char))]
    marked = places[carets.index("^") :][: carets.count("^")]
    assert len(marked) == carets.count("^")
    return source, source[marked[0] : marked[-1] + 1]


@pytest.mark.parametrize("path", BAD, ids=lambda path: "/".join(path.parts[-2:]))
def test_a_finding_fits_on_80_columns(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, path: Path
) -> None:
    monkeypatch.chdir(FIXTURES.parent)

    result = cli("lint", "--show-info", path.relative_to(FIXTURES.parent))

    assert too_wide(result.out) == []


def test_a_finding_says_what_where_why_how_sure_what_to_do_and_where_to_read_more(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(FIXTURES.parent)
    path = "fixtures/SS101-input-in-status/bad-callback-token.yaml"

    lines = cli("lint", path).out.splitlines()

    assert re.fullmatch(
        r"\w+\[SS101\] input-in-status: AgentExecution\.status\.callback_token", lines[0]
    )
    assert re.fullmatch(rf"  --> {path}:\d+:\d+", lines[1])
    assert re.fullmatch(r" +\| +\^{14} belongs in spec \(\d\d %\)", lines[4])
    labels = re.findall(r"^ +=  ?([\w/]+)", "\n".join(lines), re.MULTILINE)
    told = [label for label in labels if label in {"input/output", "purpose", "origin"}]
    assert told == ["input/output", "purpose", "origin"]
    assert "help" in labels
    assert "   = more          specstat explain SS101" in lines


def test_a_fault_fits_on_80_columns_too(
    cli: Cli, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: object) -> None:
        raise ValueError("one of many words that say at length what went wrong, and why it did")

    monkeypatch.setattr("specstat.rules.ss101_input_in_status.check", fail)
    (folder / "a.yaml").write_text(crd(), encoding="utf-8")

    result = cli("lint", "a.yaml")

    assert "error[SS000] internal-fault: " in result.out
    assert too_wide(result.out) == []


def test_findings_are_set_apart_by_one_blank_line(cli: Cli, folder: Path) -> None:
    (folder / "a.yaml").write_text(crd(status={"abort": ORDER, "stop": ORDER}), encoding="utf-8")

    blocks = cli("lint", "a.yaml").out.split("\n\n")

    assert [block.partition(":")[0] for block in blocks[:2]] == ["error[SS101] input-in-status"] * 2
    assert blocks[2].startswith("Found 2 errors in 1 resource ")
    assert len(blocks) == 3


def test_no_line_ends_with_blanks(cli: Cli) -> None:
    result = cli("lint", *BAD, "--show-info")

    assert [line for line in result.out.splitlines() if line != line.rstrip()] == []


def test_the_caret_stands_under_the_name(cli: Cli, folder: Path) -> None:
    (folder / "a.yaml").write_text(error_crd(), encoding="utf-8")

    source, marked = excerpt(cli("lint", "a.yaml").out)

    assert source.startswith("              abort: {type: string, ")
    assert marked == "abort"


@pytest.mark.parametrize(
    "before",
    [
        pytest.param('"日本語": {}, ', id="wide"),
        pytest.param('"e\u0301te\u0301": {}, ', id="combining"),
        pytest.param("x:\t{},\t", id="tabs"),
        pytest.param('"\u202ex": {}, ', id="escaped"),
        pytest.param('"' + "日本語" * 30 + '": {}, ', id="cut and wide"),
        pytest.param('"' + "x" * 300 + '": {}, ', id="cut"),
    ],
)
def test_the_caret_stands_under_the_name_behind_anything(
    cli: Cli, folder: Path, before: str
) -> None:
    order = 'order:\n              {description: "specstat: purpose=instruction"}'
    head = crd().replace("served: true", "subresources: {status: {}}")
    document = f"{head}          status:\n            properties: {{{before}{order}}}\n"
    (folder / "a.yaml").write_text(document, encoding="utf-8")

    result = cli("lint", "a.yaml")

    assert result.code == 1
    assert excerpt(result.out)[1] == "order"
    assert too_wide(result.out) == []


@pytest.mark.parametrize("name", ["callback", "命令", "\U0001d552\U0001d553", "x" * 100])
def test_a_name_of_any_characters_is_marked_whole(cli: Cli, folder: Path, name: str) -> None:
    (folder / "a.yaml").write_text(crd(status={name: ORDER}), encoding="utf-8")

    result = cli("lint", "a.yaml")

    assert f"Widget.status.{name}\n" in result.out
    assert excerpt(result.out)[1].startswith(name[0])
    if len(name) < 20:
        assert excerpt(result.out)[1] == name


def test_wide_characters_are_cut_at_80_columns(cli: Cli, folder: Path) -> None:
    document = crd(status={"abort": "日本語の説明" * 40 + f" {ORDER}"})
    (folder / "a.yaml").write_text(document, encoding="utf-8")

    result = cli("lint", "a.yaml")

    assert too_wide(result.out) == []
    assert "日本語" in result.out
    assert "…" in result.out


@pytest.mark.parametrize("form", ["text", "concise"])
def test_control_and_direction_characters_of_a_name_are_escaped(
    cli: Cli, folder: Path, form: str
) -> None:
    document = crd(spec={f"a{NASTY}": "Words."}, status={NASTY: ORDER}, kind="Widget")
    (folder / "a.yaml").write_text(document, encoding="utf-8")

    result = cli("lint", "a.yaml", "--format", form)

    assert f"Widget.status.{VISIBLE}" in result.out
    assert harmless(result.out)


@pytest.mark.parametrize("form", ["text", "concise"])
def test_control_and_direction_characters_of_everything_else_are_escaped(
    cli: Cli, folder: Path, form: str
) -> None:
    nasty = json.dumps(f"v1{NASTY}")
    document = error_crd().replace("{kind: Widget}", f"{{kind: {nasty}}}")
    document = document.replace("name: v1", f"name: {nasty}").replace("Words.", "\u202eWords.")
    for name in ("a", "b"):
        (folder / f"{name}\x1b[31m\n\u202e.yaml").write_text(document, encoding="utf-8")

    result = cli("lint", ".", "--format", form)

    assert f"v1{VISIBLE}.status.abort" in result.out
    assert r"a\x1b[31m\x0a\u202e.yaml:19:15" in result.out
    assert harmless(result.out)


@pytest.mark.parametrize("form", ["text", "concise"])
@pytest.mark.parametrize("name", [NASTY, "a"])
def test_the_names_of_two_versions_are_escaped(
    cli: Cli, folder: Path, form: str, name: str
) -> None:
    older = crd(spec={name: "Words."}, version="v1beta1").partition("  versions:\n")[2]
    document = (crd() + older).replace("name: v1\n", f"name: {json.dumps('v2' + NASTY)}\n")
    (folder / "a.yaml").write_text(document, encoding="utf-8")

    result = cli("lint", "a.yaml", "--show-info", "--format", form)

    assert "SS501" in result.out
    assert harmless(result.out)


def test_whatever_a_diagnostic_holds_is_shown_harmlessly() -> None:
    place = Location(f"{NASTY}.yaml", 3, 5, 3, 9)
    diagnostic = Diagnostic(
        code="SS101",
        name="input-in-status",
        severity=Severity.ERROR,
        message=f"{NASTY} {NASTY}",
        location=place,
        excerpt=f"    {NASTY}",
        fingerprint="0" * 16,
        resource=ResourceRef("", "", ""),
        label=NASTY,
        answers=(Answer(_Test.PURPOSE, NASTY, NASTY),),
        origin=Origin(NASTY, NASTY),
        help=(NASTY,),
        copies=(place,),
        elsewhere=(Elsewhere(NASTY, place), Elsewhere(NASTY, place._replace(file=NASTY))),
    )

    for lines in (
        text.report([diagnostic], Counts(skipped={NASTY: 1, "": 1}), quiet=False),
        text.report([diagnostic], Counts(skipped={NASTY: 1}), quiet=False),
        concise.report([diagnostic]),
    ):
        output = "\n".join("".join(piece for piece, _ in line) for line in lines)
        assert VISIBLE in output
        assert harmless(output)


@pytest.mark.parametrize("command", [("lint",), ("where", "size", "--in")])
def test_problems_with_nasty_names_are_told_harmlessly(
    cli: Cli, folder: Path, command: tuple[str, ...]
) -> None:
    name = "\x1b[31mred\u202e.yaml"
    document = crd().replace("size: {type: string", '"\\e[8mhidden": {type: string')
    document += '              "\\e[8mschema": "text"\n'
    (folder / name).write_text(document, encoding="utf-8")

    result = cli(*command, name)

    assert result.code == 2
    assert "hema is a plain value" in result.out + result.err
    assert harmless(result.out + result.err)


def test_where_shows_nasty_words_harmlessly(cli: Cli, folder: Path) -> None:
    name = "a\x1b[31m\u202e.yaml"
    (folder / name).write_text(crd(status={NASTY: ORDER}), encoding="utf-8")
    description = f"Set by the\x1b[8m user\u202e. {NASTY} Token to present."

    in_file = cli("where", NASTY, "--in", name)
    described = cli("where", NASTY, "--description", description, "--kind", NASTY)
    suggested = cli("where", NASTY[:-1], "--in", name)

    assert f"Widget.status.{VISIBLE} belongs in spec" in in_file.out
    assert f"{VISIBLE}.{VISIBLE} probably belongs in" in described.out
    for result in (in_file, described, suggested):
        assert harmless(result.out + result.err)


def harmless(output: str) -> bool:
    """Whether nothing but line feeds in it could act on a terminal or turn text round."""
    return all(line.isprintable() for line in output.split("\n"))


def test_fields_elsewhere_are_named_with_their_places(cli: Cli, folder: Path) -> None:
    both = crd(kind="Agent", spec={"callbackToken": ORDER}, status={"callbackToken": ORDER})
    (folder / "agent.yaml").write_text(both, encoding="utf-8")
    (folder / "flow.yaml").write_text(
        crd(kind="Flow", spec={"callbackToken": ORDER}), encoding="utf-8"
    )

    output = cli("lint", ".").out

    told = re.search(r"= elsewhere +(.+\n)(?: += +(.+\n))?", output)
    assert told
    words = "".join(filter(None, told.groups())).split()
    assert " ".join(words) == (
        "Agent.spec.callbackToken (line 16), Flow.spec.callbackToken (flow.yaml:16)"
    )
    assert too_wide(output) == []


def test_what_the_neighbours_say_for_a_finding_is_shown_and_what_they_say_against_it_is_not(
    cli: Cli, folder: Path
) -> None:
    status = {"readyNodes": "", "failedNodes": "", "phase": ""}
    for_it = definition({"size": "", "image": "", "lostNodes": ""}, status)
    like_spec = {"lostSize": "", "lostImage": "", "lostNodes": ""}
    against = definition(like_spec, {"phase": "", "x": ""})
    (folder / "for.json").write_bytes(for_it)
    (folder / "against.json").write_bytes(against)

    shown = cli("lint", "--show-info", "for.json").out
    assert re.search(r'= neighbours +"node" is in the names of 2 fields of status', shown)
    assert "neighbours" not in cli("lint", "--show-info", "against.json").out
