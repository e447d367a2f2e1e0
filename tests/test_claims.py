"""Claims files: what is read, what is refused, and where the message points."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from factcheck.claims import MAX_FILE_BYTES, load_claims, read_claims
from factcheck.errors import ClaimsError, InputErrors
from factcheck.records import Label, SourceFilter


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def one_error(path: Path) -> ClaimsError:
    with pytest.raises(ClaimsError) as caught:
        load_claims(path)
    return caught.value


FULL = """\
claims:
  - id: casualties
    claim: NATO strikes killed over 2,500
    speaker: Press office
    said_on: 2025-10-08
    as_of: 2025-12-31
    expect: contested
    tags: [casualties]
    sources: {include: ["belgrade/*"], exclude: ["*.csv"]}
  - A bare text
"""


def test_every_key_of_a_claim_is_read(tmp_path: Path) -> None:
    first, second = load_claims(write(tmp_path, "claims.yaml", FULL))
    assert (first.id, first.text, first.speaker) == (
        "casualties",
        "NATO strikes killed over 2,500",
        "Press office",
    )
    assert (first.said_on, first.as_of) == (date(2025, 10, 8), date(2025, 12, 31))
    assert first.expect is Label.CONTESTED
    assert first.tags == ("casualties",)
    assert first.sources == SourceFilter(include=("belgrade/*",), exclude=("*.csv",))
    assert first.location is not None and first.location.line == 2
    assert (second.id, second.text) == ("c002", "A bare text")
    assert second.location is not None and second.location.line == 10


def test_the_same_claims_come_out_of_all_four_formats(tmp_path: Path) -> None:
    rows = [
        {"id": "a", "claim": "One, two", "speaker": "S", "tags": ["x", "y"]},
        {"id": "b", "claim": "Three", "said_on": "2024-02-29"},
    ]
    files = [
        write(tmp_path, "c.json", json.dumps({"claims": rows})),
        write(tmp_path, "c.jsonl", "\n".join(json.dumps(row) for row in rows)),
        write(
            tmp_path,
            "c.csv",
            'id,claim,speaker,tags,said_on\na,"One, two",S,x;y,\nb,Three,,,2024-02-29\n',
        ),
        write(
            tmp_path,
            "c.yaml",
            "- {id: a, claim: 'One, two', speaker: S, tags: [x, y]}\n"
            "- {id: b, claim: Three, said_on: 2024-02-29}\n",
        ),
    ]
    read = [
        [(c.id, c.text, c.speaker, c.tags, c.said_on) for c in load_claims(path)] for path in files
    ]
    assert read[0] == [
        ("a", "One, two", "S", ("x", "y"), None),
        ("b", "Three", None, (), date(2024, 2, 29)),
    ]
    assert all(other == read[0] for other in read[1:])


@pytest.mark.parametrize(
    ("text", "message", "line", "hint"),
    [
        ("claims:\n  - claim: x\n    expct: supported\n", "unknown key `expct`", 3, "`expect`"),
        ("clams:\n  - x\nclaims:\n  - x\n", "unknown key `clams`", 1, "`claims`"),
        ("claims:\n  - claim: ''\n", 'claim "c001" has no text', 2, "delete the entry"),
        ("claims:\n  - id: a\n", 'claim "a" has no text', 2, "`claim:`"),
        ("claims:\n  - claim: [1, 2]\n", "`claim` must be a text", 2, "`claim: …`"),
        ("claims:\n  - claim: x\n    expect: maybe\n", "`expect` cannot be 'maybe'", 3, "known"),
        ("claims:\n  - claim: x\n    said_on: soon\n", "`said_on` is not a date", 3, "2025-12-31"),
        ("claims:\n  - claim: x\n    as_of: 2024-02-30\n", "`as_of` is not a date", 3, "2025"),
        ("claims:\n  - claim: x\n    tags: {a: b}\n", "`tags` must be a list", 3, "[one, two]"),
        ("claims: x\n", "`claims` must be a list", 1, "`- `"),
        ("claims:\n  - [a]\n", "an entry must be a text", 2, "`- claim: …`"),
        ("claims:\n  - x\n  - null\n", 'claim "c002" has no text', 3, "delete the entry"),
        ("claims:\n  - ~\n", 'claim "c001" has no text', 2, "delete the entry"),
        ("claims:\n  - claim: a: b\n", "not valid YAML", 2, "quotes"),
        ("claims:\n\t- a\n", "not valid YAML", 2, "tabs"),
        ("claims:\n  - claim: x\n    claim: y\n", "stands twice", 3, "one of them"),
    ],
)
def test_a_wrong_entry_is_named_with_line_and_remedy(
    tmp_path: Path, text: str, message: str, line: int, hint: str
) -> None:
    error = one_error(write(tmp_path, "claims.yaml", text))
    assert message in error.message
    assert error.where is not None and error.where.line == line
    assert error.hint is not None and hint in error.hint
    assert error.exit_code == 2


def test_all_errors_of_a_file_are_reported_at_once(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "claims.yaml",
        "claims:\n  - clam: x\n  - claim: ''\n  - ok\n  - {id: 1, tag: y}\n",
    )
    with pytest.raises(InputErrors) as caught:
        load_claims(path)
    assert [error.where.line for error in caught.value.errors if error.where] == [2, 3, 5]
    read = read_claims(path)
    assert [claim.text for claim in read.claims] == ["ok"]


def test_a_duplicate_id_names_both_lines(tmp_path: Path) -> None:
    error = one_error(write(tmp_path, "c.yaml", "- id: a\n  claim: x\n- id: a\n  claim: y\n"))
    assert error.message == 'the id "a" is already used on line 1'
    assert error.where is not None and error.where.line == 3


def test_a_default_id_never_collides_silently_with_a_given_one(tmp_path: Path) -> None:
    error = one_error(write(tmp_path, "c.yaml", "- id: c002\n  claim: x\n- y\n"))
    assert '"c002" is already used' in error.message


def test_a_file_of_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "claims.yaml"
    path.write_bytes("- Türkiye\n".encode("latin-1"))
    assert "not UTF-8" in one_error(path).message


def test_a_byte_order_mark_is_no_part_of_the_first_claim(tmp_path: Path) -> None:
    path = tmp_path / "claims.yaml"
    path.write_bytes(b"\xef\xbb\xbf- hello\n")
    assert load_claims(path)[0].text == "hello"


def test_an_alias_bomb_is_refused(tmp_path: Path) -> None:
    levels = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    levels += [f"a{n}: &a{n} [" + ", ".join([f"*a{n - 1}"] * 10) + "]" for n in range(1, 9)]
    error = one_error(write(tmp_path, "claims.yaml", "\n".join([*levels, "claims: *a8"])))
    assert "aliases" in error.message


def test_a_few_aliases_are_followed(tmp_path: Path) -> None:
    path = write(tmp_path, "c.yaml", "- claim: x\n  tags: &t [a, b]\n- claim: y\n  tags: *t\n")
    assert [claim.tags for claim in load_claims(path)] == [("a", "b"), ("a", "b")]


def test_a_claims_file_of_100_megabytes_is_refused_with_the_way_out(tmp_path: Path) -> None:
    path = tmp_path / "claims.yaml"
    with path.open("wb") as file:
        file.truncate(100 * 1024 * 1024)
    assert path.stat().st_size > MAX_FILE_BYTES
    error = one_error(path)
    assert "105 MB" in error.message
    assert error.hint is not None and ".jsonl" in error.hint


def test_deep_nesting_is_refused(tmp_path: Path) -> None:
    for name in ("c.yaml", "c.json"):
        error = one_error(write(tmp_path, name, "[" * 100_000 + "]" * 100_000))
        assert "nested too deeply" in error.message


def test_objects_cannot_be_made_by_yaml_tags(tmp_path: Path) -> None:
    error = one_error(write(tmp_path, "c.yaml", "- claim: !!python/object/apply:os.getcwd []\n"))
    assert error.exit_code == 2


def test_an_empty_or_missing_file_says_what_to_do(tmp_path: Path) -> None:
    assert "is empty" in one_error(write(tmp_path, "c.yaml", " \n# nothing\n")).message
    assert "lists no claims" in one_error(write(tmp_path, "d.yaml", "claims: []\n")).message
    missing = one_error(tmp_path / "none.yaml")
    assert missing.message == "there is no such claims file"
    assert missing.hint is not None and "factcheck init" in missing.hint


def test_bad_lines_of_json_lines_leave_the_others(tmp_path: Path) -> None:
    path = write(tmp_path, "c.jsonl", '{"claim": "a"}\n{"claim: 1}\n"b"\n')
    read = read_claims(path)
    assert [claim.text for claim in read.claims] == ["a", "b"]
    assert [str(error.where) for error in read.errors] == [f"{path}:2:12"]


def test_lines_of_json_entries_are_those_of_the_file(tmp_path: Path) -> None:
    path = write(tmp_path, "c.json", '{"claims": [\n  {"claim": "a"},\n\n  "b"\n]}')
    lines = [claim.location.line for claim in load_claims(path) if claim.location]
    assert lines == [2, 4]


def test_a_ragged_row_of_csv_is_named_and_the_rest_is_read(tmp_path: Path) -> None:
    path = write(tmp_path, "c.csv", "claim,speaker\na,b\nx,y,z\nc,d\n")
    read = read_claims(path)
    assert [claim.text for claim in read.claims] == ["a", "c"]
    assert str(read.errors[0].where) == f"{path}:3"


def test_line_breaks_inside_a_claim_are_spaces(tmp_path: Path) -> None:
    path = write(tmp_path, "c.yaml", "- claim: |\n    one\n    two\n")
    assert load_claims(path)[0].text == "one two"


def test_a_claim_under_another_usual_name_is_told_where_it_belongs(tmp_path: Path) -> None:
    path = tmp_path / "claims.yaml"
    path.write_text('claims:\n  - text: "The sky is blue."\n', encoding="utf-8")
    with pytest.raises((ClaimsError, InputErrors)) as caught:
        load_claims(path)
    assert "the claim's words stand under `claim`" in caught.value.render()


@pytest.mark.parametrize(
    ("text", "key", "place"),
    [
        ("- claim: Team #1 won the match\n", "claim", ":1:15"),
        ("- Team #1 won the match\n", "claim", ":1:8"),
        ("- claim: x\n  quote: We are\n    the #1 team\n", "quote", ":3:9"),
    ],
)
def test_a_text_that_a_comment_sign_cuts_off_is_refused(
    tmp_path: Path, text: str, key: str, place: str
) -> None:
    path = write(tmp_path, "claims.yaml", text)
    error = one_error(path)
    assert error.message == f"the `{key}` ends before `#`, which begins a comment in YAML"
    assert str(error.where) == f"{path}{place}"
    assert error.hint is not None and "put quotes around the text" in error.hint


def test_comments_and_quoted_signs_are_no_fault(tmp_path: Path) -> None:
    text = (
        "claims: #1\n  - One # a note\n  - 'Team #1' #2\n  - claim: C#\n    id: x #y\n"
        "  - |\n    Team #1\n  #- claim: Off\n"
    )
    read = load_claims(write(tmp_path, "claims.yaml", text))
    assert [claim.text for claim in read] == ["One", "Team #1", "C#", "Team #1"]


def test_semicolons_separate_the_cells_of_csv_as_well(tmp_path: Path) -> None:
    text = '\ufeffclaim;expect;tags\r\nIt cost 2,5 million;contested;"a;b"\r\n"Two; three";;\r\n'
    read = load_claims(write(tmp_path, "claims.csv", text))
    assert [(claim.text, claim.expect, claim.tags) for claim in read] == [
        ("It cost 2,5 million", Label.CONTESTED, ("a", "b")),
        ("Two; three", None, ()),
    ]


def test_what_is_known_of_a_wrong_entry_is_kept_with_its_error(tmp_path: Path) -> None:
    text = "- {claim: x, said_on: 31.12.2025, expct: y}\n- {clam: z}\n- Team #1 won\n"
    errors = read_claims(write(tmp_path, "c.yaml", text)).errors
    assert [error.entry.text for error in errors if error.entry] == [
        "x",
        "x",
        "(this entry could not be read)",
        "Team #1 won",
    ]
    assert errors[0].entry is errors[1].entry


def test_a_stream_is_told_the_sign_for_standard_input(tmp_path: Path) -> None:
    for path in (Path("/dev/stdin"), Path("/dev/null")):
        error = one_error(path)
        assert error.hint == "use `-` for standard input: … | factcheck verify -"
