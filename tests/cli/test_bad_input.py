"""What bad input gets: a message with place, reason and remedy, the exit code, no traceback."""

from __future__ import annotations

import importlib.util
import json
import os
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import factcheck.pipeline
from factcheck.index.opened import Index
from factcheck.pipeline import Models

TRUE_CLAIM = "The bridge over the Arve in Lindholm was opened to traffic on 3 May 2019"


@pytest.fixture(autouse=True)
def one_set_of_models(models: Models, monkeypatch: pytest.MonkeyPatch) -> None:
    """The models of the session instead of new ones for every command: the same, but at once."""
    monkeypatch.setattr(factcheck.pipeline, "load_models", lambda config=None: models)


@pytest.fixture(scope="module")
def files() -> ModuleType:
    """The makers of small PDF and Word files that the tests of the readers use."""
    path = Path(__file__).parent.parent / "sources" / "source_files.py"
    spec = importlib.util.spec_from_file_location("source_files", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def refused(ran: Any, code: int, place: str, reason: str, hint: str) -> None:
    """Nothing on stdout; on stderr the reason, the place and what to do."""
    assert "Traceback" not in ran.err
    assert ran.code == code, ran.err
    assert ran.out == ""
    assert ran.err.startswith("error[FC")
    assert place in ran.err
    assert reason in ran.err
    assert f"hint: {hint}" in ran.err or hint in ran.err.split("hint:", 1)[-1]


# --- claims files -----------------------------------------------------------------------------

GOOD = f"claims:\n  - claim: {TRUE_CLAIM}\n"
BOMB = "a: &a [x, x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}, *{chr(97 + n)}]\n"
    for n in range(20)
)


@pytest.mark.parametrize(
    ("name", "content", "place", "reason", "hint"),
    [
        ("a.yaml", None, "a.yaml", "no such claims file", "factcheck init"),
        ("a.txt", "x", "a.txt", "cannot end in `.txt`", ".yaml"),
        ("a.yaml", "", "a.yaml", "is empty", "claims:"),
        ("a.yaml", "claims:\n  - claim: [a\n", "a.yaml:3", "not valid YAML", "quotes"),
        ("a.yaml", "claims:\n  - claim: 'a\n", "a.yaml:3", "not valid YAML", "quotes"),
        ("a.yaml", "- claim: a\n  exptect: b\n", "a.yaml:2:3", "`exptect`", "`expect`"),
        ("a.yaml", "- id: x\n  claim: a\n- id: x\n  claim: b\n", "a.yaml:3", "line 1", "another"),
        ("a.yaml", "- claim:\n", "a.yaml:1:3", "has no text", "`claim:`"),
        ("a.yaml", "- claim: '  '\n", "a.yaml:1:3", "has no text", "`claim:`"),
        ("a.yaml", "- claim: [1, 2]\n", "a.yaml:1:3", "must be a text", "`claim: …`"),
        ("a.yaml", "- claim: a\n  as_of: soon\n", "a.yaml:2:3", "not a date", "2025-12-31"),
        ("a.yaml", "- claim: a\n  expect: suported\n", "a.yaml:2:3", "cannot be", "`supported`"),
        ("a.yaml", "claims: 5\n", "a.yaml:1", "must be a list", "`- `"),
        ("a.yaml", b"- claim: caf\xe9\n", "a.yaml", "not UTF-8 (byte 12)", "UTF-8"),
        ("a.yaml", BOMB + "claims: *u\n", "a.yaml", "aliases", "instead of using & and *"),
        ("a.yaml", "- " + "[" * 5000, "a.yaml:1", "nested too deeply", ""),
        ("a.json", '[{"claim": "a"},]', "a.json:1", "not valid JSON", "commas"),
        ("a.json", '[{"claim": "a", "claim": "b"}]', "a.json", "`claim` stands twice", ""),
        ("a.json", '[{"claim": ' + "9" * 5000 + "}]", "a.json", "number", ""),
        ("a.jsonl", '{"claim": "a"}\n{"claim"\n', "a.jsonl:2", "not valid JSON", "one complete"),
        ("a.csv", "claim,id\na\n", "a.csv:2", "1 cells, the header 2", "quotes"),
        ("a.csv", "claim,claim\na,b\n", "a.csv:1", "stands twice", "one of them"),
        ("a.csv", "klaim\na\n", "a.csv:1", "`klaim`", "`claim`"),
    ],
)
def test_a_bad_claims_file_is_refused_with_its_place(
    project: Path, cli: Any, name: str, content: Any, place: str, reason: str, hint: str
) -> None:
    if content is not None:
        data = content if isinstance(content, bytes) else content.encode()
        (project / name).write_bytes(data)
    refused(cli("verify", name), 2, place, reason, hint)
    # Refused before any work is done.
    assert not (project / ".factcheck").exists()


@pytest.mark.parametrize("name", ["big.yaml", "big.json", "big.csv"])
def test_a_claims_file_of_100_megabytes_is_refused_with_the_way_out(
    project: Path, cli: Any, name: str
) -> None:
    with (project / name).open("wb") as file:
        file.truncate(100_000_000)
    refused(cli("verify", name), 2, name, "100 MB", "split it, or use JSON Lines")


def test_all_errors_of_all_files_are_said_at_once(project: Path, cli: Any) -> None:
    (project / "a.yaml").write_text("- claim: a\n  expct: b\n- claim:\n", encoding="utf-8")
    (project / "b.csv").write_text("claim,expect\nThe bridge is green,maybe\n", encoding="utf-8")
    ran = cli("verify", "a.yaml", "claims.yaml", "b.csv")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.count("error[FC") == 3
    for place in ("a.yaml:2:3", "a.yaml:3:3", "b.csv:2"):
        assert place in ran.err


def test_with_keep_going_the_good_claims_are_verified_and_the_bad_are_failures(
    project: Path, cli: Any
) -> None:
    bad = "  - claim: a\n    expct: b\n  - claim:\n  - claim: The bridge is green\n"
    (project / "claims.yaml").write_text(GOOD + bad, encoding="utf-8")
    ran = cli("verify", "--keep-going", "--format", "json")
    assert "Traceback" not in ran.err
    assert ran.code == 1  # what could not be checked has not passed
    verdicts = ran.json["verdicts"]
    assert ran.json["counts"]["failed"] == 2
    assert [v["location"]["line"] for v in verdicts] == [2, 4, 5, 6]
    assert [v["failure"] and v["failure"]["code"] for v in verdicts] == [
        None,
        "FC205",
        "FC203",
        None,
    ]
    assert verdicts[0]["claim"] == TRUE_CLAIM
    assert verdicts[0]["label"] in ("supported", "contested", "unsupported")
    assert verdicts[0]["evidence"][0]["path"] == "bridge.md"


def test_claims_come_through_standard_input(project: Path, cli: Any) -> None:
    refused(cli("verify", "-", stdin=["- claim:\n"]), 2, "<stdin>:1", "has no text", "`claim:`")
    refused(cli("verify", "-", stdin=[""]), 2, "<stdin>", "is empty", "`claims:`")
    ran = cli("verify", "-", "--format", "json", stdin=[GOOD])
    assert ran.code == 0
    assert [v["claim"] for v in ran.json["verdicts"]] == [TRUE_CLAIM]


# --- sources ----------------------------------------------------------------------------------


def test_a_missing_or_empty_corpus_says_what_to_do(project: Path, cli: Any) -> None:
    refused(cli("index", "nowhere"), 2, "nowhere", "no such corpus folder", "factcheck init")
    refused(cli("verify", "--corpus", "nowhere"), 2, "nowhere", "no such corpus", "--corpus DIR")
    (project / "bare").mkdir()
    refused(cli("ask", TRUE_CLAIM, "--corpus", "bare"), 2, "bare", "the corpus is empty", "PDF")
    (project / "bare" / "cut.pdf").write_bytes(b"%PDF-1.4 cut off")
    ran = cli("index", "bare")
    refused(ran, 2, "bare", "cut.pdf: the PDF is damaged", "put whole, unlocked copies")
    assert "hint: put whole" in ran.err


def spoil(corpus: Path, files: ModuleType) -> dict[str, str]:
    """Put everything bad into a corpus. Returns: file to what is said of it."""
    whole = files.pdf_bytes([files.pdf_page(["The ferry stopped.", "", "Nobody missed it."])])
    (corpus / "locked.pdf").write_bytes(files.encrypted_pdf())
    (corpus / "cut.pdf").write_bytes(whole[: len(whole) // 3])
    (corpus / "bomb.docx").write_bytes(
        files.zip_bytes({f"word/part{n}.xml": b"0" * 1024 * 1024 for n in range(9)})
    )
    (corpus / "ragged.csv").write_text("id,text\nr1,The toll is 30 crowns.\nr2,a,b,c\n")
    cues = "WEBVTT\n\n00:01.000 --> 00:02.000\nThe ferry was slow.\n\n00:xx --> soon\nLost.\n"
    (corpus / "talk.vtt").write_text(cues)
    (corpus / "empty.txt").write_bytes(b"")
    (corpus / "picture.md").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    return {
        "locked.pdf": "encrypted",
        "cut.pdf": "damaged",
        "bomb.docx": "9 parts",
        "ragged.csv": "row",
        "talk.vtt": "time",
        "empty.txt": "is empty",
        "picture.md": "text",
    }


@pytest.fixture
def spoilt(project: Path, files: ModuleType, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    import factcheck.sources.docx as docx

    monkeypatch.setattr(docx, "MAX_UNPACKED_BYTES", 8 * 1024 * 1024)
    return spoil(project / "corpus", files)


def test_bad_sources_are_named_with_the_reason_and_the_rest_is_used(
    spoilt: dict[str, str], cli: Any
) -> None:
    ran = cli("verify", "--format", "json", "--quiet")
    assert "Traceback" not in ran.err
    assert ran.code == 0
    problems: dict[str, str] = {}
    for problem in ran.json["corpus"]["problems"]:
        problems[problem["path"]] = problems.get(problem["path"], "") + problem["message"]
    assert sorted(problems) == sorted(spoilt)
    for path, word in spoilt.items():
        assert word in problems[path].lower(), (path, problems[path])
        assert path in ran.err  # said on stderr too, although asked to be quiet
    assert ran.json["verdicts"][0]["evidence"][0]["path"] == "bridge.md"
    # The good rows and cues of the bad files are there as well.
    found = json.loads(cli("search", "toll 30 crowns ferry slow", "--format", "json").out)
    assert {"ragged.csv", "talk.vtt"} <= {row["path"] for row in found}


def test_strict_refuses_a_corpus_with_a_bad_source(spoilt: dict[str, str], cli: Any) -> None:
    ran = cli("verify", "--strict")
    assert (ran.code, ran.out) == (2, "")
    assert any(path in ran.err for path in spoilt)
    # Also when an index was made without it before.
    assert cli("index").code == 0
    assert cli("index", "--strict").code == 2


def test_a_corpus_of_bad_sources_only_is_refused_with_their_names(project: Path, cli: Any) -> None:
    (project / "corpus" / "bridge.md").unlink()
    (project / "corpus" / "empty.txt").write_bytes(b"")
    ran = cli("verify")
    assert (ran.code, ran.out) == (2, "")
    assert "empty.txt" in ran.err
    assert "Traceback" not in ran.err


def test_a_broken_manifest_stops_the_run(project: Path, cli: Any) -> None:
    (project / "corpus" / "sources.yaml").write_text("sources:\n  - path: [a\n")
    refused(cli("verify"), 2, "sources.yaml:3", "not valid YAML", "")


# --- usage and configuration ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("args", "reason", "hint"),
    [
        (["verfy"], "no command `verfy`", "`verify`"),
        (["verify", "--lockd"], "Did you mean '--locked'?", "factcheck verify --help"),
        (["verify", "--format", "jsn"], '"jsn"', "json"),
        (["verify", "--output", "a.pdf"], "a.pdf", "FORMAT:FILE"),
        (["verify", "--output", "jsn:a"], '"jsn"', "json"),
        (["verify", "--fail-on", "contestd"], "`contestd`", "`contested`"),
        (["verify", "--fail-on", ""], "`fail_on` is empty", "`none`"),
        (["verify", "--fail-on", ","], "`fail_on` is empty", "`none`"),
        (["check", "claims.yaml", "--fail-on", ""], "`fail_on` is empty", "`none`"),
        (["verify", ""], "name of a claims file is empty", "write . for this folder"),
        (["check", " "], "name of a draft is empty", "name the file"),
        (["search", ""], "the text is empty", "quotation marks"),
        (["verify", "--config", ""], "`--config` is empty", "leave --config out"),
        (["verify", "--threads", "many"], "many", "factcheck verify --help"),
        (["verify", "--threads", "-1"], "`threads`", "one per core"),
        (["search", "x", "--limit", "0"], "--limit", "factcheck search --help"),
        (["ask"], "CLAIM", "factcheck ask --help"),
        (["ask", " "], "the claim is empty", "quotation marks"),
        (["quote", ""], "the quotation is empty", "quotation marks"),
        (["ask", "x", "--as-of", "soon"], "not a date", "2025-12-31"),
        (["report", "nowhere.json"], "no such report", "--output report.json"),
        (["eval", "nowhere.jsonl"], "no such file", ""),
        (["verify", "--config", "nowhere.yaml"], "cannot be read", ""),
        (["verify", "--config", "nowhere.toml"], "cannot be read", ""),
    ],
)
def test_bad_usage_names_what_was_meant(
    project: Path, cli: Any, args: list[str], reason: str, hint: str
) -> None:
    refused(cli(*args), 2, "", reason, hint)
    assert sorted(p.name for p in project.iterdir()) == ["claims.yaml", "corpus", "factcheck.yaml"]


@pytest.mark.parametrize(
    ("text", "place", "reason", "hint"),
    [
        ("thread: 1\n", "factcheck.yaml:1:1", "unknown setting `thread`", "`threads`"),
        ("retrieval:\n  passages: 0\n", "factcheck.yaml:2:3", "between 1 and 200", "passages"),
        ("policy: {distrust: 5}\n", "factcheck.yaml:1", "list of texts", "globs"),
        ("threads: [\n", "factcheck.yaml:2", "not valid YAML", ""),
        ("- a\n", "factcheck.yaml:1", "`name: value`", ""),
    ],
)
def test_a_bad_configuration_is_refused_with_its_place(
    project: Path, cli: Any, text: str, place: str, reason: str, hint: str
) -> None:
    (project / "factcheck.yaml").write_text(text, encoding="utf-8")
    refused(cli("verify"), 2, place, reason, hint)


def test_an_empty_variable_does_not_switch_the_gate_off(
    project: Path, cli: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = "- claim: Building the bridge cost 60 million crowns\n  expect: supported\n"
    (project / "claims.yaml").write_text(lines, encoding="utf-8")
    monkeypatch.setenv("FACTCHECK_FAIL_ON", "")
    assert cli("verify").code == 1


def test_an_unknown_variable_is_refused_with_the_nearest(
    project: Path, cli: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FACTCHECK_THREAD", "1")
    refused(cli("config"), 2, "", "FACTCHECK_THREAD", "FACTCHECK_THREADS")


# --- the machine ------------------------------------------------------------------------------


def test_locked_needs_an_index_that_is_there_and_up_to_date(project: Path, cli: Any) -> None:
    refused(cli("verify", "--locked"), 3, ".factcheck", "no index", "factcheck index")
    assert not (project / ".factcheck").exists()
    assert cli("index").code == 0
    assert cli("verify", "--locked").code == 0
    (project / "corpus" / "new.txt").write_text("The ferry stopped.\n")
    refused(cli("verify", "--locked"), 3, ".factcheck", "has changed", "leave out --locked")


def test_an_unknown_fault_is_called_a_bug_and_asks_for_a_report(
    project: Path, cli: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> Index:
        raise RuntimeError("the impossible happened")

    monkeypatch.setattr(Index, "open", broken)
    refused(cli("verify"), 70, "", "RuntimeError: the impossible happened", "this is a bug")
    monkeypatch.setenv("FACTCHECK_TRACEBACK", "1")
    ran = cli("verify")
    assert ran.code == 70
    assert "Traceback" in ran.err


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), MemoryError()])
def test_a_fault_of_the_machine_is_not_called_a_bug(
    project: Path, cli: Any, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def broken(*_: object, **__: object) -> Index:
        raise error

    monkeypatch.setattr(Index, "open", broken)
    reason = "No space left on device" if isinstance(error, OSError) else "memory"
    refused(cli("verify"), 3, "", reason, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_leaves_the_old_report_and_no_rest(project: Path, cli: Any) -> None:
    ran = cli("verify", "--output", "json:/dev/full")
    assert ran.code == 3
    assert "error[FC530]: the report cannot be written: No space left on device" in ran.err
    assert "  /dev/full" in ran.err
    assert Path("/dev/full").is_char_device()


def test_a_report_goes_into_a_pipe_and_does_not_replace_it(project: Path, cli: Any) -> None:
    import threading

    pipe = project / "pipe"
    os.mkfifo(pipe)
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_text(encoding="utf-8")))
    reader.start()
    ran = cli("verify", "--output", "json:pipe", "--format", "json")
    reader.join(timeout=30)
    assert ran.code == 0
    assert pipe.is_fifo()
    assert read == [ran.out]


def test_a_report_cannot_take_the_place_of_a_folder(project: Path, cli: Any) -> None:
    (project / "report.json").mkdir()
    ran = cli("verify", "--output", "report.json")
    assert ran.code == 3
    assert "report.json" in ran.err and "Traceback" not in ran.err
    assert [p.name for p in project.iterdir() if "tmp" in p.name] == []
