"""Planned, charged, doubted or conditional is not done; a later stage is not an earlier one."""

from __future__ import annotations

import pytest

from factcheck.checks import check_pair, read_claim, read_passage
from factcheck.checks.grammar.context import lay_out
from factcheck.checks.modality import weaker_findings
from factcheck.checks.statements.realis import mood_at
from factcheck.records import Finding, Stance


def weaker(claim: str, passage: str) -> list[Finding]:
    found = check_pair(read_claim(claim), read_passage(passage))
    return [f for f in found if f.check == "modality" and f.stance is Stance.NEUTRAL]


@pytest.mark.parametrize(
    ("claim", "passage", "kind"),
    [
        ("The council has closed the pool.", "The council is to close the pool.", "planned"),
        ("The ferry was repaired in Oslo.", "The ferry has to be repaired in Oslo.", "planned"),
        ("The villagers sold the mill.", "A broker asked the villagers to sell the mill.",
         "planned"),
        ("The bridge was closed in June.", "The mayor proposed closing the bridge in June.",
         "planned"),
        ("The bridge at Arno has been closed.", "The closure of the bridge at Arno is planned; "
         "residents called for the closure of the bridge at Arno.", "planned"),
        ("The clerk burned the letters.", "The clerk is accused of burning the letters.",
         "alleged"),
        ("The clerk burned the letters.", "The clerk allegedly burned the letters.", "alleged"),
        ("Garlic cures colds.", "Garlic might cure colds.", "uncertain"),
        ("The captain sold the boat.", "The captain would sell the boat for a good price.",
         "uncertain"),
        ("Orr was convicted of theft.", "Mr Orr goes on trial for theft in May.", "alleged"),
        ("Varo bought the shipyard.", "Varo has made an offer for the shipyard.", "planned"),
        ("Two climbers died on Mount Tesk.", "Two climbers are missing on Mount Tesk.",
         "uncertain"),
        ("Mia Torv won the Quill prize.", "Mia Torv was nominated for the Quill prize.", "planned"),
    ],
)  # fmt: skip
def test_what_is_not_done_weakens(claim: str, passage: str, kind: str) -> None:
    ours, theirs = read_claim(claim), read_passage(passage)
    assert [name for name, _ in weaker_findings(ours, theirs)] == [kind]
    assert len(weaker(claim, passage)) == 1


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        # Done, if not in the first sentence.
        ("The council closed the pool.", "The council wanted to close the pool. It closed it."),
        ("The council closed the pool.", "The council managed to close the pool."),
        ("The council closed the pool.", "The pool, closed by the council, will be sold."),
        ("The council closed the pool.", "In May the council closed the pool, which will be sold."),
        # The claim is about the plan, the word or the future itself.
        ("The council wants to close the pool.", "The council plans to close the pool."),
        ("The council will close the pool.", "The council plans to close the pool."),
        ("The union accused the council.", "The union would accuse the council."),
        # A present may be a plan as well.
        ("The chain keeps half of its shops.", "The chain will keep half of its shops."),
        # "Only if" and "whether or not" are no conditions.
        ("The shed was locked.", "Theft is covered whether or not the shed was locked."),
        # The later stage is there in other words.
        ("Orr was convicted of theft.", "The trial of Orr for theft ended in a guilty verdict."),
        ("Varo bought the shipyard.", "Varo, after an offer, is the owner of the shipyard."),
        ("Nobody won the Quill prize.", "Mia Torv was nominated for the Quill prize."),
    ],
)
def test_what_is_done_or_claimed_as_a_plan_does_not_weaken(claim: str, passage: str) -> None:
    assert weaker(claim, passage) == []


@pytest.mark.parametrize(
    ("text", "word", "mood"),
    [
        ("They closed it.", "closed", "done"),
        ("It has been closed.", "closed", "done"),
        ("It will soon be closed.", "closed", "planned"),
        ("They will sell the boat and close the pier.", "close", "planned"),
        ("They began to close it.", "close", "done"),
        ("They failed to close it.", "close", "denied"),
        ("They have yet to close it.", "close", "denied"),
        ("It was not closed.", "closed", "denied"),
        ("They would have closed it.", "closed", "denied"),
        ("It may have been closed.", "closed", "uncertain"),
        ("Perhaps they closed it.", "closed", "uncertain"),
        ("It is said to have closed.", "closed", "alleged"),
        ("They called for the closing.", "closing", "planned"),
        ("They called the closing a shame.", "closing", "open"),
        ("They met to close it.", "close", "open"),
    ],
)
def test_the_mood_of_a_verb(text: str, word: str, mood: str) -> None:
    layout = lay_out(text)
    (index,) = [i for i, token in enumerate(layout.tokens) if token.lower == word]
    kind = mood_at(layout, index).kind
    assert ("uncertain" if kind in ("hedged", "conditional") else kind) == mood


def test_more_shared_words_make_it_surer() -> None:
    claim = "The council closed the old pool in Weir Street."
    (near,) = weaker(claim, "The council plans to close the old pool in Weir Street.")
    (far,) = weaker(claim, "The council is short of money. It plans to close the old pool.")
    assert near.strength > far.strength
