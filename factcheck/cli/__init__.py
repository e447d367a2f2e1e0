"""The command line: click lives here and nowhere else.

Commands are imported when they are called, so that `factcheck --help` costs next to nothing.
"""

from __future__ import annotations

import importlib
import os
import sys
from contextlib import suppress
from pathlib import Path

import click

from factcheck import __version__

# Name, module, one line for the list of commands.
COMMANDS: tuple[tuple[str, str, str], ...] = (
    ("init", "init", "Start a project: claims.yaml, corpus/ and factcheck.yaml."),
    ("index", "index", "Build or update the index of the source base."),
    ("verify", "verify", "Verify claims files against the source base."),
    ("check", "check", "Verify the claims and quotations of drafts."),
    ("claims", "claims", "Write the claims of a draft as a claims file."),
    ("ask", "ask", "Verify one claim from the command line."),
    ("quote", "quote", "Check one quotation word by word."),
    ("search", "search", "Show the passages that match a text, with scores."),
    ("sources", "sources", "List sources, origins, dates and problems."),
    ("report", "report", "Render a saved JSON report in another format, or check it again."),
    ("diff", "diff", "Show which verdicts changed between two saved reports, and why."),
    ("eval", "evaluate", "Measure accuracy on labelled data."),
    ("calibrate", "calibrate", "Fit the thresholds to claims that you have labelled."),
    ("models", "models", "Show the models in use, or export another one."),
    ("config", "config", "Show every setting and where it comes from."),
)
INTERRUPTED_EXIT = 130


class LazyGroup(click.Group):
    """A group that knows its commands by name and imports one only to run it."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [name for name, _, _ in COMMANDS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        for name, module, _ in COMMANDS:
            if name == cmd_name:
                loaded = importlib.import_module(f"factcheck.cli.{module}")
                command: click.Command = loaded.command
                return command
        return None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, summary) for name, _, summary in COMMANDS])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0] if args else ""
        if name and not name.startswith("-") and self.get_command(ctx, name) is None:
            from factcheck.errors import UsageError
            from factcheck.nearest import unknown_name_hint

            raise UsageError(
                f"there is no command `{name}`",
                hint=unknown_name_hint(name, self.list_commands(ctx)),
            )
        return super().resolve_command(ctx, args)


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"]},
    invoke_without_command=True,
    subcommand_metavar="COMMAND [ARGS]...",
)
@click.version_option(__version__, prog_name="factcheck")
@click.pass_context
def cli(context: click.Context) -> None:
    """Score claims against your own source base, offline.

    Every claim is labelled supported, contested or unsupported, with the evidence attached.

    \b
    Example:
      factcheck verify claims.yaml
    """
    if context.invoked_subcommand is None:
        _say(context.get_help())
        context.exit(2)


def main(args: list[str] | None = None) -> None:
    """Run the command line and exit with the documented code."""
    sys.exit(run(args))


def run(args: list[str] | None = None) -> int:
    """Run the command line.

    Returns:
        0 the gate passed, 1 it failed, 2 bad input or usage, 3 environment, 70 a bug,
        130 interrupted.
    """
    from factcheck.errors import FactcheckError

    _go_offline()
    _replace_closed_streams()
    try:
        result = cli.main(args=args, prog_name="factcheck", standalone_mode=False)
        return result if isinstance(result, int) else 0
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.ClickException as error:
        _say(f"error[FC101]: {error.format_message()}")
        context = getattr(error, "ctx", None)
        if context is not None:
            _say(f"hint: see `{context.command_path} --help`")
        return 2
    except FactcheckError as error:
        _say(error.render())
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        _say("stopped; what was written before is whole, the index is as it was")
        return INTERRUPTED_EXIT
    except BrokenPipeError:
        # The reader of our output has gone away. Nobody saw the whole report, so that it must not
        # count as a gate that was passed; click ends with the same code.
        _drop_output()
        return 1
    except (OSError, MemoryError) as error:
        _drop_output()
        return _machine_fault(error)
    except Exception as error:
        return _bug(error)


def _drop_output() -> None:
    """Leave nothing on stdout that Python would try to write, and complain about, at exit."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _machine_fault(error: OSError | MemoryError) -> int:
    from factcheck.errors import StorageError

    if isinstance(error, MemoryError):
        fault = StorageError(
            "there is not enough memory",
            hint="end other programs, or verify fewer claims at once",
            code="FC531",
        )
    else:
        fault = StorageError(
            f"the system refused an operation: {error.strerror or error}",
            where=error.filename if isinstance(error.filename, str) else None,
            hint="check the free space and the permissions",
        )
    _say(fault.render())
    return fault.exit_code


def _bug(error: Exception) -> int:
    if os.environ.get("FACTCHECK_TRACEBACK"):
        import traceback

        traceback.print_exc()
    _say(f"error[FC700]: internal error: {type(error).__name__}: {error}")
    _say("hint: this is a bug; set FACTCHECK_TRACEBACK=1 for the details and report it")
    return 70


def _go_offline() -> None:
    """Nothing may reach for a network, whatever library is loaded later."""
    for name in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_DATASETS_OFFLINE"):
        os.environ[name] = "1"
    for name in ("HF_HUB_DISABLE_TELEMETRY", "DO_NOT_TRACK", "ORT_DISABLE_TELEMETRY"):
        os.environ[name] = "1"
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")


def _replace_closed_streams() -> None:
    """Let what is written to a closed standard stream vanish.

    Their numbers are taken too: else the next file that is opened gets one, and what a library
    prints would end up in it. Standard input stays None, so that reading it can be refused.
    """
    if sys.stdin is None:
        os.open(os.devnull, os.O_RDONLY)
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115


def _say(text: str) -> None:
    click.echo(text, err=True)
