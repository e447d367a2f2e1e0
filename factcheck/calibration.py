"""Thresholds of the labels refitted on claims that a user has labelled.

Only the two thresholds that the configuration knows are fitted. They are looked for on a grid, the
same rule deciding as for the shipped ones: right answers count, a wrong "supported" costs extra,
and a pair of thresholds that calls more claims wrongly supported than those in force is no choice.
What a fit is worth is told by folds: every claim is judged with thresholds that were fitted without
it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from factcheck.errors import DataError
from factcheck.records import Label, Verdict

# With fewer rows that are not supported, a run without any wrong "supported" would still be
# compatible with one in ten of them (rule of three: 3 / 30).
LEAST_NOT_SUPPORTED = 30
# With fewer, the share of supported claims that are found is uncertain by more than 11 points.
LEAST_SUPPORTED = 20
# With fewer, the threshold of `contested` is left as it is.
LEAST_CONTESTED = 15
FOLDS = 5
REPEATS = 10
SEED = 7
# What a wrong "supported" costs beyond being wrong, as in `training/fit_judgement.py`.
WRONG_SUPPORT_COST = 0.5
GRID = tuple(round(0.05 * step, 2) for step in range(1, 20))
NAMES = ("supported", "contested")
# Above every probability: no claim is called contested.
_NEVER = 2.0

Answers = NDArray[np.int8]
_LABELS = tuple(Label)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the label of one claim depends on, apart from the thresholds.

    Args:
        supported, contested: probabilities of the two labels.
        may_support: enough evidence for it, as the policy wants it.
        may_contest: there is evidence against it.
        parts: outcomes of the parts of a claim that was split; they decide together.
        fixed: the label, when the thresholds do not decide it.
    """

    supported: float
    contested: float
    may_support: bool
    may_contest: bool
    parts: tuple[Outcome, ...] = ()
    fixed: Label | None = None

    def label(self, supported: float, contested: float) -> Label:
        """The label under these two thresholds."""
        if self.fixed is not None:
            return self.fixed
        if self.parts:
            labels = {part.label(supported, contested) for part in self.parts}
            if Label.CONTESTED in labels:
                return Label.CONTESTED
            return Label.SUPPORTED if labels == {Label.SUPPORTED} else Label.UNSUPPORTED
        if self.may_contest and self.contested >= contested:
            return Label.CONTESTED
        if self.may_support and self.supported >= supported:
            return Label.SUPPORTED
        return Label.UNSUPPORTED


@dataclass(frozen=True, slots=True)
class Example:
    """A claim with its expected label and what its label depends on."""

    claim: str
    truth: Label
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Figures:
    """Accuracy and the share of claims that are not supported but were called so."""

    accuracy: float
    false_supported_rate: float


@dataclass(frozen=True, slots=True)
class Calibrated:
    """The result of a fit.

    Args:
        before, after: figures with the thresholds in force, and out of fold with fitted ones.
        old, new: the thresholds.
        gain: by how much the value of the answers rises out of fold, per claim.
        gain_error: the standard error of that.
        fitted: the names of those that were fitted.
        counts: examples per expected label.
    """

    old: Mapping[str, float]
    new: Mapping[str, float]
    before: Figures
    after: Figures
    gain: float
    gain_error: float
    fitted: tuple[str, ...]
    counts: Mapping[str, int]

    @property
    def changed(self) -> bool:
        """Whether the fit chose other thresholds at all."""
        return dict(self.old) != dict(self.new)

    @property
    def objections(self) -> tuple[str, ...]:
        """Why the new thresholds should not be used; none when they are better."""
        found = []
        if self.after.false_supported_rate > self.before.false_supported_rate + 1e-9:
            found.append(
                "out of fold, more claims that are not supported are called supported than before"
            )
        if not self.changed:
            found.append("the thresholds in force are the best choice on these claims")
        elif self.gain <= self.gain_error:
            found.append(
                "out of fold, the new thresholds do no better than those in force, beyond what"
                " chance makes of so few claims"
            )
        return tuple(found)


def fit_thresholds(examples: Sequence[Example], current: Mapping[str, float]) -> Calibrated:
    """Choose thresholds on labelled claims and say what that is worth.

    Args:
        examples: in any order; the result does not depend on it.
        current: the thresholds in force, by `supported` and `contested`.

    Raises:
        DataError: FC405, too few examples.
    """
    examples = sorted(examples, key=lambda e: (e.claim, e.truth.value, repr(e.outcome)))
    counts = Counter(example.truth for example in examples)
    check_counts(counts)
    fitted = NAMES if counts[Label.CONTESTED] >= LEAST_CONTESTED else NAMES[:1]
    old = {name: float(current[name]) for name in NAMES}
    grid = _candidates(old, fitted)
    answers = np.array(
        [[_LABELS.index(e.outcome.label(s, c)) for e in examples] for s, c in grid], dtype=np.int8
    )
    truth = np.array([_LABELS.index(example.truth) for example in examples], dtype=np.int8)
    everything = np.ones(len(truth), dtype=bool)
    chosen = grid[_best(answers, truth, everything)]
    given = _out_of_fold(answers, truth, [example.claim for example in examples])
    gains = _values(given, truth).mean(axis=0) - _values(answers[:1], truth)[0]
    return Calibrated(
        old=old,
        new=dict(zip(NAMES, chosen, strict=True)),
        before=_figures(answers[:1], truth),
        after=_figures(given, truth),
        gain=round(float(gains.mean()), 6),
        gain_error=round(float(gains.std() / np.sqrt(len(gains))), 6),
        fitted=fitted,
        counts={label.value: counts[label] for label in Label},
    )


def check_counts(counts: Mapping[Label, int]) -> None:
    """Refuse a fit on too few claims.

    Args:
        counts: claims per expected label.

    Raises:
        DataError: FC405.
    """
    supported = counts.get(Label.SUPPORTED, 0)
    others = sum(counts.values()) - supported
    if supported >= LEAST_SUPPORTED and others >= LEAST_NOT_SUPPORTED:
        return
    raise DataError(
        f"too few labelled claims to fit thresholds: {supported} supported and {others} others,"
        f" where {LEAST_SUPPORTED} and {LEAST_NOT_SUPPORTED} are the least",
        hint=f"with fewer than {LEAST_NOT_SUPPORTED} claims that are not supported, thresholds that"
        " let one in ten of them through could not be told from safe ones;"
        " label more claims, also some that your sources contradict or do not settle",
        code="FC405",
    )


def _candidates(old: Mapping[str, float], fitted: Sequence[str]) -> list[tuple[float, float]]:
    """Pairs of thresholds, those in force first, then by how far they are from them."""
    axes = [sorted({*GRID, old[n]}) if n in fitted else [old[n]] for n in NAMES]
    here = (old["supported"], old["contested"])
    pairs = [(s, c) for s in axes[0] for c in axes[1]]
    return sorted(pairs, key=lambda p: (abs(p[0] - here[0]) + abs(p[1] - here[1]), p))


def _best(answers: Answers, truth: Answers, rows: NDArray[np.bool_]) -> int:
    """The candidate that does best on some rows; of equals the nearest to those in force."""
    right = (answers[:, rows] == truth[rows]).mean(axis=1)
    others = rows & (truth != 0)
    if not others.any():
        return int(np.argmax(right))
    wrong = (answers[:, others] == 0).mean(axis=1)
    value = np.where(wrong <= wrong[0], right - WRONG_SUPPORT_COST * wrong, -np.inf)
    return int(np.argmax(np.round(value, 12)))


def _values(answers: Answers, truth: Answers) -> NDArray[np.float64]:
    """What each answer is worth; the mean over all claims is what a fit makes large.

    Args:
        answers: (ways, claims).
    """
    others = truth != 0
    cost = WRONG_SUPPORT_COST * len(truth) / others.sum()
    worth: NDArray[np.float64] = (answers == truth) - cost * ((answers == 0) & others)
    return worth


def _figures(answers: Answers, truth: Answers) -> Figures:
    """Mean figures over (ways, claims) answers."""
    return Figures(
        accuracy=round(float((answers == truth).mean()), 6),
        false_supported_rate=round(float((answers[:, truth != 0] == 0).mean()), 6),
    )


def _out_of_fold(answers: Answers, truth: Answers, claims: Sequence[str]) -> Answers:
    """Answers by thresholds that were fitted without the claim.

    Returns:
        (ways to cut the claims into folds, claims).
    """
    given = np.zeros((REPEATS, len(truth)), dtype=np.int8)
    for repeat in range(REPEATS):
        fold = _folds(truth, claims, np.random.default_rng(SEED + repeat))
        for number in range(FOLDS):
            held = fold == number
            if held.any():
                given[repeat, held] = answers[_best(answers, truth, ~held)][held]
    return given


def _folds(
    truth: Answers, claims: Sequence[str], generator: np.random.Generator
) -> NDArray[np.int64]:
    """A fold for each example: labels are spread evenly, equal claims stay together."""
    first = {claim: row for row, claim in reversed(list(enumerate(claims)))}
    fold_of: dict[str, int] = {}
    for label in range(len(_LABELS)):
        names = [claim for claim, row in first.items() if truth[row] == label]
        for place, number in enumerate(generator.permutation(len(names))):
            fold_of[names[number]] = place % FOLDS
    return np.array([fold_of[claim] for claim in claims])


def outcome_of(lenient: Verdict, supporting: Verdict, current: Verdict) -> Outcome:
    """What the label of a claim depends on, read from three verdicts of the same pipeline.

    Args:
        lenient: with both thresholds at 0: contested when there is any evidence against.
        supporting: with `supported` at 0 and `contested` out of reach: supported when the policy
            accepts the evidence for.
        current: with the thresholds in force.
    """
    parts = (
        tuple(map(outcome_of, lenient.parts, supporting.parts, current.parts))
        if len(lenient.parts) == len(supporting.parts) == len(current.parts)
        else ()
    )
    return Outcome(
        supported=current.probabilities.supported,
        contested=current.probabilities.contested,
        may_support=supporting.label is Label.SUPPORTED,
        may_contest=lenient.label is Label.CONTESTED,
        parts=parts,
    )


def pinned(outcome: Outcome, label: Label, thresholds: Mapping[str, float]) -> Outcome:
    """The outcome, fixed to the pipeline's label when the thresholds alone do not explain it."""
    from dataclasses import replace

    explained = outcome.label(thresholds["supported"], thresholds["contested"])
    return outcome if explained is label else replace(outcome, fixed=label)


def probing_thresholds(current: Mapping[str, float]) -> tuple[dict[str, float], ...]:
    """The thresholds of the three runs that `outcome_of` reads, in its order."""
    return (
        {**current, "supported": 0.0, "contested": 0.0},
        {**current, "supported": 0.0, "contested": _NEVER},
        dict(current),
    )


class Remembering:
    """A model that computes every input only once, for runs that differ in thresholds only."""

    def __init__(self, model: Any, method: str) -> None:
        self._model = model
        self._method = method
        self._known: dict[Any, Any] = {}
        setattr(self, method, self._answer)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._model, name)

    def _answer(self, inputs: Sequence[Any]) -> Any:
        new = [item for item in dict.fromkeys(inputs) if item not in self._known]
        if new:
            self._known.update(zip(new, getattr(self._model, self._method)(new), strict=True))
        if not inputs:
            return getattr(self._model, self._method)(inputs)
        return np.stack([self._known[item] for item in inputs])


def count_left_out(verdicts: Iterable[Verdict]) -> Counter[str]:
    """Why some verdicts are no examples."""
    return Counter(reason for reason in map(reason_left_out, verdicts) if reason)


def reason_left_out(verdict: Verdict) -> str | None:
    """Why a verdict says nothing about thresholds; None when it does."""
    if verdict.label is None:
        return "not checked"
    return "quotations, which their words decide" if verdict.quote is not None else None


def config_values(result: Calibrated) -> Iterator[tuple[str, float]]:
    """The settings that the result stands for."""
    for name in result.fitted:
        yield f"thresholds.{name}", result.new[name]
