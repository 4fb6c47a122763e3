"""Every code: one catalog that gives it, and the nearest correct one that does not.

`tests/data/codes/<CODE>/bad` and `good` are laid over the toy catalog. A line that ends in
`# here` is the line that the diagnostic has to point at.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

import fmcatalog.cli  # noqa: F401 - imports every module that declares a code
from fmcatalog.catalog import load
from fmcatalog.diagnostics import CODES, Diagnostic, Severity, as_text, declare, rule
from fmcatalog.rules import RULES, check

DATA = Path(__file__).resolve().parents[1] / "data"
TOY, OVERLAYS = DATA / "toy", DATA / "codes"
TODAY = dt.date(2024, 7, 1)
NEWCOMER = "catalog/models/newcomer.yaml"

RECORD = """\
name: Newcomer
title: A Newcomer Arrives
authors: [Kim Extra]
published: 2023-07-01
category: readers
sources:
  - fields: [name, title, authors, published, category]
    source: https://example.org/newcomer
    accessed: 2024-06-01
"""


def link(root: Path) -> None:
    (root / "newcomer.txt").write_text(RECORD)
    (root / NEWCOMER).symlink_to(root / "newcomer.txt")


def text(content: str, encoding: str = "utf-8") -> Callable[[Path], None]:
    return lambda root: (root / NEWCOMER).write_text(content, encoding=encoding) and None


# What a checkout cannot hold well as a file: links, odd bytes, large files.
MADE: dict[str, tuple[Callable[[Path], None], Callable[[Path], None]]] = {
    "F101": (link, text(RECORD)),
    "F102": (
        text(RECORD + "#" * (64 * 1024 - len(RECORD) + 1)),
        text(RECORD + "#" * (64 * 1024 - len(RECORD))),
    ),
    "F103": (
        text(RECORD.replace("Extra", "Éxtra"), "latin-1"),
        text(RECORD.replace("Extra", "Éxtra")),
    ),
}


def found(root: Path) -> list[Diagnostic]:
    return check(load(root), TODAY)


def laid_over(code: str, side: str, folder: Path) -> list[Diagnostic]:
    """Checks the toy catalog with an overlay; gives what the toy itself does not give."""
    root = folder / side
    shutil.copytree(TOY, root)
    if code in MADE:
        MADE[code][side == "good"](root)
    else:
        shutil.copytree(OVERLAYS / code / side, root, dirs_exist_ok=True)
    return [d for d in found(root) if (d.code, d.message, d.place.file) not in of_the_toy()]


@cache
def of_the_toy() -> frozenset[tuple[str, str, str]]:
    return frozenset((d.code, d.message, d.place.file) for d in found(TOY))


def test_the_toy_catalog_holds_a_debt_and_nothing_else_is_wrong_with_it() -> None:
    assert {d.code for d in found(TOY)} == {"F351"}


def test_every_code_has_a_bad_and_a_good_overlay_and_no_overlay_is_left_over() -> None:
    stored = {p.name for p in OVERLAYS.iterdir()}
    for code in stored:
        assert {p.name for p in (OVERLAYS / code).iterdir()} == {"bad", "good"}, code
    assert not stored & set(MADE)
    assert sorted(stored | set(MADE)) == sorted(CODES)


@pytest.mark.parametrize("code", sorted(CODES))
def test_the_bad_overlay_gives_its_code_and_no_other(code: str, tmp_path: Path) -> None:
    assert {d.code for d in laid_over(code, "bad", tmp_path)} == {code}


@pytest.mark.parametrize("code", sorted(CODES))
def test_the_good_overlay_gives_nothing(code: str, tmp_path: Path) -> None:
    assert laid_over(code, "good", tmp_path) == []


MARKED = sorted(
    (path.parents[3].name, path)
    for path in OVERLAYS.glob("*/bad/catalog/*/*.yaml")
    if "# here" in path.read_text(encoding="utf-8")
) + sorted(
    (path.parents[4].name, path)
    for path in OVERLAYS.glob("*/bad/catalog/surveys/*/*.yaml")
    if "# here" in path.read_text(encoding="utf-8")
)


def test_most_overlays_mark_the_line_that_is_wrong() -> None:
    assert len({code for code, _ in MARKED}) > 0.7 * len(CODES)


@pytest.mark.parametrize(("code", "path"), MARKED, ids=[code for code, _ in MARKED])
def test_the_diagnostic_points_at_the_line_that_is_wrong(
    code: str, path: Path, tmp_path: Path
) -> None:
    lines = path.read_text(encoding="utf-8").split("\n")
    wanted = next(n for n, line in enumerate(lines, start=1) if line.endswith("# here"))
    places = {(d.place.file, d.place.line) for d in laid_over(code, "bad", tmp_path)}
    assert places == {(path.relative_to(OVERLAYS / code / "bad").as_posix(), wanted)}


@pytest.mark.parametrize("code", sorted(CODES))
def test_a_message_takes_at_most_eight_lines_and_says_what_to_write(
    code: str, tmp_path: Path
) -> None:
    for diagnostic in laid_over(code, "bad", tmp_path):
        assert len(as_text([diagnostic]).split("\n")) <= 8
        assert diagnostic.help or ": " in diagnostic.message or "(" in diagnostic.message
        assert diagnostic.message[-1] not in ".:;"


@pytest.mark.parametrize("code", sorted(CODES))
def test_a_code_says_what_is_wrong_why_it_matters_and_how_to_mend_it(code: str) -> None:
    declared = CODES[code]
    for said in (declared.what, declared.why, declared.mend):
        assert said.endswith(".")
        assert 10 < len(said) < 300
    assert declared.what[0].isupper()


def test_what_a_rule_declares_is_its_docstring() -> None:
    for checker in RULES:
        first = " ".join((checker.__doc__ or "").split("\n\n")[0].split())
        assert any(declared.what == first for declared in CODES.values()), checker.__name__


def test_a_code_declared_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="F301 is declared twice"):
        declare("F301", Severity.ERROR, "What.\n\nWhy: because.\n\nMend: so.")


def test_a_rule_without_a_remedy_in_its_docstring_is_refused() -> None:
    def checker() -> None:
        """What.

        Why: because.
        """

    with pytest.raises(ValueError, match="F999 needs three paragraphs"):
        rule("F999")(checker)
    assert "F999" not in CODES


# --- other ways to the same codes -----------------------------------------------------------------


def with_newcomer(folder: Path, content: str, file: str = NEWCOMER) -> list[Diagnostic]:
    shutil.copytree(TOY, folder / "root")
    (folder / "root" / file).write_text(content, encoding="utf-8")
    return [d for d in found(folder / "root") if d.code != "F351"]


def test_a_pipe_in_the_place_of_a_record_is_reported_and_not_waited_for(tmp_path: Path) -> None:
    shutil.copytree(TOY, tmp_path / "root")
    os.mkfifo(tmp_path / "root" / NEWCOMER)
    assert [d.code for d in found(tmp_path / "root") if d.code != "F351"] == ["F101"]


def test_a_folder_in_the_place_of_a_record_is_reported(tmp_path: Path) -> None:
    shutil.copytree(TOY, tmp_path / "root")
    (tmp_path / "root" / NEWCOMER).mkdir()
    assert [d.code for d in found(tmp_path / "root") if d.code != "F351"] == ["F101"]


@pytest.mark.parametrize("name", ["organ.yaml", "base-model.yaml", "licence.yaml"])
def test_a_vocabulary_that_is_not_there_is_named(name: str, tmp_path: Path) -> None:
    shutil.copytree(TOY, tmp_path / "root")
    (tmp_path / "root" / "catalog" / "vocabularies" / name).unlink()
    (only,) = [d for d in found(tmp_path / "root") if d.code != "F351"]
    assert (only.code, only.place.file) == ("F112", f"catalog/vocabularies/{name}")


@pytest.mark.parametrize("name", ["errata.yaml", "figure3.csv", "table1.csv", "survey.yaml"])
def test_a_file_of_a_survey_that_is_not_there_is_named(name: str, tmp_path: Path) -> None:
    shutil.copytree(TOY, tmp_path / "root")
    file = f"catalog/surveys/doe-2024/{name}"
    (tmp_path / "root" / file).unlink()
    assert ("F112", file) in {(d.code, d.place.file) for d in found(tmp_path / "root")}


def test_a_vocabulary_of_no_facet_does_not_belong_here(tmp_path: Path) -> None:
    file = "catalog/vocabularies/colour.yaml"
    (only,) = with_newcomer(tmp_path, "facet: colour\n", file)
    assert (only.code, only.place.file) == ("F109", file)


def test_one_bad_file_hides_no_other(tmp_path: Path) -> None:
    shutil.copytree(TOY, tmp_path / "root")
    models = tmp_path / "root" / "catalog" / "models"
    (models / "a.yaml").write_text("name Newcomer\nx: y\n")
    (models / "b.yaml").write_text(RECORD.replace("published: 2023-07-01", "published: soon"))
    (models / "c.yaml").write_text(RECORD.replace("readers", "reeders"))
    found_in = {(d.place.file, d.code) for d in found(tmp_path / "root") if d.code != "F351"}
    assert found_in == {
        ("catalog/models/a.yaml", "F105"),
        ("catalog/models/b.yaml", "F204"),
        ("catalog/models/c.yaml", "F301"),
    }


def test_all_that_is_wrong_in_one_record_is_said_in_one_run(tmp_path: Path) -> None:
    record = RECORD.replace("2023-07-01", "2023-02-30").replace("title:", "titel:")
    codes = [d.code for d in with_newcomer(tmp_path, record + "organs: lung\n")]
    assert sorted(codes) == ["F201", "F202", "F203", "F204"]


@pytest.mark.parametrize(
    "written",
    [
        *(f"{key}: [@]" for key in ("modalities", "organs", "tasks", "algorithms")),
        "datasets:\n  - {dataset: @, use: evaluation}",
        "training:\n  - {stage: training, gpu: @}",
        *(f"licence: {{{key}: @}}" for key in ("code", "weights", "data")),
    ],
)
def test_a_word_that_is_no_term_is_found_wherever_one_can_stand(
    written: str, tmp_path: Path
) -> None:
    codes = [d.code for d in with_newcomer(tmp_path, RECORD + written.replace("@", "nothing"))]
    assert codes == ["F301"]


@pytest.mark.parametrize("key", ["modalities", "organs", "tasks", "algorithms"])
def test_a_kind_of_missing_in_a_list_is_no_term(key: str, tmp_path: Path) -> None:
    codes = [d.code for d in with_newcomer(tmp_path, f"{RECORD}{key}: [not-reported]\n")]
    assert codes == ["F301"]


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        ("links", []),
        ("links.code, links.paper", []),
        ("links, links.code", []),
        ("links.code", ["F351"]),
        ("links.code, links.paper, links.demo", ["F350"]),
        ("links, reviewed", ["F350"]),
        ("links, sources", ["F350"]),
        ("links.code, links.demo", ["F350", "F351"]),
    ],
)
def test_what_sources_name_is_held_to_what_the_record_has(
    fields: str, codes: list[str], tmp_path: Path
) -> None:
    record = RECORD.replace("category]", f"category, {fields}]")
    links = "links: {code: https://github.com/a/b, paper: https://arxiv.org/abs/2307.00001}\n"
    shutil.copytree(TOY, tmp_path / "root")
    (tmp_path / "root" / NEWCOMER).write_text(f"{record}reviewed: true\n{links}", "utf-8")
    told = [d.code for d in found(tmp_path / "root") if d.place.file == NEWCOMER]
    assert sorted(told) == codes


@pytest.mark.parametrize(
    ("written", "code", "said", "help"),
    [
        ("modalites: [ct]", "F201", "'modalites'", "did you mean 'modalities'?"),
        ("modality: [ct]", "F201", "'modality'", "did you mean 'modalities'?"),
        ("license: {code: MIT}", "F201", "'license'", "did you mean 'licence'?"),
        ("organs: [lungs]", "F302", "'lungs'", "write 'lung'"),
        ("organs: [longs]", "F301", "'longs'", "did you mean 'lung'?"),
        ("modalities: [\u0421\u0422]", "F301", "modality", "did you mean 'ct'?"),
        ("licence: {code: MIT-2}", "F301", "'MIT-2'", "did you mean 'MIT'?"),
        ("links: {code: github.com/x/y}", "F209", "is not an address", ""),
        ("identifiers: {doi: 'https://doi.org/10.1/x'}", "F210", "is an address", ""),
        ("identifiers: {arxiv: 2307.99990v2}", "F210", "names a version", ""),
        ("training:\n  - {stage: training, gpus: 8}", "F201", "'gpus'", "'gpu_count'"),
        ("training:\n  - {stage: training, epochs: 1.5}", "F204", "not a whole number", "whole"),
        ("training:\n  - {stage: training, epochs: '1,000'}", "F204", "'1,000'", "1000"),
        ("training:\n  - {stage: trainning}", "F205", "'trainning'", "did you mean 'training'?"),
        ("builds_on:\n  - {model: ToyViT, relation: extends}", "F204", "ToyViT", "write toyvit"),
        ("builds_on:\n  - {model: toyvitt, relation: extends}", "F340", "'toyvitt'", "'toyvit'"),
    ],
)
def test_what_a_contributor_may_slip_in_is_answered_with_what_was_meant(
    written: str, code: str, said: str, help: str, tmp_path: Path
) -> None:
    key = written.split(":", maxsplit=1)[0]
    record = RECORD.replace("category]", f"category, {key}]")
    answers = [d for d in with_newcomer(tmp_path, f"{record}{written}\n") if d.code == code]
    assert len(answers) == 1
    assert said in answers[0].message
    assert help in answers[0].help


def test_a_circle_of_three_is_found_once_and_names_all_three(tmp_path: Path) -> None:
    shutil.copytree(TOY, tmp_path / "root")
    models = tmp_path / "root" / "catalog" / "models"
    for id, parent in (("a", "b"), ("b", "c"), ("c", "a")):
        record = RECORD.replace("Newcomer", f"New {id}").replace(
            "category]", "category, builds_on]"
        )
        line = f"builds_on:\n  - {{model: {parent}, relation: extends}}\n"
        (models / f"{id}.yaml").write_text(record + line)
    (only,) = [d for d in found(tmp_path / "root") if d.code != "F351"]
    assert (only.code, only.message) == ("F341", "a builds on b builds on c builds on a")


def test_a_circle_of_base_models_is_found_where_it_is_written(tmp_path: Path) -> None:
    file = "catalog/vocabularies/base-model.yaml"
    text = (TOY / file).read_text()
    text = text.replace("kind: vision-encoder", "kind: vision-encoder\n    builds_on: [toyclip]")
    (only,) = with_newcomer(tmp_path, text, file)
    assert (only.code, only.place.file) == ("F341", file)
    assert only.message == "toyclip builds on toyvit builds on toyclip"


def test_a_chain_of_thousands_of_base_models_is_followed_to_its_end(tmp_path: Path) -> None:
    file = "catalog/vocabularies/base-model.yaml"
    text = (TOY / file).read_text()
    chain = "".join(
        f"  - {{id: m{n}, label: M{n}, definition: One., builds_on: [m{n + 1}]}}\n"
        for n in range(3000)
    )
    text += chain + "  - {id: m3000, label: Last, definition: One., builds_on: [m0]}\n"
    (only,) = with_newcomer(tmp_path, text, file)
    assert only.code == "F341"
    assert len(only.message) < 200


def test_a_term_that_is_broader_than_itself_is_found(tmp_path: Path) -> None:
    file = "catalog/vocabularies/task.yaml"
    text = (
        (TOY / file)
        .read_text()
        .replace("    aliases: [segm", "    broader: answering\n    aliases: [segm")
    )
    text += "    broader: lesion-outlining\n"
    answers = with_newcomer(tmp_path, text, file)
    assert {d.code for d in answers} == {"F304"}
    assert {d.message for d in answers} == {
        "'outlining' is broader than itself",
        "'lesion-outlining' is broader than itself",
        "'answering' is broader than itself",
    }


def test_a_term_whose_id_stands_twice_is_found(tmp_path: Path) -> None:
    file = "catalog/vocabularies/task.yaml"
    text = (TOY / file).read_text() + "  - {id: answering, label: Again, definition: Again.}\n"
    (only,) = with_newcomer(tmp_path, text, file)
    assert (only.code, only.message) == ("F304", "the id 'answering' stands twice")


def test_an_arxiv_doi_is_the_arxiv_identifier_again(tmp_path: Path) -> None:
    record = RECORD.replace("category]", "category, identifiers]")
    record += "identifiers: {doi: 10.48550/arXiv.2203.99990}\n"
    (only,) = with_newcomer(tmp_path, record)
    assert only.code == "F310"
    assert "lumen" in only.message


def test_a_note_on_the_date_explains_why_it_is_long_before_arxiv(tmp_path: Path) -> None:
    record = RECORD.replace("category]", "category, identifiers]").replace("2023-07", "2022-07")
    record = record.replace("accessed: 2024-06-01", "accessed: 2024-06-01\n    note: A talk.")
    assert with_newcomer(tmp_path, record + 'identifiers: {arxiv: "2307.99990"}\n') == []


def test_a_source_may_be_read_on_the_day_that_has_begun_elsewhere(tmp_path: Path) -> None:
    assert with_newcomer(tmp_path, RECORD.replace("2024-06-01", "2024-07-02")) == []


def test_a_source_cannot_be_read_the_day_after_tomorrow(tmp_path: Path) -> None:
    record = RECORD.replace("2024-06-01", "2024-07-03")
    assert [d.code for d in with_newcomer(tmp_path, record)] == ["F320"]


@pytest.mark.parametrize("name", ["aardvark", "zebra"])
def test_of_two_that_are_one_the_newer_is_told_whatever_its_name(name: str, tmp_path: Path) -> None:
    record = RECORD.replace("A Newcomer Arrives", "A sparrow has no parameters")
    record = record.replace("2024-06-01", "2024-06-02")
    (only,) = with_newcomer(tmp_path, record, f"catalog/models/{name}.yaml")
    assert (only.code, only.place.file) == ("F311", f"catalog/models/{name}.yaml")
    assert only.help.startswith("the same work: add what is new to 'sparrow'")
    assert only.concerns == "catalog/models/sparrow.yaml"


def test_a_record_that_leaves_its_group_of_the_survey_is_concerned(tmp_path: Path) -> None:
    file = "catalog/models/umbra.yaml"
    text = (TOY / file).read_text().replace("category: outliners", "category: readers")
    (only,) = with_newcomer(tmp_path, text, file)
    assert (only.code, only.concerns) == ("F403", file)
    assert only.help == f"mend this row or {file}"
