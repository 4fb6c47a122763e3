"""The benchmarks measure what they say: turns, medians, growth, and the same facts for all."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[1]
Part = Callable[[str], ModuleType]


@pytest.fixture
def part(monkeypatch: pytest.MonkeyPatch) -> Part:
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    return importlib.import_module


def test_a_median_is_taken_of_each_figure_by_itself(part: Part) -> None:
    rounds = part("rounds")
    runs = [rounds.Run(1.0, 9.0, 50.0), rounds.Run(3.0, 7.0, 70.0), rounds.Run(2.0, 8.0, 10.0)]
    assert rounds.median(runs) == rounds.Run(2.0, 8.0, 50.0)


def test_contestants_run_in_turns(part: Part, tmp_path: Path) -> None:
    rounds = part("rounds")
    said: list[str] = []
    found = [
        rounds.Contestant(
            name,
            [sys.executable, "-c", ""],
            tmp_path,
            before=lambda name=name: said.append(f"before {name}"),
            after=lambda name=name: said.append(f"after {name}"),
        )
        for name in ("one", "two")
    ]
    runs = rounds.in_turns(found, 2)
    assert said == ["before one", "after one", "before two", "after two"] * 2
    assert set(runs) == {"one", "two"}


def test_a_run_counts_the_cpu_of_the_process_and_of_its_children(
    part: Part, tmp_path: Path
) -> None:
    rounds = part("rounds")
    work = "import time\nwhile time.process_time() < 0.3: pass"
    nested = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {work!r}])"
    idle = "import time; time.sleep(0.3)"
    busy = rounds.Contestant("busy", [sys.executable, "-c", nested], tmp_path).run()
    still = rounds.Contestant("still", [sys.executable, "-c", idle], tmp_path).run()
    assert busy.cpu >= 0.3 > still.cpu
    assert still.wall >= 0.3


def test_the_peak_is_that_of_the_command(part: Part, tmp_path: Path) -> None:
    rounds = part("rounds")
    words = [sys.executable, "-c", "kept = b'x' * (200 * 2**20)"]
    assert rounds.Contestant("large", words, tmp_path).run().peak > 200


def test_a_command_that_fails_is_told_with_what_it_said(part: Part, tmp_path: Path) -> None:
    rounds = part("rounds")
    words = [sys.executable, "-c", "raise SystemExit('no such theme')"]
    with pytest.raises(rounds.Failed, match=r"Hugo failed.*\nno such theme"):
        rounds.Contestant("Hugo", words, tmp_path).run()


def test_who_fails_is_left_out_and_the_others_go_on(
    part: Part, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rounds = part("rounds")
    ends = {"fails": "raise SystemExit('too long for the index')", "works": ""}
    found = [rounds.Contestant(n, [sys.executable, "-c", w], tmp_path) for n, w in ends.items()]
    assert set(rounds.in_turns(found, 2)) == {"works"}
    assert capsys.readouterr().err.count("too long for the index") == 1


def test_growth_is_told_of_those_measured_at_both_sizes(part: Part) -> None:
    rounds = part("rounds")
    small = {"ours": rounds.Run(2.0, 2.0, 1.0), "gone": rounds.Run(1.0, 1.0, 1.0)}
    large = {"ours": rounds.Run(19.0, 30.0, 9.0), "new": rounds.Run(1.0, 1.0, 1.0)}
    assert rounds.growth(small, large) == {"ours": 9.5}


def test_a_table_is_written_for_a_terminal_and_for_a_page(part: Part) -> None:
    rounds = part("rounds")
    rows = [("fmcatalog", "9.5"), ("Hugo", "28.0")]
    plain = rounds.table(("build", "CPU s"), rows, markdown=False)
    assert plain.splitlines() == ["build      CPU s", "fmcatalog    9.5", "Hugo        28.0"]
    page = rounds.table(("build", "CPU s"), rows, markdown=True)
    assert page.splitlines()[1:] == ["| --- | ---: |", "| fmcatalog | 9.5 |", "| Hugo | 28.0 |"]


def test_the_table_of_builds_begins_with_ours_and_compares_with_it(part: Part) -> None:
    peers, rounds = part("peers"), part("rounds")
    runs = {
        "Hugo": rounds.Run(20.0, 12.0, 800.0),
        "fmcatalog": rounds.Run(10.0, 9.0, 200.0),
        "Eleventy": rounds.Run(15.0, 14.0, 400.0),
    }
    pages = dict.fromkeys(runs, peers.Pages(1000, 42_000_000))
    rows = peers.rows(runs, pages)
    assert [row[0] for row in rows] == ["fmcatalog", "Eleventy", "Hugo"]
    assert rows[2] == ("Hugo", "20.0", "12.0", "800", "1000", "42", "50", "2.00", "4.00")


def test_peers_list_the_models_that_our_pages_list(part: Part) -> None:
    facts = part("facts")
    world = facts.read(ROOT)
    assert world.models
    for term in world.terms:
        having = [id for id, one in world.models.items() if term.id in one.get(term.plural, ())]
        assert having == list(term.models)


def test_a_page_of_markdown_holds_the_facts_of_its_record(part: Part) -> None:
    facts, pages = part("facts"), part("pages")
    world = facts.read(ROOT)
    labels = facts.labels(world)
    for id, one in world.models.items():
        page = pages.model(one, id, labels)
        record = one["record"]
        wanted = [record["name"], record["title"], record["summary"], *record["authors"]]
        wanted += [f"../organs/{organ}.md" for organ in record["organs"]]
        wanted += [source["fields"] for source in one["sources"]]
        assert [text for text in wanted if text not in page] == []


def test_a_change_is_seen_by_its_sign_and_leaves_nothing_behind(part: Part, tmp_path: Path) -> None:
    change = part("change")
    file = tmp_path / "made.yaml"
    file.write_text("summary: >-\n  Turn 7 A second stage tunes it.\n")
    edit = change.edit(file, "A second stage")
    edit.change()
    edit.change()
    assert file.read_text() == "summary: >-\n  Turn 2 A second stage tunes it.\n"
    assert edit.sign == "Turn 2"
    assert edit.text == "summary: >-\n  A second stage tunes it.\n"


def test_the_navigation_of_the_peers_is_ours(part: Part) -> None:
    trees = part("trees")
    entries = dict(trees.by_hand())
    assert {"index.md", "models/index.md", "gaps/task/index.md", "about.md"} <= set(entries)
    assert entries["datasets/index.md"] == "By data set"
