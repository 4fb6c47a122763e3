"""What a contributor may slip in is told at its word, with what was meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fmcatalog.diagnostics import Diagnostic, as_text
from fmcatalog.documents import parse_yaml
from fmcatalog.records import Missing, Model, Survey, Vocabulary, read
from fmcatalog.records.reading import MOST_ERRORS

FILE = "catalog/models/x.yaml"
RECORD = """\
name: MedSAM
title: Segment anything in medical images
authors: [Jun Ma, Bo Wang]
published: 2023-04-24
category: adaptation
sources:
  - fields: [name, title]
    source: arxiv:2304.12306
    accessed: 2024-06-01
"""


def judged(text: str, shape: type[Model | Survey | Vocabulary] = Model) -> list[Diagnostic]:
    document, unread = parse_yaml(FILE, text.encode())
    assert document is not None
    assert unread == []
    value, found = read(document, shape)
    assert (value is None) == bool(found)
    return found


def model(text: str) -> Model:
    document, _ = parse_yaml(FILE, text.encode())
    assert document is not None
    value, found = read(document, Model)
    assert found == []
    assert value is not None
    return value


def underlined(found: Diagnostic) -> str:
    start = found.place.column - 1
    return found.place.text[start : start + found.place.width]


# what is added or put in the place of; code, the underlined word, message, help
SLIPS: dict[str, tuple[str, str, str, str, str]] = {
    "a misspelt key": ("modalites: [ct]", "F201", "modalites", "unknown key", "mean 'modalities'?"),
    "a key in capitals": ("Summary: x", "F201", "Summary", "unknown key", "mean 'summary'?"),
    "an American key": ("license: {code: MIT}", "F201", "license", "unknown", "mean 'licence'?"),
    "a singular": ("organ: [liver]", "F201", "organ", "unknown key", "mean 'organs'?"),
    "a key of links at the top": ("demo: x", "F201", "demo", "unknown", "write it under 'links'"),
    "a key of a stage at the top": ("epochs: 3", "F201", "epochs", "unknown", "under 'training'"),
    "code at the top": ("code: x", "F201", "code", "unknown", "write it under 'links'"),
    "an identifier at the top": ("arxiv: x", "F201", "arxiv", "unknown", "under 'identifiers'"),
    "a key like no other": (
        "zzzz: x",
        "F201",
        "zzzz",
        "unknown key 'zzzz'",
        "use one of the keys: name, aliases, title",
    ),
    "an empty key": ("'': x", "F201", "''", "unknown key ''", "use one of the keys: "),
    "a misspelt key of a stage": (
        "training:\n  - {stage: training, epoch: 3}",
        "F201",
        "epoch",
        "unknown key 'epoch'",
        "did you mean 'epochs'?",
    ),
    "another word for a key of a stage": (
        "training:\n  - {stage: training, gpus: 3}",
        "F201",
        "gpus",
        "unknown key 'gpus'",
        "did you mean 'gpu_count'?",
    ),
    "a venue without a year": (
        "venue: {name: ICCV}",
        "F202",
        "venue",
        "the key 'year' is missing",
        "add 'year: …'",
    ),
    "a stage without a name": (
        "training:\n  - {epochs: 3}",
        "F202",
        "{",
        "the key 'stage' is missing",
        "add 'stage: …'",
    ),
    "a list for a text": ("parameters: [7B]", "F203", "[", "is a list, where one", "without"),
    "a mapping for a text": ("summary: {a: b}", "F203", "{", "is a mapping, where one", "one text"),
    "a text for a list": ("organs: liver", "F203", "liver", "is the text 'liver'", "write [liver]"),
    "a mapping for a list": (
        "training:\n  stage: training",
        "F203",
        "s",
        "training is a mapping, where a list",
        "write '- ' before 'stage', the first key of an item",
    ),
    "a text for a mapping": (
        "venue: ICCV",
        "F203",
        "ICCV",
        "is the text 'ICCV', where keys",
        "write {name: …, kind: …, year: …",
    ),
    "a list for a mapping": ("links: [x]", "F203", "[", "links is a list", "write {paper: …"),
    "a name for a parent": (
        "builds_on: [sam]",
        "F203",
        "sam",
        "is the text 'sam', where keys",
        "write {model: …, relation: …}",
    ),
    "a list in a list": ("tasks: [[vqa]]", "F203", "[", "is a list, where one text", "brackets"),
    "a word for a list that is not known": (
        "organs: unknown",
        "F203",
        "unknown",
        "where a list is wanted",
        "write not-reported",
    ),
    "a word for a number": (
        "training:\n  - {stage: training, gpu_count: eight}",
        "F204",
        "eight",
        "gpu_count 'eight' is not a quantity",
        "write 8",
    ),
    "a comma in a number": (
        "training:\n  - {stage: training, epochs: '1,000'}",
        "F204",
        "'1,000'",
        "holds a comma between digits",
        "write 1000",
    ),
    "a unit": (
        "training:\n  - {stage: training, gpu_memory_gb: 80 GB}",
        "F204",
        "80 GB",
        "is not a quantity",
        "write 80",
    ),
    "a unit without space": (
        "training:\n  - {stage: training, gpu_memory_gb: 80GB}",
        "F204",
        "80GB",
        "is not a quantity",
        "write 80",
    ),
    "days instead of hours": (
        "training:\n  - {stage: training, gpu_hours: 3 days}",
        "F204",
        "3 days",
        "is not a quantity",
        "write hours, without a unit",
    ),
    "a size with spaces": (
        "training:\n  - {stage: training, input_size: 224 x 224}",
        "F204",
        "224 x 224",
        "is not a quantity",
        "write 224x224",
    ),
    "a size with a star": (
        "training:\n  - {stage: training, input_size: 96*96*96}",
        "F204",
        "96*96*96",
        "is not a quantity",
        "write 96x96x96",
    ),
    "a size for a number": (
        "training:\n  - {stage: training, epochs: 2x2}",
        "F204",
        "2x2",
        "epochs '2x2' is a size",
        "write one number",
    ),
    "half an epoch": (
        "training:\n  - {stage: training, epochs: 1.5}",
        "F204",
        "1.5",
        "is not a whole number",
        "write a whole number",
    ),
    "nought": (
        "training:\n  - {stage: training, epochs: 0}",
        "F204",
        "0",
        "is zero",
        "not-reported",
    ),
    "a million in words": ("parameters: 93.7 million", "F204", "93.7 million", "not a", "93.7M"),
    "about": ("parameters: about 7B", "F204", "about 7B", "is not a quantity", "write ~7B"),
    "a range in words": ("parameters: 7B to 13B", "F204", "7B to 13B", "is not a", "write 7B-13B"),
    "not available": ("parameters: N/A", "F204", "N/A", "is not a quantity", "write not-reported"),
    "a range backwards": ("parameters: 9-8", "F204", "9-8", "from the smaller", "write 8, "),
    "a year of two digits": (
        "venue: {name: ICCV, year: 23}",
        "F204",
        "23",
        "year '23' is not a whole number from 1900 to 2100",
        "in digits",
    ),
    "a year with a leading zero": (
        "venue: {name: ICCV, year: 02023}",
        "F204",
        "02023",
        "is not a whole number",
        "leading zero",
    ),
    "a year of five thousand noughts": (
        f"venue: {{name: ICCV, year: {'0' * 5000}}}",
        "F204",
        "0" * 5000,
        "is not a whole number",
        "in digits",
    ),
    "an unknown year": (
        "venue: {name: ICCV, year: n/a}",
        "F204",
        "n/a",
        "is not a whole number",
        "write it in digits",
    ),
    "a term twice": ("tasks: [vqa, vqa]", "F204", "[", "names 'vqa' twice", "keep one"),
    "an id with a capital": (
        "builds_on: [{model: Sam, relation: adapts}]",
        "F204",
        "Sam",
        "model 'Sam' is not an id",
        "write sam",
    ),
    "an id with a Cyrillic letter": (
        "builds_on: [{model: sаm, relation: adapts}]",
        "F204",
        "sаm",
        "it holds U+0430 CYRILLIC SMALL LETTER A",
        "lower-case letters",
    ),
    "an unknown stage": (
        "training:\n  - {stage: finetuning}",
        "F205",
        "finetuning",
        "stage 'finetuning' is not one of its values",
        "did you mean 'fine-tuning'?",
    ),
    "a stage like no other": (
        "training:\n  - {stage: x}",
        "F205",
        "x",
        "is not one of its values",
        "one of: pre-training, alignment, instruction-tuning, fine-tuning",
    ),
    "a list for one of few": (
        "training:\n  - {stage: [training]}",
        "F205",
        "[",
        "stage is a list, not one of its values",
        "one of: pre-training",
    ),
    "yes": ("reviewed: yes", "F205", "yes", "is neither true nor false", "write true or false"),
    "an empty text": (
        "summary: ''",
        "F206",
        "''",
        "summary is empty",
        "write it, or leave the key out",
    ),
    "a blank text": ("summary: '  '", "F206", "'  '", "is empty", "leave the key out"),
    "an empty list": ("organs: []", "F206", "[", "organs is empty", "leave the key out"),
    "a long line": (f"aliases: [{'x' * 301}]", "F207", "x" * 301, "longer than 300", "shorten"),
    "long prose": (f"summary: {'x' * 2501}", "F207", "x" * 2501, "longer than 2500", "shorten"),
    "a long term": (f"tasks: [{'x' * 81}]", "F207", "x" * 81, "longer than 80", "id of a term"),
    "a long quantity": (f"parameters: {'1' * 121}", "F207", "1" * 121, "than 120", "numbers only"),
    "a long list": (
        f"aliases: [{', '.join(map(str, range(41)))}]",
        "F207",
        "[",
        "than 40",
        "short",
    ),
    "a Cyrillic letter among Latin": ("aliases: [MеdSAM]", "F208", "MеdSAM", "U+0435", ""),
    "a space that does not break": ("aliases: [a\xa0b]", "F208", "a\xa0b", "U+00A0", ""),
    "an escaped line end in a name": ('aliases: ["a\\nb"]', "F208", '"a\\nb"', "U+000A", ""),
    "an address without encryption": (
        "links: {code: http://github.com/x/y}",
        "F209",
        "http://github.com/x/y",
        "is not encrypted",
        "write https://github.com/x/y",
    ),
    "an address without scheme": (
        "links: {code: github.com/x/y}",
        "F209",
        "github.com/x/y",
        "is not an address",
        "write https://github.com/x/y",
    ),
    "an address that runs a script": (
        "links: {code: 'javascript:alert(1)'}",
        "F209",
        "'javascript:alert(1)'",
        "is not an address",
        "",
    ),
    "no address": ("links: {code: none}", "F209", "none", "is not an address", "not-reported"),
    "an arXiv address for an identifier": (
        "identifiers: {arxiv: 'https://arxiv.org/abs/2304.12306v2'}",
        "F210",
        "'https://arxiv.org/abs/2304.12306v2'",
        "names a version",
        'write "2304.12306"',
    ),
    "an arXiv identifier that lost its zero": (
        "identifiers: {arxiv: 2304.103}",
        "F210",
        "2304.103",
        "a zero at its end was lost",
        "",
    ),
    "a DOI as an address": (
        "identifiers: {doi: 'https://doi.org/10.1038/s41467-024-44824-z'}",
        "F210",
        "'https://doi.org/10.1038/s41467-024-44824-z'",
        "is an address",
        "write 10.1038/s41467-024-44824-z",
    ),
    "a PubMed identifier with letters": (
        "identifiers: {pubmed: PMC123}",
        "F210",
        "PMC123",
        "is not a number of up to nine digits",
        "write its digits only",
    ),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_told_at_its_word_with_what_was_meant(slip: str) -> None:
    written, code, word, said, help = SLIPS[slip]
    (found,) = judged(f"{RECORD}{written}\n")
    assert found.code == code
    assert underlined(found) == word
    assert found.place.line == 10 + written[: written.rindex(word)].count("\n")
    assert said in found.message
    assert help in found.help
    assert bool(help) <= bool(found.help)
    block = as_text([found])
    assert len(block.splitlines()) <= 8
    assert len(block) < 1000


# what stands in the record; what is put there; code, word, message, help
CHANGES: dict[str, tuple[str, str, str, str, str, str]] = {
    "a date without zeros": ("2023-04-24", "2023-2-3", "F204", "2023-2-3", "", "write 2023-02-03"),
    "a date in words": ("2023-04-24", "April 2023", "F204", "April 2023", "", "write 2023-04"),
    "a day that is not": (
        "2023-04-24",
        "2023-02-30",
        "F204",
        "2023-02-30",
        "not in the calendar",
        "",
    ),
    "an unknown date": ("2023-04-24", "unknown", "F204", "unknown", "not a date", "YYYY-MM-DD, or"),
    "one author": ("[Jun Ma, Bo Wang]", "Jun Ma", "F203", "Jun Ma", "where a list", "[Jun Ma]"),
    "no authors": ("[Jun Ma, Bo Wang]", "not-reported", "F203", "not-reported", "", "to be known"),
    "unknown authors": ("[Jun Ma, Bo Wang]", "'?'", "F203", "'?'", "the text '?'", "write [?]"),
    "a field that is none": ("[name, title]", "[Name]", "F204", "Name", "the name of a value", ""),
    "a source that is none": (
        "arxiv:2304.12306",
        "See paper",
        "F210",
        "See paper",
        "is not a source",
        "write arxiv:2304.12306, doi:10.…",
    ),
    "a DOI without its kind": (
        "arxiv:2304.12306",
        "DOI 10.1038/x1",
        "F210",
        "DOI 10.1038/x1",
        "is not a source",
        "write doi:10.1038/x1",
    ),
    "a DOI as an address with its kind": (
        "arxiv:2304.12306",
        "doi:https://doi.org/10.1038/x1",
        "F210",
        "doi:https://doi.org/10.1038/x1",
        "is an address",
        "write doi:10.1038/x1",
    ),
    "a version": (
        "arxiv:2304.12306",
        "arxiv:2304.12306v3",
        "F210",
        "arxiv:2304.12306v3",
        "names a version",
        "write arxiv:2304.12306",
    ),
    "an address on this machine": (
        "arxiv:2304.12306",
        "https://localhost/x",
        "F209",
        "https://localhost/x",
        "no proper host name",
        "",
    ),
    "a blank source": ("arxiv:2304.12306", "' '", "F206", "' '", "is empty", "a survey id"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_told_at_its_word_with_what_was_meant(change: str) -> None:
    old, new, code, word, said, help = CHANGES[change]
    (found,) = judged(RECORD.replace(old, new, 1))
    assert (found.code, underlined(found)) == (code, word)
    assert said in found.message
    assert help in found.help


@pytest.mark.parametrize(
    ("key", "help"),
    [
        ("name", "add 'name: …'"),
        ("title", "add 'title: …'"),
        ("authors", "add 'authors: [one, another]'"),
        ("published", "add 'published: YYYY-MM-DD'"),
        ("category", "add 'category: …'"),
        ("sources", "add 'sources:' and below it '  - {fields: …, source: …, accessed: …}'"),
    ],
)
def test_a_record_without_a_key_it_needs_is_told_which_and_how_it_is_written(
    key: str, help: str
) -> None:
    lines = RECORD.splitlines(keepends=True)
    at = next(n for n, line in enumerate(lines) if line.startswith(key))
    kept = lines[:at] + (lines[at + 1 :] if key != "sources" else [])
    (found,) = judged("".join(kept))
    assert (found.code, found.message, found.help) == (
        "F202",
        f"the key '{key}' is missing",
        help,
    )


def test_all_errors_of_a_file_are_told_at_once_each_at_its_line() -> None:
    text = RECORD.replace("2023-04-24", "soon") + "organ: [a]\nlinks: {code: x}\nparameters: many\n"
    assert [(d.code, d.place.line) for d in sorted(judged(text), key=lambda d: d.place.line)] == [
        ("F204", 4),
        ("F201", 10),
        ("F209", 11),
        ("F204", 12),
    ]


def test_a_list_of_wrong_items_is_not_called_empty() -> None:
    found = judged(f"{RECORD}training:\n  - {{stage: x}}\n  - {{stage: y}}\n")
    assert [d.code for d in found] == ["F205", "F205"]


def test_a_file_with_thirty_errors_shows_twenty_and_counts_the_rest() -> None:
    found = judged(RECORD + "".join(f"key{n}: x\n" for n in range(30)))
    text = as_text(found)
    assert text.count("error[F201]") == 20
    assert text.endswith(f"{FILE}: 10 more in this file")


def test_a_file_of_errors_is_looked_into_so_far_and_no_further() -> None:
    assert len(judged(RECORD + "".join(f"key{n}: x\n" for n in range(3000)))) == MOST_ERRORS


@pytest.mark.parametrize(
    ("written", "path", "value"),
    [
        ("identifiers: {arxiv: 2304.10300}", "identifiers.arxiv", "2304.10300"),
        ("identifiers: {pubmed: 37000000}", "identifiers.pubmed", "37000000"),
        ("venue: {name: no, year: 2024, volume: 010}", "venue.volume", "010"),
        ("venue: {name: no, year: 2024}", "venue.name", "no"),
        (
            "aliases: [1.10, true, 2023-04-24, 1:30]",
            "aliases",
            ("1.10", "true", "2023-04-24", "1:30"),
        ),
        ("reviewed: false", "reviewed", False),
        ("reviewed: 'true'", "reviewed", True),
        ("organs: not-reported", "organs", Missing.NOT_REPORTED),
        ("links: {code: not-applicable}", "links.code", Missing.NOT_APPLICABLE),
        ("summary: |\n  one\n\n  two\n", "summary", "one\n\ntwo"),
    ],
)
def test_a_value_is_taken_as_it_is_written(written: str, path: str, value: object) -> None:
    found: object = model(f"{RECORD}{written}\n")
    for part in path.split("."):
        found = getattr(found, part)
    assert found == value


@pytest.mark.parametrize(
    "name",
    [
        "Şükrü Öztürk",
        "李",
        "Sinéad O'Neil",
        "Æ",
        "محمد می\u200cخواهم",
        "क्\u200dष",
        "דָּוִד לֵוִי",
        "Team 👩\u200d🔬 ❤️",
        "Wei Zhang (张伟)",
        "β-VAE",
        "Nguyễn Văn A",
        "Дмитрий Иванов",
        "Ó Súilleabháin–Müller, Jr.",
        "null",
        "葛\U000e0100城",
    ],
)
def test_an_honest_author_is_kept_letter_by_letter(name: str) -> None:
    text = RECORD.replace("[Jun Ma, Bo Wang]", f"['{name.replace(chr(39), chr(39) * 2)}']")
    assert model(text).authors == (name,)


WORDS = st.text(max_size=12)


@given(
    st.dictionaries(
        st.sampled_from([*Model.model_fields, "x"]),
        st.one_of(
            WORDS,
            st.lists(WORDS, max_size=3),
            st.dictionaries(
                st.sampled_from(["name", "stage", "model", "code", "arxiv", "y"]), WORDS
            ),
            st.lists(
                st.dictionaries(st.sampled_from(["stage", "model", "source", "z"]), WORDS),
                max_size=2,
            ),
        ),
        max_size=6,
    )
)
def test_any_document_is_a_record_or_told_what_is_wrong(value: dict[str, object]) -> None:
    from fmcatalog.documents import Document

    shape, found = read(Document(FILE, value, "a: b\n"), Model)  # type: ignore[arg-type]
    assert (shape is None) == bool(found)
    assert all(d.message and len(d.message) < 400 for d in found)


def test_vocabularies_and_surveys_are_told_about_in_the_same_way() -> None:
    (found,) = judged(
        "facet: organ\nlabel: Organ\nplural: Organs\ndefinition: x\n"
        "terms:\n  - {id: a b, label: A, definition: x}\n",
        Vocabulary,
    )
    assert (found.code, underlined(found), found.place.line) == ("F204", "a b", 6)
    codes = {d.code for d in judged("id: x\nfigure1a: x\nsearch: {placeholders: x}\n", Survey)}
    assert codes == {"F202", "F203"}
