"""Quotations to labels, and what a newsroom demands of its sources."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from town import BRIDGE, POST, QUOTED, STATEMENTS, TOWER, TOWN, UNSAVED, check, paths

from factcheck.config import default_config
from factcheck.judgement import Judgement, LogisticModel
from factcheck.pipeline import Models, policy_of, retrieval_settings
from factcheck.quoted import quote_label
from factcheck.records import (
    Attribution,
    Basis,
    Claim,
    Label,
    QuoteCheck,
    QuoteStatus,
    Verdict,
)

MakeCorpus = Callable[..., Path]


@pytest.fixture
def town(make_corpus: MakeCorpus) -> Path:
    return make_corpus(TOWN)


# --- quotations to labels -------------------------------------------------------------------------


@pytest.mark.parametrize("attribution", [None, *Attribution])
@pytest.mark.parametrize("status", list(QuoteStatus))
@pytest.mark.parametrize("turned", [False, True])
def test_the_table_of_quotations_is_that_of_the_manual(
    status: QuoteStatus, attribution: Attribution | None, turned: bool
) -> None:
    if status is QuoteStatus.NOT_FOUND:
        expected = (Label.UNSUPPORTED, Basis.NO_EVIDENCE)
    elif (
        status in (QuoteStatus.ALTERED, QuoteStatus.SPLICED)
        or turned
        or attribution is Attribution.OTHER_SPEAKER
    ):
        expected = (Label.CONTESTED, Basis.REFUTED)
    elif attribution is Attribution.UNATTRIBUTED:
        expected = (Label.UNSUPPORTED, Basis.INSUFFICIENT)
    else:
        expected = (Label.SUPPORTED, Basis.ENTAILED)
    check = QuoteCheck(status=status, attribution=attribution, sense_changed=turned)
    assert quote_label(check) == expected


def test_a_statement_around_a_quotation_is_as_good_as_its_weaker_part(
    town: Path, models: Models
) -> None:
    altered = QUOTED.replace("Nobody", "Everybody")
    claim = Claim(id="both", text=STATEMENTS[0], quote=altered, speaker="Ida Berg")
    verdict = check([claim], town, models)["both"]
    assert verdict.quote is not None
    assert verdict.quote.status is QuoteStatus.ALTERED
    assert verdict.label is Label.CONTESTED


# --- what the newsroom demands of sources ---------------------------------------------------------

# The verifier's own probabilities and one check, so that these tests do not follow the fitted
# numbers. Alone the verifier is quick to call a neighbouring sentence a contradiction, hence the
# weight against that.
PLAIN = Judgement(
    pair=LogisticModel(
        classes=("supports", "refutes", "neutral"),
        features=("log_supports", "log_refutes", "log_neutral", "quantity_different"),
        coefficients=((1.0, 0.0, 0.0, -3.0), (0.0, 1.0, 0.0, 3.0), (0.0, 0.0, 1.0, 0.0)),
        intercepts=(0.0, -2.5, 0.0),
    ),
    claim=None,
    thresholds={"supports": 0.6, "refutes": 0.6, "supported": 0.5, "contested": 0.5},
)
OPENED = Claim(id="opened", text=STATEMENTS[0])


@pytest.fixture
def plain(models: Models) -> Models:
    return replace(models, judgement=PLAIN)


def under(policy: dict[str, Any], corpus: Path, models: Models, claim: Claim = OPENED) -> Verdict:
    return check([claim], corpus, models, UNSAVED.with_values(policy))[claim.id]


def test_one_origin_is_too_few_when_two_are_demanded(town: Path, plain: Models) -> None:
    assert under({}, town, plain).label is Label.SUPPORTED
    verdict = under({"policy.min_independent": 2}, town, plain)
    assert (verdict.label, verdict.basis) == (Label.UNSUPPORTED, Basis.INSUFFICIENT)
    assert verdict.reasons[0] == (
        "One independent source supports this; the configuration demands two."
    )


def test_a_second_origin_meets_the_demand_but_a_copy_does_not(
    town: Path, plain: Models, make_corpus: MakeCorpus
) -> None:
    demand = {"policy.min_independent": 2}
    make_corpus({"copy.md": BRIDGE.replace("Lindholm Council", "Valley Herald")})
    assert under(demand, town, plain).label is Label.UNSUPPORTED
    own = "The bridge over the Arve in Lindholm was opened to traffic on 3 May 2019, a Friday.\n"
    make_corpus({"almanac.txt": own})
    verdict = under(demand, town, plain)
    assert (verdict.label, verdict.origins_for) == (Label.SUPPORTED, 2)


def test_support_from_a_secondary_source_alone_is_not_enough_when_primary_is_demanded(
    make_corpus: MakeCorpus, plain: Models
) -> None:
    demand = {"policy.require_primary": True}
    corpus = make_corpus({"a.md": BRIDGE.replace("primary", "secondary"), "b.md": POST})
    verdict = under(demand, corpus, plain)
    assert verdict.label is Label.UNSUPPORTED
    assert verdict.reasons[0] == "No primary source supports this, as the configuration demands."
    make_corpus({"a.md": BRIDGE})
    assert under(demand, corpus, plain).label is Label.SUPPORTED


@pytest.mark.parametrize("pattern", ["council/*", "Lindholm Council", "*/bridge.md"])
def test_a_distrusted_source_cannot_support_alone_but_still_contradicts(
    town: Path, plain: Models, pattern: str
) -> None:
    demand = {"policy.distrust": [pattern]}
    verdict = under(demand, town, plain)
    assert (verdict.label, verdict.origins_for) == (Label.UNSUPPORTED, 1)
    assert verdict.reasons[0] == "Only sources that the configuration distrusts support this."
    wrong = Claim(id="wrong", text=STATEMENTS[3])
    assert under(demand, town, plain, wrong).label is Label.CONTESTED


def test_a_newer_word_of_the_same_publisher_overrules_its_older_one(
    make_corpus: MakeCorpus, plain: Models
) -> None:
    head = "---\npublisher: {}\npublished: {}\n---\n\n"
    old, new = "The tower of Varde is 80 metres high.\n", "The tower of Varde is 95 metres high.\n"
    corpus = make_corpus(
        {
            "old.md": head.format("Varde Council", "2020-01-01") + old,
            "new.md": head.format("Varde Council", "2022-01-01") + new,
        }
    )
    both = under({}, corpus, plain, TOWER)
    assert both.label is Label.CONTESTED
    assert both.basis is Basis.CONFLICTING
    newer = under({"policy.prefer_newer": True}, corpus, plain, TOWER)
    assert (newer.label, newer.origins_against) == (Label.SUPPORTED, 0)
    # Another publisher's older word still stands.
    make_corpus({"old.md": head.format("Varde Post", "2020-01-01") + old})
    assert under({"policy.prefer_newer": True}, corpus, plain, TOWER).label is Label.CONTESTED


def test_unreliable_sources_are_left_out_below_the_demanded_reliability(
    town: Path, plain: Models, make_corpus: MakeCorpus
) -> None:
    make_corpus({"sources.yaml": "sources:\n  - path: council/bridge.md\n    reliability: 0.3\n"})
    assert paths(under({"policy.min_reliability": 0.3}, town, plain)) == {*TOWN}
    # What nobody has rated is not left out.
    assert paths(under({"policy.min_reliability": 0.5}, town, plain)) == {"post.md"}


def test_every_setting_of_policy_and_retrieval_reaches_its_place() -> None:
    config = default_config().with_values(
        {
            "policy.min_independent": 3,
            "policy.require_primary": True,
            "policy.prefer_newer": True,
            "policy.distrust": ["a", "b/*"],
            "policy.min_reliability": 0.25,
            "retrieval.passages": 7,
            "retrieval.candidates": 21,
            "retrieval.per_source": 2,
        }
    )
    policy, settings = policy_of(config), retrieval_settings(config)
    assert (policy.min_independent, policy.require_primary) == (3, True)
    assert (policy.prefer_newer, policy.distrust) == (True, ("a", "b/*"))
    assert (settings.passages, settings.candidates, settings.per_source) == (7, 21, 2)
    assert settings.min_reliability == 0.25
