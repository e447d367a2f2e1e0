from __future__ import annotations

import pytest

from factcheck.drafts.checkable import judge_sentence
from factcheck.drafts.records import SkipReason


@pytest.mark.parametrize(
    "sentence",
    [
        "The council of Grenfeld voted by 31 to 14 for the arena.",
        "Judge Amara Diallo retired in May.",
        "Police arrested the driver.",
        "Turnout was 71.8 per cent.",
        "Firefighters could not save the roof of the church.",
        "Kos would later become mayor of Lund.",
        "Foreign minister Dev Arunas said the treaty should be scrapped.",
        "Anna Berg warned that prices will rise.",
        "Parliament adopted a law that will ban fireworks.",
        "There were no injuries in the fire.",
        "May Lindholm won three medals.",
        "Call volumes rose by 12 per cent in 2024.",
        "A third of the forest burned.",
    ],
)
def test_facts_and_reported_words_are_checkable(sentence: str) -> None:
    assert judge_sentence(sentence).reason is None


@pytest.mark.parametrize(
    ("sentence", "reason", "named"),
    [
        ("Who pays for the 12 bridges?", SkipReason.QUESTION, "question"),
        ("Read the full report of 2024 here.", SkipReason.INSTRUCTION, "“Read”"),
        ("To register, click on the red button.", SkipReason.INSTRUCTION, "“click”"),
        ("Do not miss the show in Lund.", SkipReason.INSTRUCTION, "do not"),
        ("You can vote until ten.", SkipReason.INSTRUCTION, "“you”"),
        ("The bill will fail in the Senate.", SkipReason.PREDICTION, "“will”"),
        ("Rain is expected to reach Lund on 3 May.", SkipReason.PREDICTION, "expected to"),
        ("Norvik may close two plants.", SkipReason.PREDICTION, "“may”"),
        ("If Norvik closes, 300 people will lose their jobs.", SkipReason.PREDICTION, "condition"),
        ("The mayor of Lund should resign.", SkipReason.OPINION, "“should”"),
        ("It was a shameful vote.", SkipReason.OPINION, "“shameful”"),
        ("What a match in Lund it was!", SkipReason.OPINION, "exclamation"),
        ("I met Ana Kos in 2019.", SkipReason.PERSONAL, "“I”"),
        ("Many people in Lund came.", SkipReason.VAGUE, "“many”"),
        ("Trees matter.", SkipReason.NO_STATEMENT, "too few"),
        ("Why now?", SkipReason.QUESTION, "question"),
        ("A long night for Ana Kos.", SkipReason.NO_STATEMENT, "no verb"),
        ("Photo: Inga Holm in Lund", SkipReason.NO_STATEMENT, "credit"),
    ],
)
def test_what_cannot_be_checked_is_left_alone_with_the_reason(
    sentence: str, reason: SkipReason, named: str
) -> None:
    judgement = judge_sentence(sentence)
    assert judgement.reason is reason
    assert named in judgement.message


def test_a_very_long_sentence_is_left_alone() -> None:
    judgement = judge_sentence("Lund has 5 bridges, " * 80 + "and a lake.")
    assert judgement.reason is SkipReason.TOO_LONG


def test_a_name_known_from_elsewhere_is_one_at_the_start_too() -> None:
    sentence = "Norvik, as ever, stays in the green valley."
    assert judge_sentence(sentence).reason is SkipReason.VAGUE
    assert judge_sentence(sentence, frozenset({"norvik"})).reason is None
