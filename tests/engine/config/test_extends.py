"""What holds where one configuration is laid over another."""

from __future__ import annotations

from pathlib import Path

import pytest

from specstat.engine.config.finding import load_whole
from specstat.engine.config.mistakes import refuse_mistakes
from specstat.engine.config.nouns import Configuration
from specstat.model.diagnostic import Severity
from specstat.readers.settings.places import ConfigError


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "repo" / ".git").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "repo")
    return tmp_path


def write(path: str, text: str) -> None:
    place = Path(path)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text, encoding="utf-8")


def laid(base: str, own: str) -> Configuration:
    write("base.yaml", base)
    write("apis/specstat.yaml", f"extends: ../base.yaml\n{own}")
    return load_whole("apis/specstat.yaml")


def refused(path: str) -> str:
    with pytest.raises(ConfigError) as caught:
        load_whole(path)
    return str(caught.value)


def test_lists_and_single_values_of_the_nearer_file_count() -> None:
    found = laid(
        "profile: strict\nignore: [SS101]\nexclude: [a, b]\nfail-on: error\nselect: [SS1]\n",
        "profile: aip\nignore: [SS102]\nexclude: []\n",
    )

    assert found.rules.profile is not None
    assert found.rules.profile.value == "aip"
    assert [said.value for said in found.rules.ignore or ()] == ["SS102"]
    assert [said.value for said in found.rules.select or ()] == ["SS1"]
    assert found.exclude == ()
    assert found.fail_on is not None
    assert found.fail_on.place.brief == "base.yaml:4"


def test_mappings_are_merged() -> None:
    found = laid(
        "severity: {SS101: info, SS102: info}\nfields: {A.spec.x: sensitive, A.spec.y: sensitive}\n"
        "paths: {a/**: {ignore: [SS1]}}\n",
        "severity: {SS101: error}\nfields: {A.spec.x: changes=never}\n"
        "paths: {b/**: {ignore: [SS1]}}\n",
    )

    assert [(e.key, e.directive.declared.changes, e.place.brief) for e in found.entries] == [
        ("A.spec.x", "never", "apis/specstat.yaml:3"),
        ("A.spec.y", "", "base.yaml:2"),
    ]
    assert [e.key for e in found.own_entries] == ["A.spec.x"]
    assert [loud.severity for said in found.rules.severity for loud in said] == [
        Severity.INFO,
        Severity.INFO,
        Severity.ERROR,
    ]
    assert [(b.glob.value.text, b.glob.place.folder.as_posix()) for b in found.paths] == [
        ("a/**", "."),
        ("b/**", "apis"),
    ]


def test_paths_are_seen_from_the_file_that_names_them() -> None:
    Path("proto").mkdir()
    found = laid("judge: {weights: w.bin}\nproto: {roots: [proto]}\n", "baseline: known.json\n")

    assert found.weights is not None
    assert found.baseline is not None
    assert found.weights.file == Path("w.bin")
    assert found.baseline.file == Path("apis/known.json")
    assert [root.file for root in found.proto_roots or ()] == [Path("proto")]


def test_files_may_extend_each_other_in_a_row() -> None:
    write("a.yaml", "profile: strict\n")
    write("b.yaml", "extends: a.yaml\nfail-on: error\n")
    write("apis/specstat.yaml", "extends: ../b.yaml\nignore: [SS1]\n")

    found = load_whole("apis/specstat.yaml")

    assert found.rules.profile is not None
    assert found.fail_on is not None
    assert found.bases == ("b.yaml", "a.yaml")


def test_toml_may_be_extended_and_extend() -> None:
    write("base.toml", '[tool.specstat]\nprofile = "strict"\n')
    write("pyproject.toml", '[tool.specstat]\nextends = "base.toml"\n')

    profile = load_whole("pyproject.toml").rules.profile

    assert profile is not None
    assert profile.place.brief == "base.toml: tool.specstat.profile"


def test_a_circle_is_told_with_all_who_are_in_it() -> None:
    write("specstat.yaml", "extends: a.yaml\n")
    write("a.yaml", "# why\nextends: ./b.yaml\n")
    write("b.yaml", "extends: a.yaml\n")

    assert refused("specstat.yaml") == (
        "b.yaml:1:10: extends goes in a circle: a.yaml > b.yaml > a.yaml; remove one of them"
    )


def test_a_file_that_extends_itself_is_a_circle() -> None:
    write("specstat.yaml", "extends: specstat.yaml\n")

    assert "extends goes in a circle: specstat.yaml > specstat.yaml" in refused("specstat.yaml")


@pytest.mark.parametrize("path", ["../base.yaml", "apis/../../base.yaml", "link.yaml"])
def test_nothing_outside_the_repository_is_extended(folder: Path, path: str) -> None:
    (folder / "base.yaml").write_text("profile: strict\n", encoding="utf-8")
    Path("apis").mkdir()
    Path("link.yaml").symlink_to(folder / "base.yaml")
    write("specstat.yaml", f"extends: {path}\n")

    link = f" (a link to {folder / 'base.yaml'})" if path == "link.yaml" else ""
    assert refused("specstat.yaml") == (
        f"specstat.yaml:1:10: extends leads out of the repository, to {path}{link}; name a file "
        "within repo/"
    )


def test_a_file_that_is_not_there_is_told() -> None:
    write("apis/specstat.yaml", "extends: ../bse.yaml\n")

    assert refused("apis/specstat.yaml") == (
        "apis/specstat.yaml:1:10: there is no file ../bse.yaml to extend; it is looked for at "
        "bse.yaml"
    )


def test_toml_without_our_table_has_nothing_to_extend() -> None:
    write("other.toml", "[tool.specs]\n")
    write("specstat.yaml", "extends: other.toml\n")

    assert refused("specstat.yaml").endswith("other.toml has no [tool.specstat] to extend")


def test_a_mistake_in_what_is_extended_is_told_at_its_own_place() -> None:
    write("base.yaml", "profle: strict\n")
    write("specstat.yaml", "extends: base.yaml\n")

    assert refused("specstat.yaml") == (
        "base.yaml:1:1: unknown key 'profle'; did you mean profile? (extended by specstat.yaml:1)"
    )


def test_an_unknown_code_in_what_is_extended_is_told_at_its_own_place() -> None:
    write("base.yaml", "ignore: [SS1O1]\n")
    write("specstat.yaml", "extends: base.yaml\n")

    with pytest.raises(ConfigError) as caught:
        refuse_mistakes(load_whole("specstat.yaml"))
    assert str(caught.value) == "base.yaml:1:10: unknown code SS1O1; did you mean SS101?"
