"""The command line as a process: every command and option, exit codes, messages, what is loaded."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
import typer
from typer.testing import CliRunner

from fmcatalog import __version__, cli, live, manifest, project
from fmcatalog.catalog import load
from fmcatalog.cli import app
from fmcatalog.selection import FACETS
from fmcatalog.site import engine

TOY = Path(__file__).parent / "data" / "toy"
COMMANDS = (
    "validate",
    "verify",
    "list",
    "show",
    "stats",
    "export",
    "report",
    "build",
    "serve",
    "new",
    "fmt",
    "explain",
)
EPOCH = "1719792000"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the toy catalog that is also the current folder."""
    shutil.copytree(TOY, tmp_path / "toy")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    monkeypatch.chdir(tmp_path / "toy")
    return tmp_path / "toy"


class Answer(SimpleNamespace):
    code: int
    out: str
    err: str


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    """Runs the command line as `main` does, in this process."""

    def running(*arguments: str) -> Answer:
        monkeypatch.setattr(sys, "argv", ["fmcatalog", *arguments])
        monkeypatch.setattr(sys, "meta_path", list(sys.meta_path))
        capfd.readouterr()
        with pytest.raises(SystemExit) as ended:
            cli.main()
        sys.stdout.flush()
        out, err = capfd.readouterr()
        return Answer(code=int(ended.value.code or 0), out=out, err=err)

    return running


def process(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [str(Path(sys.executable).with_name("fmcatalog")), *arguments],
        cwd=cwd,
        env={**os.environ, "SOURCE_DATE_EPOCH": EPOCH, **environment},
        capture_output=True,
        check=False,
        timeout=60,
    )


def spoil(root: Path, old: str = "[x-ray]", new: str = "[x-rai]", id: str = "umbra") -> Path:
    path = root / "catalog" / "models" / f"{id}.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


# --- the whole ------------------------------------------------------------------------------------


def test_help_names_every_command(run) -> None:  # type: ignore[no-untyped-def]
    for flag in ("--help", "-h"):
        answer = run(flag)
        assert answer.code == 0
        for command in COMMANDS:
            assert re.search(rf"\b{command}\b", answer.out)
    assert {c.name or c.callback.__name__ for c in app.registered_commands} == set(COMMANDS)  # type: ignore[union-attr]


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_explains_itself_and_takes_a_root(command: str, run) -> None:  # type: ignore[no-untyped-def]
    answer = run(command, "--help")
    assert answer.code == 0
    # A code means the same in every checkout, and a copy is judged by its own manifest.
    assert "--root" in answer.out or command in {"explain", "verify"}


def test_verify_compares_a_copy_with_its_manifest(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "a.txt").write_text("a")
    (tmp_path / "manifest.json").write_bytes(manifest.make(tmp_path, {}))
    answer = run("verify", str(tmp_path))
    assert (answer.code, answer.out) == (0, f"1 file as the manifest says: {tmp_path}\n")
    (tmp_path / "a.txt").write_text("b")
    answer = run("verify", str(tmp_path))
    assert answer.code == 1
    assert answer.out == "a.txt has other content\n"
    assert run("verify", str(tmp_path / "none")).code == 2


def test_every_option_and_argument_has_a_help_text() -> None:
    for command in typer.main.get_command(app).commands.values():  # type: ignore[attr-defined]
        for parameter in command.params:
            assert getattr(parameter, "help", None), f"{command.name} {parameter.name}"


def test_the_version_is_that_of_the_package(run) -> None:  # type: ignore[no-untyped-def]
    answer = run("--version")
    assert (answer.code, answer.out) == (0, f"fmcatalog {__version__}\n")


@pytest.mark.parametrize(
    "arguments",
    [
        ["nothing"],
        ["--nothing"],
        ["validate", "--format", "xml"],
        ["validate", "--nothing"],
        ["list", "--year", "soon"],
        ["list", "--max-gpu-memory", "much"],
        ["list", "--format", "xml"],
        ["list", "stray"],
        ["show"],
        ["stats", "--format", "xml"],
        ["export"],
        ["export", "xml"],
        ["list", "--modality", "sonar"],
        ["show", "nobody"],
        ["validate", "nothing.yaml"],
        ["validate", "--root", "/nowhere"],
        ["explain"],
        ["explain", "F301", "--all"],
        ["explain", "F999"],
    ],
    ids=" ".join,
)
def test_wrong_usage_ends_with_2_and_a_message(arguments: list[str], root: Path, run) -> None:  # type: ignore[no-untyped-def]
    answer = run(*arguments)
    assert answer.code == 2
    assert answer.out == ""
    assert answer.err.strip()
    assert "Traceback" not in answer.err


def test_without_arguments_the_help_is_shown(run) -> None:  # type: ignore[no-untyped-def]
    answer = run()
    assert answer.code == 2
    assert "validate" in answer.out + answer.err


def test_a_defect_of_ours_ends_with_70_and_asks_for_a_report(
    root: Path,
    run,  # type: ignore[no-untyped-def]
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("the cat sat on it")

    monkeypatch.setattr(project, "validate", broken)
    answer = run("validate")
    assert answer.code == 70
    assert "internal error (RuntimeError: the cat sat on it); please report it" in answer.err
    assert "Traceback" not in answer.err
    monkeypatch.setenv("FMCATALOG_DEBUG", "1")
    monkeypatch.setattr(sys, "argv", ["fmcatalog", "validate"])
    monkeypatch.setattr(sys, "meta_path", list(sys.meta_path))
    with pytest.raises(RuntimeError, match="the cat"):
        cli.main()


def test_a_reader_that_goes_away_is_no_error(root: Path) -> None:
    script = f"{Path(sys.executable).with_name('fmcatalog')} export json | head -c 10"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", script], cwd=root, capture_output=True, check=False
    )
    assert done.returncode == 0
    assert done.stderr == b""


# --- where the catalog is -------------------------------------------------------------------------


def test_the_root_is_found_upwards_from_the_current_folder(
    root: Path,
    run,  # type: ignore[no-untyped-def]
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(root / "catalog" / "vocabularies")
    assert run("validate").code == 0
    assert run("validate", "../models/lumen.yaml").code == 0


def test_the_root_can_be_given(root: Path, run, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.chdir("/")
    for arguments in (["validate"], ["list"], ["show", "lumen"], ["stats"], ["export", "csv"]):
        assert run(*arguments, "--root", str(root)).code == 0
        outside = run(*arguments)
        assert outside.code == 2
        assert "use --root DIR" in outside.err


# --- validate -------------------------------------------------------------------------------------


def test_validate_says_that_there_is_no_problem_and_what_was_read(root: Path, run) -> None:  # type: ignore[no-untyped-def]
    spoil(root, "summary: Its", "parameters: 7B\nsummary: Its", "tern")
    spoil(root, "training]", "training, summary, use_cases, parameters]", "tern")
    answer = run("validate", "--strict")
    assert (answer.code, answer.out) == (0, "")
    assert answer.err == "no problems (7 records, 9 vocabularies)\n"


def test_validate_shows_the_line_the_caret_and_what_was_meant(root: Path, run) -> None:  # type: ignore[no-untyped-def]
    spoil(root, "modalities: [x-ray]", "modalities: [xx-ray]")
    answer = run("validate", "catalog/models/umbra.yaml")
    assert answer.code == 1
    head, line, caret = answer.out.rstrip().split("\n")
    assert re.fullmatch(
        r"catalog/models/umbra\.yaml:\d+:14: error\[F301\] unknown modality 'xx-ray'", head
    )
    assert line.endswith("| modalities: [xx-ray]")
    assert caret.index("^") == line.index("xx-ray")
    assert "^^^^^^ did you mean 'x-ray'?" in caret
    assert answer.err.startswith("1 error (7 records")


def test_validate_fails_on_warnings_only_when_strict_and_never_on_hints(root: Path, run) -> None:  # type: ignore[no-untyped-def]
    assert run("validate", "--strict").code == 0
    spoil(root, "[x-ray]", "[XR]")
    assert run("validate").code == 0
    assert run("validate", "--strict").code == 1


def test_validate_counts_what_it_found_by_severity(root: Path, run) -> None:  # type: ignore[no-untyped-def]
    spoil(root, "[x-ray]", "[XR]")
    spoil(root, "[lung]", "[lang, lag]", "lumen")
    assert run("validate").err == "2 errors, 1 warning, 2 hints (7 records, 9 vocabularies)\n"


def test_validate_as_json_is_a_list_with_the_place_of_each(root: Path, run) -> None:  # type: ignore[no-untyped-def]
    spoil(root)
    answer = run("validate", "--format", "json")
    assert answer.code == 1
    found = json.loads(answer.out)
    assert {d["code"] for d in found} == {"F301", "F351"}
    error = next(d for d in found if d["code"] == "F301")
    assert error["severity"] == "error"
    assert error["file"] == "catalog/models/umbra.yaml"
    assert (error["field"], error["column"]) == ("modalities[0]", 14)
    assert set(error) >= {"code", "severity", "file", "line", "column", "field", "message", "help"}


def test_validate_as_json_without_a_problem_is_an_empty_list(root: Path, run) -> None:  # type: ignore[no-untyped-def]
    answer = run("validate", "--format", "json", "catalog/models/lumen.yaml")
    assert (answer.code, json.loads(answer.out)) == (0, [])


def test_validate_for_a_forge_writes_one_annotation_a_problem(root: Path, run) -> None:  # type: ignore[no-untyped-def]
    spoil(root)
    lines = run("validate", "--format", "github").out.rstrip().split("\n")
    assert len(lines) == 3
    error = next(line for line in lines if line.startswith("::error "))
    assert re.match(
        r"::error file=catalog/models/umbra\.yaml,line=\d+,col=14,title=F301::unknown modality",
        error,
    )
    assert sum(line.startswith("::notice ") for line in lines) == 2


def test_no_text_of_a_record_starts_a_workflow_command(root: Path, run) -> None:  # type: ignore[no-untyped-def]
    spoil(root, "[x-ray]", '["x\\n::error::owned"]')
    name = root / "catalog" / "models" / "a\n::error::owned.yaml"
    name.write_text("name: X\n")
    lines = run("validate", "--format", "github").out.split("\n")
    assert not any(line.startswith("::error::") for line in lines)
    assert all(line.startswith("::") for line in lines if line)


def test_validate_with_paths_shows_only_these(root: Path, run) -> None:  # type: ignore[no-untyped-def]
    spoil(root)
    assert run("validate", "catalog/models/lumen.yaml", "catalog/vocabularies").code == 0
    assert run("validate", "catalog/models/lumen.yaml", "catalog/models/umbra.yaml").code == 1


def test_validating_one_file_loads_no_library_that_it_does_not_need(root: Path) -> None:
    script = (
        "import sys\n"
        "sys.argv = ['fmcatalog', 'validate', 'catalog/models/lumen.yaml']\n"
        "from fmcatalog.cli import main\n"
        "try:\n    main()\n"
        "except SystemExit as ended:\n    code = ended.code\n"
        "print(code, sorted({name.split('.')[0] for name in sys.modules}))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=root, capture_output=True, text=True, check=True
    )
    code, loaded = done.stdout.split(" ", 1)
    assert code == "0"
    assert "'fmcatalog'" in loaded
    assert "'pydantic'" in loaded
    for library in ("matplotlib", "numpy", "networkx", "mkdocs", "material", "jinja2", "lxml"):
        assert f"'{library}'" not in loaded


def test_no_command_loads_what_writes_tables_or_pictures(root: Path) -> None:
    script = (
        "import sys\n"
        "sys.argv = ['fmcatalog', 'export', 'parquet', '-o', 'models.parquet']\n"
        "from fmcatalog.cli import main\n"
        "try:\n    main()\n"
        "except SystemExit as ended:\n    assert not ended.code\n"
        "print({'pyarrow', 'pandas', 'numpy', 'matplotlib'} & set(sys.modules))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=root, capture_output=True, text=True, check=True
    )
    assert done.stdout == "set()\n"
    assert (root / "models.parquet").read_bytes().startswith(b"PAR1")


def test_validate_gives_the_same_bytes_in_another_locale_zone_and_hash_seed(root: Path) -> None:
    spoil(root, "[x-ray]", "[x-rai, İstanbul]")
    plain = process("validate", cwd=root, PYTHONHASHSEED="1", TZ="UTC", LC_ALL="C.UTF-8")
    other = process("validate", cwd=root, PYTHONHASHSEED="2", TZ="Asia/Tokyo", LC_ALL="tr_TR.UTF-8")
    assert plain.returncode == other.returncode == 1
    assert plain.stdout == other.stdout


def test_names_of_every_script_are_written_where_the_locale_knows_ascii_only(root: Path) -> None:
    done = process("show", "lumen", cwd=root, LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert done.returncode == 0
    assert b"Traceback" not in done.stderr


# --- list -----------------------------------------------------------------------------------------


def listed(answer: Answer) -> list[str]:
    return [line.split()[0] for line in answer.out.split("\n")[1:] if line and line[0] != " "]


def test_list_shows_every_model_and_how_many_they_are(root: Path, run) -> None:  # type: ignore[no-untyped-def]
    answer = run("list")
    assert answer.code == 0
    assert listed(answer) == list(load(TOY).catalog.models)
    assert answer.err == "7 of 7 models\n"


@pytest.mark.parametrize(
    ("arguments", "ids"),
    [
        ("--modality x-ray", "lumen umbra"),
        ("--modality CXR --modality mri", "harbor lumen"),
        ("--organ torso --task answering", "lumen pebble"),
        ("--organ unknown", "quill sparrow tern"),
        ("--category by-marks", "harbor sparrow umbra"),
        ("--algorithm objective", "lumen quill"),
        ("--gpu acme-two", "lumen umbra"),
        ("--base-model lumen", "harbor quill"),
        ("--dataset pebbles", "lumen pebble"),
        ("--licence MIT", "lumen"),
        ("--year 2022 --year 2024", "lumen sparrow tern umbra"),
        ("--text lantern", "lumen"),
        ("-q tern", "lumen tern"),
        ("--code", "harbor lumen"),
        ("--no-code --weights", "umbra"),
        ("--no-weights --gpu acme-one", "harbor pebble"),
        ("--max-gpu-memory 16", "harbor pebble"),
        ("--max-total-memory 32", "pebble"),
        ("--max-gpus 8", "lumen pebble quill"),
        ("--max-gpu-hours 100", "harbor quill"),
        ("--modality mri --organ lung", ""),
    ],
)
def test_list_answers_each_option(arguments: str, ids: str, root: Path, run) -> None:  # type: ignore[no-untyped-def]
    answer = run("list", *arguments.split(), "--format", "csv")
    assert answer.code == 0
    found = [row["id"] for row in csv.DictReader(io.StringIO(answer.out))]
    assert " ".join(found) == ids
    assert run("list", *arguments.split()).err.startswith(f"{len(found)} of 7 models\n")


def test_list_takes_an_option_for_every_facet() -> None:
    command = typer.main.get_command(app).commands["list"]  # type: ignore[attr-defined]
    options = {option for parameter in command.params for option in parameter.opts}
    assert {f"--{facet}" for facet in FACETS} <= options


def test_list_writes_what_it_found_as_json_and_bibtex(root: Path, run) -> None:  # type: ignore[no-untyped-def]
    data = json.loads(run("list", "--modality", "x-ray", "--format", "json").out)
    assert data["count"] == 2
    assert [m["id"] for m in data["models"]] == ["lumen", "umbra"]
    bibtex = run("list", "--modality", "x-ray", "--format", "bibtex").out
    assert re.findall(r"^@\w+\{(.+),$", bibtex, re.MULTILINE) == ["lumen", "umbra"]


def test_list_names_the_nearest_term_for_a_word_that_is_none(root: Path, run) -> None:  # type: ignore[no-untyped-def]
    answer = run("list", "--modality", "chest-xray")
    assert answer.err == "fmcatalog: no modality 'chest-xray'; did you mean 'chest-x-ray'?\n"


# --- show, stats ----------------------------------------------------------------------------------


def test_show_gives_every_value_with_the_number_of_its_source(root: Path, run) -> None:  # type: ignore[no-untyped-def]
    answer = run("show", "LUMEN-1")
    assert answer.code == 0
    assert answer.out.startswith("Lumen (lumen)\n")
    assert re.search(
        r"^authors +Ada Examplová, Bo O'Neil, Şükrü Æther, 李 小明 +\[1\]", answer.out, re.MULTILINE
    )
    assert re.search(r"^parameters +93\.7M +\[1\]", answer.out, re.MULTILINE)
    assert "[2] arxiv:2203.99990 (read 2024-06-01)" in answer.out
    assert "without a source" not in answer.out


def test_show_tells_missing_from_absent_and_lists_debts(root: Path, run) -> None:  # type: ignore[no-untyped-def]
    answer = run("show", "tern")
    assert re.search(r"^organs +\(not-reported\)", answer.out, re.MULTILINE)
    assert "algorithms" not in answer.out
    assert "without a source: summary, use_cases" in answer.out


def test_show_names_the_nearest_model(root: Path, run) -> None:  # type: ignore[no-untyped-def]
    answer = run("show", "lumne")
    assert answer.err == "fmcatalog: no model 'lumne'; did you mean 'lumen'?\n"


def test_no_text_of_a_record_steers_the_terminal(root: Path, run) -> None:  # type: ignore[no-untyped-def]
    spoil(root, "title: Umbra Casts a Shadow", "title: '[bold red]Umbra[/] [link=x]y[/link]'")
    out = run("show", "umbra").out
    assert "[bold red]Umbra[/] [link=x]y[/link]" in out
    assert "\x1b" not in out


def test_stats_prints_the_counts(root: Path, run) -> None:  # type: ignore[no-untyped-def]
    answer = run("stats")
    assert answer.code == 0
    assert "7 models; 5 stand in the survey's Figure 3" in answer.out
    assert "in the survey, not in its figure: umbra" in answer.out
    assert "added since: 1" in answer.out
    assert re.search(r"^tier +Surveyed +Listed +all *$", answer.out, re.MULTILINE)
    assert re.search(r"^records +6 +1 +7 *$", answer.out, re.MULTILINE)
    assert re.search(r"^completeness +[0-9]+ % +[0-9]+ % +[0-9]+ % *$", answer.out, re.MULTILINE)
    assert re.search(r"^Values without a source +[0-9]+ +[0-9]+ +2 *$", answer.out, re.MULTILINE)
    assert re.search(r"^Outliners +1 +3 *$", answer.out, re.MULTILINE)
    assert "organ: 4 of 7 known, 1 not applicable, 1 not reported, 1 not looked up" in answer.out
    assert "public code 2, public weights 2, training hardware 4 of 7" in answer.out
    assert answer.out.rstrip().endswith("values without a source: 2")


def test_stats_as_json_are_the_same_counts(root: Path, run) -> None:  # type: ignore[no-untyped-def]
    data = json.loads(run("stats", "--format", "json").out)
    assert (data["models"], data["surveyed"], data["public"]["code"]) == (7, 5, 2)


# --- export ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["json", "csv", "bibtex"])
def test_export_writes_the_same_to_the_pipe_and_to_a_file(kind: str, root: Path, run) -> None:  # type: ignore[no-untyped-def]
    answer = run("export", kind)
    assert answer.code == 0
    assert run("export", kind, "-o", "out").out == ""
    assert (root / "out").read_text(encoding="utf-8") == answer.out
    assert run("export", kind, "--output", "out", "--check").code == 0
    (root / "out").write_text("other")
    differs = run("export", kind, "-o", "out", "--check")
    assert (differs.code, differs.err) == (1, "out is not what the catalog gives\n")
    assert (root / "out").read_text() == "other"
    assert run("export", kind, "-o", "missing", "--check").code == 1
    assert not (root / "missing").exists()


def test_export_check_without_a_file_to_check_is_wrong_usage(root: Path, run) -> None:  # type: ignore[no-untyped-def]
    answer = run("export", "json", "--check")
    assert answer.code == 2
    assert answer.out == ""


def test_export_schemas_writes_them_and_check_fails_on_drift(root: Path, run) -> None:  # type: ignore[no-untyped-def]
    missing = run("export", "schemas", "--check")
    assert missing.code == 1
    assert (
        "model.schema.json is not what the code makes; run: fmcatalog export schemas" in missing.err
    )
    assert run("export", "schemas").code == 0
    assert run("export", "schemas", "--check").code == 0
    (root / "schemas" / "survey.schema.json").write_text("{}")
    drift = run("export", "schemas", "--check")
    assert drift.code == 1
    assert "survey.schema.json" in drift.err
    assert "model.schema.json" not in drift.err
    assert run("export", "schemas", "-o", "elsewhere").code == 0
    assert (root / "elsewhere" / "model.schema.json").is_file()


def test_a_file_that_cannot_be_written_is_wrong_usage(root: Path, run) -> None:  # type: ignore[no-untyped-def]
    (root / "plain").write_text("")
    answer = run("export", "csv", "-o", "plain/models.csv")
    assert answer.code == 2
    assert "plain/models.csv" in answer.err


# --- build ----------------------------------------------------------------------------------------


def test_build_makes_nothing_out_of_a_catalog_with_errors(root: Path, run) -> None:  # type: ignore[no-untyped-def]
    spoil(root)
    answer = run("build", "--site-dir", "made")
    assert answer.code == 1
    assert "error[F301]" in answer.out
    assert "nothing was built" in answer.err
    assert not (root / "made").exists()


def test_build_strictly_makes_nothing_out_of_a_catalog_with_warnings(root: Path, run) -> None:  # type: ignore[no-untyped-def]
    spoil(root, "[x-ray]", "[XR]")
    answer = run("build", "--strict", "--site-dir", "made")
    assert (answer.code, (root / "made").exists()) == (1, False)


def test_build_and_serve_pass_on_what_they_are_asked(
    root: Path,
    run,  # type: ignore[no-untyped-def]
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[object] = []
    built = SimpleNamespace(
        pages=3, rewritten=2, files=9, seconds=0.1, site="made", problems=(), remarks=("a remark",)
    )

    def build(
        where: Path, catalog: object, target: Path, step: object, **more: object
    ) -> SimpleNamespace:
        asked.extend([where, target, more["engine"]])
        return built

    monkeypatch.setattr(project, "build", build)
    assert run("build", "--site-dir", "made").out.endswith(
        "3 pages (2 rewritten), 9 files, 0.1 s: made\n"
    )
    plain = run("build", "--engine", "zensical")
    assert (plain.code, plain.err) == (0, "a remark\n")
    assert asked == [root, Path("made"), "mkdocs", root, root / "site", "zensical"]
    assert run("build", "--engine", "none").code == 2
    assert tuple(cli.Engine) == engine.ENGINES
    built.problems = ("a link leads nowhere",)
    broken = run("build")
    assert broken.code == 1
    assert "a link leads nowhere" in broken.err
    assert "the old one was left as it was" in broken.err
    monkeypatch.setattr(live, "serve", lambda where, port, say: asked.append((where, port)))
    assert run("serve").code == 0
    assert run("serve", "--port", "8123").code == 0
    assert asked[-2:] == [(root, 8000), (root, 8123)]


def test_the_program_on_the_path_is_this_command_line(root: Path) -> None:
    assert process("--version", cwd=root).stdout.decode() == f"fmcatalog {__version__}\n"
    assert process("validate", "--strict", cwd=root).returncode == 0
    assert CliRunner().invoke(app, ["--version"]).exit_code == 0


def test_list_says_who_names_no_single_organ(run, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.chdir(Path(__file__).parents[1])
    some = run("list", "--organ", "liver", "--format", "csv")
    assert "Several organs" in some.err
    said = int(some.err.split()[0])
    more = run("list", "--organ", "liver", "--organ", "multi-organ", "--format", "csv")
    assert "add --organ multi-organ" in some.err
    assert len(more.out.splitlines()) == len(some.out.splitlines()) + said
    assert "Several organs" not in more.err
    assert "of which 'Organ' is unknown: add --organ unknown" in more.err
    few = run("list", "--max-gpus", "8", "--format", "csv")
    assert "of which 'GPUs' is unknown: no limit includes them" in few.err


def test_progress_is_shown_on_a_terminal_only() -> None:
    script = (
        "import time\n"
        "from fmcatalog.cli import terminal\n"
        "with terminal.progress() as say:\n"
        "    say('drawing pages')\n"
        "    time.sleep(0.3)\n"
    )
    command = [sys.executable, "-c", script]
    piped = subprocess.run(command, capture_output=True, text=True, check=True)
    assert piped.stdout + piped.stderr == ""
    ours, theirs = pty.openpty()
    try:
        environment = {**os.environ, "TERM": "xterm"}
        subprocess.run(command, stderr=theirs, env=environment, check=True)
        assert "drawing pages" in os.read(ours, 65_536).decode()
    finally:
        os.close(ours)
        os.close(theirs)
