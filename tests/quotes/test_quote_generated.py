"""The generator of the benchmark on a small corpus of invented reports."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from quote_classes import ALTERED_CLASSES, QuoteMaker, Sentence, typeset
from quote_corpus import MemoryCorpus
from quote_sources import make_source

from factcheck.passages import split_passages
from factcheck.quotes import locate_quote, quote_queries
from factcheck.records import QuoteStatus, Source

SEED = 11
PER_CLASS = 20
WHO = "mayor,captain,teacher,baker,surgeon,pilot,gardener,judge,painter,farmer".split(",")
WHERE = "harbour,valley,library,station,market,museum,bridge,forest,island,village".split(",")
WHAT = "crane,orchard,archive,tunnel,festival,lighthouse,chapel,reservoir,ferry,barn".split(",")
DID = "repaired,closed,painted,measured,visited,sold,opened,filmed,praised,insured".split(",")
WHEN = "spring,Monday,the storm,noon,the election,Easter,the war,midnight,harvest,the fire".split(
    ","
)


def report(rng: random.Random) -> str:
    sentences = []
    for _ in range(6):
        who, where, what = rng.choice(WHO), rng.choice(WHERE), rng.choice(WHAT)
        number, year = rng.randint(3, 980), rng.randint(1900, 2024)
        sentences.append(
            rng.choice(
                (
                    f"The {who} has {rng.choice(DID)} the {what} near the {where} with {number}"
                    f" volunteers since {rng.choice(WHEN)} of {year}.",
                    f"After {rng.choice(WHEN)}, {number} visitors were counted in the {where}, and"
                    f" the {what} was {rng.choice(DID)} by a {who} in {year}.",
                    f"Nobody who saw the {what} of the {where} in {year} could forget how the"
                    f" {who} and {number} friends {rng.choice(DID)} it before {rng.choice(WHEN)}.",
                )
            )
        )
    return " ".join(sentences)


@pytest.fixture(scope="module")
def sources() -> list[Source]:
    rng = random.Random(SEED)
    return [make_source(report(rng), f"report-{number}") for number in range(60)]


@pytest.fixture(scope="module")
def corpus(sources: list[Source]) -> MemoryCorpus:
    rng = random.Random(SEED)
    return MemoryCorpus(
        make_source(typeset(source.text, rng), source.id) if index % 2 else source
        for index, source in enumerate(sources)
    )


@pytest.fixture(scope="module")
def maker(sources: list[Source]) -> QuoteMaker:
    sentences = [
        Sentence(passage.text, source.id, position)
        for source in sources
        for position, passage in enumerate(split_passages(source))
    ]
    absent = [
        Sentence(text, "elsewhere", position)
        for position, text in enumerate(
            f"{a} {b} {c} without telling {d} what the {e} parliament had promised"
            for a, b, c, d, e in zip(
                ("Three ministers", "Our allies", "The rebels", "Two banks"),
                ("quietly withdrew", "now regret", "will never accept", "doubled"),
                ("their loans", "the ceasefire", "every treaty", "interest rates"),
                ("voters", "us", "Geneva", "customers"),
                ("Swiss", "old", "Baltic", "new"),
            )
        )
    ]
    return QuoteMaker(sentences, absent, SEED)


def statuses(maker: QuoteMaker, corpus: MemoryCorpus, kind: str) -> Counter[QuoteStatus]:
    found: Counter[QuoteStatus] = Counter()
    for made in maker.make(kind, PER_CLASS):
        result = locate_quote(made.text, corpus)
        if result.best is not None:
            text = corpus.source(result.best.source_id).text
            assert text[result.best.start : result.best.end] == result.best.text
        found[result.status] += 1
    assert found
    return found


def test_typography_alone_leaves_every_quotation_unchanged(
    maker: QuoteMaker, corpus: MemoryCorpus
) -> None:
    assert set(statuses(maker, corpus, "unchanged")) <= {QuoteStatus.VERBATIM, QuoteStatus.TRIVIAL}


@pytest.mark.parametrize("kind", ALTERED_CLASSES)
def test_quote_with_one_changed_word_is_never_verbatim(
    maker: QuoteMaker, corpus: MemoryCorpus, kind: str
) -> None:
    assert set(statuses(maker, corpus, kind)) == {QuoteStatus.ALTERED}


def test_joined_sentences_are_spliced(maker: QuoteMaker, corpus: MemoryCorpus) -> None:
    found = statuses(maker, corpus, "spliced")
    assert found[QuoteStatus.SPLICED] >= 0.95 * found.total()
    assert not found[QuoteStatus.VERBATIM] + found[QuoteStatus.TRIVIAL]


def test_words_left_out_are_an_ellipsis(maker: QuoteMaker, corpus: MemoryCorpus) -> None:
    assert set(statuses(maker, corpus, "ellipsis")) == {QuoteStatus.ELLIPSIS}


def test_absent_words_are_not_found(maker: QuoteMaker, corpus: MemoryCorpus) -> None:
    assert set(statuses(maker, corpus, "absent")) == {QuoteStatus.NOT_FOUND}


def test_unrelated_sources_change_nothing(maker: QuoteMaker, corpus: MemoryCorpus) -> None:
    rng = random.Random(3)
    extra = [
        make_source(f"Weather {n}: rain and {rng.random():.3f} mm.", f"w{n}") for n in range(9)
    ]
    larger = MemoryCorpus([*reversed(list(corpus.sources.values())), *extra])
    for kind in ("unchanged", "replaced", "spliced"):
        for made in maker.make(kind, 5):
            before, after = locate_quote(made.text, corpus), locate_quote(made.text, larger)
            assert (before.status, before.best) == (after.status, after.best)


def test_queries_ask_for_telling_words_first() -> None:
    queries = quote_queries("the captain has sold the lighthouse of 1911 to a village in the north")
    assert queries[0] == "captain sold lighthouse 1911 village north"
    assert quote_queries("they said 5G is theirs") == ["5G"]
    assert quote_queries("…") == []
