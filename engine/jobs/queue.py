"""Procrastinate on the product's own PostgreSQL: a job exists exactly when the command that deferred it stands."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable
from contextlib import suppress

import procrastinate
import psycopg
from procrastinate.exceptions import ProcrastinateException
from sqlalchemy import URL, Connection

from engine.jobs.connecting import conninfo

_log = logging.getLogger(__name__)
_QUEUE = "redress"
_DELIVER = "deliver"
#: A worker that gives no sign for so long is dead or stands still: what it was doing is done by another.
_STALLED_SECONDS = 15
_HEARTBEAT_SECONDS = 5
_RETRY = procrastinate.RetryStrategy(max_attempts=8, exponential_wait=4)


class JobQueue:
    """Defers jobs in a command's own transaction, and runs them in a thread of a worker process."""

    def __init__(self, url: URL, deliver: Callable[[], int]) -> None:
        self._conninfo = conninfo(url, "redress jobs")
        self._deliver = deliver
        # Deferring borrows the command's connection: this connector never opens one of its own.
        self._deferring = procrastinate.App(connector=procrastinate.SyncPsycopgConnector(conninfo=self._conninfo))
        self._loop: asyncio.AbstractEventLoop | None = None
        self._serving: asyncio.Task[None] | None = None
        self._stopping = threading.Event()

    def defer_delivery(self, connection: Connection) -> None:
        """One job that empties the outbox, kept or undone with the connection's transaction."""
        driver = connection.connection.driver_connection
        self._deferring.configure_task(_DELIVER, allow_unknown=True, queue=_QUEUE, connection=driver).defer()

    def run(self) -> None:
        """Do jobs until ``stop``, also through a time without the database."""
        while not self._stopping.is_set():
            try:
                with suppress(asyncio.CancelledError):
                    asyncio.run(self._serve())
            except (ProcrastinateException, psycopg.Error) as problem:
                _log.warning("the jobs could not reach the database: %s", problem.__cause__ or problem)
                self._stopping.wait(1.0)

    def start(self) -> threading.Thread:
        """Run in a thread that does not keep the process alive."""
        thread = threading.Thread(target=self.run, name="redress-jobs", daemon=True)
        thread.start()
        return thread

    def stop(self) -> None:
        """End ``run`` once the job in hand is done."""
        self._stopping.set()
        if self._loop is not None and self._serving is not None:
            # The loop may have ended by itself in this very moment.
            with suppress(RuntimeError):
                self._loop.call_soon_threadsafe(self._serving.cancel)

    async def _serve(self) -> None:
        app = self._app()
        async with app.open_async():
            self._loop, self._serving = asyncio.get_running_loop(), asyncio.current_task()
            if not self._stopping.is_set():
                await app.run_worker_async(
                    queues=[_QUEUE],
                    concurrency=2,
                    install_signal_handlers=False,
                    delete_jobs="successful",
                    update_heartbeat_interval=_HEARTBEAT_SECONDS,
                    stalled_worker_timeout=_STALLED_SECONDS,
                )

    def _app(self) -> procrastinate.App:
        app = procrastinate.App(connector=procrastinate.PsycopgConnector(conninfo=self._conninfo, min_size=1, max_size=4))

        async def rescue(timestamp: int) -> None:
            for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=_STALLED_SECONDS):
                _log.warning("job %s of a worker that is gone is done again", job.id)
                await app.job_manager.retry_job(job)

        app.task(name=_DELIVER, queue=_QUEUE, retry=_RETRY)(self._deliver)
        rescuing = app.task(name="rescue", queue=_QUEUE, queueing_lock="rescue")(rescue)
        app.periodic(cron=f"* * * * * */{_HEARTBEAT_SECONDS}")(rescuing)
        return app
