"""How single quotations are classified; every row is a sentence that must hold."""

from __future__ import annotations

import pytest
from quote_sources import check

from factcheck.records import DiffPart, QuoteStatus

TREATY = (
    "We will not sign the treaty with the US unless the 2,500 soldiers leave Kosovo by 5 p.m. on"
    " Friday. Nobody in our government has any doubt about that."
)


@pytest.mark.parametrize(
    "quote",
    [
        "We will not sign the treaty with the US",
        "“We will not sign the treaty with the US”",
        "We  will\u00a0not sign the trea\u00adty with\nthe US",
        "leave Kosovo by 5pm on Friday. Nobody in our government",
        "… sign the treaty with the US …",
        "[They] will not sign the treaty",
        "We will not [now] sign the treaty",
        "We will not sign the treaty [sic] with the US",
        "[w]e will not sign the treaty",
    ],
)
def test_layout_and_editorial_brackets_leave_a_quotation_verbatim(quote: str) -> None:
    status = check(quote, TREATY).status
    assert status in (QuoteStatus.VERBATIM, QuoteStatus.TRIVIAL)
    if "5pm" not in quote:
        assert status is QuoteStatus.VERBATIM


@pytest.mark.parametrize(
    ("quote", "source"),
    [
        ("we will not sign the treaty", TREATY),
        ("WE WILL NOT SIGN THE TREATY WITH THE US", TREATY),
        ("We will not sign, the treaty", TREATY),
        ("unless the 2500 soldiers leave", TREATY),
        ("the treaty with the U.S. unless", TREATY),
        ("Its behavior was recognized", "Its behaviour was recognised by all."),
        ("They rose by 5 per cent", "They rose by 5% in a year."),
        ("The cooperation was well known", "The co-operation was well-known."),
        ("Vucic and Erdogan met", "Vučić and Erdoğan met in spring."),
    ],
)
def test_case_spelling_and_punctuation_are_trivial(quote: str, source: str) -> None:
    assert check(quote, source).status is QuoteStatus.TRIVIAL


@pytest.mark.parametrize(
    ("quote", "kind", "turned"),
    [
        ("We will sign the treaty with the US unless", "negation", True),
        ("We would not sign the treaty with the US", "modal", True),
        ("We will not sign the treaty with Russia unless the 2,500 soldiers", "name", True),
        ("We will not sign the treaty with the us unless the 2,500", "name", True),
        ("unless the 2,600 soldiers leave Kosovo", "number", True),
        ("unless the soldiers leave Kosovo by 5 p.m.", "number", True),
        ("We will not sign the contract with the US unless", "word", False),
        ("We will not sign the the treaty with the US unless", "word", False),
        ("We won't sign the treaty with the US unless", "spelling", False),
        ("We will [always] sign the treaty with the US", "negation", True),
        ("Nobody in our goverment has any doubt", "spelling", False),
        ("if the 2,500 soldiers leave Kosovo by", "word", True),
    ],
)
def test_any_changed_word_makes_a_quotation_altered(quote: str, kind: str, turned: bool) -> None:
    result = check(quote, TREATY)
    assert result.status is QuoteStatus.ALTERED
    assert result.best is not None
    assert [part.kind for part in result.best.diff if part.op != "equal"] == [kind]
    assert result.sense_changed is turned


@pytest.mark.parametrize(
    ("quote", "source"),
    [
        (
            "NATO Yugoslavia for 87 days bombed in 1999.",
            "NATO bombed Yugoslavia for 87 days in 1999.",
        ),
        (
            "The pool opens on outdoor Saturday at eight.",
            "The outdoor pool opens on Saturday at eight.",
        ),
        ("The of pathogenicity in transgenic mice.", "The pathogenicity of in transgenic mice."),
    ],
)
def test_a_short_sentence_in_another_order_is_altered(quote: str, source: str) -> None:
    assert check(quote, source).status is QuoteStatus.ALTERED


def test_a_word_lost_before_a_reference_mark_is_altered() -> None:
    result = check(
        "the gateway for the lower respiratory [52].",
        "the gateway for the lower respiratory tract [52].",
    )
    assert result.status is QuoteStatus.ALTERED


def test_a_moved_word_is_altered() -> None:
    result = check(
        "Only he said that she had won the race", "He said that only she had won the race."
    )
    assert result.status is QuoteStatus.ALTERED


@pytest.mark.parametrize(
    ("quote", "source"),
    [
        ("It cost $5 million in all", "It cost €5 million in all."),
        ("temperatures of -5 degrees were measured", "temperatures of 5 degrees were measured"),
        ("a value of p < 0.05 in all groups", "a value of p > 0.05 in all groups"),
        ("the budget of 1.5 million is gone", "the budget of 15 million is gone"),
        ("the plan is legal in every way", "the plan is illegal in every way"),
        ("this was shown in [1] for all cells", "this was shown in [2] for all cells"),
        ("[nL5N2B] The study of 2 was halted", "[nL3N2B] The study of 2 was halted"),
        ("a ratio of 2 [95% CI not 1 to 3] was found", "a ratio of 2 [95% CI 1 to 3] was found"),
    ],
)
def test_signs_numbers_and_prefixes_count(quote: str, source: str) -> None:
    result = check(quote, source)
    assert result.status is QuoteStatus.ALTERED
    assert result.sense_changed or "nL5N2B" in quote


def test_the_diff_names_both_wordings_in_order() -> None:
    result = check(
        "I am shocked by their behaviour", "He wrote: “I am horrified by their behavior.”"
    )
    assert result.best is not None
    assert result.best.diff == (
        DiffPart(op="equal", claim="I am", source="I am"),
        DiffPart(op="replace", claim="shocked", source="horrified", kind="word"),
        DiffPart(op="equal", claim="by their", source="by their"),
        DiffPart(op="replace", claim="behaviour", source="behavior", kind="spelling"),
    )
    assert result.message == (
        'The wording in s0 differs: "shocked" stands for "horrified", "behaviour" stands for'
        ' "behavior".'
    )


def test_renderings_of_one_statement_are_shown_side_by_side() -> None:
    result = check(
        "I am outraged by Turkey's behavior",
        "He wrote: “I am horrified by Turkey’s behavior”.",
        '"I am appalled by Turkey\'s behaviour," he wrote.',
    )
    assert result.status is QuoteStatus.ALTERED
    assert result.best is not None
    assert {result.best.source_id, *(place.source_id for place in result.others)} == {"s0", "s1"}


def test_the_closest_rendering_wins_and_the_other_is_listed() -> None:
    result = check(
        "I am appalled by Turkey's behaviour",
        "He wrote: “I am horrified by Turkey’s behavior”.",
        '"I am appalled by Turkey\'s behaviour," he wrote.',
    )
    assert result.status is QuoteStatus.VERBATIM
    assert result.best is not None
    assert result.best.source_id == "s1"
    assert [place.source_id for place in result.others] == ["s0"]


def test_a_question_that_became_a_statement_turns_the_sense() -> None:
    result = check("He did resign today.", "He did resign today?")
    assert (result.status, result.sense_changed) == (QuoteStatus.TRIVIAL, True)


@pytest.mark.parametrize("mark", ["…", "...", "[...]", "[…]", ". . .", "(...)"])
def test_words_left_out_are_an_ellipsis_however_it_is_marked(mark: str) -> None:
    source = "The arms embargo of 1998, which covered Kosovo as well, was lifted in 2001."
    result = check(f"The arms embargo of 1998 {mark} was lifted in 2001", source)
    assert (result.status, result.sense_changed) == (QuoteStatus.ELLIPSIS, False)


@pytest.mark.parametrize(
    ("quote", "source"),
    [
        ("We should … expect new purchases", "We should not expect new purchases this year."),
        ("We will leave … on Monday", "We will leave if they attack us on Monday."),
        (
            "The minister … took bribes for years",
            "The minister, critics claim, took bribes for years.",
        ),
        ("The plan … works in every village", "The plan hardly ever works in every village."),
    ],
)
def test_an_ellipsis_that_turns_the_sense_is_flagged(quote: str, source: str) -> None:
    result = check(quote, source)
    assert (result.status, result.sense_changed) == (QuoteStatus.ELLIPSIS, True)


def test_whole_sentences_left_out_keep_the_sense() -> None:
    source = "We came to the river. It was not deep at all. We crossed it before the night."
    result = check("We came to the river. … We crossed it before the night.", source)
    assert (result.status, result.sense_changed) == (QuoteStatus.ELLIPSIS, False)


def test_an_ellipsis_hides_no_other_change() -> None:
    result = check("We will sign … unless the 2,500 soldiers leave", TREATY)
    assert result.status is QuoteStatus.ALTERED


@pytest.mark.parametrize(
    ("quote", "source"),
    [
        ("evidence of fraud", "There is no evidence of fraud in the count."),
        (
            "vaccines cause fever in most people",
            "It is a myth that vaccines cause fever in most people.",
        ),
        ("a brutal violation", "He did not call it “a brutal violation” of the law."),
        ("the bridge is closed", "We turn back if the bridge is closed."),
        ("We will leave the valley", "We will leave the valley unless they pay."),
    ],
)
def test_words_cut_from_a_denial_or_a_condition_are_flagged(quote: str, source: str) -> None:
    result = check(quote, source)
    assert (result.status, result.sense_changed) == (QuoteStatus.VERBATIM, True)


@pytest.mark.parametrize(
    ("quote", "source"),
    [
        ("the army will win", "There is no doubt that the army will win."),
        ("a moral duty", "It is not only a moral duty but also cheap."),
        ("said hello to us", "Those who could not come said hello to us."),
    ],
)
def test_a_negation_that_does_not_reach_the_words_is_not_flagged(quote: str, source: str) -> None:
    assert check(quote, source).sense_changed is False


NEWS = (
    "The harbour was closed on Monday after a storm had torn down two cranes.\n\n"
    "Later that week the council voted for a new school beside the old mill.\n\n"
    "A fisherman found a bottle with a letter from the year 1911 in his net."
)


def test_two_sentences_that_do_not_stand_together_are_spliced() -> None:
    quote = (
        "The harbour was closed on Monday after a storm had torn down two cranes. A fisherman found"
        " a bottle with a letter from the year 1911 in his net."
    )
    result = check(quote, NEWS)
    assert result.status is QuoteStatus.SPLICED
    assert result.best is not None
    assert len(result.others) == 1
    assert {result.best.text[:13], result.others[0].text[:11]} == {"A fisherman f", "The harbour"}


def test_halves_of_sentences_from_two_sources_are_spliced() -> None:
    other = "The mayor said that the new bridge will never be paid for by the villages."
    result = check(
        "The harbour was closed on Monday after a storm will never be paid for by the villages",
        NEWS,
        other,
    )
    assert result.status is QuoteStatus.SPLICED
    assert result.message == "The quotation joins words from s0 and s1."


def test_neighbouring_sentences_are_not_spliced() -> None:
    assert check("leave Kosovo by 5 p.m. on Friday. Nobody in our", TREATY).status is (
        QuoteStatus.VERBATIM
    )


@pytest.mark.parametrize(
    "quote",
    [
        "Nothing will stop the victory of our army in the north",
        "The harvest was the best in the history of the county",
        "the year of the letter",
        "brutal attack",
        "",
        "…",
        '""',
    ],
)
def test_words_that_are_nowhere_are_not_found(quote: str) -> None:
    result = check(quote, TREATY, NEWS)
    assert (result.status, result.best) == (QuoteStatus.NOT_FOUND, None)
    assert result.message


@pytest.mark.parametrize(
    ("quote", "source"),
    [
        (
            "This goes over the page and ends here",
            "This goes over the\n\n12\n\npage and ends here.",
        ),
        ("the rate in the young group was high", "the rate in the young group[12] was high[3,4]."),
        ("We will win. And we will rest.", "We will win. (Applause) And we will rest."),
        ("a narrow answer to a question", "a nar-\nrow an\u00adswer to a ques\u00ad\ntion"),
        ("the final office of finance", "the ﬁnal of fice of ﬁnance"),
        (
            "in COVID-19 wards the IVER-COVID19 trial has begun",
            "in COVID-19 wards the IVER-COVID19 trial has begun",
        ),
        ("while the science is evolving", 'He wrote that "[w]hile the science is evolving".'),
    ],
)
def test_page_noise_in_the_source_does_not_break_a_match(quote: str, source: str) -> None:
    assert check(quote, source).status is QuoteStatus.VERBATIM


def test_a_text_that_is_too_short_or_odd_does_not_crash() -> None:
    for quote in ("a", "[", "]", "[]", "[[x]]", "-", "%", "…a…", "'", "\u200b", "1", "[...] [x]"):
        for source in ("", "a", "[", "… …", "1 2 3", "\u200b"):
            check(quote, source)


def test_a_very_long_quotation_is_compared_word_by_word() -> None:
    words = [f"word{number % 700} number{number}" for number in range(1600)]
    text = "Before it. " + " ".join(words) + " After it."
    assert check(" ".join(words), text).status is QuoteStatus.VERBATIM
    words[800] = "another number800"
    result = check(" ".join(words), text)
    assert result.status is QuoteStatus.ALTERED
    assert result.best is not None
    assert [(part.claim, part.source) for part in result.best.diff if part.op != "equal"] == [
        ("another", "word100")
    ]
