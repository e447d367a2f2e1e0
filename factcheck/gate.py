"""Report to pass or fail: the one place that judges a run."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from factcheck.baseline import Baseline, known_key, read_baseline
from factcheck.records import GateFinding, GateResult, Label, QuoteStatus, Verdict
from factcheck.waivers import Waiver, WaiverState, waiver_state, waivers_of

if TYPE_CHECKING:
    from factcheck.config import Config

_BAD_QUOTES = (QuoteStatus.ALTERED, QuoteStatus.SPLICED)
NOTHING = "none"
EMPTY = "empty"


@dataclass(frozen=True, slots=True, kw_only=True)
class GatePolicy:
    """What fails a run and what is accepted.

    Args:
        fail_on: rules: `expect` (a label other than expected), `altered` (a quotation whose words
            were changed), `contested`, `unsupported`, `failed`, or `none`. Claims that could not
            be checked always fail unless the only rule is `none`.
        tags: rules that claims with a tag have on top; `none` lifts `fail_on` for them.
        waivers: accepted findings.
        baseline: known findings; None when there is no baseline.
        allow_empty: a run without any claim passes.
        today: waivers that end earlier have expired.
    """

    fail_on: Collection[str]
    tags: Mapping[str, Collection[str]] = field(default_factory=dict)
    waivers: Sequence[Waiver] = ()
    baseline: Baseline | None = None
    allow_empty: bool = False
    today: date = date.min

    @classmethod
    def of_config(cls, config: Config, *, today: date | None = None) -> GatePolicy:
        """The policy that the settings describe.

        Raises:
            DataError: the baseline cannot be read.
        """
        baseline = config["gate.baseline"]
        return cls(
            fail_on=config["fail_on"],
            tags=config["gate.tags"],
            waivers=waivers_of(config["waivers"]),
            baseline=read_baseline(Path(baseline)) if baseline is not None else None,
            allow_empty=config["gate.allow_empty"],
            today=today or date.today(),
        )

    def rules_for(self, tags: Iterable[str]) -> set[str]:
        """The rules for a claim with these tags, without `none`."""
        own = [set(self.tags[tag]) for tag in tags if tag in self.tags]
        lifted = any(NOTHING in rules for rules in own)
        rules = set[str]().union(*own) if lifted else set(self.fail_on).union(*own)
        return rules - {NOTHING}


class Gate:
    """Judges verdicts one by one; what it remembers does not grow with their number."""

    def __init__(self, policy: GatePolicy) -> None:
        self.policy = policy
        self.judged = 0
        self.stopped = 0
        self._waivers_met: set[int] = set()
        self._notes: dict[tuple[int, WaiverState], str] = {}
        self._known_met: set[tuple[str, str]] = set()

    def judge(self, verdict: Verdict) -> tuple[list[GateFinding], list[GateFinding]]:
        """Findings about one verdict: those that stop the run, and those that are accepted."""
        self.judged += 1
        stopping: list[GateFinding] = []
        accepted: list[GateFinding] = []
        for index, waiver in enumerate(self.policy.waivers):
            if waiver.concerns(verdict.claim):
                self._waivers_met.add(index)
        for finding in self._raw(verdict):
            excuse = self._excuse(finding, verdict)
            if excuse is None:
                stopping.append(finding)
            else:
                message = f"{finding.message}; {excuse}"
                accepted.append(
                    GateFinding(
                        claim_id=finding.claim_id,
                        rule=finding.rule,
                        message=message,
                        location=finding.location,
                    )
                )
        self.stopped += len(stopping)
        return stopping, accepted

    def finish(self) -> list[GateFinding]:
        """What is wrong with the run as a whole, to be called after the last verdict."""
        if self.judged or self.policy.allow_empty or set(self.policy.fail_on) == {NOTHING}:
            return []
        self.stopped += 1
        message = "no claims were found; --allow-empty lets such a run pass"
        return [GateFinding(claim_id="", rule=EMPTY, message=message)]

    def notes(self) -> list[str]:
        """What the user must hear about waivers: expired, lapsed, or about no claim here."""
        notes = [self._notes[key] for key in sorted(self._notes, key=lambda key: key[0])]
        for index, waiver in enumerate(self.policy.waivers):
            if index not in self._waivers_met:
                notes.append(
                    f"waiver {index + 1} ({waiver.by}) is about no claim of this run:"
                    f" the claim was changed or left out: {_short(waiver.claim)}"
                )
        return notes

    def outdated_baseline(self) -> int:
        """How many entries of the baseline did not occur."""
        baseline = self.policy.baseline
        return len(baseline.known) - len(self._known_met) if baseline is not None else 0

    def _raw(self, verdict: Verdict) -> Iterator[GateFinding]:
        if set(self.policy.fail_on) == {NOTHING}:
            return iter(())
        return _findings(verdict, self.policy.rules_for(verdict.claim.tags))

    def _excuse(self, finding: GateFinding, verdict: Verdict) -> str | None:
        for index, waiver in enumerate(self.policy.waivers):
            if waiver.rule != finding.rule or not waiver.concerns(verdict.claim):
                continue
            state = waiver_state(waiver, verdict, self.policy.today)
            if state is WaiverState.HOLDS:
                return f"accepted by {waiver.by} until {waiver.until}: {waiver.reason}"
            self._notes[index, state] = _waiver_note(index, waiver, state)
        baseline = self.policy.baseline
        if baseline is not None and baseline.knows(finding, verdict):
            self._known_met.add(known_key(finding, verdict))
            return "known from the baseline"
        return None


def judge_run(verdicts: Iterable[Verdict], policy: GatePolicy | Collection[str]) -> GateResult:
    """Decide whether a run passes.

    Args:
        verdicts: of all claims.
        policy: what fails; a bare collection of rules stands for a policy with just these.

    Returns:
        Findings in the order of the verdicts.
    """
    if not isinstance(policy, GatePolicy):
        policy = GatePolicy(fail_on=policy)
    return finished_gate(Gate(policy), verdicts)


def finished_gate(gate: Gate, verdicts: Iterable[Verdict]) -> GateResult:
    """Pass all verdicts through a gate, which the caller can ask for notes afterwards."""
    findings: list[GateFinding] = []
    accepted: list[GateFinding] = []
    for verdict in verdicts:
        stopping, excused = gate.judge(verdict)
        findings += stopping
        accepted += excused
    findings += gate.finish()
    return GateResult(passed=not findings, findings=tuple(findings), accepted=tuple(accepted))


def _findings(verdict: Verdict, rules: Collection[str]) -> Iterator[GateFinding]:
    claim = verdict.claim

    def found(rule: str, message: str) -> GateFinding:
        return GateFinding(claim_id=claim.id, rule=rule, message=message, location=claim.location)

    if verdict.label is None:
        reason = verdict.failure.message if verdict.failure else "unknown reason"
        yield found("failed", f"could not be checked: {reason}")
        return
    expected = claim.expect
    if "expect" in rules and expected is not None and expected is not verdict.label:
        yield found("expect", f"expected {expected.value}, found {verdict.label.value}")
    # What the checker expects to be wrong does not fail for being wrong.
    if expected is verdict.label:
        return
    if "altered" in rules and verdict.quote is not None and verdict.quote.status in _BAD_QUOTES:
        yield found("altered", f"the quotation is {verdict.quote.status.value}")
    for label in (Label.CONTESTED, Label.UNSUPPORTED):
        if label.value in rules and verdict.label is label:
            yield found(label.value, f"the claim is {label.value}")


def _waiver_note(index: int, waiver: Waiver, state: WaiverState) -> str:
    about = f"waiver {index + 1} ({waiver.by}, {waiver.rule})"
    if state is WaiverState.EXPIRED:
        return f"{about} expired on {waiver.until}: {_short(waiver.claim)}"
    return f"{about} has lapsed, the evidence is another one now: {_short(waiver.claim)}"


def _short(text: str) -> str:
    return text if len(text) <= 80 else text[:79] + "…"
