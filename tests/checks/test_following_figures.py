"""Figures that follow from others in press prose: changes, other sides, lists, and what is left."""

from __future__ import annotations

import pytest

from factcheck.checks import check_pair, read_claim, read_passage
from factcheck.records import Finding, Stance

ENOUGH = 0.4


def sums(passage: str, claim: str) -> list[Finding]:
    found = check_pair(read_claim(claim), read_passage(passage))
    return [f for f in found if f.check == "arithmetic" and f.strength >= ENOUGH]


def stances(passage: str, claim: str) -> set[Stance | None]:
    return {finding.stance for finding in sums(passage, claim)}


CHANGES = [
    ("The mill sold 4,600 tonnes last year. The year before it had sold 2,300.",
     "The mill's sales doubled within a year."),
    ("Anglers landed 300 trout in 2019. In 2023 they landed 900.",
     "Anglers landed three times as many trout in 2023 as in 2019."),
    ("The clinic counted 1,200 births in 2015 and 900 in 2020.",
     "Births at the clinic fell by a quarter."),
    ("A berth in the harbour cost 64 euros a night two years ago; today it is 80 euros.",
     "A berth in the harbour has become 25 per cent dearer."),
    ("Barley closed at 178 dollars a tonne on Monday. A month earlier it had stood at 190 dollars.",
     "Barley lost 12 dollars a tonne over the month."),
    ("Turnout was 61 per cent on Sunday. At the election before, it had been 54 per cent.",
     "Turnout rose by seven percentage points."),
]  # fmt: skip

OTHER_SIDES = [
    ("The choir sang for 74 minutes, eight minutes fewer than at last year's concert.",
     "Last year the concert took 82 minutes."),
    ("The dam holds 41 million litres, 6 million less than the one at Tessa.",
     "The dam at Tessa holds 47 million litres."),
    ("Lorin cleared 2.21 metres, 4 cm short of the stadium record.",
     "The stadium record stood at 2.25 metres."),
    ("Kara Munt finished on 5,310 points, 60 ahead of Ilse Brandt.",
     "Ilse Brandt finished on 5,250 points."),
    ("The toll was lowered by 3 crowns to 12 crowns in May.",
     "Until May the toll was 15 crowns."),
    ("The library lent 84,000 books in 2022, a loss of 6,000 in a year.",
     "The library lent 90,000 books in 2021."),
    ("Veit ran the stage in 41 minutes, three minutes faster than Oren.",
     "Oren ran the stage in 44 minutes."),
]  # fmt: skip

LISTS = [
    ("The rowers took four golds, three silvers and six bronzes at the regatta.",
     "The rowers took 13 medals at the regatta."),
    ("The flood drowned 14 people in the port of Asko and five in the hamlets upstream.",
     "Nineteen people drowned in the port of Asko and the hamlets upstream."),
    ("The tannery cut 80 posts in May. In autumn another 45 posts went.",
     "In all, the tannery cut 125 posts."),
    ("The judge gave Ferro five years for the raid and a further six months for the gun.",
     "Ferro was given five and a half years altogether."),
    ("The ferry line lost 2.4 million crowns in 2020 and a further 1.8 million in 2021.",
     "Over both years the ferry line lost more than 4 million crowns in total."),
]  # fmt: skip

LEFT = [
    ("Of the 64 villages, 40 voted for the merger and nine against; the rest abstained.",
     "Fifteen villages abstained."),
    ("The baker made 180 loaves, sold 150 and gave the rest to a shelter.",
     "The shelter got 30 loaves."),
    ("Woodcutters felled 60 elms on the common, so that 310 remain there.",
     "The common had 370 elms before the woodcutters came."),
    ("Out of 52 kites that took part, 17 crashed.",
     "Thirty-five kites did not crash."),
]  # fmt: skip


@pytest.mark.parametrize(("passage", "claim"), [*CHANGES, *OTHER_SIDES, *LISTS, *LEFT])
def test_a_figure_that_follows_supports(passage: str, claim: str) -> None:
    assert stances(passage, claim) == {Stance.SUPPORTS}


TURNED = [
    ("The mill sold 4,600 tonnes last year. The year before it had sold 2,300.",
     "The mill's sales halved within a year."),
    ("The clinic counted 900 births in 2015 and 1,200 in 2020.",
     "Births at the clinic fell by a quarter."),
    ("The choir sang for 74 minutes, eight minutes fewer than at last year's concert.",
     "Last year the concert took 66 minutes."),
    ("The toll was lowered by 3 crowns to 12 crowns in May.",
     "Until May the toll was 9 crowns."),
    ("The rent was cut by 20 per cent to 800 euros in June.",
     "Before June the rent was 960 euros."),
]  # fmt: skip


@pytest.mark.parametrize(("passage", "claim"), TURNED)
def test_a_figure_in_the_wrong_direction_contradicts(passage: str, claim: str) -> None:
    assert Stance.REFUTES in stances(passage, claim)
    assert Stance.SUPPORTS not in stances(passage, claim)


SILENT = [
    # Which of the two levels is the earlier one is not said.
    ("The mill sold 4,600 tonnes in Ard and 2,300 in Bly.", "The mill's sales doubled."),
    # The change of another thing, or of another time.
    ("Imports of tin were 20 million crowns in 2012 and 40 million in 2013.",
     "Exports of tin doubled."),
    ("The clinic counted 900 births in 2015 and 1,200 in 2020.",
     "Births at the clinic rose by a third in 2015."),
    # Two of three levels.
    ("The spa had 200 guests in 1990, 300 in 2000 and 600 in 2010.",
     "The number of guests at the spa doubled."),
    # The level itself, and not what it is compared with.
    ("The dam holds 41 million litres, 6 million less than the one at Tessa.",
     "The dam now holds 47 million litres."),
    ("There were 52 fires last year, 8 fewer than the year before.",
     "Last year there were 60 fires."),
    # Of one part, of parts that fared differently, of things that are not the claim's.
    ("The flood drowned 14 people in the port of Asko and five in the hamlets upstream.",
     "Nineteen people drowned in the port of Asko."),
    ("The crash killed four people and injured another nine.", "The crash killed 13 people."),
    ("The barge carried 40 goats and 12 crates.", "The barge carried 52 goats."),
    ("The mast is 80 metres high, the chapel 30 metres.", "The mast is 110 metres high."),
    ("The fair drew 900 guests, of whom 300 came by bus.", "The fair drew 1,200 guests."),
    # The rest, less one part only.
    ("Of the 64 villages, 40 voted for the merger and nine against; the rest abstained.",
     "Twenty-four villages abstained."),
]  # fmt: skip


@pytest.mark.parametrize(("passage", "claim"), SILENT)
def test_a_figure_of_something_else_is_not_supported(passage: str, claim: str) -> None:
    assert Stance.SUPPORTS not in stances(passage, claim)
