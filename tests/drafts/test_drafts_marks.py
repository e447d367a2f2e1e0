from __future__ import annotations

from datetime import date

from factcheck.claims import read_claims
from factcheck.drafts.claims_file import claims_yaml
from factcheck.drafts.read import read_draft, unique_across
from factcheck.drafts.records import SkipReason
from factcheck.drafts.verify import named_sources
from factcheck.records import Source

OFF = (
    "Lund has 5 bridges.\n\n"
    '<!-- factcheck: off "satire" -->\n'
    "The moon weighs 3 kilos. Ana Kos said: “We ate all of the cheese”.\n\n"
    "<!-- factcheck: on -->\n"
    "Malmo has 9 bridges.\n"
)


def test_comments_switch_checks_off_and_on() -> None:
    for name in ("a.md", "a.txt", "a.html"):
        draft = read_draft(name, OFF)
        texts = [claim.text for claim in draft.claims]
        assert texts == ["Lund has 5 bridges.", "Malmo has 9 bridges."], name
        off = [item for item in draft.skipped if item.reason is SkipReason.SWITCHED_OFF]
        assert {item.message for item in off} == {"satire"}
        assert not draft.problems


def test_checks_can_be_switched_off_inside_a_paragraph() -> None:
    text = (
        'Lund has 5 bridges. <!-- factcheck: off "joke" -->Oslo has 2 moons.'
        "<!-- factcheck: on --> Malmo has 9 bridges."
    )
    draft = read_draft("a.md", text)
    assert [claim.text for claim in draft.claims] == ["Lund has 5 bridges.", "Malmo has 9 bridges."]


def test_a_switch_that_is_wrong_or_has_no_reason_is_a_problem_with_its_line() -> None:
    text = "Lund has 5 bridges.\n\n<!-- factcheck: of -->\n\n<!-- factcheck: off -->\nNo.\n"
    draft = read_draft("a.md", text)
    assert [(item.line, item.code) for item in draft.problems] == [(3, "FC252"), (5, "FC252")]
    assert "is not understood" in draft.problems[0].message
    assert draft.problems[1].message == "checks are switched off without a reason"


def test_a_sentence_names_its_source_by_id_or_footnote() -> None:
    text = (
        "Lund has 5 bridges [@bridges]. Malmo has 9 bridges.[^1] Oslo has 2.\n\n"
        "[^1]: Town atlas, see\n    https://example.org/atlas\n"
    )
    draft = read_draft("a.md", text)
    assert [claim.text for claim in draft.claims] == [
        "Lund has 5 bridges.",
        "Malmo has 9 bridges.",
        "Oslo has 2.",
    ]
    cited = {claim.text: draft.cited.get(claim.id) for claim in draft.claims}
    assert cited == {
        "Lund has 5 bridges.": ("bridges",),
        "Malmo has 9 bridges.": ("Town atlas, see https://example.org/atlas",),
        "Oslo has 2.": None,
    }


def test_names_of_sources_are_ids_paths_addresses_or_titles() -> None:
    sources = [
        Source(id="b1", path="town/bridges.md", text="", sha256="", title="Bridges of Lund"),
        Source(id="b2", path="b2.md", text="", sha256="", url="https://example.org/atlas"),
    ]
    text = (
        "Lund has 5 bridges [@town/bridges]. Lund has 6 bridges [@b1; @b2]. Lund has 7 bridges.[^a]"
        " Lund has 8 bridges.[^b] Lund has 9 bridges [@nowhere].\n\n"
        "[^a]: https://example.org/atlas.\n[^b]: According to “Bridges of Lund”, page 4.\n"
    )
    draft = read_draft("a.md", text)
    found, problems = named_sources([draft], sources)
    assert [found.get(claim.id) for claim in draft.claims] == [
        ("b1",),
        ("b1", "b2"),
        ("b2",),
        ("b1",),
        None,
    ]
    assert [(item.code, item.line) for item in problems] == [("FC254", 1)]
    assert "nowhere" in problems[0].message


def test_titles_and_scare_quotes_are_no_quotations() -> None:
    text = (
        "Ana Kos directed “The Long Night” in 2019. The so-called “experts” of Lund lost 3 cases.\n"
        "Kos called the vote “a cheap trick”.\n"
    )
    quotes = [claim for claim in read_draft("a.md", text).claims if claim.quote]
    assert [(claim.quote, claim.speaker) for claim in quotes] == [("a cheap trick", "Ana Kos")]


def test_a_sentence_with_a_fragment_and_a_fact_gives_two_claims() -> None:
    text = "Ana Kos sold 12 ferries to Oslo in 2019, which she called “a cheap trick”."
    claims = read_draft("a.md", text).claims
    assert [(claim.quote, claim.text) for claim in claims] == [
        ("a cheap trick", "a cheap trick"),
        (None, text),
    ]


def test_ids_stay_when_the_text_around_moves() -> None:
    sentence = "Ana Kos sold 12 ferries in 2019."
    quote = "“We kept the islands,” said Eva Lind."
    before = read_draft("a.md", f"{sentence}\n\n{quote}\n")
    after = read_draft("b.md", f"# New\n\nLund has 5 bridges.\n\n*{quote}*\n\n{sentence}\n")
    ids = {claim.text: claim.id for claim in after.claims}
    assert all(ids[claim.text] == claim.id for claim in before.claims)
    assert len(before.claims) == 2
    changed = read_draft("a.md", sentence.replace("12", "13"))
    assert changed.claims[0].id not in ids.values()


def test_the_same_words_twice_have_ids_of_their_own() -> None:
    text = "Lund has 5 bridges. Lund has 5 bridges."
    first, second = (claim.id for claim in read_draft("a.md", text).claims)
    assert second == f"{first}-2"
    one, two = unique_across([read_draft("a.md", text), read_draft("b.md", "Lund has 5 bridges.")])
    assert [claim.id for claim in (*one.claims, *two.claims)] == [
        first,
        f"{first}-2",
        f"{first}-3",
    ]


def test_the_claims_file_of_a_draft_can_be_read_back() -> None:
    text = (
        "Who? Lund has 5 bridges: “red”, #1 \\ and more.[^1] Sales in Lund fell last year.\n\n"
        "“We kept the: islands,” said Eva Lind.\n\n[^1]: @atlas\n"
    )
    draft = read_draft("a.md", text, published=date(2025, 11, 21))
    written = claims_yaml(draft)
    read = read_claims("claims.yaml", written)
    assert not read.errors
    assert [
        (claim.id, claim.text, claim.quote, claim.speaker, claim.said_on, claim.tags)
        for claim in read.claims
    ] == [
        (claim.id, claim.text, claim.quote, claim.speaker, claim.said_on, claim.tags)
        for claim in draft.claims
    ]
    assert "# names its source: @atlas" in written
    assert "# in the draft: Sales in Lund fell last year." in written
    assert "#   line 1, question: Who?" in written
