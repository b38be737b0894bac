"""`specstat annotate`: the right words in the right place, and nothing else touched."""

from __future__ import annotations

import json
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from tests.cli.support import BROKEN, Cli, closed, crd, unprivileged
from tests.readers.protoc import compiled_set

WORDS = ("purpose=instruction", "changes=never")
HAND = """\
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: mugs.example.com}
spec:
  group: example.com
  names: {kind: Mug}
  versions:
  - name: v1
    schema:
      openAPIV3Schema:
        properties:
          spec:
            properties:
              # How large.
              size:
                type: string

              parts:
                items:
                  properties:
                    name: {type: string}
"""
GENERATED = HAND.replace(
    "{name: mugs.example.com}",
    "{name: mugs.example.com, annotations: {controller-gen.kubebuilder.io/version: v0.17.2}}",
)
PROTO = """\
message Mug {
\t// How large.
\tstring size = 1;
\tstring note = 2; string mark = 3; string more = 4;
}
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(text: str, name: str = "mug.yaml") -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
    return path


def read(path: Path | str) -> str:
    return Path(path).read_bytes().decode()


def above(text: str, line: str, comment: str) -> str:
    """A text with a comment above the line that holds something."""
    lines = text.splitlines(keepends=True)
    at = next(number for number, found in enumerate(lines) if line in found)
    indent = lines[at][: len(lines[at]) - len(lines[at].lstrip())]
    ending = "\r\n" if "\r\n" in text else "\n"
    return "".join([*lines[:at], indent + comment + ending, *lines[at:]])


@pytest.mark.parametrize(
    "shape",
    [
        lambda text: text,
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "\ufeff" + text,
        lambda text: text.rstrip("\n"),
    ],
)
@pytest.mark.parametrize(
    ("text", "name", "field", "place"),
    [
        (HAND, "mug.yaml", "size", "size:"),
        (HAND, "mug.yaml", "Mug.spec.parts[].name", "name: {type"),
        (PROTO, "mug.proto", "Mug.size", "size ="),
    ],
)
def test_a_comment_goes_right_above_the_field(  # noqa: PLR0913, PLR0917 - one file is four of them
    cli: Cli, shape: Callable[[str], str], text: str, name: str, field: str, place: str
) -> None:
    path = write(shape(text), name)

    result = cli("annotate", name, field, *WORDS)

    mark = "//" if name.endswith(".proto") else "#"
    assert (result.code, result.err) == (0, "")
    assert read(path) == above(shape(text), place, f"{mark} specstat: {' '.join(WORDS)}")


def test_it_says_in_one_line_what_was_written_where(cli: Cli) -> None:
    write(HAND)
    assert cli("annotate", "mug.yaml", "size", *WORDS).out == (
        "Mug.spec.size is annotated with purpose=instruction changes=never: mug.yaml:15\n"
    )
    assert cli("annotate", "mug.yaml", "size", "purpose=instruction").out == (
        "Mug.spec.size says so already: mug.yaml:16\n"
    )


def test_the_words_may_come_as_they_stand_in_a_comment(cli: Cli) -> None:
    path = write(HAND)
    assert cli("annotate", "mug.yaml", "size", "specstat: purpose=instruction sensitive").code == 0
    assert "  # specstat: purpose=instruction sensitive\n" in read(path)


def test_an_annotation_that_is_there_is_changed_in_place(cli: Cli) -> None:
    text = HAND.replace("size:\n", "size: # specstat: purpose=observation sensitive\n")
    path = write(text)

    assert cli("annotate", "mug.yaml", "size", *WORDS).code == 0

    assert read(path) == text.replace(
        "purpose=observation sensitive", "purpose=instruction sensitive changes=never"
    )


def test_what_lint_finds_follows(cli: Cli) -> None:
    write(crd(status={"grip": "Words."}), "a.yaml")
    assert cli("lint", "a.yaml").code == 0
    assert cli("annotate", "a.yaml", "grip", "purpose=instruction").code == 0
    assert cli("lint", "a.yaml").code == 1


def test_a_difference_is_shown_and_nothing_written(cli: Cli, folder: Path) -> None:
    path = write(HAND.rstrip("\n"))

    result = cli("annotate", "mug.yaml", "parts", "sensitive", "--diff")

    assert result.code == 0
    assert "+              # specstat: sensitive\n" in result.out
    assert read(path) == HAND.rstrip("\n")
    assert cli("annotate", "mug.yaml", "parts", "sensitive", "--dry-run").out == result.out
    (folder / "change.patch").write_text(result.out, encoding="utf-8")
    subprocess.run(["git", "apply", "change.patch"], cwd=folder, check=True)
    assert read(path) == above(HAND, "parts:", "# specstat: sensitive").rstrip("\n")


# Into the configuration


def test_of_a_generated_file_the_configuration_speaks(cli: Cli) -> None:
    path = write(GENERATED, "apis/deeper/mug.yaml")

    result = cli("annotate", "apis/deeper/mug.yaml", "spec.size", *WORDS)

    assert result.out == (
        "Mug.spec.size is annotated with purpose=instruction changes=never: specstat.yaml:2, "
        "as apis/deeper/mug.yaml is generated by controller-gen\n"
    )
    assert read("specstat.yaml") == (
        "fields:\n  example.com/Mug.spec.size: purpose=instruction changes=never\n"
    )
    assert read(path) == GENERATED
    assert "(declared)" in cli("where", "size", "--in", "apis/deeper/mug.yaml").out


def test_the_nearest_configuration_is_taken(cli: Cli) -> None:
    write("# ours\nfields: # all\n  A.b: sensitive\n", "apis/.specstat.yaml")
    write("fields: {}\n")
    write(GENERATED, "apis/deeper/mug.yaml")

    assert cli("annotate", "apis/deeper/mug.yaml", "spec.size", "sensitive").code == 0

    assert read("apis/.specstat.yaml") == (
        "# ours\nfields: # all\n  A.b: sensitive\n  example.com/Mug.spec.size: sensitive\n"
    )


def test_a_configuration_can_be_named_and_is_begun_where_it_is_not_there(cli: Cli) -> None:
    write(GENERATED)
    for word in ("sensitive", "changes=never"):
        assert cli("annotate", "mug.yaml", "size", word, "--config", "x.yaml").code == 0
    assert read("x.yaml") == "fields:\n  example.com/Mug.spec.size: sensitive changes=never\n"
    assert not Path("specstat.yaml").exists()


@pytest.mark.parametrize("name", ["mug.json", "mug.yaml"])
def test_of_json_the_configuration_speaks(cli: Cli, name: str) -> None:
    text = json.dumps(yaml.safe_load(HAND), indent=2)
    write(text, name)

    result = cli("annotate", name, "size", "sensitive")

    assert result.code == 0
    assert f"specstat.yaml:2, as {name} is JSON, which has no comments\n" in result.out
    assert read(name) == text


def test_of_a_field_within_a_line_the_configuration_speaks(cli: Cli) -> None:
    text = HAND.replace("name: {type: string}", "name: {properties: {first: {type: string}}}")
    write(text)

    result = cli("annotate", "mug.yaml", "first", "sensitive")

    assert "as mug.yaml has no place for a comment at line 21" in result.out
    assert "Mug.spec.parts[].name.first: sensitive" in read("specstat.yaml")
    assert read("mug.yaml") == text


def test_a_template_takes_a_comment_where_it_is_yaml_around_it(cli: Cli) -> None:
    text = "{{- if .Values.crds }}\n" + HAND + "{{- end }}\n"
    path = write(text)

    assert cli("annotate", "mug.yaml", "size", "sensitive").code == 0

    assert read(path) == above(text, "size:", "# specstat: sensitive")


# What is refused


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (
            ("mug.yaml", "size", "purpse=instruction"),
            "unknown word 'purpse=instruction' in the annotation; did you mean purpose?",
        ),
        (("mug.yaml", "size", "changes=nevr"), "unknown changes 'nevr'; did you mean never?"),
        (
            ("mug.yaml", "spec.siez", "sensitive"),
            "there is no field spec.siez in mug.yaml; did you mean spec.size?",
        ),
        (
            ("mug.proto", "Mug.siez", "sensitive"),
            "there is no field Mug.siez in mug.proto; did you mean Mug.size?",
        ),
        (
            ("two.yaml", "spec.size", "sensitive"),
            (
                "spec.size may be one of 2 fields: Widget.spec.size (two.yaml:16), "
                "Gadget.spec.size (two.yaml:33); name one in full"
            ),
        ),
        (
            ("mug.proto", "mark", "sensitive"),
            (
                "Mug.mark was not annotated: mug.proto has no place for a comment at line 4 that "
                "would bind to it alone; give it lines of its own"
            ),
        ),
        (
            ("described.yaml", "size", "purpose=instruction"),
            (
                "Widget.spec.size was not annotated: it says purpose=observation already, "
                "line 16; change that"
            ),
        ),
        (("other.yaml", "size", "sensitive"), "there is no resource in other.yaml: no CRD in it"),
        (("nope.yaml", "size", "sensitive"), "cannot read nope.yaml: No such file or directory"),
        (("-", "size", "sensitive"), "annotate writes into a file; standard input is none"),
        (("bytes.proto", "size", "sensitive"), "cannot read bytes.proto:1:20: not UTF-8"),
        (("broken.yaml", "size", "sensitive"), "cannot read broken.yaml:2:7: "),
    ],
)
def test_what_cannot_be_done_is_told_and_changes_nothing(
    cli: Cli, folder: Path, arguments: tuple[str, ...], told: str
) -> None:
    write(HAND)
    write(PROTO, "mug.proto")
    write(crd() + "---\n" + crd(kind="Gadget"), "two.yaml")
    write(crd(spec={"size": "specstat: purpose=observation"}), "described.yaml")
    write("a: b\n", "other.yaml")
    write(BROKEN, "broken.yaml")
    Path("bytes.proto").write_bytes(b"message A { string \xff = 1; }")
    before = {path: path.read_bytes() for path in folder.iterdir() if path.is_file()}

    result = cli("annotate", *arguments)

    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f"error: {told}")
    assert result.err.count("\n") == 1
    assert {path: path.read_bytes() for path in folder.iterdir() if path.is_file()} == before


def test_a_configuration_that_cannot_be_used_is_not_written(cli: Cli) -> None:
    write(GENERATED)
    write("rules: {}\n", "specstat.yaml")

    result = cli("annotate", "mug.yaml", "size", "sensitive")

    assert result.code == 2
    assert "specstat.yaml:1:1: unknown key 'rules'" in result.err
    assert read("specstat.yaml") == "rules: {}\n"


def test_a_purpose_is_of_a_field_and_not_of_a_section(cli: Cli) -> None:
    path = write(HAND)

    result = cli("annotate", "mug.yaml", "Mug.spec", "purpose=instruction")
    assert result.code == 2
    assert result.err.startswith("error: Mug.spec is a whole section; ")
    assert read(path) == HAND
    assert cli("annotate", "mug.yaml", "Mug.spec", "changes=never").code == 0


def test_a_descriptor_set_is_refused_and_what_to_do_told(cli: Cli, folder: Path) -> None:
    protos = folder / "protos"
    protos.mkdir()
    mug = "message Mug { optional Spec spec = 1; optional Spec status = 2; }"
    (protos / "mug.proto").write_text(
        f"{mug}\nmessage Spec {{ optional string size = 1; }}\n", encoding="utf-8"
    )
    before = compiled_set(protos, folder).read_bytes()

    result = cli("annotate", "set.binpb", "Mug.spec.size", "sensitive")

    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("error: set.binpb is compiled; annotate the .proto file")
    assert (folder / "set.binpb").read_bytes() == before


# How it is written


def test_permissions_and_links_stay(cli: Cli) -> None:
    path = write(HAND, "real/mug.yaml")
    path.chmod(0o640)
    Path("mug.yaml").symlink_to("real/mug.yaml")

    assert cli("annotate", "mug.yaml", "size", "sensitive").code == 0

    assert Path("mug.yaml").is_symlink()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert read(path) == above(HAND, "size:", "# specstat: sensitive")
    assert sorted(p.name for p in path.parent.iterdir()) == ["mug.yaml"]


def test_a_folder_that_cannot_be_written_to_is_told(folder: Path) -> None:
    folder.chmod(0o755)
    write(HAND, "apis/mug.yaml")
    with closed(folder / "apis", 0o555):
        result = unprivileged("annotate", "apis/mug.yaml", "size", "sensitive", cwd=folder)

    assert result.code == 2
    assert result.err == "error: cannot write apis/mug.yaml: Permission denied\n"
    assert read("apis/mug.yaml") == HAND
