"""Addresses and identifiers: kept as written or refused, never rewritten."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fmcatalog.records.addresses import (
    MAX_ADDRESS,
    _complaint,
    address_complaint,
    arxiv_complaint,
    arxiv_in,
    arxiv_month,
    doi_complaint,
    doi_in,
)

GOOD = [
    "https://arxiv.org/abs/2304.12306",
    "https://www.nature.com/articles/s41586-023-05881-4",
    "https://github.com/bowang-lab/MedSAM/tree/main#readme",
    "https://drive.google.com/drive/folders/1ETW?usp=drive_link",
    "https://proceedings.mlr.press/v225/moor23a.html",
]
BAD = [
    "http://github.com/a/b",
    "github.com/a/b",
    "javascript:alert(1)",
    "JavaScript:alert(1)",
    "data:text/html,x",
    "file:///etc/passwd",
    "ftp://example.org/x",
    "//github.com/a",
    "https:///x",
    "https://",
    "https://localhost/",
    "https://localhost.localdomain/",
    "https://127.0.0.1/",
    "https://127.1/",
    "https://2130706433/",
    "https://0x7f000001/",
    "https://0177.0.0.1/",
    "https://[::1]/",
    "https://192.168.1.1/",
    "https://10.0.0.1/x",
    "https://169.254.169.254/latest",
    "https://user:secret@github.com/",
    "https://github.com@evil.example/",
    "https://github.com:443/",
    "https://github.com:0/",
    "https://github.com:8080/",
    "https://server/",
    "https://printer.local/",
    "https://git.internal/",
    "https://a.test/",
    "https://a.invalid/",
    "https://a.example/",
    "https://a.onion/",
    "https://GitHub.com/a",
    "HTTPS://github.com/a",
    "https://gіthub.com/a",
    "https://xn--gthub-n4a.com:1/",
    "https://github.com/a b",
    "https://github.com/a\nb",
    "https://github.com/a\tb",
    'https://github.com/"onload=x',
    "https://github.com/<script>",
    "https://github.com/`x`",
    "https://github.com/a\\b",
    "https://github.com/ü",
    "https://-a.com/",
    "https://a-.com/",
    "https://a..com/",
    "https://.com/",
    "https://com/",
    "https://a.c/",
    "https://a.123/",
    "https://[x]a.com/",
    "https://xn--gthub-n4a.com/",
    "https://github.com/%zz",
    "https://github.com/?",
    "https://" + "a." * 130 + "com/",
    "https://" + "a" * 600 + ".com/",
]


@pytest.mark.parametrize("address", GOOD)
def test_a_public_https_address_is_taken(address: str) -> None:
    assert address_complaint(address) is None


@pytest.mark.parametrize("address", BAD)
def test_any_other_address_is_refused_with_a_reason(address: str) -> None:
    assert address_complaint(address)


@pytest.mark.parametrize(
    "number", ["2304.12306", "1412.6980", "1501.00001", "cs/0112017", "hep-th/9901001"]
)
def test_an_arxiv_identifier_is_taken(number: str) -> None:
    assert arxiv_complaint(number) is None


@pytest.mark.parametrize(
    ("number", "says"),
    [
        ("2304.12306v2", "version"),
        ("2304.1230", "5 digits"),
        ("1412.69801", "4 digits"),
        ("2313.00001", "month"),
        ("2304.123", "zero"),
        ("0701.00001", "April 2007"),
        ("arXiv:2304.12306", "not an arXiv"),
        ("٢٣٠٤.١٢٣٠٦", "not an arXiv"),
        ("2304.12306\n", "not an arXiv"),
    ],
)
def test_a_wrong_arxiv_identifier_is_refused_with_a_reason(number: str, says: str) -> None:
    assert says in (arxiv_complaint(number) or "")


def test_an_arxiv_identifier_tells_its_month() -> None:
    assert arxiv_month("2304.12306") == (2023, 4)
    assert arxiv_month("cs/0112017") is None


@pytest.mark.parametrize(
    "doi",
    ["10.1038/s41586-023-05881-4", "10.1016/S0140-6736(20)30183-5", "10.1007/978-3-031-43907-0_39"],
)
def test_a_doi_is_taken(doi: str) -> None:
    assert doi_complaint(doi) is None


@pytest.mark.parametrize(
    "doi",
    [
        "https://doi.org/10.1038/x",
        "doi:10.1038/x",
        "10.1038",
        "11.1038/x",
        "10.1038/a b",
        "10.1038/x\n",
    ],
)
def test_anything_else_is_no_doi(doi: str) -> None:
    assert doi_complaint(doi)


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("https://xn--gthub-n4a.com/", "could look like another"),
        ("https://a.xn--p1ai/", "no proper host"),
        ("https://[x", "brackets"),
        ("https://x]/", "brackets"),
        ("https://a.org/%zz", "%-encoded"),
        ("https://a.org/100%", "%-encoded"),
        ("https://a.org/%0", "%-encoded"),
        ("https://a.org/?", "unusual way"),
        ("https:a.org", "unusual way"),
        ("https://a.org.", "no proper host"),
        (f"https://{'a.' * 130}org/", "no proper host"),
        ("https://a_b.org/", "no proper host"),
        ("https://a.lan/x", "not public"),
        ("https://github.com/\u202egro", "%-encoded"),
        ("", "%-encoded"),
    ],
)
def test_an_address_is_refused_with_the_reason_that_applies(address: str, says: str) -> None:
    assert says in (address_complaint(address) or "")


@pytest.mark.parametrize(
    "address",
    [
        "https://a.org/%20b?x=%C3%BC",
        "https://en.wikipedia.org/wiki/Foo_(bar)",
        "https://a.org/" + "x" * (500 - len("https://a.org/")),
    ],
)
def test_an_address_with_honest_signs_is_taken(address: str) -> None:
    assert address_complaint(address) is None


@given(st.text(max_size=60), st.sampled_from(["", "https://", "https://a.org/", "//", "https:"]))
def test_any_text_is_an_address_of_a_public_host_or_refused(text: str, head: str) -> None:
    if address_complaint(head + text) is None:
        assert (head + text).startswith("https://")
        assert (head + text).isascii()
        assert not set(head + text) & set(" <>\"'`\\")


def test_an_arxiv_identifier_from_before_there_were_any_is_refused() -> None:
    assert arxiv_complaint("0704.0001") is None
    assert "April 2007" in (arxiv_complaint("0703.0001") or "")


@pytest.mark.parametrize(
    ("text", "arxiv", "doi"),
    [
        ("https://arxiv.org/abs/2304.12306v2", "2304.12306", ""),
        ("“2304.12306”", "2304.12306", ""),
        ("doi: 10.1038/s41467-024-44824-z.", "", "10.1038/s41467-024-44824-z"),
        ("2313.12306", "", ""),
        ("12304.123067", "", ""),
        ("nothing", "", ""),
    ],
)
def test_an_identifier_is_found_in_what_was_copied(text: str, arxiv: str, doi: str) -> None:
    assert (arxiv_in(text), doi_in(text)) == (arxiv, doi)


HOSTS = st.text("ab1.-", max_size=12) | st.sampled_from(
    ["a.org", "xn--a.org", "a.test", "localhost", "A.org", "a.b.example", "10.0.0.1", "a..org"]
)
PATHS = st.text("ab/.~_-%?#@:;=[ A1", max_size=8) | st.sampled_from(["", "/", "/x" * MAX_ADDRESS])


@given(st.sampled_from(["https://", "http://", "https:/", "HTTPS://"]), HOSTS, PATHS)
def test_a_plain_address_is_answered_as_it_would_be_with_all_care(
    scheme: str, host: str, path: str
) -> None:
    address = f"{scheme}{host}{path}"
    assert address_complaint(address) == _complaint(address)
