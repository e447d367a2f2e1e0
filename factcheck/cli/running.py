"""Claims through a session, with a bar on stderr and what the user must hear."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack

from factcheck.cli.options import Run
from factcheck.records import Claim, Report, Verdict
from factcheck.run_report import assemble_report
from factcheck.session import Session


def open_session(run: Run) -> Session:
    """A session that opens index and models through the run, with bars and warnings."""
    return Session(run.config, run.open_index, lambda: run.models, strict=run.strict)


def with_progress(
    run: Run, session: Session, verdicts: Iterable[Verdict], total: int
) -> Iterator[Verdict]:
    """The same verdicts, counted on a bar as soon as they are more than reading the cache."""
    with ExitStack() as stack:
        progress = None
        for number, verdict in enumerate(verdicts, start=1):
            yield verdict
            if session.opened and progress is None and not run.quiet and sys.stderr.isatty():
                from factcheck.cli.progress import claim_progress

                progress = stack.enter_context(claim_progress(total, run.quiet))
            if progress is not None:
                progress(number)


def report_of(
    run: Run, session: Session, claims: Sequence[Claim], failures: Sequence[Verdict] = ()
) -> Report:
    """Check the claims, with a bar on stderr, and put the report together."""
    verdicts = list(with_progress(run, session, session.verdicts(claims), len(claims)))
    facts = session.facts()
    say_session(run, session)
    return assemble_report(
        verdicts, models=facts.models, corpus=facts.corpus, config=run.config, failures=failures
    )


def verify_with_progress(run: Run, claims: Sequence[Claim]) -> Report:
    """Check the claims against the source base of a run."""
    with open_session(run) as session:
        return report_of(run, session, claims)


def say_session(run: Run, session: Session) -> None:
    """Name the problems of the source base, unless opening the index has done it already, and those
    of claims that may use no source."""
    if not session.opened:
        run.say_problems(session.facts().corpus.problems)
    run.say_problems(session.problems())
    if run.verbose:
        run.say(f"{session.from_cache} verdicts from the cache, {session.made} made")
