"""Long work beside the window: it ends once, in the window's thread, and says nothing that was typed."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from tests.desks import AtOnce
from wizard.errors import Cancelled, CannotWrite, place_of
from wizard.jobs import UNEXPECTED, Job, Jobs


class Heard:
    """What the window heard of a job, and in which thread."""

    def __init__(self) -> None:
        self.done: list[Any] = []
        self.failed: list[tuple[str, str]] = []
        self.progress: list[tuple[float, str]] = []
        self.threads: set[int] = set()

    def listen(self) -> dict[str, Callable[..., None]]:
        def kept(place: list[Any], *what: object) -> None:
            self.threads.add(threading.get_ident())
            place.append(what[0] if len(what) == 1 else what)

        return {
            "done": lambda outcome: kept(self.done, outcome),
            "failed": lambda *words: kept(self.failed, *words),
            "progress": lambda *step: kept(self.progress, *step),
        }


@pytest.mark.parametrize("kind", [Jobs, AtOnce])
def test_work_tells_how_far_it_is_and_ends_in_the_windows_thread(qtbot: QtBot, kind: type[Jobs]) -> None:
    jobs, heard = kind(), Heard()

    def work(number: int, *, progress: Callable[[float, str], None], cancelled: Callable[[], bool]) -> int:
        progress(0.5, "Half")
        assert (threading.get_ident() == threading.main_thread().ident) is (kind is AtOnce)
        return number * 2

    with qtbot.waitSignal(jobs.idle):
        jobs.run(work, 21, **heard.listen())
        assert jobs.busy

    assert (heard.done, heard.failed, heard.progress) == ([42], [], [(0.5, "Half")])
    assert heard.threads == {threading.main_thread().ident}
    assert not jobs.busy


@pytest.mark.parametrize("kind", [Jobs, AtOnce])
def test_what_a_person_can_put_right_comes_as_a_sentence_with_a_remedy(qtbot: QtBot, kind: type[Jobs]) -> None:
    jobs, heard = kind(), Heard()

    def work(**_: object) -> None:
        raise CannotWrite("The disk is full.", "Make room.")

    with qtbot.waitSignal(jobs.idle):
        jobs.run(work, **heard.listen())

    assert heard.failed == [("The disk is full.", "Make room.")]
    assert heard.done == []


@pytest.mark.parametrize("kind", [Jobs, AtOnce])
def test_anything_else_is_recorded_by_its_place_alone(qtbot: QtBot, kind: type[Jobs]) -> None:
    records: list[str] = []
    jobs, heard = kind(records.append), Heard()

    def stumble(**_: object) -> None:
        raise ValueError("Zephyrine Quill")

    with qtbot.waitSignal(jobs.idle):
        jobs.run(stumble, **heard.listen())

    assert heard.failed == [UNEXPECTED]
    assert len(records) == 1
    assert records[0].startswith("ValueError at test_jobs.py:")
    assert "Zephyrine" not in records[0]


def test_an_error_that_was_never_raised_has_a_type_and_no_place() -> None:
    assert place_of(KeyError("Zephyrine")) == "KeyError"


def test_closing_the_window_stops_what_runs_and_what_waits(qtbot: QtBot) -> None:
    jobs, first, second = Jobs(threads=1), Heard(), Heard()
    begun = threading.Event()

    def endless(*, progress: object, cancelled: Callable[[], bool]) -> None:
        begun.set()
        while not cancelled():
            pass
        raise Cancelled

    jobs.run(endless, **first.listen())
    jobs.run(endless, **second.listen())
    assert begun.wait(60)
    with qtbot.waitSignal(jobs.idle):
        assert jobs.finish()

    assert [words for words, _ in first.failed + second.failed] == ["Stopped, as you asked. Nothing was written."] * 2


def test_a_job_can_be_cancelled_alone_and_nobody_need_listen(qtbot: QtBot) -> None:
    jobs = Jobs()
    job = jobs.run(lambda progress, cancelled: progress(1.0, "Done"))
    with qtbot.waitSignal(jobs.idle):
        job.cancel()


def test_a_job_that_was_stopped_before_it_began_does_nothing() -> None:
    done: list[bool] = []
    job = Job(lambda **_: done.append(True), (), lambda place: None)
    job.cancel()
    job.work()
    assert done == []


@pytest.mark.parametrize("count", [40])
def test_none_of_many_is_lost(qtbot: QtBot, count: int) -> None:
    jobs, heard = Jobs(), Heard()

    with qtbot.waitSignal(jobs.idle):
        for number in range(count):
            jobs.run(lambda n, progress, cancelled: n, number, **heard.listen())

    assert sorted(heard.done) == list(range(count))


def test_what_ended_before_the_finish_is_still_told(qtbot: QtBot) -> None:
    jobs = Jobs()
    told: list[object] = []
    ended = threading.Event()

    def work(progress: object, cancelled: object) -> str:
        ended.set()
        return "the password"

    jobs.run(work, done=told.append)
    assert ended.wait(60)
    assert jobs.finish()
    assert told == ["the password"]
