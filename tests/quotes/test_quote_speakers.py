from __future__ import annotations

import pytest
from quote_sources import check, make_source

from factcheck.quotes import find_speaker, quoted_fragments, quoted_speaker, same_speaker
from factcheck.records import Attribution, QuoteStatus, Segment


def speaker_of(text: str, words: str, **fields: object) -> str | None:
    source = make_source(text, **fields)
    start = source.text.index(words)
    found = find_speaker(source, start, start + len(words))
    return found.name if found else None


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        ("“We stay,” said Maria Lopez, the mayor of Ostia.", "We stay", "Maria Lopez"),
        ("“We stay,” the mayor, Maria Lopez, said on Monday.", "We stay", "Maria Lopez"),
        ("“We stay,” said the mayor of Ostia, Maria Lopez.", "We stay", "Maria Lopez"),
        ("“We stay,” Mayor Maria Lopez told reporters.", "We stay", "Mayor Maria Lopez"),
        ("Maria Lopez told reporters that the city would stay.", "the city", "Maria Lopez"),
        ("According to Jan Novak, “prices will fall”.", "prices", "Jan Novak"),
        ("Prices will fall, Jan Novak said.", "Prices", "Jan Novak"),
        ("Jan Novak, who runs the port, called it “a brutal error”.", "brutal", "Jan Novak"),
        ("Jan Novak called it “sad”, but Maria Lopez praised “the courage”.", "sad", "Jan Novak"),
        (
            "Jan Novak called it “sad”, but Maria Lopez praised “the courage”.",
            "the courage",
            "Maria Lopez",
        ),
        ("“It rains,” Jan Novak said. “We stay home.”", "We stay", "Jan Novak"),
        ("Jan Novak said: “It rains.” “We go,” said Maria Lopez.", "It rains", "Jan Novak"),
        ("Jan Novak said: “It rains.” “We go,” said Maria Lopez.", "We go", "Maria Lopez"),
        ("Nikola Horvat wrote on X:\n\n“The border stays open.”", "The border", "Nikola Horvat"),
        ("“Is all well?” Jan Novak asked.", "Is all well", "Jan Novak"),
        ("“The border,” Horvat said on 8 October 2025, “stays open.”", "stays", "Horvat"),
        (
            "Human Rights Watch said the army “used bombs” there.",
            "used bombs",
            "Human Rights Watch",
        ),
        ("Maria Lopez spoke in New York. “We stay,” she said.", "We stay", "Maria Lopez"),
    ],
)
def test_the_speaker_is_whom_the_sentence_names(text: str, words: str, speaker: str) -> None:
    assert speaker_of(text, words) == speaker


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Maria Lopez met Jan Novak on Monday. “We stay,” she said.", "We stay"),
        ("The mayor met Jan Novak. “We stay,” she said.", "We stay"),
        ("“We stay,” she said.", "We stay"),
        ("He later told Ana Kos that “we lost money”.", "we lost"),
        ("“All is well.” Jan Novak said nothing more about it.", "All is well"),
        ("Critics say the plan failed.", "the plan failed"),
        ("The plan failed in the end.", "The plan failed"),
    ],
)
def test_nobody_is_named_when_it_is_not_certain(text: str, words: str) -> None:
    assert speaker_of(text, words) is None


TALK = (
    "HOST: Good evening. What do you say?\n"
    "ANA KOS (minister): We lost money. A friend told me “you are mad” and left.\n"
    "HOST: Thank you for the answer.\n"
)


def test_a_transcript_uses_its_own_speakers() -> None:
    assert speaker_of(TALK, "We lost money") == "ANA KOS"
    assert speaker_of(TALK, "Thank you") == "HOST"


def test_words_quoted_inside_a_turn_are_not_the_speakers() -> None:
    assert speaker_of(TALK, "you are mad") == "A friend"


def test_captions_use_the_speaker_of_their_segment() -> None:
    text = "It rains.\nThen we stay at home."
    segments = (
        Segment(start=0, end=9, place="00:00:01", speaker="Host"),
        Segment(start=10, end=31, place="00:00:04", speaker="Guest"),
    )
    assert speaker_of(text, "we stay", segments=segments) == "Guest"


def test_words_of_two_speakers_are_spliced() -> None:
    result = check("What do you say? We lost money.", TALK, speaker="Ana Kos")
    assert result.status is QuoteStatus.SPLICED


def test_two_speakers_around_an_interruption_are_spliced() -> None:
    text = '"We will win this war," said Gen. John Smith. "And then we rest," said Adam Jones.'
    assert check("We will win this war. And then we rest.", text).status is QuoteStatus.SPLICED
    one = '"We will win this war," said Gen. John Smith. "And then we rest."'
    result = check("We will win this war. And then we rest.", one, speaker="John Smith")
    assert (result.status, result.attribution) == (QuoteStatus.VERBATIM, Attribution.ATTRIBUTED)


def test_narration_around_a_quotation_is_no_second_speaker() -> None:
    text = "Dr Susan Hopkins, who leads the trial, said: “The new test finds it.”"
    assert check("Susan Hopkins, who leads the trial, said: The new test", text).status is (
        QuoteStatus.TRIVIAL
    )


@pytest.mark.parametrize(
    ("speaker", "attribution"),
    [
        ("Vucic", Attribution.ATTRIBUTED),
        ("President Aleksandar Vucic", Attribution.ATTRIBUTED),
        ("Вучић", Attribution.ATTRIBUTED),
        ("Albin Kurti", Attribution.OTHER_SPEAKER),
        ("Andrej Vucic", Attribution.OTHER_SPEAKER),
    ],
)
def test_the_claimed_speaker_is_compared_with_the_one_found(
    speaker: str, attribution: Attribution
) -> None:
    text = "Serbian President Aleksandar Vučić wrote: “I am horrified by it.”"
    result = check("I am horrified by it", text, speaker=speaker)
    assert result.attribution is attribution
    assert result.speaker_found == "Serbian President Aleksandar Vučić"


def test_an_unnamed_speaker_leaves_the_words_unattributed() -> None:
    result = check("I am horrified by it", "“I am horrified by it,” she said.", speaker="Ana Kos")
    assert (result.status, result.attribution) == (QuoteStatus.VERBATIM, Attribution.UNATTRIBUTED)
    assert result.message == (
        "These words stand in s0 exactly as quoted, but the source does not say that Ana Kos spoke"
        " them."
    )


def test_the_place_with_the_right_speaker_is_preferred() -> None:
    result = check(
        "The border stays open",
        "“The border stays open,” said Jan Novak.",
        "“The border stays open,” said Maria Lopez.",
        speaker="Maria Lopez",
    )
    assert result.attribution is Attribution.ATTRIBUTED
    assert result.best is not None
    assert result.best.source_id == "s1"
    assert [(place.source_id, place.speaker_found) for place in result.others] == [
        ("s0", "Jan Novak")
    ]


def test_without_a_claimed_speaker_there_is_no_attribution() -> None:
    result = check("The border stays open", "“The border stays open,” said Jan Novak.")
    assert (result.attribution, result.speaker_found) == (None, "Jan Novak")


def test_a_speech_is_spoken_by_whom_its_title_names() -> None:
    text = "We will build. We will open the bridge."
    title = "Speech by President Nikola Horvat at the opening of the bridge"
    assert speaker_of(text, "We will open", title=title) == "President Nikola Horvat"


def test_an_author_of_an_article_does_not_contradict_another_speaker() -> None:
    source = make_source("The bridge is open.", author="Ana Kos", title="The bridge")
    found = find_speaker(source, 0, 10)
    assert found is not None
    assert (found.name, found.sure) == ("Ana Kos", False)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Vucic", "Aleksandar Vučić"),
        ("Serbian President Aleksandar Vucic", "Aleksandar Vucic"),
        ("Vucic, Aleksandar", "Aleksandar Vucic"),
        ("Volodymyr Zelensky", "Volodymyr Zelenskyy"),
        ("Novak Djokovic", "Novak Đoković"),
        ("J. Smith", "John Smith"),
        ("Joe Biden", "Joseph Biden"),
        ("Government press office", "the government press office"),
        ("Xi", "Xi Jinping"),
        ("ANA KOS", "Ana Kos (minister)"),
    ],
)
def test_ways_of_naming_one_speaker_match(one: str, other: str) -> None:
    assert same_speaker(one, other)
    assert same_speaker(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Aleksandar Vucic", "Andrej Vucic"),
        ("Albin Kurti", "Aleksandar Vucic"),
        ("Maria Lopez", "Maria Novak"),
        ("the minister", "Ana Kos"),
        ("", "Ana Kos"),
    ],
)
def test_different_speakers_do_not_match(one: str, other: str) -> None:
    assert not same_speaker(one, other)


def test_a_claim_names_the_speaker_of_its_fragments() -> None:
    claim = 'Jan Novak called it a "brutal violation" and Maria Lopez spoke of "a shame".'
    fragments = quoted_fragments(claim)
    found = [quoted_speaker(claim, fragment) for fragment in fragments]
    assert [(f.text, s.name if s else None) for f, s in zip(fragments, found)] == [
        ("brutal violation", "Jan Novak"),
        ("a shame", "Maria Lopez"),
    ]
