"""One layout: nothing is lost, nothing is moved twice, and what is certain is mended."""

from __future__ import annotations

import datetime as dt
import importlib.util
import re
import shutil
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fmcatalog import project
from fmcatalog.catalog import Loaded, load
from fmcatalog.changes import compare
from fmcatalog.changes.markdown import explain
from fmcatalog.contribute.formatting import canonical, formatted, shape_of
from fmcatalog.diagnostics import Severity, as_github, as_text
from fmcatalog.documents import parse_yaml
from fmcatalog.documents.layout import UNKNOWN, Plan, lay_out, same
from fmcatalog.documents.nodes import parse
from fmcatalog.records import Model, model, read, source
from fmcatalog.records.layouts import plan
from fmcatalog.rules import check

ROOT = Path(__file__).resolve().parents[2]
TOY = ROOT / "tests" / "data" / "toy"
TODAY = dt.date(2024, 7, 1)
_spec = importlib.util.spec_from_file_location("made_up", Path(__file__).with_name("records.py"))
assert _spec
assert _spec.loader
made_up: Any = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(made_up)

FILES = sorted((ROOT / "catalog").rglob("*.yaml"))
RECORDS = sorted((ROOT / "catalog" / "models").glob("*.yaml"))
quick = settings(
    max_examples=1500, deadline=None, suppress_health_check=list(HealthCheck), derandomize=False
)


def comments(text: str) -> list[str]:
    return sorted(parse(text).comments())


@pytest.mark.parametrize("path", RECORDS, ids=lambda p: p.stem)
def test_every_record_of_the_catalog_is_in_the_one_layout(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert canonical(text) == text


@pytest.mark.parametrize("path", FILES, ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_every_file_of_the_catalog_says_the_same_after_it_is_laid_out(path: Path) -> None:
    shape = shape_of(path.relative_to(ROOT).as_posix())
    assert shape
    data = path.read_bytes()
    before, _ = parse_yaml("x", data, limit=len(data))
    assert before
    written = lay_out(before.text, plan(shape))
    after, wrong = parse_yaml("x", written.encode(), limit=2 * len(data))
    assert after
    assert wrong == []
    assert same(before.value, after.value)
    assert read(before, shape) == read(after, shape)
    assert comments(before.text) == comments(written)
    assert lay_out(written, plan(shape)) == written


STYLES = st.tuples(
    st.sampled_from([True, False, None]),
    st.sampled_from([20, 80, 200]),
    st.sampled_from([None, '"', "'", "|", ">"]),
)


def dumped(value: object, style: tuple[Any, Any, Any], chance: Random) -> str:
    """Writes a value the way somebody might: any style, with comments and blank lines strewn in."""
    flow, width, quote = style
    text = yaml.dump(
        value,
        default_flow_style=flow,
        width=width,
        default_style=quote,
        allow_unicode=True,
        sort_keys=False,
    )
    lines = []
    for number, line in enumerate(re.sub(r"!!\w+ ", "", text).split("\n")):
        if chance.random() < 0.2:
            lines.append(" " * chance.randint(0, 8) + f"# above {number}")
        if chance.random() < 0.1:
            lines.append("")
        lines.append(f"{line} # beside {number}" if chance.random() < 0.15 else line)
    return "\n".join(lines)


def survives(text: str, layout: Plan) -> bool:
    """Tells whether a text can be read; if so, it must come through unchanged."""
    before, wrong = parse_yaml("x", text.encode("utf-8", "replace"))
    if before is None or any(d.code != "F111" for d in wrong):
        return False
    written = lay_out(before.text, layout)
    after, still = parse_yaml("x", written.encode())
    assert after
    assert same(before.value, after.value)
    assert comments(before.text) == comments(written)
    assert [d.code for d in still] == [d.code for d in wrong]
    assert lay_out(written, layout) == written
    assert all(line == line.rstrip(" ") for line in written.split("\n"))
    return True


@quick
@given(made_up.RECORDS, STYLES, st.randoms(use_true_random=False))
def test_any_record_that_the_schema_admits_survives_load_format_load(
    value: dict[str, Any], style: tuple[Any, Any, Any], chance: Random
) -> None:
    plainly = yaml.dump(value, allow_unicode=True, sort_keys=False)
    first, wrong = parse_yaml("x", re.sub(r"!!\w+ ", "", plainly).encode())
    assert first
    assert wrong == []
    record, complaints = read(first, Model)
    assert complaints == []
    assert record is not None
    written = canonical(first.text)
    again, wrong = parse_yaml("x", written.encode())
    assert again
    assert wrong == []
    assert read(again, Model) == (record, [])
    assert canonical(written) == written
    survives(dumped(value, style, chance), plan(Model))


@pytest.mark.parametrize("name", sorted(made_up.SHAPES))
def test_the_made_up_records_have_every_key_of_the_schema(name: str) -> None:
    home = source if name == "Source" else model
    needed, others = made_up.SHAPES[name]
    fields = getattr(home, name).model_fields
    assert {*needed, *others} == set(fields)
    assert set(needed) == {key for key, field in fields.items() if field.is_required()}


VALUES = st.recursive(
    made_up.PROSE | st.sampled_from(["", " a", "a ", "a\n b", "\n", "a\n", "\t", "\x7f", "\xad"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(made_up.LINE, inner, max_size=4),
    max_leaves=10,
)


@quick
@given(
    st.dictionaries(made_up.LINE, VALUES, min_size=1, max_size=4),
    STYLES,
    st.randoms(use_true_random=False),
)
def test_any_document_keeps_its_values_and_its_comments(
    value: dict[str, Any], style: tuple[Any, Any, Any], chance: Random
) -> None:
    survives(dumped(value, style, chance), UNKNOWN)


@quick
@given(st.text(alphabet="ab: -#,[]{}\n'\">|?!&*%@`~\\.é李 \n  1", max_size=60))
def test_any_text_that_is_a_document_can_be_laid_out(text: str) -> None:
    survives(f"k: {text}", UNKNOWN)


@quick
@given(st.text(max_size=200) | st.binary(max_size=200).map(lambda b: b.decode("latin-1")))
def test_any_text_at_all_gives_diagnostics_or_a_record(text: str) -> None:
    document, wrong = parse_yaml("x", text.encode("utf-8", "surrogatepass"))
    if document is None:
        assert wrong
    else:
        record, complaints = read(document, Model)
        assert (record is None) == bool(complaints)


BITS = st.sampled_from(
    [
        *(
            "\n",
            "\n  ",
            "\n- ",
            " - ",
            ": ",
            ":",
            "#",
            " #",
            "'",
            '"',
            "[",
            "]",
            "{",
            "}",
            ",",
            "|",
        ),
        *(
            "|",
            ">-",
            "&a ",
            "*a",
            "!!int ",
            "<<: ",
            "---\n",
            "...\n",
            "? ",
            "%YAML 1.1\n",
            "\t",
            "\\",
        ),
        *("~", "null", "not-reported", "\u202e", "\u0441", "\ufeff", "\x00", "\r", "é", "\u0301"),
        *("x: y\n", "training", "sources:\n", "0", "9" * 30, "1_000", "https://", "\ud800"),
    ]
)
CUTS = st.lists(st.tuples(st.integers(0, 900), st.integers(0, 40), BITS | st.text(max_size=4)))


@pytest.fixture(scope="module")
def mutable(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Loaded, str]:
    root = tmp_path_factory.mktemp("mutable") / "toy"
    shutil.copytree(TOY, root)
    table = yaml.load((TOY.parent / "broken.yaml").read_text("utf-8"), yaml.BaseLoader)
    return root, load(root), table["record"]


@quick
@given(CUTS)
def test_a_record_cut_up_in_any_way_gives_diagnostics_or_a_record_everywhere(
    mutable: tuple[Path, Loaded, str], cuts: list[tuple[int, int, str]]
) -> None:
    root, before, text = mutable
    for start, length, bit in cuts:
        text = text[:start] + bit + text[start + length :]
    path = root / "catalog" / "models" / "cut-up.yaml"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    after = load(root)
    found = [d for d in check(after, TODAY) if d.place.file.endswith("cut-up.yaml")]
    errors = [d for d in found if d.severity is Severity.ERROR]
    assert ("cut-up" in after.catalog.models) or errors
    assert ("cut-up" in after.catalog.models) != ("cut-up" in after.broken)
    lines = text.count("\n") + 1 + text.count("\r")
    assert all(not d.place.line or 1 <= d.place.line <= lines for d in found)
    for written in (as_text(found), as_github(found), explain(compare(before, after, TODAY))):
        written.encode("utf-8")
    done = formatted(root, "catalog/models/cut-up.yaml", after.catalog)
    if done.after is not None:
        survives(done.after, plan(Model))
    else:
        assert done.diagnostics or done.problem


LAID_OUT = """\
# yaml-language-server: $schema=x

# What a head says stays at the head.
name: A  # beside
title: "A: B"
authors: [Ann Bee, "Cee, Jr. Dee"]
published: 2023-10
# above the group
category: contrastive
venue: {name: "1984", year: 2024, volume: "15"}
links:
  paper: not-reported
  # at the end of the links
training:
  # above the stage
  - stage: pre-training
    gpu_count: ">1"
    epochs: 100
# at the end
"""
STREWN = """\
# yaml-language-server: $schema=x

# What a head says stays at the head.
title:   'A: B'   
links:
    paper:
        not-reported
    # at the end of the links
venue:
  volume: '15'
  name: '1984'
  year: '2024'


# above the group
category: "contrastive"
authors:
- Ann Bee
- Cee, Jr. Dee
training:
# above the stage
- epochs: "100"
  gpu_count: '>1'
  stage: pre-training
published: '2023-10'
name: A # beside
# at the end
"""  # noqa: W291


def test_order_quotes_space_and_place_of_comments_become_one() -> None:
    assert canonical(STREWN) == LAID_OUT
    assert canonical(LAID_OUT) == LAID_OUT


def test_a_long_list_gets_a_line_an_item_and_a_long_text_is_folded_at_100_columns() -> None:
    text = canonical(f"authors: [{', '.join(['Ann Bee'] * 20)}]\nsummary: {'word ' * 60}\n")
    lines = text.splitlines()
    assert lines[:2] == ["authors:", "  - Ann Bee"]
    assert "summary: >-" in lines
    assert max(map(len, lines)) in range(96, 101)


def test_a_mapping_with_a_comment_in_it_keeps_a_line_a_key() -> None:
    text = "venue:\n  name: A  # so its page says\n  year: 2024\n"
    assert canonical(text) == text


def test_a_value_to_be_filled_in_stays_empty() -> None:
    assert canonical("category:   # choose\nname: a\n") == "name: a\ncategory:  # choose\n"


def test_a_number_keeps_the_quotes_that_make_it_a_text_and_loses_the_others() -> None:
    text = canonical('identifiers: {arxiv: 2304.10300}\nname: "7"\nparameters: "7"\nfoo: 8\n')
    assert text == 'name: "7"\nidentifiers: {arxiv: "2304.10300"}\nparameters: 7\nfoo: 8\n'


@pytest.fixture
def toy(tmp_path: Path) -> Path:
    shutil.copytree(TOY, tmp_path / "toy")
    return tmp_path / "toy"


def test_a_question_in_a_list_is_quoted_so_that_every_reader_takes_it() -> None:
    assert canonical("other_titles: ['How well?']\n") == 'other_titles: ["How well?"]\n'


def test_a_word_is_mended_where_it_is_certain_which_term_it_means(toy: Path) -> None:
    catalog = load(toy).catalog
    id, model = next((i, m) for i, m in catalog.models.items() if len(m.terms("modality")) > 0)
    path = toy / "catalog" / "models" / f"{id}.yaml"
    term = next(
        t
        for t in catalog.terms["modality"].values()
        if t.aliases and t.id in model.terms("modality")
    )
    assert term.aliases
    text = path.read_text(encoding="utf-8")
    words = f"modalities: [{term.aliases[0]}, {term.id}, nonsense]  # as in the abstract"
    text = re.sub(r"(?m)^modalities:.*\n(?:  .*\n)*", words + "\n", text)
    path.write_text(text.replace("category: ", "category:    "), encoding="utf-8")
    done = formatted(toy, f"catalog/models/{id}.yaml", catalog)
    assert done.after
    assert f"modalities: [{term.id}, nonsense]  # as in the abstract\n" in done.after
    assert [(w, t) for _, w, t in done.mended] == [(term.aliases[0], term.id)]


def test_letters_that_only_look_right_are_mended_in_terms(toy: Path) -> None:
    catalog = load(toy).catalog
    path = toy / "catalog" / "models" / "lookalike.yaml"
    path.write_text("name: x\nmodalities: [\u0441t]\n", encoding="utf-8")
    done = formatted(toy, "catalog/models/lookalike.yaml", catalog)
    assert done.after == "name: x\nmodalities: [ct]\n"


@pytest.mark.parametrize(
    ("written", "mended"),
    [
        ("Newc\u043emer", "Newcomer"),
        ("The \u0410tlas of CT, \u0430gain", "The Atlas of CT, again"),
        ("\u0421\u0422", "\u0421\u0422"),  # Cyrillic letters alone
        ("\u0421\u0431\u0435\u0440 lab", "\u0421\u0431\u0435\u0440 lab"),  # a word in Russian
        ("Sbe\u0436r", "Sbe\u0436r"),  # a letter that looks like no Latin one
        ("\u0440\u0430\u0441e", "\u0440\u0430\u0441e"),  # more Cyrillic than Latin
    ],
)
def test_letters_that_only_look_right_are_mended_in_words_where_it_is_certain(
    written: str, mended: str, toy: Path
) -> None:
    path = toy / "catalog" / "models" / "lookalike.yaml"
    address = "https://g\u0456thub.com/x"
    path.write_text(
        f"name: {written}\nlinks:\n  code: {address}\nkey_ideas:\n  - {written}\n",
        encoding="utf-8",
    )
    done = formatted(toy, "catalog/models/lookalike.yaml", load(toy).catalog)
    assert done.after
    assert done.after.count(mended) == 2
    assert address in done.after
    plain = formatted(toy, "catalog/models/lookalike.yaml")
    assert plain.after
    assert plain.after.count(written) == 2


def test_the_table_of_suppressions_has_a_layout_too(toy: Path) -> None:
    path = toy / "catalog" / "suppressions.yaml"
    strewn = "suppressions:\n- reason: It is so.\n  code: F351   # looked at\n"
    strewn += "  file: catalog/models/tern.yaml\n  path: 'summary'\n"
    path.write_text(strewn, encoding="utf-8")
    assert project.format_files(toy, [path])[0].changed
    assert path.read_text(encoding="utf-8") == (
        "suppressions:\n  - code: F351  # looked at\n    file: catalog/models/tern.yaml\n"
        "    path: summary\n    reason: It is so.\n"
    )


def test_what_cannot_be_read_is_left_alone_and_explained(toy: Path) -> None:
    path = toy / "catalog" / "models" / "broken.yaml"
    for text in ("name: a\nname: b\n", "name: [", "name: &a b\n", ""):
        path.write_text(text, encoding="utf-8")
        done = project.format_files(toy, [path])[0]
        assert done.diagnostics
        assert not done.changed
        assert path.read_text(encoding="utf-8") == text


def test_a_file_without_a_layout_is_refused(toy: Path) -> None:
    (toy / "notes.yaml").write_text("a: b\n", encoding="utf-8")
    assert project.format_files(toy, [toy / "notes.yaml"])[0].diagnostics


def test_a_byte_order_mark_and_other_line_ends_go(toy: Path) -> None:
    path = toy / "catalog" / "models" / "windows.yaml"
    path.write_bytes(b"\xef\xbb\xbfname: a\r\ntitle: b\r\n")
    assert project.format_files(toy, [path])[0].changed
    assert path.read_bytes() == b"name: a\ntitle: b\n"
