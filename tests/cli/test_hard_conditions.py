"""Closed folders and full disks, for real: a message, the exit code, nothing half written."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hard_conditions import (
    on_small_disk,
    reason_not_to_drop_rights,
    reason_not_to_mount,
    without_privilege,
)

needs_no_rights = pytest.mark.skipif(
    reason_not_to_drop_rights() is not None, reason=str(reason_not_to_drop_rights())
)
needs_a_disk = pytest.mark.skipif(
    reason_not_to_mount() is not None, reason=str(reason_not_to_mount())
)


@pytest.fixture
def closed(project: Path) -> Iterator[Path]:
    """A folder of the corpus that nobody may read, with a source in it."""
    folder = project / "corpus" / "closed"
    folder.mkdir()
    (folder / "a.txt").write_text("The ferry stopped.\n")
    folder.chmod(0)
    yield folder
    folder.chmod(0o700)


@needs_no_rights
def test_a_closed_folder_and_a_closed_file_are_named_and_the_rest_is_used(
    project: Path, closed: Path
) -> None:
    (project / "corpus" / "secret.txt").write_text("The toll is 30 crowns.\n")
    (project / "corpus" / "secret.txt").chmod(0)
    steps = 'factcheck("verify", "--format", "json")\nfactcheck("index", "--strict")\n'
    verified, strict = without_privilege(steps, project)
    assert verified["code"] == 0
    report = json.loads(verified["out"])
    assert [(p["path"], p["message"]) for p in report["corpus"]["problems"]] == [
        ("closed", "cannot be read: Permission denied"),
        ("secret.txt", "cannot be read: Permission denied"),
    ]
    assert "closed" in verified["err"] and "hint: check who may read it" in verified["err"]
    assert "Traceback" not in verified["err"]
    assert report["verdicts"][0]["evidence"][0]["path"] == "bridge.md"
    assert strict["code"] == 2


@needs_no_rights
def test_a_closed_corpus_is_refused_with_its_name(project: Path) -> None:
    (project / "corpus").chmod(0)
    try:
        (ran,) = without_privilege('factcheck("verify")\n', project)
    finally:
        (project / "corpus").chmod(0o700)
    assert (ran["code"], ran["out"]) == (2, "")
    assert "the corpus folder may not be read" in ran["err"]
    assert "Traceback" not in ran["err"]


@needs_no_rights
def test_an_index_or_a_report_that_may_not_be_written_says_where_else_to_write(
    project: Path,
) -> None:
    (project / "locked").mkdir()
    (project / "locked").chmod(0o500)
    steps = (
        'factcheck("index", "--index", "locked/index")\n'
        'factcheck("verify", "--output", "locked/report.json")\n'
    )
    index, report = without_privilege(steps, project)
    assert (index["code"], index["out"]) == (3, "")
    assert "locked" in index["err"] and "--index DIR" in index["err"]
    assert report["code"] == 3
    assert "report.json" in report["err"] and "another --output" in report["err"]
    assert "Traceback" not in index["err"] + report["err"]
    assert list((project / "locked").iterdir()) == []


FULL = """
BRIDGE = "The bridge was opened on 3 May 2019. It cost 42 million crowns.\\n"
Path("corpus").mkdir()
Path("corpus/bridge.md").write_text(BRIDGE)
os.utime("corpus/bridge.md", (1_600_000_000, 1_600_000_000))
Path("claims.yaml").write_text("- The bridge was opened on 3 May 2019\\n")
factcheck("verify", "--output", "report.json")
before = Path("report.json").read_bytes()
with contextlib.suppress(OSError), open("ballast", "wb", buffering=0) as ballast:
    while True:
        ballast.write(bytes(512))
factcheck("verify", "--output", "report.json", "--no-cache")
factcheck("verify", "--format", "json", "--no-cache")
os.truncate("ballast", os.path.getsize("ballast") - 4096)
Path("corpus/mill.md").write_text("The mill ground rye.\\n")
with contextlib.suppress(OSError), open("ballast", "ab", buffering=0) as ballast:
    while True:
        ballast.write(bytes(512))
factcheck("index")
assert Path("report.json").read_bytes() == before
assert not [name for name in os.listdir(".") + os.listdir(".factcheck") if "tmp" in name]
Path("corpus/mill.md").unlink()
factcheck("search", "bridge", "--locked", "--format", "json")
Path("ballast").unlink()
Path("corpus/mill.md").write_text("The mill ground rye.\\n")
factcheck("index")
"""


@needs_a_disk
def test_a_full_disk_keeps_the_old_report_and_the_old_index(tmp_path: Path) -> None:
    first, report, shown, index, old, freed = on_small_disk(FULL, tmp_path, "2m")
    assert first["code"] == 0, first["err"]
    assert report["code"] == 3
    assert report["err"].startswith("error[FC530]: the report cannot be written: No space left")
    assert "hint: check the folder and the free space" in report["err"]
    # What needs no space is done all the same.
    assert shown["code"] == 0
    assert json.loads(shown["out"])["counts"]["failed"] == 0
    assert index["code"] == 3
    assert "error[FC530]: the disk is full; the index is as it was before" in index["err"]
    assert "hint: free some space or choose another place with --index DIR" in index["err"]
    assert old["code"] == 0
    assert {row["path"] for row in json.loads(old["out"])} == {"bridge.md"}
    assert freed["code"] == 0
    assert freed["out"].startswith("2 sources of 2 origins, 3 passages, 0 problems")
    assert "Traceback" not in "".join(ran["err"] for ran in (report, shown, index, old, freed))
    assert list(tmp_path.iterdir()) == []  # the disk was this process's own
