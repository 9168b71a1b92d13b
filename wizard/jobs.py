"""Long work beside the window: a plain function with ``progress`` and ``cancelled``, run in a thread pool."""

from collections.abc import Callable
from threading import Event
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, QRunnable, Qt, QThreadPool, Signal

from wizard.errors import Cancelled, UserError, place_of

Done = Callable[[Any], None]
Failed = Callable[[str, str], None]
Progress = Callable[[float, str], None]
Record = Callable[[str], None]

UNEXPECTED = (
    "Something in the program went wrong, and this was not done.",
    "Your answers are saved. Try again; if it happens again, close the program and start it anew.",
)


class Job(QObject):
    """One piece of work. It ends once: done, or failed with a sentence and what to try.

    The functions given to `Jobs.run` are called in the window's thread.
    """

    progressed = Signal(float, str)
    done = Signal(object)
    failed = Signal(str, str)
    _ended = Signal()

    def __init__(self, work: Callable[..., Any], args: tuple[Any, ...], record: Record) -> None:
        super().__init__()
        self._work, self._args, self._record = work, args, record
        self._stop = Event()

    def cancel(self) -> None:
        """Ask the work to stop at its next look at ``cancelled``."""
        self._stop.set()

    @property
    def cancelled(self) -> bool:
        """Whether it was asked to stop."""
        return self._stop.is_set()

    def work(self) -> None:
        """Do it; called in a thread of the pool."""
        try:
            self._stop_if_cancelled()
            outcome = self._work(*self._args, progress=self.progressed.emit, cancelled=self._stop.is_set)
        except UserError as error:
            self.failed.emit(error.sentence, error.remedy)
        except Exception as error:  # noqa: BLE001 - a border: the window must hear of every end
            self._record(place_of(error))
            self.failed.emit(*UNEXPECTED)
        else:
            self.done.emit(outcome)
        finally:
            self._ended.emit()

    def _stop_if_cancelled(self) -> None:
        if self._stop.is_set():
            raise Cancelled


class _Run(QRunnable):
    def __init__(self, job: Job) -> None:
        super().__init__()
        self._job = job

    def run(self) -> None:
        self._job.work()


class _Listener(QObject):
    """Lives in the window's thread, so that Qt brings the job's signals there."""

    def __init__(self, done: Done | None, failed: Failed | None, progress: Progress | None) -> None:
        super().__init__()
        self._done, self._failed, self._progress = done, failed, progress

    def on_done(self, outcome: object) -> None:
        if self._done:
            self._done(outcome)

    def on_failed(self, sentence: str, remedy: str) -> None:
        if self._failed:
            self._failed(sentence, remedy)

    def on_progress(self, part: float, words: str) -> None:
        if self._progress:
            self._progress(part, words)


class Jobs(QObject):
    """The work that is under way; nothing is forgotten before it has ended."""

    idle = Signal()

    def __init__(self, record: Record = lambda place: None, threads: int = 2) -> None:
        super().__init__()
        self._record = record
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(threads)
        self._running: dict[Job, _Listener] = {}

    @property
    def busy(self) -> bool:
        """Whether anything is under way."""
        return bool(self._running)

    def run(
        self,
        work: Callable[..., Any],
        *args: Any,  # noqa: ANN401 - whatever the work takes
        done: Done | None = None,
        failed: Failed | None = None,
        progress: Progress | None = None,
    ) -> Job:
        """Call ``work(*args, progress=..., cancelled=...)`` in another thread.

        ``progress(part, words)`` takes a part from 0 to 1; when ``cancelled()`` is true, work raises `Cancelled`.
        """
        job, listener = Job(work, args, self._record), _Listener(done, failed, progress)
        queued = Qt.ConnectionType.QueuedConnection
        job.done.connect(listener.on_done, queued)
        job.failed.connect(listener.on_failed, queued)
        job.progressed.connect(listener.on_progress, queued)
        job._ended.connect(self._forget_ended, queued)
        self._running[job] = listener
        self._start(job)
        return job

    def _start(self, job: Job) -> None:
        self._pool.start(_Run(job))

    def finish(self, patience_ms: int = 10_000) -> bool:
        """Ask everything to stop and wait for it; tells whether it did in time."""
        for job in self._running:
            job.cancel()
        ended = self._pool.waitForDone(patience_ms)
        # What ended in the meantime is still told: the password of a pack that was just made, for one.
        QCoreApplication.sendPostedEvents()
        return ended

    def _forget_ended(self) -> None:
        job = self.sender()
        if isinstance(job, Job):
            del self._running[job]
            if not self._running:
                self.idle.emit()
