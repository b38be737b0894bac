"""`specstat diff OLD NEW`: what became of an API, and what that breaks."""

from __future__ import annotations

import json
import re
import shutil
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest

from tests.cli.support import ORDER, REPORT, Cli, Result, crd
from tests.gitrepo import GitRepo, made
from tests.readers.protoc import compiled_set

SCHEMA = json.loads(
    files("specstat.reporters").joinpath("diff.schema.json").read_text(encoding="utf-8")
)
OLD = crd(spec={"size": "Words.", "gone": "Words."}, status={"token": "Words."})
NEW = crd(spec={"size": "Words.", "fresh": "Words.", "token": "Words."}, status={"seen": "Words."})


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> GitRepo:
    """A repository, made the current folder, that holds NEW on disk and OLD in its history."""
    repo = made(tmp_path / "work", {"crds/a.yaml": OLD, "same.yaml": crd(kind="Same")})
    repo.git("branch", "old")
    repo.commit({"crds/a.yaml": NEW})
    repo.git("tag", "new")
    monkeypatch.chdir(repo.folder)
    return repo


def rows(result: Result) -> list[tuple[str, str]]:
    """What a report in JSON says of each field; the report is as the published schema has it."""
    document = json.loads(result.out)
    jsonschema.validate(document, SCHEMA, jsonschema.Draft202012Validator)
    return [(f["change"], f["path"]) for r in document["resources"] for f in r["fields"]]


WANTED = [
    ("moved", "spec.token"),
    ("added", "spec.fresh"),
    ("added", "status.seen"),
    ("removed", "spec.gone"),
]


def test_two_files_are_compared(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "old.yaml").write_text(OLD, encoding="utf-8")
    (tmp_path / "new.yaml").write_text(NEW, encoding="utf-8")

    result = cli("diff", tmp_path / "old.yaml", tmp_path / "new.yaml", "--format", "json")

    assert rows(result) == WANTED
    assert result.code == 1
    assert [d["rule"] for d in json.loads(result.out)["diagnostics"]] == ["SS502"]


def test_two_folders_are_compared_wherever_a_kind_stands_in_them(cli: Cli, tmp_path: Path) -> None:
    for name, text in {"old/a.yaml": OLD, "new/deep/b.yaml": NEW}.items():
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text(text, encoding="utf-8")

    assert rows(cli("diff", tmp_path / "old", tmp_path / "new", "--format", "json")) == WANTED


@pytest.mark.parametrize(
    "sides",
    [
        ("old",),
        ("old", "new"),
        ("old", "HEAD"),
        ("HEAD~1", "crds"),
        ("old", "crds/a.yaml"),
        ("old:crds",),
        ("old:crds", "new:crds"),
        ("old:crds/a.yaml", "crds"),
        ("old:", "."),
        ("old:./crds", "new:./crds/a.yaml"),
    ],
    ids=" ".join,
)
def test_revisions_are_sides(cli: Cli, repo: GitRepo, sides: tuple[str, ...]) -> None:
    assert repo.folder.is_dir()

    result = cli("diff", *sides, "--format", "json")

    assert result.err == ""
    assert rows(result) == WANTED


def test_the_other_way_round_the_work_tree_is_the_old_side(cli: Cli, repo: GitRepo) -> None:
    assert repo.folder.is_dir()
    found = rows(cli("diff", "crds", "old:crds", "--format", "json"))

    assert ("moved", "status.token") in found
    assert ("removed", "spec.fresh") in found


def test_what_is_not_committed_counts(cli: Cli, repo: GitRepo) -> None:
    repo.write({"crds/b.yaml": crd(kind="Bolt")})

    document = json.loads(cli("diff", "HEAD", "--format", "json").out)

    assert [(r["change"], r["kind"], r["old_version"]) for r in document["resources"]] == [
        ("added", "Bolt", None)
    ]


def test_from_a_folder_it_is_that_folder(
    cli: Cli, repo: GitRepo, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo.commit({"other.yaml": crd(kind="Other")})
    monkeypatch.chdir(repo.folder / "crds")

    assert rows(cli("diff", "old", "--format", "json")) == WANTED
    assert rows(cli("diff", "old:crds", "--format", "json")) == WANTED


def test_a_file_named_like_a_branch_is_the_file(cli: Cli, repo: GitRepo) -> None:
    repo.write({"old": "no CRD"})

    alone = cli("diff", "old")
    forced = cli("diff", "old:", "--format", "json")

    assert alone.code == 2
    assert "write old: for the revision of that name" in alone.err
    assert rows(forced) == WANTED


@pytest.mark.parametrize("sides", [("nowhere",), ("old", "nowhere"), ("nowhere:crds", "crds")])
def test_what_is_neither_path_nor_revision_is_one_clear_error(
    cli: Cli, repo: GitRepo, sides: tuple[str, ...]
) -> None:
    assert repo.folder.is_dir()
    result = cli("diff", *sides)

    assert (result.code, result.out) == (2, "")
    assert re.match(r"error: nowhere\S* is no file or folder here; unknown revision", result.err)


def test_a_file_that_went_is_told_how_to_be_named_in_a_revision(cli: Cli, repo: GitRepo) -> None:
    (repo.folder / "crds" / "a.yaml").unlink()

    result = cli("diff", "old", "crds/a.yaml")

    assert result.err == (
        "error: there is no file crds/a.yaml; what a revision holds of it is "
        "REVISION:./crds/a.yaml\n"
    )
    assert "(removed)" in cli("diff", "old:./crds/a.yaml").out


def test_a_path_that_a_revision_does_not_have_is_one_clear_error(cli: Cli, repo: GitRepo) -> None:
    assert repo.folder.is_dir()
    result = cli("diff", "old:crd")

    assert result.code == 2
    assert result.err == "error: there is no file below crd in old\n"


def test_outside_a_repository_a_revision_is_one_clear_error(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    monkeypatch.chdir(tmp_path)

    result = cli("diff", "main")

    assert result.code == 2
    assert "is in no git repository" in result.err


def test_a_file_that_cannot_be_read_is_told_and_hides_nothing(cli: Cli, tmp_path: Path) -> None:
    for name, text in {"old/a.yaml": OLD, "new/a.yaml": NEW}.items():
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    broken = "kind: CustomResourceDefinition\nspec: '\n"
    (tmp_path / "new" / "b.yaml").write_text(broken, encoding="utf-8")

    result = cli("diff", tmp_path / "old", tmp_path / "new")

    assert result.code == 2
    assert "cannot read" in result.out
    assert "SS502" in result.out


def test_the_exit_code_follows_what_is_broken(cli: Cli, tmp_path: Path) -> None:
    for name, text in {"a.yaml": OLD, "b.yaml": NEW, "c.yaml": OLD + "\n"}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    a, b, c = (tmp_path / name for name in ("a.yaml", "b.yaml", "c.yaml"))

    assert cli("diff", a, b).code == 1
    assert cli("diff", a, b, "--fail-on", "never").code == 0
    assert cli("diff", a, b, "--ignore", "SS502").code == 0
    same = cli("diff", a, c)
    assert same.code == 0
    assert same.out == f"{a} and {c} hold the same fields (1 resource version looked at).\n"


def test_a_new_version_is_compared_with_the_newest_there_was(cli: Cli, tmp_path: Path) -> None:
    old = crd(version="v1beta1", status={"token": "Words."})
    new = crd(version="v1", spec={"size": "Words.", "token": "Words."})
    (tmp_path / "a.yaml").write_text(old, encoding="utf-8")
    (tmp_path / "b.yaml").write_text(new, encoding="utf-8")

    result = cli("diff", tmp_path / "a.yaml", tmp_path / "b.yaml")

    assert result.code == 0, "conversion carries the field"
    assert "Widget example.com/v1 (new version, compared with v1beta1)" in result.out
    assert "moved  status.token  -> spec.token" in result.out
    assert "Widget example.com/v1beta1 (removed)" in result.out


def test_verdicts_mutability_and_types_are_told(cli: Cli, tmp_path: Path) -> None:
    old = crd(spec={"size": "Words.", "made": ORDER})
    new = crd(spec={"size": "Words.", "made": REPORT})
    rule = "x-kubernetes-validations: [{rule: self == oldSelf}]"
    new = new.replace("size: {type: string", f"size: {{{rule}, type: integer")
    (tmp_path / "a.yaml").write_text(old, encoding="utf-8")
    (tmp_path / "b.yaml").write_text(new, encoding="utf-8")

    result = cli("diff", tmp_path / "a.yaml", tmp_path / "b.yaml", "--format", "json")

    told = {
        (f["change"], f["path"]): (f["old"], f["new"])
        for f in json.loads(result.out)["resources"][0]["fields"]
    }
    assert told["mutability", "spec.size"] == ("mutable", "immutable")
    assert told["type", "spec.size"] == ("string", "integer")
    assert told["judged", "spec.made"] == ("spec (100 %)", "status (100 %)")


PROTO = """\
syntax = "proto3";
package demo.v1;
message Widget {{
  string name = 1;
  WidgetSpec spec = 2;
  WidgetStatus status = 3;
}}
message WidgetSpec {{
  string size = 1;
{spec}}}
message WidgetStatus {{
  string seen = 1;
{status}}}
"""
SEAL = "  bytes seal = 2;\n"


def test_protos_are_compared_between_revisions(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo = made(tmp_path / "protos", {"demo/v1/w.proto": PROTO.format(spec="", status=SEAL)})
    repo.commit({"demo/v1/w.proto": PROTO.format(spec=SEAL, status="")})
    repo.commit({"other.txt": "Words."})
    monkeypatch.chdir(repo.folder)

    assert rows(cli("diff", "HEAD~2", "--format", "json")) == [("moved", "spec.seal")]
    assert rows(cli("diff", "HEAD~2", "HEAD~1", "--format", "json")) == [("moved", "spec.seal")]
    assert rows(cli("diff", "HEAD~1", "HEAD", "--format", "json")) == []


CONTAINER = """\
syntax = "proto3";
package demo.v1;
import "demo/v1/spec.proto";
message Widget {
  string name = 1;
  WidgetSpec spec = 2;
  WidgetStatus status = 3;
}
message WidgetStatus {
  string seen = 1;
}
"""
CONTAINED = 'syntax = "proto3";\npackage demo.v1;\nmessage WidgetSpec {{\n{fields}}}\n'


@pytest.mark.parametrize(
    "sides", [("HEAD~1", "api"), ("HEAD~1:api",), ("HEAD~1:api", "HEAD:api"), ("HEAD~1:api", "api")]
)
def test_a_folder_differs_where_what_its_protos_import_changed(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sides: tuple[str, ...]
) -> None:
    spec = "proto/demo/v1/spec.proto"
    config = {"specstat.yaml": "proto: {roots: [proto]}\n"}
    apart = {"api/widget.proto": CONTAINER, spec: CONTAINED.format(fields="  string size = 1;\n")}
    repo = made(tmp_path / "protos", {**config, **apart})
    repo.commit({spec: CONTAINED.format(fields="  string size = 1;\n  string more = 2;\n")})
    monkeypatch.chdir(repo.folder)

    assert rows(cli("diff", *sides, "--format", "json")) == [("added", "spec.more")]


def test_a_proto_of_a_revision_sees_nothing_of_the_work_tree(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec, widget = "message WidgetSpec {", 'syntax = "proto3";\npackage demo.v1;\n'
    whole = PROTO.format(spec="", status="")
    before, _, rest = whole.partition(spec)
    inner, _, status = rest.partition("message WidgetStatus")
    apart = {
        "demo/v1/s.proto": f"{widget}{spec}{inner}",
        "demo/v1/w.proto": f"{before}message WidgetStatus{status}".replace(
            "package demo.v1;", 'package demo.v1;\nimport "demo/v1/s.proto";'
        ),
    }
    repo = made(tmp_path / "protos", apart)
    more = apart["demo/v1/s.proto"].replace("size = 1;", "size = 1;\n  string more = 2;")
    repo.commit({"demo/v1/s.proto": more})
    for name in apart:
        (repo.folder / name).unlink()
    monkeypatch.chdir(repo.folder)

    assert rows(cli("diff", "HEAD~1", "HEAD", "--format", "json")) == [("added", "spec.more")]


def test_descriptor_sets_are_compared(cli: Cli, tmp_path: Path) -> None:
    for side, (spec, status) in {"old": ("", SEAL), "new": (SEAL, "")}.items():
        folder = tmp_path / side
        folder.mkdir()
        (folder / "w.proto").write_text(PROTO.format(spec=spec, status=status), encoding="utf-8")
        compiled_set(folder, tmp_path).rename(tmp_path / f"{side}.binpb")
        shutil.rmtree(folder)

    result = cli("diff", tmp_path / "old.binpb", tmp_path / "new.binpb", "--format", "json")

    assert rows(result) == [("moved", "spec.seal")]


def test_markdown_folds_each_resource(cli: Cli, repo: GitRepo) -> None:
    assert repo.folder.is_dir()
    out = cli("diff", "old", "--format", "markdown").out

    assert out.startswith("### API changes from `old` to `the work tree`\n")
    assert "<details open><summary><b>Widget example.com/v1</b>: 1 moved" in out
    assert "| moved | `spec.token` | `status.token` | `spec.token` |" in out
    assert "- **error SS502** Widget.spec.token moved here" in out


def test_json_matches_its_schema_where_nothing_changed(cli: Cli, repo: GitRepo) -> None:
    assert repo.folder.is_dir()

    assert rows(cli("diff", "HEAD", "--format", "json")) == []


def test_an_unknown_code_is_refused(cli: Cli, repo: GitRepo) -> None:
    assert repo.folder.is_dir()
    result = cli("diff", "old", "--select", "SS5O2")

    assert result.code == 2
    assert "unknown code SS5O2 in --select; did you mean SS502?" in result.err
