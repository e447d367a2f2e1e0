"""What the verifier is given to read: dates of the calendar, who speaks, and an unchanged span."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from town import check

from factcheck.index.opened import Index
from factcheck.models.encoder import Encoder
from factcheck.pipeline import Models
from factcheck.readings import Reading, plan_readings, points_back
from factcheck.records import Claim
from factcheck.retrieval import RetrievalSettings, retrieve

MakeCorpus = Callable[..., Path]

COURT = """\
---
title: Sentence upheld
published: 2024-06-20
---

The Court of Appeal on Wednesday upheld the sentence against the treasurer. The trial had begun on
11 March.
"""
CHRONICLE = """\
---
title: Chronicle
published: 2024-06-20
---

War broke out in 1812. The bridge was burnt on 11 March.
"""
TALK = """\
WEBVTT

00:00:01.000 --> 00:00:04.000
<v Mara Vos>We will close the Linden plant in 2027.

00:00:04.000 --> 00:00:08.000
<v Tom Reyes>We were never asked about the Linden plant.
"""


def readings_of(claim: str, corpus: Path, encoder: Encoder, tmp_path: Path) -> list[Reading]:
    index = Index.open(corpus, index_dir=tmp_path / "index", encoder=encoder)
    settings = RetrievalSettings(passages=6, candidates=20, per_source=4, min_reliability=None)
    found = retrieve(index, Claim(id="c", text=claim), encoder.encode([claim])[0], settings)
    try:
        return plan_readings(found, index)
    finally:
        index.close()


def test_a_weekday_is_read_as_the_date_it_was_and_shown_as_it_stands(
    make_corpus: MakeCorpus, models: Models, tmp_path: Path
) -> None:
    corpus = make_corpus({"court.md": COURT})
    reading = readings_of("The sentence was upheld.", corpus, models.encoder, tmp_path)[0]
    assert "on 19 June 2024 upheld" in reading.text
    assert "on Wednesday upheld" in reading.span_text


def test_a_date_without_year_is_of_the_year_of_publication_or_of_the_year_named_before(
    make_corpus: MakeCorpus, models: Models, tmp_path: Path
) -> None:
    make_corpus({"court.md": COURT})
    corpus = make_corpus({"chronicle.md": CHRONICLE})
    claim = "The trial and the fire on the bridge were on 11 March."
    readings = readings_of(claim, corpus, models.encoder, tmp_path)
    texts = {item.span_text.replace("\n", " "): item.text for item in readings}
    assert texts["The trial had begun on 11 March."].endswith("on 11 March 2024.")
    assert texts["The bridge was burnt on 11 March."].endswith("on 11 March.")


def test_what_is_said_in_a_transcript_is_read_with_its_speaker(
    make_corpus: MakeCorpus, models: Models, tmp_path: Path
) -> None:
    corpus = make_corpus({"talk.vtt": TALK})
    readings = readings_of("The Linden plant will close.", corpus, models.encoder, tmp_path)
    said = {item.span_text: item.text for item in readings}
    assert said["We will close the Linden plant in 2027."].endswith(
        "Mara Vos said: We will close the Linden plant in 2027."
    )
    # A stretch may hold another's words, so nobody is named for it.
    (together,) = [text for span, text in said.items() if "2027" in span and "never" in span]
    assert "said:" not in together


def test_a_stretch_names_no_speaker_for_words_between_that_may_be_anothers(
    make_corpus: MakeCorpus, models: Models, tmp_path: Path
) -> None:
    third = "\n00:00:08.000 --> 00:00:12.000\n<v Mara Vos>The Linden plant is to close for good.\n"
    corpus = make_corpus({"talk.vtt": TALK + third})
    readings = readings_of("The Linden plant will close.", corpus, models.encoder, tmp_path)
    stretches = [item for item in readings if item.span_text.count("Linden plant") > 1]
    assert stretches
    assert all("said:" not in item.text for item in stretches)


def test_the_date_of_a_weekday_decides_a_claim(make_corpus: MakeCorpus, models: Models) -> None:
    corpus = make_corpus({"court.md": COURT})
    claims = [
        Claim(id="right", text="The Court of Appeal upheld the sentence on 19 June 2024."),
        Claim(id="wrong", text="The Court of Appeal upheld the sentence on 12 June 2024."),
    ]
    right, wrong = check(claims, corpus, models).values()
    assert right.probabilities.supported > wrong.probabilities.supported
    assert right.label.value == "supported"
    assert wrong.label.value != "supported"


def test_a_sentence_that_points_back_is_shown_with_what_it_points_at(
    make_corpus: MakeCorpus, models: Models, tmp_path: Path
) -> None:
    text = "# Harbour\n\nIt is old. Divers checked Pier Nine in May 2019. It was found to lean.\n"
    corpus = make_corpus({"pier.md": text})
    readings = readings_of("Pier Nine was leaning.", corpus, models.encoder, tmp_path)
    spans = [item.span_text for item in readings]
    assert "Divers checked Pier Nine in May 2019. It was found to lean." in spans
    assert "Divers checked Pier Nine in May 2019." in spans
    assert "It was found to lean." not in spans


def test_what_another_speaker_said_before_is_no_part_of_a_span(
    make_corpus: MakeCorpus, models: Models, tmp_path: Path
) -> None:
    turns = """\
WEBVTT

00:00:01.000 --> 00:00:04.000
<v Mara Vos>The Linden plant will close in 2027.

00:00:04.000 --> 00:00:08.000
<v Tom Reyes>It will never close.
"""
    corpus = make_corpus({"talk.vtt": turns})
    readings = readings_of("The Linden plant will never close.", corpus, models.encoder, tmp_path)
    assert "It will never close." in [item.span_text for item in readings]


NOTICE = """\
---
title: Notice to members
publisher: {publisher}
author: {author}
kind: {kind}
---

{text}
"""


@pytest.mark.parametrize(
    ("kind", "start"),
    [("primary", "Larkhill Pension Fund: Notice to members."), ("secondary", "Notice to members.")],
)
def test_a_primary_source_is_read_with_who_publishes_it(
    kind: str, start: str, make_corpus: MakeCorpus, models: Models, tmp_path: Path
) -> None:
    text = "The office closes for a week in April 2025."
    notice = NOTICE.format(publisher="Larkhill Pension Fund", author="Office", kind=kind, text=text)
    corpus = make_corpus({"notice.md": notice})
    (reading,) = readings_of("The fund's office closes in April.", corpus, models.encoder, tmp_path)
    assert reading.text == f"{start} {text}"
    assert reading.span_text == text


@pytest.mark.parametrize(
    ("author", "text", "named"),
    [
        ("Olaf Brink", "In 2019 I turned down an offer from Terrano.", True),
        ("Olaf Brink", 'In 2019 he said: "I turned down Terrano."', False),
        ("Olaf Brink and Mara Lund", "In 2019 I turned down an offer from Terrano.", False),
    ],
)
def test_i_is_the_author_where_there_is_one_and_nobody_is_quoted(
    author: str,
    text: str,
    named: bool,
    make_corpus: MakeCorpus,
    models: Models,
    tmp_path: Path,
) -> None:
    letter = NOTICE.format(publisher="Herald", author=author, kind="secondary", text=text)
    corpus = make_corpus({"letter.md": letter})
    (reading,) = readings_of("Brink refused Terrano.", corpus, models.encoder, tmp_path)
    assert ("Olaf Brink said:" in reading.text) is named


@pytest.mark.parametrize(
    "sentence",
    [
        "She opened the bridge in May 2019.",
        "In May 2019 it was closed again.",
        "This will not last.",
        "That was the third fire since 2011.",
        "After that, 30 people left Torvia.",
        "Those cost 3 million euros.",
        "Both sides in Torvia signed in 1998.",
        "The prize went there in 1998.",
        "August broke all records for the month, and that was known.",
    ],
)
def test_a_sentence_that_stands_on_the_one_before_is_read_with_it(sentence: str) -> None:
    assert points_back(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Claims online that two people were killed are untrue, the police in Lennick say.",
        "Council leader Volkmar Tietz said he would close the school.",
        "There were 31 hot days in Lennick.",
        "Both Kos and Berg voted against in 2019.",
        "Half of those on placebo, 27 per cent, felt no change.",
        "One of the horses, Morning Tide, won the Kestrel Cup in 2018.",
        "The mayor, who had voted against in March, resigned.",
    ],
)
def test_a_sentence_that_names_what_it_speaks_of_is_read_alone(sentence: str) -> None:
    assert not points_back(sentence)
