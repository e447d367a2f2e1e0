"""Settings and where each one came from.

Rising precedence: defaults, `factcheck.yaml` or `[tool.factcheck]` in `pyproject.toml` (the nearest
one upwards from the working folder), `FACTCHECK_*` environment variables, command-line flags.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from factcheck.errors import (
    ConfigError,
    InputError,
    InputErrors,
    PlaceOf,
    Where,
    raise_input_errors,
)
from factcheck.nearest import unknown_name_hint
from factcheck.settings import GROUPS, SETTINGS, SETTINGS_BY_NAME, check_value
from factcheck.yaml_lines import Lined, load_yaml_with_lines

CONFIG_FILE = "factcheck.yaml"
# What people call it by mistake; refused, since settings that are not read might be missed late.
_WRONG_NAMES = ("factcheck.yml", ".factcheck.yaml", ".factcheck.yml")


@dataclass(frozen=True, slots=True)
class Config:
    """Every setting with its value and origin; look values up by dotted name."""

    values: Mapping[str, Any]
    origins: Mapping[str, str] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Any:
        return self.values[name]

    def with_values(self, changes: Mapping[str, Any], origin: str = "caller") -> Config:
        """A copy with some settings replaced; values are checked like those of a file."""
        checked = {name: check_value(name, value, origin) for name, value in changes.items()}
        return Config(
            values={**self.values, **checked},
            origins={**self.origins, **dict.fromkeys(checked, origin)},
        )


def default_config() -> Config:
    """The settings that hold when nothing is said."""
    return Config(
        values={setting.name: setting.default for setting in SETTINGS},
        origins={setting.name: "default" for setting in SETTINGS},
    )


def load_config(
    *,
    file: Path | None = None,
    start: Path | None = None,
    environment: Mapping[str, str] | None = None,
    flags: Mapping[str, Any] | None = None,
) -> Config:
    """Read the settings in force.

    Args:
        file: use this file instead of looking for one.
        start: folder from which to look upwards; the working folder by default.
        environment: `os.environ` by default; an empty variable counts as not set.
        flags: settings given on the command line; None values are left out.

    Raises:
        ConfigError: an unknown key or a wrong value, with the place and the nearest name.
        InputErrors: several of them.
    """
    config = default_config()
    path = file if file is not None else find_config_file(start or Path.cwd())
    if path is not None:
        config = _merge_file(config, path)
    config = _merge_environment(config, os.environ if environment is None else environment)
    given = {name: value for name, value in (flags or {}).items() if value is not None}
    return config.with_values(given, "flag") if given else config


def find_config_file(start: Path) -> Path | None:
    """The nearest configuration file at or above a folder, or None.

    Raises:
        ConfigError: a file with settings has a name that is not read, or is no TOML.
    """
    for folder in (start, *start.parents):
        candidate = folder / CONFIG_FILE
        if candidate.is_file():
            return candidate
        for name in _WRONG_NAMES:
            if (folder / name).is_file():
                raise ConfigError(
                    f"settings are not read from `{name}`",
                    where=folder / name,
                    hint=f"rename it to `{CONFIG_FILE}`",
                )
        project = folder / "pyproject.toml"
        if project.is_file() and _holds_settings(project):
            return project
    return None


def _holds_settings(project: Path) -> bool:
    """Whether a pyproject.toml has settings; what cannot be read counts if it speaks of them."""
    try:
        return _toml_table(project) is not None
    except ConfigError:
        with suppress(OSError):
            if b"tool.factcheck" in project.read_bytes():
                raise
        return False


# Name, value and place of a setting and of the parts of its value.
_Entry = tuple[str, Any, PlaceOf]


def _merge_file(config: Config, path: Path) -> Config:
    entries = _toml_entries(path) if path.suffix == ".toml" else _yaml_entries(path)
    values, origins = dict(config.values), dict(config.origins)
    errors: list[InputError] = []
    for name, value, place_of in entries:
        try:
            values[name] = check_value(name, value, place_of)
        except InputErrors as several:
            errors.extend(several.errors)
            continue
        except ConfigError as error:
            errors.append(error)
            continue
        if SETTINGS_BY_NAME[name].kind == "path" and values[name] is not None:
            # A path in a file is meant from that file, not from the working folder.
            values[name] = os.path.normpath(path.parent / values[name])
        origins[name] = str(place_of())
    raise_input_errors(errors)
    return Config(values=values, origins=origins)


def _read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise ConfigError("the file is not UTF-8", where=path, hint="save it as UTF-8") from None
    except OSError as error:
        raise ConfigError(
            f"the file cannot be read: {error.strerror or error}", where=path
        ) from None


def _yaml_entries(path: Path) -> list[_Entry]:
    document = load_yaml_with_lines(_read_text(path), path, error=ConfigError)
    if document is None or document.value is None:
        return []
    if not isinstance(document.value, dict):
        raise ConfigError(
            "the configuration must be `name: value` lines", where=Where(str(path), document.line)
        )
    return list(_flatten_lined("", document, str(path)))


def _flatten_lined(prefix: str, node: Lined, path: str) -> Iterator[_Entry]:
    for key, item in node.value.items():
        name = f"{prefix}{key}"
        if isinstance(item.value, dict) and name in GROUPS:
            yield from _flatten_lined(name + ".", item, path)
        else:
            yield name, item.plain(), partial(item.place, path)


def _toml_table(path: Path) -> dict[str, Any] | None:
    """`[tool.factcheck]` of a file, or None when there is none.

    Raises:
        ConfigError: the file cannot be read, or is no TOML.
    """
    text = _read_text(path)
    try:
        tools = tomllib.loads(text).get("tool")
    except tomllib.TOMLDecodeError as error:
        reason, line, column = _toml_error(error, text)
        raise ConfigError(
            f"this is not valid TOML: {reason}",
            where=Where(str(path), line, column),
            hint="check the quotes and brackets on this line and before it",
        ) from None
    table = tools.get("factcheck") if isinstance(tools, dict) else None
    if table is not None and not isinstance(table, dict):
        raise ConfigError(
            "`tool.factcheck` must be a table", where=path, hint="start it with [tool.factcheck]"
        )
    return table


def _toml_error(error: tomllib.TOMLDecodeError, text: str) -> tuple[str, int, int | None]:
    """Reason, line and column of a syntax error, which Python tells in one sentence."""
    found = re.fullmatch(r"(.*) \(at line (\d+), column (\d+)\)", str(error), re.DOTALL)
    if found is not None:
        return found[1], int(found[2]), int(found[3])
    reason = str(error).removesuffix(" (at end of document)")
    return reason, max(1, len(text.splitlines())), None


def _toml_entries(path: Path) -> list[_Entry]:
    table = _toml_table(path)
    if table is None:
        raise ConfigError(
            "the file has no table [tool.factcheck]",
            where=path,
            hint="write the settings below [tool.factcheck]",
        )
    return list(_flatten_toml("", table, Where(str(path))))


def _flatten_toml(prefix: str, table: Mapping[str, Any], where: Where) -> Iterator[_Entry]:
    for key, value in table.items():
        name = f"{prefix}{key}"
        if isinstance(value, dict) and name in GROUPS:
            yield from _flatten_toml(name + ".", value, where)
        else:
            yield name, value, lambda *_: where


# Read by other parts of the program or by the tests, not settings.
_OTHER_VARIABLES = frozenset(
    {
        "FACTCHECK_RESULTS",
        "FACTCHECK_SHARED",
        "FACTCHECK_SLOW",
        "FACTCHECK_TRACEBACK",
        "FACTCHECK_UPDATE_GOLDEN",
    }
)


def _merge_environment(config: Config, environment: Mapping[str, str]) -> Config:
    known = {setting.variable: setting.name for setting in SETTINGS}
    values, origins = dict(config.values), dict(config.origins)
    for variable in sorted(environment):
        if not variable.startswith("FACTCHECK_") or variable in _OTHER_VARIABLES:
            continue
        name = known.get(variable)
        if name is None:
            raise ConfigError(
                f"unknown environment variable {variable}",
                hint=unknown_variable_hint(variable, known),
            )
        if not environment[variable].strip():
            continue  # an empty variable counts as not set
        values[name] = check_value(name, environment[variable], variable)
        origins[name] = variable
    return Config(values=values, origins=origins)


def unknown_variable_hint(variable: str, known: Mapping[str, str]) -> str:
    """The nearest environment variable, as it has to be written."""
    lowered = {name.lower(): name for name in known}
    hint = unknown_name_hint(variable, lowered)
    for low, name in lowered.items():
        hint = hint.replace(f"`{low}`", f"`{name}`")
    return hint
