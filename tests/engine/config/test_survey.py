"""What a look at a repository sees, and the configuration that is made of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from specstat.engine.config.first import profile_of_crds, profile_of_protos, text
from specstat.engine.config.loading import read
from specstat.engine.config.mistakes import refuse_mistakes
from specstat.engine.config.nouns import Configuration
from specstat.engine.config.survey import Survey, survey
from specstat.model.source import Source
from tests.cli.support import crd, git

GENERATED = "metadata:\n  annotations:\n    controller-gen.kubebuilder.io/version: v0.16\n"
HALVES = (
    'syntax = "proto3";\npackage garden.v1;\n{0}\nmessage BedSpec {{}}\nmessage BedStatus {{}}\n'
    "message Bed {{ BedSpec spec = 1; BedStatus status = 2; }}\n"
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "repo").mkdir()
    monkeypatch.chdir(tmp_path / "repo")
    return tmp_path / "repo"


def write(path: str, content: str) -> None:
    place = Path(path)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(content, encoding="utf-8")


def checked(content: str) -> Configuration:
    found = read(Source("specstat.yaml", content))
    refuse_mistakes(found)
    return found


def test_an_empty_folder_shows_nothing() -> None:
    assert survey(".") == Survey(".")


def test_crds_are_counted_by_who_made_them() -> None:
    write("a.yaml", crd() + GENERATED)
    write("b.yaml", crd())
    write("c.yaml", "kind: CompositeResourceDefinition\n")
    write("f.yaml", "spec:\n  names:\n    kind: CompositeResourceDefinition\n")
    write("d.yaml", crd() + "# forProvider:\n# atProvider:\n")
    write("e.yaml", "kind: Deployment\n")

    seen = survey(".")
    assert (seen.crds, seen.generated, seen.composites, seen.providers) == (3, 1, 1, 1)


def test_protos_are_counted_by_what_they_go_by() -> None:
    write("a.proto", HALVES.format(""))
    write("b.proto", 'syntax = "proto3";\nimport "google/api/resource.proto";\n')
    write("c.proto", 'syntax = "proto3";\nmessage JobStatus {}\n')

    seen = survey(".")
    assert (seen.protos, seen.halves, seen.aips) == (3, 1, 1)


def test_what_others_wrote_counts_for_nothing_else() -> None:
    write("vendor/x/a.yaml", crd())
    write("apis/third_party/b.proto", 'syntax = "proto3";\n')
    write("vendor/readme.yaml", "kind: Deployment\n")

    seen = survey(".")
    assert (seen.crds, seen.protos) == (0, 0)
    assert seen.vendored == {"apis/third_party": 1, "vendor": 1}


def test_what_git_ignores_is_not_seen(folder: Path) -> None:
    git(folder, "init", "-q")
    write(".gitignore", "build/\n")
    write("build/a.yaml", crd())

    assert survey(".").crds == 0


def test_import_roots_are_told_only_where_they_are_needed() -> None:
    write("proto/garden/v1/bed.proto", HALVES.format('import "garden/v1/soil.proto";'))
    write("proto/garden/v1/soil.proto", 'syntax = "proto3";\n')
    assert survey(".").roots == ()

    write("proto/garden/v1/bed.proto", HALVES.format('import "acme/type/date.proto";'))
    write("third_party/acme/type/date.proto", 'syntax = "proto3";\n')
    assert survey(".").roots == ("third_party",)


@pytest.mark.parametrize(
    ("seen", "crds", "protos"),
    [
        (Survey(""), "", ""),
        (Survey("", crds=3, generated=2), "kubebuilder", ""),
        (Survey("", crds=3, generated=1), "recommended", ""),
        (Survey("", crds=3, generated=3, providers=2), "crossplane", ""),
        (Survey("", composites=1), "crossplane", ""),
        (Survey("", protos=3, halves=1, aips=3), "", "krm-proto"),
        (Survey("", crds=30, generated=30, composites=1), "kubebuilder", ""),
        (Survey("", protos=30, halves=1, aips=20), "", "aip"),
        (Survey("", protos=3, aips=1), "", "aip"),
        (Survey("", protos=3), "", "recommended"),
    ],
)
def test_a_profile_fits_what_was_seen(seen: Survey, crds: str, protos: str) -> None:
    assert (profile_of_crds(seen), profile_of_protos(seen)) == (crds, protos)


LATER = "status-without-subresource"
SEEN = Survey(
    "",
    crds=2,
    generated=2,
    protos=3,
    halves=1,
    vendored={"third_party": 3, 'a "b"': 1},
    roots=("third_party", "x y"),
)


def test_a_first_configuration_says_what_was_seen() -> None:
    found = checked(text(SEEN, "0.10"))

    assert found.rules.profile is not None
    assert found.rules.profile.value == "kubebuilder"
    assert found.rules.as_of is not None
    assert found.rules.as_of.value == "0.10"
    assert [glob.value.text for glob in found.exclude or ()] == ["third_party/**", 'a "b"/**']
    assert [root.path for root in found.proto_roots or ()] == ["third_party", "x y"]
    (block,) = found.paths
    assert block.glob.value.regex.fullmatch("apis/v1/bed.proto")
    assert block.rules.profile is not None
    assert block.rules.profile.value == "krm-proto"


def test_a_profile_that_was_asked_for_holds_for_all() -> None:
    found = checked(text(SEEN, "0.1", "aip"))

    assert found.rules.profile is not None
    assert found.rules.profile.value == "aip"
    assert found.paths == ()


@pytest.mark.parametrize("seen", [Survey(""), SEEN, Survey("", protos=1, aips=1)])
def test_every_line_of_a_first_configuration_fits_on_100_columns(seen: Survey) -> None:
    content = text(seen, "0.1")

    checked(content)
    assert max(map(len, content.splitlines())) <= 100


def test_what_is_commented_out_holds_when_it_is_wanted() -> None:
    content = text(SEEN, "0.1")
    wanted = [
        line.removeprefix("# ").replace("#   ", "  ")
        for line in content.splitlines()
        if not line.startswith("# ") or line.startswith("#   ") or re.fullmatch(r"# \w+:", line)
    ]
    # Rules that need not be there yet.
    named = "\n".join(wanted)
    for later, there in (("SS309", "SS101"), ("SS4", "SS0"), ("SS3", "SS1"), (LATER, "SS105")):
        named = named.replace(later, there)

    found = checked(named)
    assert len(found.paths) == 2
    assert len(found.entries) == 1
    assert len(found.rules.severity[0]) == 3
