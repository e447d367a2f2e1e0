"""Settings and where each one came from.

Rising precedence: defaults, `factcheck.yaml` or `[tool.factcheck]` in `pyproject.toml` (the nearest
one upwards from the working folder), `FACTCHECK_*` environment variables, command-line flags.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from factcheck.errors import ConfigError, InputErrors, Where
from factcheck.nearest import unknown_name_hint
from factcheck.settings import SETTINGS, SETTINGS_BY_NAME, check_value
from factcheck.yaml_lines import Lined, load_yaml_with_lines

CONFIG_FILE = "factcheck.yaml"


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
        environment: `os.environ` by default.
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
    """The nearest configuration file at or above a folder, or None."""
    for folder in (start, *start.parents):
        candidate = folder / CONFIG_FILE
        if candidate.is_file():
            return candidate
        project = folder / "pyproject.toml"
        if project.is_file() and _toml_table(project) is not None:
            return project
    return None


def _merge_file(config: Config, path: Path) -> Config:
    if path.suffix == ".toml":
        entries = _toml_entries(path)
    else:
        entries = _yaml_entries(path)
    values, origins, errors = dict(config.values), dict(config.origins), []
    for name, value, where in entries:
        try:
            values[name] = check_value(name, value, where)
            if SETTINGS_BY_NAME[name].kind == "path" and values[name] is not None:
                # A path in a file is meant from that file, not from the working folder.
                values[name] = os.path.normpath(path.parent / values[name])
            origins[name] = str(where)
        except ConfigError as error:
            errors.append(error)
    if errors:
        raise errors[0] if len(errors) == 1 else InputErrors(list(errors))
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


def _yaml_entries(path: Path) -> list[tuple[str, Any, Where]]:
    document = load_yaml_with_lines(_read_text(path), path, error=ConfigError)
    if document is None or document.value is None:
        return []
    if not isinstance(document.value, dict):
        raise ConfigError(
            "the configuration must be `name: value` lines", where=Where(str(path), document.line)
        )
    return list(_flatten_lined("", document, str(path)))


def _flatten_lined(prefix: str, node: Lined, path: str) -> list[tuple[str, Any, Where]]:
    entries: list[tuple[str, Any, Where]] = []
    for key, item in node.value.items():
        name = f"{prefix}{key}"
        where = Where(path, item.key_line, item.key_column)
        is_group = any(known.startswith(name + ".") for known in SETTINGS_BY_NAME)
        if isinstance(item.value, dict) and is_group:
            entries.extend(_flatten_lined(name + ".", item, path))
            continue
        if isinstance(item.value, dict) and name not in SETTINGS_BY_NAME:
            groups = {known.split(".")[0] for known in SETTINGS_BY_NAME if "." in known}
            raise ConfigError(
                f"unknown setting `{name}`",
                where=where,
                hint=unknown_name_hint(name, [*groups, *SETTINGS_BY_NAME]),
            )
        entries.append((name, item.plain(), where))
    return entries


def _toml_table(path: Path) -> dict[str, Any] | None:
    try:
        with path.open("rb") as file:
            tools = tomllib.load(file).get("tool")
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError):
        return None
    table = tools.get("factcheck") if isinstance(tools, dict) else None
    return table if isinstance(table, dict) else None


def _toml_entries(path: Path) -> list[tuple[str, Any, Where]]:
    entries: list[tuple[str, Any, Where]] = []

    def flatten(prefix: str, table: Mapping[str, Any]) -> None:
        for key, value in table.items():
            name = f"{prefix}{key}"
            if isinstance(value, dict) and name not in SETTINGS_BY_NAME:
                flatten(name + ".", value)
            else:
                entries.append((name, value, Where(str(path))))

    flatten("", _toml_table(path) or {})
    return entries


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
