"""The table of settings: names, types, defaults, limits, meaning; the reference is made from it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from factcheck.errors import ConfigError, PlaceOf, Where, raise_input_errors
from factcheck.nearest import unknown_name_hint
from factcheck.waivers import check_waivers

FAIL_ON_RULES = ("contested", "unsupported", "altered", "expect", "failed", "none")


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its dotted name, type, default and meaning.

    Args:
        kind: "text", "path", "int", "float", "bool", "texts" (a list of texts), "rules" (tag to
            rules) or "waivers"; the last two are JSON in an environment variable.
        low, high: inclusive limits of a number.
        choices: the allowed texts, for "text" and "texts".
    """

    name: str
    kind: str
    default: Any
    help: str
    low: float | None = None
    high: float | None = None
    choices: tuple[str, ...] = ()

    @property
    def variable(self) -> str:
        """Name of the environment variable."""
        return "FACTCHECK_" + self.name.upper().replace(".", "_")


SETTINGS: tuple[Setting, ...] = (
    Setting("corpus", "path", "corpus", "folder of the source base"),
    Setting("index", "path", None, "folder of the index; default: `.factcheck/` beside the corpus"),
    Setting(
        "fail_on",
        "texts",
        ("expect", "altered"),
        "what fails the gate (exit code 1)",
        choices=FAIL_ON_RULES,
    ),
    Setting(
        "gate.tags",
        "rules",
        {},
        "rules on top of `fail_on` for claims with a tag, as `{casualties: [contested]}`;"
        " `none` lifts `fail_on` for them",
        choices=FAIL_ON_RULES,
    ),
    Setting(
        "gate.baseline", "path", None, "file of known findings; only findings that are new fail"
    ),
    Setting("gate.allow_empty", "bool", False, "a run that finds no claims passes"),
    Setting(
        "waivers",
        "waivers",
        (),
        "accepted findings, each with claim, evidence, rule, reason, by and until",
    ),
    Setting("cache", "bool", True, "keep verdicts beside the index and use them again"),
    Setting("threads", "int", 0, "threads for the models; 0 means one per core", low=0, high=256),
    Setting(
        "jobs",
        "int",
        1,
        "processes that verify claims side by side, each with its own copy of the models;"
        " `threads` then counts for each",
        low=1,
        high=64,
    ),
    Setting("models.encoder", "text", None, "name or folder of another sentence encoder"),
    Setting("models.verifier", "text", None, "name or folder of another cross-encoder"),
    Setting(
        "decompose",
        "bool",
        True,
        "check the statements of a compound claim one by one; the whole is as weak as the weakest",
    ),
    Setting(
        "retrieval.passages",
        "int",
        12,
        "passages that are read for each claim",
        low=1,
        high=200,
    ),
    Setting(
        "retrieval.candidates",
        "int",
        60,
        "passages taken from each ranking before they are fused",
        low=1,
        high=2000,
    ),
    Setting(
        "retrieval.per_source",
        "int",
        4,
        "at most this many passages of one source (with its copies) are read for a claim",
        low=1,
        high=200,
    ),
    Setting(
        "policy.min_independent",
        "int",
        1,
        "independent origins that must support a claim before it is called supported",
        low=1,
        high=20,
    ),
    Setting(
        "policy.require_primary",
        "bool",
        False,
        "a claim is supported only if a source of kind `primary` supports it",
    ),
    Setting(
        "policy.prefer_newer",
        "bool",
        False,
        "a newer source of the same publisher overrules its older one on the same claim",
    ),
    Setting(
        "policy.distrust",
        "texts",
        (),
        "globs over source ids, paths and publishers whose support alone is not enough",
    ),
    Setting(
        "policy.min_reliability",
        "float",
        0.0,
        "sources whose stated reliability is lower are not used",
        low=0.0,
        high=1.0,
    ),
    Setting(
        "thresholds.supported",
        "float",
        None,
        "least probability of `supported`; default: beside the weights",
        low=0.0,
        high=1.0,
    ),
    Setting(
        "thresholds.contested",
        "float",
        None,
        "least probability of `contested`; default: beside the weights",
        low=0.0,
        high=1.0,
    ),
)
SETTINGS_BY_NAME = {setting.name: setting for setting in SETTINGS}


# First parts of dotted names: in a file, a block of settings.
GROUPS = tuple(dict.fromkeys(s.name.split(".")[0] for s in SETTINGS if "." in s.name))


def check_value(name: str, value: Any, where: Where | str | PlaceOf | None = None) -> Any:
    """Check one value against its setting and bring it into the setting's type.

    Args:
        name: dotted name of the setting.
        value: a text from the environment, or a value from YAML, TOML or a flag.
        where: named in the message; a function gives each part of the value its own place.

    Raises:
        ConfigError: unknown name, wrong type, out of range or not one of the choices.
        InputErrors: several parts of the value are wrong.
    """
    place_of = where if callable(where) else lambda *_: where
    setting = SETTINGS_BY_NAME.get(name)
    if setting is None:
        known = [*GROUPS, *SETTINGS_BY_NAME] if isinstance(value, Mapping) else SETTINGS_BY_NAME
        raise ConfigError(
            f"unknown setting `{name}`", where=place_of(), hint=unknown_name_hint(name, known)
        )
    if value is None and setting.default is None:
        return None
    try:
        if setting.kind == "waivers":
            return check_waivers(value, place_of)
        converted = _CONVERTERS[setting.kind](value)
    except (TypeError, ValueError) as error:
        wanted = _KIND_NAMES[setting.kind]
        steps = error.steps if isinstance(error, _WrongPart) else ()
        raise ConfigError(
            f"`{name}` must be {wanted}, not {value!r}", where=place_of(*steps), hint=setting.help
        ) from None
    if name == "fail_on" and isinstance(value, str) and not converted:
        raise ConfigError(
            "`fail_on` is empty", where=place_of(), hint="write `none` to switch the gate off"
        )
    _check_limits(setting, converted, place_of)
    return converted


def _check_limits(setting: Setting, value: Any, place_of: PlaceOf) -> None:
    if setting.low is not None and not setting.low <= value <= (setting.high or value):
        raise ConfigError(
            f"`{setting.name}` must lie between {setting.low:g} and {setting.high:g}, not {value}",
            where=place_of(),
            hint=setting.help,
        )
    if setting.choices:
        errors = [
            ConfigError(
                f"`{setting.name}` cannot be `{item}`",
                where=place_of(*steps),
                hint=unknown_name_hint(item, setting.choices),
            )
            for steps, item in _items(value)
            if item not in setting.choices
        ]
        raise_input_errors(errors)


def _items(value: Any) -> list[tuple[tuple[str | int, ...], str]]:
    """Every text of a value, with the keys and positions that lead to it."""
    if isinstance(value, dict):
        return [((key, *steps), text) for key in value for steps, text in _items(value[key])]
    if isinstance(value, tuple):
        return [((position,), text) for position, text in enumerate(value)]
    return [((), value)]


class _WrongPart(ValueError):
    """A part of a value is of the wrong type; `steps` lead to it."""

    def __init__(self, *steps: str | int) -> None:
        super().__init__()
        self.steps = steps


def _to_text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError
    return value.strip()


def _to_int(value: Any) -> int:
    if isinstance(value, (bool, float)):
        raise TypeError
    return int(value)


def _to_float(value: Any) -> float:
    if isinstance(value, bool):
        raise TypeError
    number = float(value)
    if number != number:
        raise ValueError
    return number


def _to_bool(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    word = str(value).strip().lower()
    if word in ("1", "true", "yes", "on"):
        return True
    if word in ("0", "false", "no", "off"):
        return False
    raise ValueError


def _to_texts(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        value = [part for part in value.split(",") if part.strip()]
    if not isinstance(value, Sequence):
        raise TypeError
    texts = []
    for position, item in enumerate(value):
        try:
            texts.append(_to_text(item))
        except ValueError:
            raise _WrongPart(position) from None
    return tuple(texts)


def _to_rules(value: Any) -> dict[str, tuple[str, ...]]:
    if isinstance(value, str):
        value = json.loads(value)
    if not isinstance(value, Mapping):
        raise TypeError
    checked = {}
    for tag, rules in sorted(value.items()):
        try:
            checked[_to_text(tag)] = _to_texts(rules)
        except (TypeError, ValueError) as error:
            inner = error.steps if isinstance(error, _WrongPart) else ()
            raise _WrongPart(tag, *inner) from None
    return checked


_CONVERTERS = {
    "text": _to_text,
    "path": _to_text,
    "int": _to_int,
    "float": _to_float,
    "bool": _to_bool,
    "texts": _to_texts,
    "rules": _to_rules,
}
_KIND_NAMES = {
    "text": "a text",
    "path": "a path",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "texts": "a list of texts",
    "rules": "tags with their rules",
}
