"""`specstat init`: a first configuration that fits, and nothing lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from specstat import __version__
from specstat.engine.config.finding import Configurations
from tests.cli.support import Cli, crd, unprivileged


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "apis").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def profile() -> str:
    said = Configurations().of("a.yaml").rules.profile
    return said.value if said else ""


def test_what_was_seen_and_what_to_do_next_is_told(cli: Cli) -> None:
    generated = "metadata:\n  annotations:\n    controller-gen.kubebuilder.io/version: v0.16\n"
    Path("apis/a.yaml").write_text(crd().replace("metadata:\n", generated, 1), encoding="utf-8")
    Path("vendor").mkdir()
    Path("vendor/b.yaml").write_text(crd(), encoding="utf-8")

    result = cli("init")

    assert result.code == 0
    assert result.out.startswith(
        "Saw 1 file with CRDs, 1 of them made by controller-gen.\n"
        "vendor holds what others wrote (1 file): excluded.\n"
        "Wrote specstat.yaml.\n"
        "Next: `specstat lint`"
    )
    assert max(map(len, result.out.splitlines())) <= 80
    assert profile() == "kubebuilder"
    as_of = Configurations().of("a.yaml").rules.as_of
    assert as_of is not None
    assert __version__.startswith(f"{as_of.value}.")
    assert cli("lint").code == 0
    assert "excluded by the configuration" in cli("lint").out


def test_it_is_written_at_the_top_of_the_repository(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir("apis")

    assert "Wrote ../specstat.yaml." in cli("init").out
    assert Path("../specstat.yaml").exists()


def test_an_empty_repository_gets_one_too(cli: Cli) -> None:
    result = cli("init")

    assert result.out.startswith("Saw no CRD and no .proto file that git does not ignore.\n")
    assert profile() == "recommended"


def test_a_profile_may_be_asked_for(cli: Cli) -> None:
    assert cli("init", "--profile", "strict").code == 0
    assert profile() == "strict"
    assert cli("init", "--force", "--profile", "nope").code == 2
    assert profile() == "strict"


def test_what_is_there_is_replaced_only_when_asked(cli: Cli) -> None:
    Path("specstat.yaml").write_text("profile: aip\n", encoding="utf-8")

    result = cli("init")
    assert (result.code, result.out) == (2, "")
    assert result.err == "error: specstat.yaml is there already; --force replaces it\n"
    assert profile() == "aip"

    assert cli("init", "--force").code == 0
    assert profile() == "recommended"


@pytest.mark.parametrize("force", [(), ("--force",)])
@pytest.mark.parametrize(
    ("name", "text"), [(".specstat.yaml", ""), ("pyproject.toml", "[tool.specstat]\n")]
)
def test_none_is_put_beside_another(cli: Cli, name: str, text: str, force: tuple[str, ...]) -> None:
    Path(name).write_text(text, encoding="utf-8")

    result = cli("init", *force)

    assert result.code == 2
    assert result.err.startswith(f"error: {name} configures this repository already;")
    assert not Path("specstat.yaml").exists()


def test_a_broken_one_is_replaced_only_when_asked(cli: Cli) -> None:
    Path("specstat.yaml").write_text("profile: [\n", encoding="utf-8")

    assert cli("init").code == 2
    assert Path("specstat.yaml").read_text(encoding="utf-8") == "profile: [\n"
    assert cli("init", "--force").code == 0
    assert profile() == "recommended"


def test_one_above_the_repository_is_none_of_it(
    cli: Cli, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "apis" / ".git").mkdir()
    Path("specstat.yaml").write_text("profile: aip\n", encoding="utf-8")
    monkeypatch.chdir("apis")

    assert cli("init").code == 0


def test_a_folder_that_may_not_be_written_is_told(folder: Path) -> None:
    folder.chmod(0o555)
    try:
        result = unprivileged("init", cwd=folder)
    finally:
        folder.chmod(0o755)

    assert result.code == 2
    assert result.err.startswith("error: cannot write specstat.yaml: Permission denied")
