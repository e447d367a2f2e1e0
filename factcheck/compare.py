"""Two reports side by side: which verdicts changed, and why."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from factcheck.records import Evidence, Report, Stance, Verdict
from factcheck.report.encode import plain_value, verdict_object

# What stands where a claim has no verdict.
_NO_LABEL = "failed"
_SHOWN_WORDS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What happened to one claim.

    Args:
        kind: `added`, `removed`, `label` (another label), `details` (the same label with other
            numbers or evidence) or `same`.
        before, after: labels, `failed` for a claim that could not be checked; None on the side
            that does not have the claim.
        why: reasons, the most telling first.
    """

    claim_id: str
    claim: str
    kind: str
    before: str | None
    after: str | None
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What differs between two reports.

    Args:
        run: differences of tool, models, settings and source base.
        changes: one for each claim of either report, in the order of the new one, removed last.
    """

    run: tuple[str, ...] = ()
    changes: tuple[Change, ...] = field(default=())

    def of_kind(self, *kinds: str) -> list[Change]:
        """Changes of these kinds."""
        return [change for change in self.changes if change.kind in kinds]


def compare_reports(old: Report, new: Report) -> Comparison:
    """Compare two reports claim by claim.

    Claims are matched by id and words, then by words alone, then by id alone (a claim that was
    reworded).
    """
    pairs, removed = _match(old.verdicts, new.verdicts)
    changes = [_change(before, after) for before, after in pairs]
    changes += [
        Change(
            claim_id=verdict.claim.id,
            claim=verdict.claim.text,
            kind="removed",
            before=label_of(verdict),
            after=None,
        )
        for verdict in removed
    ]
    return Comparison(run=tuple(run_differences(old, new)), changes=tuple(changes))


def run_differences(old: Report, new: Report) -> list[str]:
    """How tool, models, settings and source base differ, in sentences."""
    found = []
    if old.tool_version != new.tool_version:
        found.append(f"factcheck {old.tool_version} became {new.tool_version}")
    before = {card.role: card for card in old.models}
    after = {card.role: card for card in new.models}
    for role in [*before, *(role for role in after if role not in before)]:
        a, b = before.get(role), after.get(role)
        if a is None or b is None:
            found.append(f"the {role} is {'new' if a is None else 'gone'}")
        elif a.name != b.name:
            found.append(f"the {role} {a.name} was replaced by {b.name}")
        elif a.sha256 != b.sha256:
            found.append(f"the {role} {a.name} was updated ({a.sha256[:8]} to {b.sha256[:8]})")
    found += _setting_differences(plain_value(old.config), plain_value(new.config))
    if old.corpus.sha256 != new.corpus.sha256:
        counts = ""
        if old.corpus.sources != new.corpus.sources:
            counts = f" ({old.corpus.sources} sources became {new.corpus.sources})"
        found.append(f"the source base was changed{counts}")
    return found


def label_of(verdict: Verdict) -> str:
    """The label as a word, `failed` when there is none."""
    return verdict.label.value if verdict.label is not None else _NO_LABEL


def differing_fields(old: Verdict, new: Verdict) -> list[str]:
    """Names of the fields of two verdicts that a report would show differently."""
    return _paths(verdict_object(old), verdict_object(new), "")


def comparison_text(comparison: Comparison, *, verbose: bool = False) -> str:
    """The comparison for a terminal."""
    lines = [f"* {line}" for line in comparison.run]
    kinds = ("label", "added", "removed", "details") if verbose else ("label", "added", "removed")
    for change in comparison.of_kind(*kinds):
        arrow = " -> ".join(label or "-" for label in (change.before, change.after))
        lines.append(f"{change.claim_id}: {change.claim}")
        lines.append(f"  {arrow}{'' if change.kind == 'label' else f' ({change.kind})'}")
        lines += [f"  because {reason}" for reason in change.why]
    counted = {kind: len(comparison.of_kind(kind)) for kind in _SUMMARY}
    lines.append(", ".join(f"{count} {_SUMMARY[kind]}" for kind, count in counted.items()))
    return "\n".join(lines) + "\n"


_SUMMARY = {
    "label": "changed label",
    "details": "changed only in evidence or numbers",
    "added": "added",
    "removed": "removed",
    "same": "the same",
}


def comparison_object(comparison: Comparison) -> dict[str, Any]:
    """The comparison as plain JSON values; claims without a change are only counted."""
    return {
        "run": list(comparison.run),
        "counts": {kind: len(comparison.of_kind(kind)) for kind in _SUMMARY},
        "changes": [
            {
                "claim_id": change.claim_id,
                "claim": change.claim,
                "kind": change.kind,
                "before": change.before,
                "after": change.after,
                "why": list(change.why),
            }
            for change in comparison.changes
            if change.kind != "same"
        ],
    }


def _match(
    old: Sequence[Verdict], new: Sequence[Verdict]
) -> tuple[list[tuple[Verdict | None, Verdict]], list[Verdict]]:
    keys: tuple[Callable[[Verdict], Hashable], ...] = (
        lambda v: (v.claim.id, v.claim.text, v.claim.quote),
        lambda v: (v.claim.text, v.claim.quote, v.claim.speaker),
        lambda v: v.claim.id,
    )
    partner: dict[int, Verdict] = {}
    taken: set[int] = set()
    for key in keys:
        waiting: dict[Hashable, list[int]] = {}
        for number, verdict in enumerate(old):
            if number not in taken:
                waiting.setdefault(key(verdict), []).append(number)
        for number, verdict in enumerate(new):
            same = waiting.get(key(verdict))
            if number not in partner and same:
                chosen = same.pop(0)
                taken.add(chosen)
                partner[number] = old[chosen]
    pairs = [(partner.get(number), verdict) for number, verdict in enumerate(new)]
    return pairs, [verdict for number, verdict in enumerate(old) if number not in taken]


def _change(before: Verdict | None, after: Verdict) -> Change:
    kind, why = "added", []
    if before is not None:
        fields = [name for name in differing_fields(before, after) if name not in _PLACE_FIELDS]
        kind = "same" if not fields else "details"
        if label_of(before) != label_of(after):
            kind = "label"
        why = _reasons(before, after, fields) if fields else []
    return Change(
        claim_id=after.claim.id,
        claim=after.claim.text,
        kind=kind,
        before=None if before is None else label_of(before),
        after=label_of(after),
        why=tuple(why),
    )


# Where the claim stands in its file says nothing about it.
_PLACE_FIELDS = frozenset({"claim_id", "location", "location.line", "location.column"}) | {
    "location.path"
}


def _reasons(before: Verdict, after: Verdict, fields: Sequence[str]) -> list[str]:
    found = []
    if (before.claim.text, before.claim.quote) != (after.claim.text, after.claim.quote):
        found.append("the claim was reworded")
    elif any(name in ("as_of", "speaker", "said_on") or "sources." in name for name in fields):
        found.append("the claim was given another speaker, date or choice of sources")
    if after.failure is not None:
        found.append(f"it could not be checked: {after.failure.message}")
    old_hashes = {item.source_id: item.source_sha256 for item in before.evidence}
    edited = {
        item.source_id
        for item in after.evidence
        if old_hashes.get(item.source_id, item.source_sha256) != item.source_sha256
    }
    found += [f"{source} was edited" for source in sorted(edited)]
    found += _evidence_reasons(before, after)
    old_status = before.quote.status.value if before.quote else None
    new_status = after.quote.status.value if after.quote else None
    if old_status != new_status:
        found.append(f"the quotation was {old_status or 'not looked at'} and is {new_status}")
    if not found:
        found.append("of other numbers: " + ", ".join(_short_list(fields)))
    return found


def _evidence_reasons(before: Verdict, after: Verdict) -> list[str]:
    old, new = _by_words(before), _by_words(after)
    found = []
    for key, item in new.items():
        earlier = old.get(key)
        if earlier is None and item.stance is not Stance.NEUTRAL:
            found.append(f"{item.source_id} now {item.stance.value} it: {_quoted(item)}")
        elif earlier is not None and earlier.stance is not item.stance:
            found.append(
                f"the same words of {item.source_id} were read as {earlier.stance.value} and are"
                f" read as {item.stance.value}: {_quoted(item)}"
            )
    for key, item in old.items():
        if key not in new and item.stance is not Stance.NEUTRAL:
            found.append(f"{item.source_id} no longer {item.stance.value} it: {_quoted(item)}")
    return found


def _by_words(verdict: Verdict) -> dict[tuple[str, str], Evidence]:
    return {(item.source_id, item.text): item for item in verdict.evidence}


def _quoted(item: Evidence) -> str:
    words = " ".join(item.text.split())
    return f'"{words if len(words) <= _SHOWN_WORDS else words[: _SHOWN_WORDS - 1] + "…"}"'


def _setting_differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    # A report of an older version does not name every setting; that is no difference of the runs.
    shared = [name for name in new if name in old]
    return [
        f"the setting {name} was {old[name]!r} and is {new[name]!r}"
        for name in shared
        if old[name] != new[name]
    ]


def _short_list(names: Sequence[str]) -> list[str]:
    return [*names[:6], f"and {len(names) - 6} more"] if len(names) > 6 else list(names)


def _paths(old: Any, new: Any, path: str) -> list[str]:
    if isinstance(old, dict) and isinstance(new, dict):
        found = []
        for key in [*old, *(key for key in new if key not in old)]:
            name = f"{path}.{key}" if path else key
            found += _paths(old.get(key), new.get(key), name)
        return found
    if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        found = []
        for number, (a, b) in enumerate(zip(old, new, strict=True)):
            found += _paths(a, b, f"{path}[{number}]")
        return found
    return [] if old == new else [path]
