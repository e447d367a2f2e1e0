"""The gate: rules, tags, waivers, baseline, empty runs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from factcheck.baseline import Baseline, baseline_text, known_key, read_baseline
from factcheck.config import load_config
from factcheck.errors import ConfigError, DataError
from factcheck.gate import Gate, GatePolicy, finished_gate, judge_run
from factcheck.records import Failure, Label, QuoteCheck, QuoteStatus, Verdict
from factcheck.waivers import (
    Waiver,
    check_waivers,
    claim_fingerprint,
    evidence_fingerprint,
    suggested_waiver,
    waivers_of,
)

Make = Callable[..., Verdict]
TODAY = date(2026, 3, 1)


def rules(verdict: Verdict, *fail_on: str, **policy: object) -> list[str]:
    result = judge_run([verdict], GatePolicy(fail_on=fail_on, **policy))  # type: ignore[arg-type]
    assert result.passed == (not result.findings)
    return [finding.rule for finding in result.findings]


@pytest.mark.parametrize(
    ("label", "fail_on", "expected"),
    [
        (Label.CONTESTED, ("contested",), ["contested"]),
        (Label.CONTESTED, ("unsupported", "expect"), []),
        (Label.UNSUPPORTED, ("contested", "unsupported"), ["unsupported"]),
        (Label.SUPPORTED, ("contested", "unsupported"), []),
        (Label.CONTESTED, ("none",), []),
    ],
)
def test_a_label_fails_the_run_only_if_its_rule_is_on(
    make_verdict: Make, label: Label, fail_on: tuple[str, ...], expected: list[str]
) -> None:
    assert rules(make_verdict(label), *fail_on) == expected


def test_a_claim_that_is_as_expected_does_not_fail_for_being_wrong(make_verdict: Make) -> None:
    verdict = make_verdict(Label.CONTESTED, expect=Label.CONTESTED)
    assert rules(verdict, "contested", "expect") == []
    surprise = make_verdict(Label.UNSUPPORTED, expect=Label.CONTESTED)
    assert rules(surprise, "unsupported", "expect") == ["expect", "unsupported"]


def test_a_claim_that_could_not_be_checked_fails_whatever_the_rules(make_verdict: Make) -> None:
    broken = make_verdict(None, failure=Failure(code="FC203", message="no text"), tags=("soft",))
    assert rules(broken, "expect") == ["failed"]
    assert rules(broken, "expect", tags={"soft": ("none",)}) == ["failed"]
    assert rules(broken, "none") == []


def test_changed_quotations_fail_and_typography_does_not(make_verdict: Make) -> None:
    for status, expected in (
        (QuoteStatus.ALTERED, ["altered"]),
        (QuoteStatus.SPLICED, ["altered"]),
        (QuoteStatus.TRIVIAL, []),
    ):
        verdict = make_verdict(Label.CONTESTED, quote=QuoteCheck(status=status))
        assert rules(verdict, "altered") == expected


def test_tags_add_rules_and_none_lifts_the_general_ones(make_verdict: Make) -> None:
    tags = {"casualties": ("unsupported",), "opinion": ("none",)}
    plain = make_verdict(Label.UNSUPPORTED)
    casualties = make_verdict(Label.UNSUPPORTED, tags=("casualties",))
    assert rules(plain, "contested", tags=tags) == []
    assert rules(casualties, "contested", tags=tags) == ["unsupported"]
    contested = make_verdict(Label.CONTESTED, tags=("casualties",))
    assert rules(contested, "contested", tags=tags) == ["contested"]
    opinion = make_verdict(Label.CONTESTED, tags=("opinion",))
    assert rules(opinion, "contested", tags=tags) == []
    both = make_verdict(Label.UNSUPPORTED, tags=("opinion", "casualties"))
    assert rules(both, "contested", tags=tags) == ["unsupported"]


def test_a_run_without_claims_fails_unless_it_is_allowed() -> None:
    result = judge_run([], ("expect",))
    assert [finding.rule for finding in result.findings] == ["empty"]
    assert judge_run([], GatePolicy(fail_on=("expect",), allow_empty=True)).passed


def waiver_for(verdict: Verdict, **changes: object) -> Waiver:
    fields = {
        "claim": verdict.claim.text,
        "evidence": evidence_fingerprint(verdict),
        "rule": "contested",
        "reason": "the ministry's figure is the subject",
        "by": "M. Lindqvist",
        "until": date(2026, 3, 1),
    }
    return Waiver(**{**fields, **changes})  # type: ignore[arg-type]


def judged(verdict: Verdict, *waivers: Waiver) -> tuple[list[str], list[str], list[str]]:
    gate = Gate(GatePolicy(fail_on=("contested",), waivers=waivers, today=TODAY))
    result = finished_gate(gate, [verdict])
    return (
        [finding.rule for finding in result.findings],
        [finding.message for finding in result.accepted],
        gate.notes(),
    )


def test_a_waiver_accepts_its_finding_and_says_who_and_why(make_verdict: Make) -> None:
    verdict = make_verdict(Label.CONTESTED)
    found, accepted, notes = judged(verdict, waiver_for(verdict))
    assert (found, notes) == ([], [])
    assert accepted == [
        "the claim is contested; accepted by M. Lindqvist until 2026-03-01:"
        " the ministry's figure is the subject"
    ]
    by_fingerprint = waiver_for(verdict, claim=claim_fingerprint(verdict.claim))
    assert judged(verdict, by_fingerprint)[0] == []


def test_a_waiver_lapses_when_the_evidence_changes(make_verdict: Make) -> None:
    before = make_verdict(Label.CONTESTED, passage="It was built in 2019.")
    after = make_verdict(Label.CONTESTED, passage="It was built in 2020.")
    found, accepted, notes = judged(after, waiver_for(before))
    assert (found, accepted) == (["contested"], [])
    assert notes == [
        "waiver 1 (M. Lindqvist, contested) has lapsed, the evidence is another one now:"
        " The bridge is old."
    ]


def test_a_waiver_lapses_when_the_claim_changes(make_verdict: Make) -> None:
    before = make_verdict(Label.CONTESTED, text="It cost 42 million crowns.")
    after = make_verdict(Label.CONTESTED, text="It cost 43 million crowns.")
    found, _, notes = judged(after, waiver_for(before))
    assert found == ["contested"]
    assert notes[0].startswith("waiver 1 (M. Lindqvist) is about no claim of this run")


def test_a_waiver_ends_on_the_day_after_its_date(make_verdict: Make) -> None:
    verdict = make_verdict(Label.CONTESTED)
    expired = waiver_for(verdict, until=date(2026, 2, 28))
    found, _, notes = judged(verdict, expired)
    assert found == ["contested"]
    assert notes == ["waiver 1 (M. Lindqvist, contested) expired on 2026-02-28: The bridge is old."]


def test_a_waiver_of_one_rule_does_not_accept_another(make_verdict: Make) -> None:
    verdict = make_verdict(Label.CONTESTED)
    assert judged(verdict, waiver_for(verdict, rule="unsupported"))[0] == ["contested"]


def test_the_evidence_of_a_verdict_without_any_is_none(make_verdict: Make) -> None:
    assert evidence_fingerprint(make_verdict(Label.UNSUPPORTED)) == "none"


def test_a_suggested_waiver_is_accepted_when_it_is_filled_in(
    make_verdict: Make, tmp_path: Path
) -> None:
    verdict = make_verdict(Label.CONTESTED, text='It "is" old: 42 years')
    finding = judge_run([verdict], ("contested",)).findings[0]
    text = "waivers:\n" + suggested_waiver(finding, verdict)
    for key, value in (("reason", "known"), ("by", "the desk"), ("until", "2026-12-31")):
        text = text.replace(f"{key}:", f"{key}: {value}")
    (tmp_path / "factcheck.yaml").write_text(text, encoding="utf-8")
    config = load_config(start=tmp_path, environment={})
    assert judged(verdict, *waivers_of(config["waivers"]))[0] == []


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"until": None}, "waiver 1: `until` is missing"),
        ({"until": "soon"}, "waiver 1: `until` is not a date: 'soon'"),
        ({"rule": "contestd"}, "waiver 1: `rule` cannot be `contestd`"),
        ({"rule": "failed"}, "waiver 1: `rule` cannot be `failed`"),
        ({"untl": "x"}, "waiver 1: unknown key `untl`"),
    ],
)
def test_a_waiver_that_is_not_whole_is_refused(change: dict[str, str], message: str) -> None:
    entry = {
        "claim": "c",
        "evidence": "none",
        "rule": "contested",
        "reason": "r",
        "by": "b",
        "until": "2026-01-01",
    }
    with pytest.raises(ConfigError) as caught:
        check_waivers([{**entry, **change}], None)
    assert caught.value.message == message


def test_only_findings_outside_the_baseline_fail(make_verdict: Make, tmp_path: Path) -> None:
    old = make_verdict(Label.CONTESTED, text="Old claim.")
    new = make_verdict(Label.CONTESTED, text="New claim.", id="c002")
    failed = make_verdict(None, text="x", failure=Failure(code="FC203", message="no text"))
    path = tmp_path / "known.json"
    findings = [(judge_run([v], ("contested",)).findings[0], v) for v in (old, failed)]
    path.write_text(baseline_text(findings), encoding="utf-8")
    policy = GatePolicy(fail_on=("contested",), baseline=read_baseline(path))
    gate = Gate(policy)
    moved = make_verdict(Label.CONTESTED, text="Old claim.", id="c009", passage="Else.")
    result = finished_gate(gate, [moved, new, failed])
    assert [(f.claim_id, f.rule) for f in result.findings] == [
        ("c002", "contested"),
        ("c001", "failed"),
    ]
    assert [f.message for f in result.accepted] == [
        "the claim is contested; known from the baseline"
    ]
    assert gate.outdated_baseline() == 0
    assert Gate(policy).outdated_baseline() == 1


def test_a_baseline_knows_a_finding_by_rule_and_words(make_verdict: Make) -> None:
    verdict = make_verdict(Label.CONTESTED)
    finding = judge_run([verdict], ("contested",)).findings[0]
    baseline = Baseline(frozenset({known_key(finding, verdict)}))
    assert baseline.knows(finding, verdict)
    worse = make_verdict(Label.UNSUPPORTED)
    assert not baseline.knows(judge_run([worse], ("unsupported",)).findings[0], worse)


@pytest.mark.parametrize("text", ["", "[]", '{"schema_version": "2"}', '{"findings": 3}'])
def test_what_is_no_baseline_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "known.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match="this is not a baseline"):
        read_baseline(path)


def test_gate_settings_are_read_from_file_and_environment(tmp_path: Path) -> None:
    (tmp_path / "factcheck.yaml").write_text(
        "gate:\n  baseline: known.json\n"
        "  tags: {casualties: [contested, unsupported], soft: none}\n",
        encoding="utf-8",
    )
    config = load_config(start=tmp_path, environment={"FACTCHECK_GATE_ALLOW_EMPTY": "yes"})
    assert config["gate.tags"] == {"casualties": ("contested", "unsupported"), "soft": ("none",)}
    assert config["gate.baseline"] == str(tmp_path / "known.json")
    assert config["gate.allow_empty"] is True
    with pytest.raises(ConfigError, match=r"`gate\.tags` cannot be `contestd`"):
        load_config(start=tmp_path, environment={"FACTCHECK_GATE_TAGS": '{"a": ["contestd"]}'})
