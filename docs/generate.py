"""Write the reference pages that are made from the code.

python docs/generate.py            # writes docs/cli.md, docs/configuration.md, docs/errors.md
python docs/generate.py --check    # exit 1 when a page is out of step
"""

from __future__ import annotations

import inspect
import sys
from pathlib import Path

DOCS = Path(__file__).resolve().parent
sys.path.insert(0, str(DOCS.parent))


def cli_page() -> str:
    """Every command with its help, as the command line prints it."""
    import click

    from factcheck.cli import COMMANDS, cli

    parts = ["# Command line\n\nGenerated from the code by `docs/generate.py`.\n"]
    context = click.Context(cli, info_name="factcheck", max_content_width=100, terminal_width=100)
    parts.append(f"```\n{cli.get_help(context).rstrip()}\n```\n")
    for name, _, _ in COMMANDS:
        command = cli.get_command(context, name)
        assert command is not None
        inner = click.Context(
            command,
            info_name=name,
            parent=context,
            max_content_width=100,
            terminal_width=100,
        )
        parts.append(f"## factcheck {name}\n\n```\n{command.get_help(inner).rstrip()}\n```\n")
        for sub in getattr(command, "commands", {}).values():
            below = click.Context(
                sub, info_name=sub.name, parent=inner, max_content_width=100, terminal_width=100
            )
            title = f"## factcheck {name} {sub.name}"
            parts.append(f"{title}\n\n```\n{sub.get_help(below).rstrip()}\n```\n")
    return "\n".join(parts)


def configuration_page() -> str:
    """The table of settings."""
    from factcheck.settings import SETTINGS

    lines = [
        "# Configuration",
        "",
        "Generated from the code by `docs/generate.py`.",
        "",
        "`factcheck.yaml`, or `[tool.factcheck]` in `pyproject.toml`, is found upwards from the",
        "working folder. Defaults are overruled by the file, the file by `FACTCHECK_*` variables,",
        "those by flags. Paths in a file are meant from that file. An unknown name is refused with",
        "the nearest known one, and so is a file named `factcheck.yml` or `.factcheck.yaml`. A",
        "variable that is empty counts as not set. `factcheck config` prints every value and where",
        "it came from.",
        "",
        "| setting | default | variable | meaning |",
        "|---|---|---|---|",
    ]
    for setting in SETTINGS:
        default = setting.default
        shown = ", ".join(default) if isinstance(default, tuple) else default
        text = str(shown).lower() if isinstance(shown, bool) else str(shown)
        text = "–" if shown in (None, "") else text
        choices = f" ({', '.join(setting.choices)})" if setting.choices else ""
        lines.append(
            f"| `{setting.name}` | {text} | `{setting.variable}` | {setting.help}{choices} |"
        )
    return "\n".join(lines) + "\n"


def errors_page() -> str:
    """The error tree and the exit codes."""
    from factcheck import errors

    tree = inspect.getdoc(errors) or ""
    return (
        "# Errors and exit codes\n\nGenerated from the code by `docs/generate.py`.\n\n"
        "Every message names what is wrong, the place, and what to do next.\n\n"
        f"```\n{tree}\n```\n\n"
        "| exit code | meaning |\n|---|---|\n"
        "| 0 | the gate passed |\n| 1 | the gate failed |\n"
        "| 2 | bad input or usage |\n| 3 | index, model, disk |\n"
        "| 70 | a bug; set `FACTCHECK_TRACEBACK=1` for the details |\n"
        "| 130 | interrupted |\n"
    )


PAGES = {
    "cli.md": cli_page,
    "configuration.md": configuration_page,
    "errors.md": errors_page,
}


def main() -> int:
    """Write or check the pages."""
    stale = []
    for name, make in PAGES.items():
        path, text = DOCS / name, make()
        if "--check" in sys.argv:
            if not path.exists() or path.read_text(encoding="utf-8") != text:
                stale.append(name)
        else:
            path.write_text(text, encoding="utf-8")
            print(f"wrote docs/{name}")
    if stale:
        print("out of step, run `python docs/generate.py`: " + ", ".join(stale))
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
