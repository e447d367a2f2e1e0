"""Processes that make verdicts side by side, each with models and an open index of its own.

A batch of claims is judged the same in every process, so that only the time depends on how many
there are. The parent reads claims, knows the cache and writes; the processes only judge.
"""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Sequence
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING, Any

from factcheck.config import Config
from factcheck.errors import EnvironmentFailure
from factcheck.records import Claim, Verdict

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

_PATIENCE_S = 2.0


class Workers:
    """A fixed number of processes that judge batches of claims.

    Args:
        config: the settings; without `threads` the cores are shared out among the processes.
        count: how many processes, at least 1.
    """

    def __init__(self, config: Config, count: int) -> None:
        self._processes: dict[Connection, SpawnProcess] = {}
        self._idle: list[Connection] = []
        self._busy: dict[Connection, int] = {}
        self._waiting: deque[tuple[int, Sequence[Claim]]] = deque()
        self._done: dict[int, list[Verdict] | BaseException] = {}
        self._tickets = 0
        config = config.with_values({"threads": threads_each(config["threads"], count)}, "jobs")
        # A fork of a process with threads of a model runtime would hang; a new one is clean.
        context = get_context("spawn")
        for _ in range(count):
            ours, theirs = context.Pipe()
            process = context.Process(target=_work, args=(theirs, config), daemon=True)
            process.start()
            theirs.close()
            self._processes[ours] = process
            self._idle.append(ours)

    def submit(self, claims: Sequence[Claim]) -> int:
        """Hand over a batch; returns the ticket that its verdicts are asked for with."""
        self._tickets += 1
        self._waiting.append((self._tickets, claims))
        self._feed()
        return self._tickets

    def result(self, ticket: int) -> list[Verdict]:
        """The verdicts of a batch, in the order of its claims.

        Raises:
            EnvironmentFailure: a process was ended from outside, or the machine is at fault.
        """
        while ticket not in self._done:
            for connection in wait(list(self._busy)):
                assert isinstance(connection, Connection)
                self._receive(connection)
            self._feed()
        outcome = self._done.pop(ticket)
        if isinstance(outcome, BaseException):
            raise outcome
        return outcome

    def close(self) -> None:
        """End all processes; what they are judging just now is lost."""
        for connection, process in self._processes.items():
            connection.close()
            process.terminate()
        for process in self._processes.values():
            process.join(_PATIENCE_S)
            if process.is_alive():
                process.kill()
                process.join()
            process.close()
        self._processes.clear()

    def _feed(self) -> None:
        while self._idle and self._waiting:
            ticket, claims = self._waiting.popleft()
            connection = self._idle.pop()
            self._busy[connection] = ticket
            try:
                connection.send(claims)
            except OSError:
                raise _ended(self._processes[connection]) from None

    def _receive(self, connection: Connection) -> None:
        try:
            outcome = connection.recv()
        except (EOFError, OSError):
            raise _ended(self._processes[connection]) from None
        self._done[self._busy.pop(connection)] = outcome
        self._idle.append(connection)


def threads_each(threads: int, count: int) -> int:
    """Threads of one process: those asked for, or its share of the cores."""
    from factcheck.models.batching import count_threads

    return threads or max(1, count_threads(None) // count)


def _ended(process: SpawnProcess) -> EnvironmentFailure:
    process.join(_PATIENCE_S)
    return EnvironmentFailure(
        f"a process that verifies claims has ended unexpectedly (exit code {process.exitcode})",
        hint="it may have run out of memory; run again with fewer --jobs",
    )


def _work(connection: Connection, config: Config) -> None:
    """What a process does until its parent closes the connection or ends it."""
    # Ctrl-C reaches the whole group; the parent decides and ends this process.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    opened: tuple[Any, Any] | None = None
    while True:
        try:
            claims = connection.recv()
        except (EOFError, OSError):
            return
        try:
            opened = opened or _open(config)
            outcome: Any = _judge(claims, opened, config)
        except Exception as error:
            outcome = error
        try:
            connection.send(outcome)
        except (OSError, BrokenPipeError):
            return


def _open(config: Config) -> tuple[Any, Any]:
    from factcheck.pipeline import load_models, open_index

    models = load_models(config)
    # The parent has just brought the index up to date.
    return models, open_index(config, models, locked=True)


def _judge(claims: Sequence[Claim], opened: tuple[Any, Any], config: Config) -> list[Verdict]:
    from factcheck.pipeline import iter_verdicts

    models, index = opened
    return list(iter_verdicts(claims, index, models=models, config=config))
