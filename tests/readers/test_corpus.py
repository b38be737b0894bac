"""Real CRDs beside what PyYAML makes of them, where they are at hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from specstat.model.resource import Section
from specstat.readers import yamltree
from tests.readers.places import assert_same_places
from tests.readers.support import ROOT, Strings, read

CORPUS = ROOT.parent / "shared" / "corpus" / "crds"


def sample() -> list[Path]:
    """Sixty files, evenly from all."""
    files = sorted(CORPUS.glob("*/*.yaml"))
    if len(files) < 60:
        pytest.skip(f"no corpus of real CRDs in {CORPUS}")
    return files[:: len(files) // 60][:60]


def expected(schema: dict[str, Any], section: Section) -> dict[str, tuple[str, str]]:
    """Type and description of each field that stands directly in a section."""
    properties = schema["properties"].get(section.value, {}).get("properties", {})
    return {
        name: (
            "int-or-string" if "x-kubernetes-int-or-string" in field else field.get("type", ""),
            field.get("description", ""),
        )
        for name, field in properties.items()
    }


def test_fields_types_and_descriptions_are_those_of_pyyaml() -> None:
    compared = 0
    for path in sample():
        text = path.read_text(encoding="utf-8")
        (document,) = yaml.load_all(text, Loader=Strings)
        reading = read(text, str(path))
        versions = document["spec"]["versions"]

        assert reading.problems == (), path
        assert [r.version for r in reading.resources] == [v["name"] for v in versions], path
        for resource, version in zip(reading.resources, versions, strict=True):
            for section in (Section.SPEC, Section.STATUS):
                found = {f.name: (f.type, f.description) for f in resource.top(section)}
                wanted = expected(version["schema"]["openAPIV3Schema"], section)
                for name, (kind, description) in wanted.items():
                    if not kind:  # any, or known from branches: not PyYAML's to say
                        wanted[name] = (found[name][0], description)
                assert found == wanted, path
                compared += len(found)
    assert compared > 500


def test_every_place_in_real_crds_is_that_of_pyyaml() -> None:
    for path in sample():
        text = path.read_text(encoding="utf-8")
        assert_same_places(yamltree.load(text), text)
