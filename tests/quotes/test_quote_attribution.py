"""Whom a sentence names beside a quotation, in the forms that newsrooms write."""

from __future__ import annotations

import pytest
from quote_sources import check, make_source

from factcheck.quotes import find_speaker
from factcheck.quotes.dots import shield_dots, unshield_dots
from factcheck.records import Attribution

WORDS = "we stay"


def speaker_of(text: str) -> str | None:
    source = make_source(text)
    start = source.text.casefold().index(WORDS)
    found = find_speaker(source, start, start + len(WORDS))
    return found.name if found else None


@pytest.mark.parametrize(
    "title",
    (
        "Sen. Dr. Gov. Rep. Prof. Adm. Sgt. Rev. Mr. Judge Lt.|Gen. Maj.|Gen. Brig.|Gen. U.S.|Rep."
    ).split(),
)
@pytest.mark.parametrize(
    "form",
    [
        "“We stay,” {} said.",
        "“We stay,” said {}.",
        "“We stay,” {} told the BBC.",
        "“We stay,” {}, who was late, said on Monday.",
        "“We stay,” {} (R-Ohio) said.",
        "It rained all day. {} told the BBC: “We stay.”",
        "According to {}, “we stay”.",
        "“We stay,” according to {}.",
        "We stay, {} said.",
        "{} said that we stay.",
        "“We stay,” as {} put it.",
        "Reuters quoted {} as saying: “We stay.”",
        "It was {} who said: “We stay.”",
    ],
)
def test_an_abbreviated_title_ends_no_sentence(title: str, form: str) -> None:
    name = f"{title.replace('|', ' ')} Mark Dale"
    assert speaker_of(form.format(name)) == name


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("“We stay,” said Dale, the mayor.", "Dale"),
        ("“We stay,” Dale, the mayor, said.", "Dale"),
        ("“We stay,” Mark Dale, mayor of Ostia, said.", "Mark Dale"),
        ("“We stay,” Mark Dale, 45, of Ostia, said.", "Mark Dale"),
        ("“We stay,” Mark Dale, R-Ohio, said.", "Mark Dale"),
        ("“We stay,” Mark Dale, M.D., said.", "Mark Dale"),
        ("“We stay,” Mark Dale, CEO of Acme Inc., said.", "Mark Dale"),
        ("“We stay,” Mark Dale, a spokesman for the U.N. mission, said.", "Mark Dale"),
        ("The court’s president, Judge Mark Dale, said “we stay”.", "Judge Mark Dale"),
        ("In Ostia, the mayor, a former nurse, said: “We stay.”", "the mayor"),
        ("Mark Dale met Ann Poe, the mayor, who said: “We stay.”", "Ann Poe"),
        ("Unlike Ann Poe, Mark Dale, the mayor, said “we stay”.", "Mark Dale"),
        ("Speaking to the BBC, Mark Dale said: “We stay.”", "Mark Dale"),
        ("On Oct. 8 Mark Dale said “we stay”.", "Mark Dale"),
        ("“We stay,” said Mark Dale Jr. He left at noon.", "Mark Dale Jr"),
        ("“We stay,” J. K. Poe said.", "J. K. Poe"),
        ("“We stay,” the U.S. said.", "U.S."),
        ("Mark Dale said that, according to Ann Poe, “we stay”.", "Ann Poe"),
        ("Mark Dale is quoted by Reuters as saying “we stay”.", "Mark Dale"),
        ("“We stay.”\n— Mark Dale, mayor of Ostia\n", "Mark Dale"),
    ],
)
def test_inversions_and_appositions_name_the_right_one(text: str, speaker: str) -> None:
    assert speaker_of(text) == speaker


@pytest.mark.parametrize(
    "text",
    [
        "“We stay” – a promise that Mark Dale made in May",
        "“We stay” – Mark Dale wept as he spoke",
        "“We stay.” Sen. Mark Dale said so.",
        "“We stay,” she told Sen. Mark Dale.",
        "“We stay,” U.S. officials said.",
        "He told the BBC’s Ann Poe: “We stay.”",
    ],
)
def test_a_name_that_is_only_near_is_no_speaker(text: str) -> None:
    assert speaker_of(text) is None


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Sens. Mark Dale and Ann Poe said “we stay”.", ("Mark Dale", "Ann Poe")),
        ("“We stay,” said Ann Poe and Mark Dale.", ("Mark Dale", "Ann Poe")),
        ("Ann Poe, Mark Dale and Tom Kay said “we stay”.", ("Ann Poe", "Mark Dale", "Tom Kay")),
    ],
)
def test_a_joint_statement_belongs_to_each_of_them(text: str, names: tuple[str, ...]) -> None:
    for name in names:
        assert check("we stay", text, speaker=name).attribution is Attribution.ATTRIBUTED
    assert check("we stay", text, speaker="Eva Roe").attribution is Attribution.OTHER_SPEAKER


@pytest.mark.parametrize(
    ("text", "speaker", "attribution"),
    [
        ("“We stay,” said a spokesman for Sen. Mark Dale.", "Mark Dale", "unattributed"),
        ("“We stay,” said Mark Dale’s lawyer.", "Mark Dale", "unattributed"),
        ("“We stay,” said Mark Dale’s lawyer, Ann Poe.", "Mark Dale", "other_speaker"),
        ("“We stay,” said Mark Dale’s lawyer, Ann Poe.", "Ann Poe", "attributed"),
        ("“We stay,” a friend of Mark Dale said.", "Mark Dale", "unattributed"),
        (
            "“We stay,” a spokeswoman for the Ministry of Health said.",
            "Ministry of Health",
            "attributed",
        ),
        ("“We stay,” said a spokesman for Mark Dale.", "a spokesman for Mark Dale", "attributed"),
    ],
)
def test_who_speaks_for_a_person_is_not_that_person(
    text: str, speaker: str, attribution: str
) -> None:
    found = check("we stay", text, speaker=speaker).attribution
    assert found is Attribution(attribution)


def test_shielding_keeps_every_offset_and_can_be_undone() -> None:
    text = "Lt. Gen. J. F. Dale Jr. left the U.S. The U.S. Senate met on Oct. 8. It sat. Sen. Poe"
    shielded = shield_dots(text)
    assert unshield_dots(shielded) == text
    assert [i for i, char in enumerate(shielded) if char == "."] == [
        text.index("S. The") + 1,
        text.index("8. It") + 1,
        text.index("sat.") + 3,
    ]
