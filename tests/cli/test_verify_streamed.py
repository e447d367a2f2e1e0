"""`factcheck verify --format jsonl`: line by line, in bounded memory, resumable."""

from __future__ import annotations

import io
import json
import tracemalloc
from pathlib import Path

import pytest

from factcheck.claim_input import ClaimInput
from factcheck.claims import read_claims
from factcheck.errors import ClaimsError

TEXTS = (
    "The bridge over the Arve in Lindholm was opened to traffic on 3 May 2019",
    "Building the bridge cost 60 million crowns",
    "A comet was seen over the harbour of Zanzibar",
)


def claim_lines(count: int) -> list[str]:
    return [json.dumps({"claim": TEXTS[n % 3]}) + "\n" for n in range(count)]


def test_lines_go_out_as_in_the_whole_report(project, cli) -> None:
    (project / "claims.jsonl").write_text("".join(claim_lines(5)), encoding="utf-8")
    streamed = cli("verify", "claims.jsonl", "--format=jsonl")
    whole = cli("verify", "claims.jsonl", "--format=json", "--output=a.jsonl").json
    assert streamed.lines == whole["verdicts"]
    assert (project / "a.jsonl").read_text(encoding="utf-8") == streamed.out
    assert streamed.code == 0
    yaml = cli("verify", "claims.yaml", "--format=jsonl")
    assert [v["label"] for v in yaml.lines] == ["supported", "contested", "unsupported"]


def test_standard_input_is_read_line_by_line_or_whole(project, cli) -> None:
    lines = cli("verify", "-", "--format=jsonl", stdin=claim_lines(3))
    assert [v["location"] for v in lines.lines] == [
        {"path": "<stdin>", "line": n, "column": None} for n in (1, 2, 3)
    ]
    yaml = cli("verify", "-", "--format=jsonl", stdin=["claims:\n", f"  - claim: {TEXTS[1]}\n"])
    assert [v["label"] for v in yaml.lines] == ["contested"]
    spread = cli("verify", "-", "--format=jsonl", stdin=['{"claims":\n', f'["{TEXTS[0]}"]', "}\n"])
    assert [v["label"] for v in spread.lines] == ["supported"]


def test_the_gate_judges_every_line(project, cli) -> None:
    ran = cli("verify", "-", "--format=jsonl", "--fail-on=contested", stdin=claim_lines(6))
    assert ran.code == 1
    assert "c002 (contested): the claim is contested" in ran.err
    assert "gate failed: 2 findings" in ran.err


def test_a_wrong_line_stops_before_the_first_claim_or_becomes_a_failure(project, cli) -> None:
    lines = [*claim_lines(2), '{"clam": "x"}\n', *claim_lines(1)]
    (project / "claims.jsonl").write_text("".join(lines), encoding="utf-8")
    stopped = cli("verify", "claims.jsonl", "--format=jsonl")
    assert (stopped.code, stopped.out) == (2, "")
    assert "claims.jsonl:3" in stopped.err
    going = cli("verify", "claims.jsonl", "--format=jsonl", "--keep-going")
    assert [v["label"] for v in going.lines] == ["supported", "contested", None, "supported"]
    assert going.lines[2]["claim_id"] == "claims.jsonl:3"
    assert going.code == 1


@pytest.mark.parametrize("cut", [0, 7])
def test_an_interrupted_run_is_gone_on_with(project, cli, cut: int) -> None:
    lines = claim_lines(40)
    want = ("verify", "-", "--output=out/all.jsonl", "--resume")
    assert cli(*want, stdin=lines, stop_after=36).code == 130
    part = project / "out" / "all.jsonl.part"
    assert not (project / "out" / "all.jsonl").exists()
    written = part.read_bytes()
    assert written.count(b"\n") == 32
    part.write_bytes(written[: len(written) - cut])
    resumed = cli(*want, stdin=lines)
    assert resumed.code == 0
    assert f"{32 if cut == 0 else 31} verdicts were there" in resumed.err
    whole = cli("verify", "-", "--format=jsonl", stdin=lines)
    assert (project / "out" / "all.jsonl").read_text(encoding="utf-8") == whole.out
    assert sorted(path.name for path in part.parent.iterdir()) == ["all.jsonl"]


def test_what_was_left_is_refused_when_claims_or_sources_have_changed(project, cli) -> None:
    lines = claim_lines(40)
    want = ("verify", "-", "--output=all.jsonl", "--resume")
    cli(*want, stdin=lines, stop_after=36)
    other = [json.dumps({"claim": "The mayor cut the ribbon"}) + "\n", *lines[1:]]
    changed = cli(*want, stdin=other)
    assert changed.code == 2
    assert "line 1 of the interrupted file is about another claim" in changed.err
    with (project / "corpus" / "bridge.md").open("a", encoding="utf-8") as file:
        file.write("\nIt is 300 metres long.\n")
    sources = cli(*want, stdin=lines)
    assert sources.code == 2
    assert "the interrupted run used other sources, models or settings" in sources.err
    assert cli("verify", "-", "--output=all.jsonl", "--format=jsonl", stdin=lines).code == 0


def test_resuming_needs_one_file_of_lines(project, cli) -> None:
    for outputs in ((), ("--output=a.json",), ("--output=a.jsonl", "--output=b.jsonl")):
        assert cli("verify", "--resume", *outputs).code == 2


def peak(count: int) -> int:
    data = io.BytesIO("".join(claim_lines(count)).encode())
    tracemalloc.start()
    claims = ClaimInput(names=("-",), stdin=lambda: data)
    assert sum(1 for _ in claims.items()) == count
    size = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert claims.read[0].claims == count
    return size


def test_reading_more_claims_needs_no_more_memory() -> None:
    peak(100)
    assert peak(6000) < peak(1000) + 50_000


def test_lines_read_one_by_one_are_the_claims_of_the_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "claims.jsonl"
    rows = [
        {"claim": "One", "tags": ["a"], "as_of": "2020-01-01"},
        {"id": "mine", "quote": "Two", "speaker": "Ida"},
        {"claim": "Three", "id": "mine"},
        {"claim": ""},
        {"claim": "Five", "unknown": 1},
    ]
    text = "\ufeff" + "\n\n".join(json.dumps(row) for row in rows) + "\nnot json\n"
    path.write_text(text, encoding="utf-8")
    found = list(ClaimInput(names=(str(path),), stdin=io.BytesIO).items())
    whole = read_claims(path)
    assert [i for i in found if not isinstance(i, ClaimsError)] == list(whole.claims)
    errors = [(e.code, str(e.where)) for e in found if isinstance(e, ClaimsError)]
    assert errors == [(error.code, str(error.where)) for error in whole.errors]


def test_ids_are_unique_over_several_files(tmp_path: Path) -> None:
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text("- One\n- {id: own, claim: Two}\n", encoding="utf-8")
    (tmp_path / "c.jsonl").write_text('{"claim": "Three"}\n', encoding="utf-8")
    items = list(
        ClaimInput(names=(str(tmp_path), str(tmp_path / "a.yaml")), stdin=io.BytesIO).items()
    )
    ids = [
        item.id.replace(str(tmp_path), "") for item in items if not isinstance(item, ClaimsError)
    ]
    assert ids == ["c001", "own", "/b.yaml:c001", "/b.yaml:own", "/c.jsonl:c001"]
