"""Claims cut into statements: where it is plain, and nowhere else."""

from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.decompose import split_claim

# A claim and its statements.
SPLIT = {
    "The Greens won 97 seats and will govern alone.": [
        "The Greens won 97 seats.",
        "The Greens will govern alone.",
    ],
    "Lentia Hospital, which opened in 1990, has 300 beds.": [
        "Lentia Hospital opened in 1990.",
        "Lentia Hospital has 300 beds.",
    ],
    "Anna Lee, the mayor of Lentia, resigned on Monday.": [
        "Anna Lee was the mayor of Lentia.",
        "Anna Lee resigned on Monday.",
    ],
    "Arne Dahl, a former coal miner, has joined the cabinet.": [
        "Arne Dahl is a former coal miner.",
        "Arne Dahl has joined the cabinet.",
    ],
    "Anna Lee, who had led the union for years, took the chair in 2019.": [
        "Anna Lee had led the union for years.",
        "Anna Lee took the chair in 2019.",
    ],
    "The storm killed 12 people and injured 40.": [
        "The storm killed 12 people.",
        "The storm injured 40.",
    ],
    "The team lost the final but won the cup.": [
        "The team lost the final.",
        "The team won the cup.",
    ],
    "The school did not close but moved to Oslo.": [
        "The school did not close.",
        "The school moved to Oslo.",
    ],
    "The council will close the school and open a library.": [
        "The council will close the school.",
        "The council will open a library.",
    ],
    "The suspect was arrested and taken to Oslo.": [
        "The suspect was arrested.",
        "The suspect was taken to Oslo.",
    ],
    "The banker was jailed for two years and banned from politics.": [
        "The banker was jailed for two years.",
        "The banker was banned from politics.",
    ],
    "The ship sank in 1912 and was found in 1985.": [
        "The ship sank in 1912.",
        "The ship was found in 1985.",
    ],
    "The branch opened in 1954 and lent 61,200 items in 2023.": [
        "The branch opened in 1954.",
        "The branch lent 61,200 items in 2023.",
    ],
    "The number of cases doubled in May and halved in June.": [
        "The number of cases doubled in May.",
        "The number of cases halved in June.",
    ],
    "The court acquitted the two men, and later ordered a new trial.": [
        "The court acquitted the two men.",
        "The court later ordered a new trial.",
    ],
    "In May 2020, the council approved the plan and rejected the tax.": [
        "In May 2020, the council approved the plan.",
        "In May 2020, the council rejected the tax.",
    ],
    "Smith and Jones left the party and founded a rival group.": [
        "Smith and Jones left the party.",
        "Smith and Jones founded a rival group.",
    ],
    "The treaty between Spain and Portugal was signed in 1494 and took effect in 1495.": [
        "The treaty between Spain and Portugal was signed in 1494.",
        "The treaty between Spain and Portugal took effect in 1495.",
    ],
    "The river rose on Tuesday, and the town was evacuated.": [
        "The river rose on Tuesday.",
        "The town was evacuated.",
    ],
    "The museum closed in May and the library was moved to Aldgate.": [
        "The museum closed in May.",
        "The library was moved to Aldgate.",
    ],
    "Gold rose by 3 per cent, while silver fell by 2 per cent.": [
        "Gold rose by 3 per cent.",
        "Silver fell by 2 per cent.",
    ],
    "The novel was written in 1920; the film was shot in 1960.": [
        "The novel was written in 1920.",
        "The film was shot in 1960.",
    ],
    "The port was closed on Friday. The airport stayed open until Sunday.": [
        "The port was closed on Friday.",
        "The airport stayed open until Sunday.",
    ],
    "Sixteen of the patients were under ten, and three children needed care.": [
        "Sixteen of the patients were under ten.",
        "Three children needed care.",
    ],
    "Derek Holm made films for families and he was rarely criticised.": [
        "Derek Holm made films for families.",
        "Derek Holm was rarely criticised.",
    ],
    "Medicine drew most students in Uppland, and it also has the largest staff.": [
        "Medicine drew most students in Uppland.",
        "Medicine has the largest staff.",
    ],
    "The museum, which was founded by two sisters, closed in 2011 and has not reopened.": [
        "The museum was founded by two sisters.",
        "The museum closed in 2011.",
        "The museum has not reopened.",
    ],
    "The team won both the league and the cup.": [
        "The team won the league.",
        "The team won the cup.",
    ],
    "Both Norway and Chile signed the treaty.": [
        "Norway signed the treaty.",
        "Chile signed the treaty.",
    ],
    "The association announced a clinic for Saturday and said it would treat only children.": [
        "The association announced a clinic for Saturday.",
        "The association said it would treat only children.",
    ],
}

# A claim and why it must stay whole.
WHOLE = {
    "Greece and Turkey signed the treaty in 1930.": "two names, one deed",
    "The distance between Oslo and Bergen is 463 kilometres.": "between … and",
    "Ministers from France and Germany met in Bonn.": "a list of names",
    "The minister for trade and industry resigned on Monday.": "part of a title",
    "Marks and Spencer bought a factory in Leeds.": "part of a name",
    "Pride and Prejudice was published in 1813.": "a title",
    "The party won 97 seats and 41 per cent of the vote.": "two numbers of one verb",
    "The hospital has 300 beds, two theatres and a helipad.": "a list of things",
    "Rising prices and limited supply hurt the firm.": "a participle before a noun",
    "The council cut wages and planned spending.": "a participle before a noun",
    "She bought and sold horses in Cork.": "one object of two verbs",
    "The firm developed and tested a vaccine in 2020.": "one object of two verbs",
    "If prices rise and wages fall, demand will drop.": "a condition",
    "The plan fails unless the state pays and the city agrees.": "a condition",
    "Was the bridge built in 1990 and closed in 2001?": "a question",
    "The bill was signed or it was sent back and it lapsed.": "one of two",
    'He said "the bank closed and the owner fled" in May.': "inside a quotation",
    "He said the bank closed in May and reopened in June.": "what somebody said",
    "Police said two men broke in and the owner was hurt.": "what somebody said",
    "The report found that costs rose and income fell.": "what a report says",
    "The bank was founded in 1901 and moved to Basel.": "moved, or was moved",
    "The man arrested and charged in May is 30.": "which man",
    "He visited the school and the hospital opened in 1990.": "which hospital",
    "The company bought Brill, and it has 300 shops.": "which of the two",
    "Anna met Berta in May, and she resigned in June.": "which of the two",
    "The council closed the pool and its director resigned.": "whose director",
    "The firm sells toys and repairs them.": "repairs what",
    "Some members voted for the plan and left the room.": "not the same members",
    "Two schools closed in May and reopened in June.": "not the same schools",
    "No councillor came to the meeting and voted for the plan.": "nobody",
    "Only Iceland kept the rule and paid the fine.": "only one did both",
    "The price of bread and milk rose by 4 and 6 per cent respectively.": "respectively",
    "The fire destroyed the mill, the church, and the school closed for good.": "a list",
    "The club did not sell the striker and buy a goalkeeper.": "a negation over both",
    "The company, based in Oslo, employs 300 people.": "no clause in the commas",
    "The plan was approved because voters trusted the mayor and feared the alternative.": "a cause",
    "The bridge collapsed on Sunday.": "one statement",
    "": "nothing",
}


@pytest.mark.parametrize("text", SPLIT)
def test_a_compound_claim_is_cut_into_its_statements(text: str) -> None:
    assert [part.text for part in split_claim(text)] == SPLIT[text]


@pytest.mark.parametrize("text", WHOLE, ids=lambda text: WHOLE[text] + ": " + text[:24])
def test_a_claim_that_is_not_plainly_compound_stays_whole(text: str) -> None:
    assert split_claim(text) == ()


@pytest.mark.parametrize("text", SPLIT)
def test_without_full_stop_or_with_typographic_marks_the_cut_is_the_same(text: str) -> None:
    assert [part.text for part in split_claim(text.removesuffix("."))] == SPLIT[text]


NAMES = st.sampled_from(["Ida Berg", "The council", "Norvik", "The Lindholm bank", "The EU"])
DEEDS = st.sampled_from(
    ["closed the ferry", "took the prize in 2004", "was fined by a court", "has 40 members",
     "will build a dam", "fell by 3 per cent"]
)  # fmt: skip
JOINS = st.sampled_from([" and ", ", and ", " but ", ", but ", "; ", ", while ", " or ", ", "])
CLAIMS = st.builds(
    lambda a, b, c, d, j, end: f"{a} {b}{j}{c}{d}{end}",
    NAMES,
    DEEDS,
    st.sampled_from(["", "The mayor ", "Oslo ", "she ", "which "]),
    DEEDS,
    JOINS,
    st.sampled_from([".", "", "!"]),
)


@given(CLAIMS | st.text(max_size=120))
def test_parts_hold_the_exact_words_of_their_spans_in_order(text: str) -> None:
    parts = split_claim(text)
    assert len(parts) != 1
    for part in parts:
        own = text[part.start : part.end]
        assert own
        assert own[1:] == part.text[part.at + 1 : part.at + len(own)]
        assert own[0].lower() == part.text[part.at].lower()
    spans = [(part.start, part.end) for part in parts]
    assert spans == sorted(spans)
    assert all(one[1] <= two[0] for one, two in itertools.pairwise(spans))


@given(CLAIMS)
def test_parts_use_no_word_that_the_claim_lacks(text: str) -> None:
    known = set(re.findall(r"\w+", text.lower())) | {"is", "was"}
    for part in split_claim(text):
        assert set(re.findall(r"\w+", part.text.lower())) <= known


@given(CLAIMS)
def test_a_part_is_one_statement(text: str) -> None:
    for part in split_claim(text):
        assert split_claim(part.text) == ()


@given(CLAIMS)
def test_a_condition_in_front_leaves_every_claim_whole(text: str) -> None:
    assert split_claim("If it is true, " + text[:1].lower() + text[1:]) == ()
