"""Quantities of a claim against those of a passage."""

from __future__ import annotations

import pytest

from factcheck.checks import check_pair, read_claim, read_passage
from factcheck.records import Finding, Outcome, Stance


def findings(claim: str, passage: str, context: str = "") -> list[Finding]:
    found = check_pair(read_claim(claim), read_passage(passage, context=context))
    return [finding for finding in found if finding.check in ("quantity", "arithmetic")]


def outcomes(claim: str, passage: str) -> list[Outcome]:
    return [finding.outcome for finding in findings(claim, passage)]


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("The bombing lasted eleven weeks.", "The bombing lasted 78 days."),
        (
            "The budget is 2.37 billion euros.",
            "The council set the budget at 2,370 million euros.",
        ),
        (
            "The bridge is a third of a kilometre long.",
            "The bridge over the river is 340 metres long.",
        ),
        ("Three quarters of voters said yes.", "81 per cent of voters said yes."),
        ("About 500 civilians died.", "The strikes killed 495 civilians."),
        ("More than 3,000 copies were printed.", "In all 4,000 copies were printed."),
        ("The hall holds 12,000 people.", "The hall holds twelve thousand people."),
        ("At least 20 people were injured.", "A total of 23 people were injured."),
        ("The pool cost £3m.", "The pool cost 3 million pounds."),
        ("One in five adults smokes.", "20 per cent of adults smoke."),
        ("The race is 26.2 miles long.", "The race is 42.2 km long."),
        ("Fewer than 30 houses burned.", "The fire destroyed 27 houses."),
        ("Between 400 and 500 soldiers were sent.", "Some 450 soldiers were sent."),
    ],
)
def test_numbers_that_agree_support(claim: str, passage: str) -> None:
    found = findings(claim, passage)
    assert [f.outcome in (Outcome.EQUAL, Outcome.COMPATIBLE) for f in found] == [True]
    assert found[0].stance is Stance.SUPPORTS


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        (
            "NATO strikes killed over 2,500 civilians.",
            "Human Rights Watch counted about 500 civilians killed by NATO strikes.",
        ),
        ("The council has 27 members.", "The council has 31 members."),
        ("The film has a rating of 63%.", "The film holds a rating of 36%."),
        ("The pool cost £3m.", "The pool cost £4.5m to build."),
        ("The hall holds 12,000 people.", "The hall holds 1,200 people."),
        ("More than 84,650 cases were recorded.", "The state recorded 84,600 cases."),
        ("Unemployment rose to 5.2 per cent.", "Unemployment rose to 6.1 per cent."),
        ("Sales rose by 3 per cent.", "Sales fell by 3 per cent."),
        ("The council voted 27 to 14 for the pool.", "The council voted 21 to 20 for the pool."),
        ("The flight lasts three hours.", "The flight lasts nine hours."),
        ("Exports doubled.", "Exports tripled."),
        ("The repair takes 16 months.", "The repair takes 16 weeks."),
        ("He was suspended for 16 weeks.", "He was suspended for 16 months."),
        ("The pool will shut for 16 months.", "The pool will shut for 16 weeks from September."),
        ("The farm has 40 hectares of vines.", "The farm has 40 acres of vines."),
        ("The pipe is 12 kilometres long.", "The pipe is 12 metres long."),
        ("The tank holds 900 litres of oil.", "The tank holds 900 gallons of oil."),
    ],
)
def test_other_numbers_for_the_same_thing_refute(claim: str, passage: str) -> None:
    found = findings(claim, passage)
    assert [f.outcome for f in found] == [Outcome.DIFFERENT]
    assert found[0].stance is Stance.REFUTES
    assert found[0].strength >= 0.5
    start, end = found[0].passage_span or (0, 0)
    assert passage[start:end] == found[0].passage_text
    start, end = found[0].claim_span or (0, 0)
    assert claim[start:end] == found[0].claim_text
    assert found[0].passage_text in found[0].message


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("The council has 27 members.", "The council meets in room 31 of the town hall."),
        ("The council has 27 members.", "The council has 3 committees."),
        ("The bridge is 340 metres long.", "The bridge cost 12 million euros."),
        ("The mayor is 54.", "The council has 27 members."),
        ("He earned £15 a week.", "He earned £700 a year."),
        ("500 people came.", "It happened in 1999."),
        ("The army received 12 F-16 jets.", "The army flies the F-16."),
        ("Resolution 1244 was adopted.", "Resolution 1160 imposed an embargo."),
        ("The share rose by 3 per cent.", "The share rose to 8 per cent."),
        ("Two people died.", "Forty people were injured."),
    ],
)
def test_numbers_about_other_things_give_no_difference(claim: str, passage: str) -> None:
    assert Outcome.DIFFERENT not in outcomes(claim, passage)


def test_one_matching_number_is_enough() -> None:
    claim = "The strikes killed about 500 civilians."
    passage = "Belgrade speaks of 2,500 civilians killed; the monitors counted 495 civilians."
    # What the other side gives instead is told beside it.
    assert outcomes(claim, passage) == [Outcome.COMPATIBLE, Outcome.DIFFERENT]


def test_a_number_beside_the_name_belongs_to_it() -> None:
    claim = "There are fewer than 8 confirmed cases in Montana province."
    passage = "There are 62 confirmed cases – 47 in Sofia, 7 in Montana province and 4 in Pleven."
    strong = [f for f in findings(claim, passage) if f.strength >= 0.5]
    assert Outcome.DIFFERENT not in [f.outcome for f in strong]


def test_another_day_weakens_a_difference() -> None:
    claim = "London had over 14,000 cases on 20 April 2020."
    same_day = "On 20 April 2020 London had 13,378 cases."
    other_day = "On 7 April 2020 London had 13,378 cases."
    (strong,), (weak,) = findings(claim, same_day), findings(claim, other_day)
    assert (strong.outcome, weak.outcome) == (Outcome.DIFFERENT, Outcome.DIFFERENT)
    assert weak.strength < 0.5 <= strong.strength


def test_an_open_bound_in_the_passage_does_not_prove_an_exact_claim() -> None:
    (found,) = findings("620 people marched.", "More than 500 people marched.")
    assert found.outcome is Outcome.COMPATIBLE
    assert found.stance is None


def test_a_strict_bound_is_not_met_by_the_number_itself() -> None:
    (found,) = findings("The film's rating is more than 63%.", "The film has a rating of 63%.")
    assert found.outcome is Outcome.DIFFERENT


def test_a_rounded_number_meets_its_bound_only_loosely() -> None:
    (found,) = findings("More than 500 people marched.", "500 people marched.")
    assert (found.outcome, found.stance) == (Outcome.COMPATIBLE, None)


def test_digits_and_words_give_the_same_findings() -> None:
    passage = "The council has 31 members."
    digits = findings("The council has 27 members.", passage)
    words = findings("The council has twenty-seven members.", passage)
    assert [(f.outcome, f.strength) for f in digits] == [(f.outcome, f.strength) for f in words]


def test_british_and_american_spelling_give_the_same_findings() -> None:
    claim = "The programme covers 40 kilometres."
    british = findings(claim, "The programme covers 70 kilometres.")
    american = findings(claim, "The program covers 70 kilometers.")
    assert [(f.outcome, f.strength) for f in british] == [(f.outcome, f.strength) for f in american]
    assert british[0].outcome is Outcome.DIFFERENT


def test_votes_in_words_are_scores() -> None:
    claim = "Councillors backed the amendment by eleven votes to six."
    (found,) = findings(claim, "The amendment was backed by councillors by nine votes to six.")
    assert found.outcome is Outcome.DIFFERENT
    (same,) = findings(claim, "The amendment was backed by councillors by 11 votes to 6.")
    assert same.outcome is Outcome.EQUAL


def test_the_margin_of_a_vote_is_worked_out() -> None:
    claim = "The act was passed by a majority of 17 votes."
    passage = "The assembly passed the act by 88 votes to 71."
    (found,) = findings(claim, passage)
    assert (found.outcome, found.stance) == (Outcome.COMPATIBLE, Stance.SUPPORTS)


def test_a_distance_between_numbers_is_no_number_itself() -> None:
    claim = "The repairs cost 85,000 euros."
    assert findings(claim, "The repairs cost 60,000 euros more than the year before.") == []


def test_the_number_of_one_source_does_not_contradict_what_another_is_said_to_have_said() -> None:
    passage = "The number of dead rose to 23, the district administrator said."
    found = findings("The miners' union put the number of dead at 26.", passage)
    assert [f for f in found if f.strength >= 0.5] == []


def test_what_happened_may_stand_behind_the_counted_noun() -> None:
    (found,) = findings(
        "The strikes killed over 2,500", "The monitor documented about 500 people killed by bombs."
    )
    assert found.outcome is Outcome.DIFFERENT
    assert found.stance is Stance.REFUTES
    evacuated = findings("The flood killed 40", "The ministry reported 300 people evacuated.")
    assert evacuated == []


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        # The same figure in another unit by chance: neither the verb nor the noun is shared.
        (
            "The museum is 30 minutes from the station by bus.",
            "The bus to the museum takes 30 seconds to fill.",
        ),
        # Small figures meet by chance.
        ("The talks lasted three days.", "The talks broke off after three hours."),
        # People of whom the passage does not say what the claim says.
        (
            "Over 4,500 people signed the petition for the library.",
            "The Friends of the library counted 1,100 people on the march.",
        ),
        ("At least seven people were killed by the flood.", "Four people are still missing."),
        # The earlier time is named only to compare with it.
        (
            "The race a year earlier had raised 84,000 crowns for the hospice.",
            "The event raised 96,000 crowns for the hospice, more than a year ago.",
        ),
    ],
)
def test_a_number_of_something_else_is_no_strong_contradiction(claim: str, passage: str) -> None:
    against = [f for f in findings(claim, passage) if f.stance is Stance.REFUTES]
    assert all(finding.strength < 0.5 for finding in against)


def test_a_position_in_another_unit_is_not_the_same_number() -> None:
    claim = "The leaders were sent the wrong way at mile 31."
    found = findings(claim, "The leaders were sent the wrong way at kilometre 31.")
    assert [finding.stance for finding in found] == [Stance.REFUTES]
    assert outcomes(claim, "The leaders were sent the wrong way at kilometre 50.") == [
        Outcome.COMPATIBLE
    ]
    assert outcomes(claim, "The leaders were sent the wrong way at mile 31.") == [Outcome.EQUAL]


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("The shares climbed to 8 per cent.", "The shares rose by 8 per cent to 61.20 crowns."),
        ("Sales fell to 3 million.", "Sales fell by 3 million to 9 million."),
        ("The wall was raised by 41 metres.", "The wall had been raised from 28 to 41 metres."),
        ("The fee will rise by 1.50 euros.", "The fee will go from 1.20 to 1.50 euros in May."),
        ("The glacier shrank to 46 metres.", "The tongue of the glacier drew back by 46 metres."),
        ("The toll goes up to three pence.", "The toll rises by three pence to 41 pence in May."),
        ("The fare went down to 30 cents.", "The fare fell by 30 cents to 1.40 euros."),
    ],
)
def test_the_size_of_a_change_is_not_the_level_reached(claim: str, passage: str) -> None:
    (finding,) = findings(claim, passage)
    assert finding.outcome is Outcome.DIFFERENT
    assert finding.stance is Stance.REFUTES
    assert finding.strength > 0.5


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("The shares climbed by 8 per cent.", "The shares rose by 8 per cent to 61.20 crowns."),
        ("Sales fell to 9 million.", "Sales fell by 3 million to 9 million."),
        ("The wall was raised by 13 metres.", "The wall had been raised from 28 to 41 metres."),
        ("The wall was raised to 41 metres.", "The wall had been raised from 28 to 41 metres."),
        ("The glacier shrank by 46 metres.", "The tongue of the glacier drew back by 46 metres."),
        ("Support was 40 per cent.", "The plan was backed by 40 per cent, up from 32 per cent."),
        ("The rate rose by 5 per cent.", "Wages rose to 5 per cent of costs."),
        ("The pool was widened to 20 metres.", "The pool measures 50 by 20 metres."),
        ("The level rose to 3 metres.", "The level stone was buried by 3 metres of ash."),
    ],
)
def test_the_same_part_of_a_change_is_no_contradiction(claim: str, passage: str) -> None:
    assert all(finding.outcome is not Outcome.DIFFERENT for finding in findings(claim, passage))


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("The cistern holds 350,000 litres.", "The cistern holds 350,000 cubic metres."),
        # Neither the verb nor the noun is shared, but the figure is no round one.
        ("The tick is 3.4 millimetres long.", "Females of the tick reach 3.4 centimetres."),
        ("The rope of the ferry weighs 85 kilograms.", "At 85 tonnes, it is the ferry's rope."),
    ],
)
def test_a_telling_figure_in_another_unit_refutes(claim: str, passage: str) -> None:
    (found,) = findings(claim, passage)
    assert (found.outcome, found.stance) == (Outcome.DIFFERENT, Stance.REFUTES)
    assert found.strength >= 0.5


@pytest.mark.parametrize(
    ("claim", "passage", "number"),
    [
        (
            "More than 60 per cent of the boats from Orno were insured.",
            "Of the boats from Vass 71 per cent were insured, of the boats from Orno 44 per cent.",
            "44 per cent",
        ),
        (
            "The weir at Holm is 9 metres wide.",
            "The weir at Brode is 12 metres wide and the weir at Holm 7 metres.",
            "7 metres",
        ),
    ],
)
def test_the_number_beside_the_words_of_the_claim_answers_to_it(
    claim: str, passage: str, number: str
) -> None:
    refuting = [f for f in findings(claim, passage) if f.stance is Stance.REFUTES]
    supporting = [f for f in findings(claim, passage) if f.stance is Stance.SUPPORTS]
    assert all(found.passage_text == number for found in refuting)
    assert all(found.strength < 0.5 for found in supporting)


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        # Worked out: a difference, a product, what is left.
        ("Nine lamps were still burning.", "Of 16 lamps in the hall 7 had gone out."),
        ("The six crates held 72 melons.", "Each of the 6 crates held 12 melons."),
        ("Ana has 41 marbles now.", "Ana had 33 marbles and was given 8."),
        # The figure itself stands in the passage, without its unit.
        (
            "The record at Tull was 48 metres.",
            "A throw of 51 metres beat the record of 48 at Tull.",
        ),
        # Met by a number that stands closer.
        ("Fewer than five ovens bake bread.", "Of the 20 ovens, 3 bake bread and the rest cakes."),
        ("The island used to have 40 wells.", "The island has 25 wells."),
    ],
)
def test_a_figure_that_may_be_another_one_is_no_strong_contradiction(
    claim: str, passage: str
) -> None:
    against = [f for f in findings(claim, passage) if f.stance is Stance.REFUTES]
    assert all(found.strength < 0.5 for found in against)


@pytest.mark.parametrize(
    ("sure", "doubtful", "passage"),
    [
        ("The ferry carried 340 cars.", "Each ferry of the Vale line burned 340 cars.",
         "On Monday the ferry carried 340 cars."),
        ("The ferry carried 340 cars.", "The ferry did not carry 340 cars.",
         "On Monday the ferry carried 340 cars."),
        ("Eight shops closed.", "All eight shops closed.", "Eight shops closed."),
        ("More than 20 boats sank.", "More than 20 boats sank.", "Twenty-four boats sank."),
    ],
)  # fmt: skip
def test_the_same_figure_supports_less_where_the_rest_differs(
    sure: str, doubtful: str, passage: str
) -> None:
    (first,), (second,) = findings(sure, passage), findings(doubtful, passage)
    assert first.strength >= second.strength
    assert first.strength > 0.6


def test_a_number_of_another_group_supports_little() -> None:
    passage = (
        "In the trial 27 per cent of those on sugar pills recovered, half of those on the drug."
    )
    (right,) = findings("In the trial 27 per cent of those on sugar pills recovered.", passage)
    (wrong,) = findings(
        "In the trial more than 20 per cent of those on the drug recovered.", passage
    )
    assert right.strength > 0.6
    assert wrong.strength < 0.5


def test_a_bound_far_below_the_number_supports_less() -> None:
    near = findings("More than 30 hens were sold.", "The farm sold 34 hens.")
    far = findings("More than 30 hens were sold.", "The farm sold 2,900 hens.")
    assert near[0].strength > far[0].strength
