# SPDX-License-Identifier: GPL-3.0-or-later
"""Slow work: one thread owns the store, and what it found arrives on the user's thread."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

Found = TypeVar("Found")
Failed = Callable[[BaseException], object]


@dataclass(frozen=True, slots=True)
class _Job:
    """Who asked and who wants to hear of it."""

    owner: QObject
    done: Callable[[Any], object] | None
    failed: Failed


class Background(QObject):
    """Runs jobs one after the other, so that nothing can overtake a write.

    What needs no store and takes long, such as drawing a page for the printer, has another thread.
    """

    idle = Signal()
    """No job waits any more."""
    _finished = Signal(object, object)

    def __init__(self, failed: Failed, parent: QObject | None = None) -> None:
        """`failed` is told of every error that a caller does not want itself."""
        super().__init__(parent)
        self._failed = failed
        self._undelivered: set[Future[Any]] = set()
        self._errands: set[Future[Any]] = set()
        """Those of the other thread."""
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="store")
        self._beside = ThreadPoolExecutor(max_workers=1, thread_name_prefix="beside")
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        return bool(self._undelivered)

    def start(
        self,
        open_session: Callable[[], Found],
        done: Callable[[Found], object],
        failed: Failed | None = None,
    ) -> None:
        """Opens the session on the store's thread, which is the only one that may use it."""
        self.run(self, open_session, done, failed)

    def run(
        self,
        owner: QObject,
        work: Callable[[], Found],
        done: Callable[[Found], object] | None = None,
        failed: Failed | None = None,
    ) -> None:
        """Does `work` on the store's thread, after all that was asked before.

        `done` gets the result on the user's thread, unless `owner` was deleted meanwhile. An
        error goes to `failed`, or to the one place for errors.
        """
        self._expect(self._executor.submit(work), _Job(owner, done, failed or self._failed))

    def run_beside(
        self,
        owner: QObject,
        work: Callable[[], Found],
        done: Callable[[Found], object] | None = None,
        failed: Failed | None = None,
    ) -> None:
        """As `run`, on a thread that holds up no record; `work` must not touch the session."""
        future = self._beside.submit(work)
        self._errands.add(future)
        self._expect(future, _Job(owner, done, failed or self._failed))

    def _expect(self, future: "Future[Any]", job: _Job) -> None:
        self._undelivered.add(future)
        future.add_done_callback(partial(self._finished.emit, job))

    def stop(self, seconds: float | None = None) -> list[BaseException]:
        """Finishes what was asked for and takes no more; gives what failed and nobody heard of.

        What takes longer than `seconds` is left alone and counts as TimeoutError. Only work for
        the store is given: a page that was not printed is not a record that was not kept.
        """
        done, left = wait(self._undelivered, timeout=seconds)
        for executor in (self._executor, self._beside):
            executor.shutdown(wait=not left)
        errors = (future.exception() for future in done - self._errands)
        late = [TimeoutError()] if left - self._errands else []
        return [error for error in errors if error is not None] + late

    def _deliver(self, job: _Job, future: "Future[Any]") -> None:
        self._undelivered.discard(future)
        self._errands.discard(future)
        error = future.exception()
        if error is not None:
            # A write that failed is told even when its screen has gone.
            job.failed(error)
        elif job.done is not None and shiboken6.isValid(job.owner):
            job.done(future.result())
        if not self._undelivered:
            self.idle.emit()
