"""A checkout: found, read, judged; what concerns a path; what cannot be done as it was asked."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from pathlib import Path

import pytest

from fmcatalog import project
from fmcatalog.catalog import Catalog, load
from fmcatalog.diagnostics import Severity
from fmcatalog.project import UsageError

TOY = Path(__file__).parent / "data" / "toy"
MODELS = Path("catalog/models")


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the toy catalog on the day after its youngest source."""
    shutil.copytree(TOY, tmp_path / "toy")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1719792000")
    monkeypatch.chdir(tmp_path / "toy")
    return tmp_path / "toy"


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load(TOY).catalog


def spoil(root: Path, id: str, old: str, new: str) -> Path:
    path = root / MODELS / f"{id}.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


# --- where ----------------------------------------------------------------------------------------


def test_the_root_is_the_nearest_folder_upwards_that_holds_records(root: Path) -> None:
    assert project.find_root(root) == root
    assert project.find_root(root / MODELS) == root
    assert project.find_root() == root


def test_outside_a_checkout_the_message_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"no catalog here: .*use --root DIR"):
        project.find_root(tmp_path)


# --- when -----------------------------------------------------------------------------------------


def test_today_can_be_fixed_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    assert project.today() == dt.date(1970, 1, 1)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1719792000")
    assert project.today() == dt.date(2024, 7, 1)


@pytest.mark.parametrize("word", ["", "soon", "-1", "١٢٣"])
def test_what_is_no_time_leaves_today_as_it_is(word: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", word)
    assert project.today() >= dt.date(2026, 1, 1)


# --- the verdict ----------------------------------------------------------------------------------


def test_the_toy_catalog_passes_even_strictly_and_lists_its_debts(root: Path) -> None:
    verdict = project.validate(root)
    assert [d.code for d in verdict.diagnostics] == ["F351", "F351"]
    assert (verdict.count(Severity.ERROR), verdict.count(Severity.HINT)) == (0, 2)
    assert not verdict.failed(strict=False)
    assert not verdict.failed(strict=True)


def test_a_warning_fails_only_strictly(root: Path) -> None:
    spoil(root, "umbra", "modalities: [x-ray]", "modalities: [XR]")
    verdict = project.validate(root)
    assert verdict.count(Severity.WARNING) == 1
    assert not verdict.failed(strict=False)
    assert verdict.failed(strict=True)


def test_an_error_fails_either_way(root: Path) -> None:
    spoil(root, "umbra", "modalities: [x-ray]", "modalities: [x-rai]")
    verdict = project.validate(root)
    assert verdict.failed(strict=False)
    assert verdict.failed(strict=True)


def test_diagnostics_come_in_the_order_of_files_and_lines(root: Path) -> None:
    spoil(root, "umbra", "modalities: [x-ray]", "modalities: [x-rai]")
    spoil(root, "harbor", "name: Harbor", "nam: Harbor")
    spoil(root, "lumen", "organs: [lung]", "organs: [lang]")
    found = project.validate(root).diagnostics
    keys = [(d.place.file, d.place.line, d.place.column) for d in found]
    assert keys == sorted(keys)
    assert {"harbor", "lumen", "umbra"} <= {Path(d.place.file).stem for d in found}


def test_the_verdict_does_not_depend_on_the_order_of_the_folder(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoil(root, "umbra", "modalities: [x-ray]", "modalities: [x-rai]")
    spoil(root, "lumen", "organs: [lung]", "organs: [lang]")
    forwards = project.validate(root).diagnostics
    scan = os.scandir
    monkeypatch.setattr(os, "scandir", lambda top: reversed(list(scan(top))))
    assert project.validate(root).diagnostics == forwards


# --- what concerns a path -------------------------------------------------------------------------


def test_with_a_path_only_what_is_wrong_there_is_shown(root: Path) -> None:
    bad = spoil(root, "umbra", "modalities: [x-ray]", "modalities: [x-rai]")
    spoil(root, "lumen", "organs: [lung]", "organs: [lang]")
    assert {d.place.file for d in project.validate(root, [bad]).diagnostics} == {
        "catalog/models/umbra.yaml"
    }
    relative = project.validate(root, [MODELS / "umbra.yaml"]).diagnostics
    assert relative == project.validate(root, [bad]).diagnostics


def test_a_folder_means_everything_in_it(root: Path) -> None:
    spoil(root, "umbra", "modalities: [x-ray]", "modalities: [x-rai]")
    everything = project.validate(root).diagnostics
    assert project.validate(root, [root / "catalog"]).diagnostics == everything
    assert project.validate(root, [root]).diagnostics == everything
    assert project.validate(root, [root / "catalog" / "vocabularies"]).diagnostics == ()


def test_a_path_is_not_taken_for_another_that_begins_like_it(root: Path) -> None:
    (root / MODELS / "umbra-2.yaml").write_text("name Umbra\nx: 1\n")
    assert project.validate(root, [root / MODELS / "umbra.yaml"]).diagnostics == ()


def test_a_record_is_judged_with_the_others_even_if_only_it_is_asked_for(root: Path) -> None:
    path = spoil(root, "umbra", "title: Umbra Casts a Shadow", "title: Tern Returns")
    assert [d.code for d in project.validate(root, [path]).diagnostics] == ["F311"]


def test_a_path_that_is_not_there_is_wrong_usage(root: Path) -> None:
    with pytest.raises(UsageError, match=r"^no such file: catalog/models/nobody\.yaml$"):
        project.validate(root, [MODELS / "nobody.yaml"])


def test_a_path_outside_the_checkout_is_wrong_usage(root: Path, tmp_path: Path) -> None:
    (tmp_path / "stray.yaml").write_text("name: Stray\n")
    with pytest.raises(UsageError, match=r"stray\.yaml is outside "):
        project.validate(root, [tmp_path / "stray.yaml"])


def test_a_link_is_reported_and_not_followed(root: Path) -> None:
    (root / MODELS / "link.yaml").symlink_to("/etc/hostname")
    found = project.validate(root, [root / MODELS / "link.yaml"]).diagnostics
    assert [d.code for d in found] == ["F101"]


# --- to be used -----------------------------------------------------------------------------------


def test_a_catalog_to_be_used_leaves_out_what_cannot_be_read(root: Path) -> None:
    spoil(root, "umbra", "name: Umbra", "name Umbra")
    assert "umbra" not in project.catalog(root).models
    assert len(project.catalog(root).models) == 6


def test_a_catalog_of_which_nothing_can_be_read_is_wrong_usage(root: Path) -> None:
    for path in (root / MODELS).iterdir():
        path.write_text("name [")
    with pytest.raises(UsageError, match="no record could be read; fmcatalog validate says why"):
        project.catalog(root)


@pytest.mark.parametrize(
    ("word", "id"),
    [("lumen", "lumen"), ("Lumen", "lumen"), ("LUMEN-1", "lumen"), ("lumen-1", "lumen")],
)
def test_a_model_is_found_by_id_name_or_alias_in_any_case(
    word: str, id: str, catalog: Catalog
) -> None:
    assert project.find_model(catalog, word) == id


def test_a_model_that_is_not_there_is_answered_with_the_nearest(catalog: Catalog) -> None:
    with pytest.raises(UsageError, match=r"^no model 'lumne'; did you mean 'lumen'\?$"):
        project.find_model(catalog, "lumne")
    with pytest.raises(UsageError, match=r"^no model 'xyzzy'$"):
        project.find_model(catalog, "xyzzy")


def test_schemas_are_written_once_and_checked_without_writing(
    catalog: Catalog, tmp_path: Path
) -> None:
    folder = tmp_path / "schemas"
    names = [
        f"{kind}.schema.json"
        for kind in ("errata", "model", "suppressions", "survey", "vocabulary")
    ]
    assert sorted(project.export_schemas(catalog, folder, check=True)) == names
    assert not folder.exists()
    assert sorted(project.export_schemas(catalog, folder, check=False)) == names
    assert sorted(p.name for p in folder.iterdir()) == names
    assert project.export_schemas(catalog, folder, check=True) == []
    (folder / "model.schema.json").write_text("{}")
    assert project.export_schemas(catalog, folder, check=True) == ["model.schema.json"]
    assert (folder / "model.schema.json").read_text() == "{}"
