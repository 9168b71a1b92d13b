"""The child process may sleep, hoard, babble or die: the program hears a sentence about the file and goes on."""

import os
import platform
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests.evidence import pdfs_by_hand as by_hand
from tests.evidence.bombs import OPERATIONS
from tests.evidence.systems import SEEING
from wizard.errors import Cancelled, EvidenceRefused
from wizard.evidence.confined import child, process, wire, worker
from wizard.evidence.confined.child import MOST_FILES
from wizard.evidence.confined.process import Limits
from wizard.evidence.confined.worker import run, serve
from wizard.evidence.offer import prepare_bytes

REAL = worker._START
PATIENCE = 600.0
POSIX = pytest.mark.skipif(sys.platform != "linux", reason="limits of the child itself are for Linux")


@pytest.fixture(autouse=True)
def bombs(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A child that misbehaves, and that waits for its next file however slow the machine is."""
    start = (
        "import sys; sys.path += sys.argv[1:-2]; from tests.evidence.bombs import OPERATIONS; "
        "from wizard.evidence.confined.child import main; main(OPERATIONS)"
    )
    monkeypatch.setattr(worker, "_START", start)
    monkeypatch.setattr(worker, "IDLE", PATIENCE)
    worker.end_batch()
    yield
    worker.end_batch()


@pytest.fixture
def real_child(bombs: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The child as it is in the program."""
    monkeypatch.setattr(worker, "_START", REAL)


@pytest.mark.parametrize(
    ("operation", "limits", "words"),
    [
        ("sleep", Limits(wall_seconds=0.4), "took too long"),
        pytest.param("spin", Limits(cpu_seconds=1, wall_seconds=20), "took too long", marks=POSIX),
        pytest.param("hoard", Limits(memory=300 << 20), "more memory", marks=POSIX),
        ("pour", Limits(output=2 << 20), "too large"),
        ("kill_itself", Limits(), "damaged"),
        ("fail", Limits(), "damaged"),
        ("babble", Limits(), "damaged"),
        ("no such operation", Limits(), "damaged"),
    ],
)
def test_a_child_that_misbehaves_refuses_the_file_and_nothing_else(operation: str, limits: Limits, words: str) -> None:
    with pytest.raises(EvidenceRefused, match=words) as refusal:
        run(operation, b"", limits=limits)
    assert refusal.value.remedy
    assert "Quillfeather" not in f"{refusal.value!r}{refusal.value.__cause__}{refusal.value.__context__!r}"
    assert run("echo", b"still here", {"twice": False}) == (10, [b"still here"])


def served(operation: str, data: bytes = b"", **arguments: Any) -> Any:
    """The result of an operation in a child that may have read other files before."""
    return serve(operation, data, arguments, lambda result, _: result, well=lambda result: result != "odd")


def test_a_child_reads_several_files_and_is_then_replaced() -> None:
    turns = [served("turns") for _ in range(MOST_FILES + 2)]
    assert turns == [*range(1, MOST_FILES + 1), 1, 2]


def test_no_child_sees_another_file_after_anything_odd() -> None:
    assert served("turns") == 1
    assert served("say", words="odd") == "odd"
    assert served("turns") == 1
    with pytest.raises(EvidenceRefused):
        served("babble", b"through the saved answer")
    assert served("turns") == 1
    with pytest.raises(ZeroDivisionError):
        serve("echo", b"", {"twice": False}, lambda result, blobs: 1 // 0)
    assert served("turns") == 1


def test_what_was_said_before_the_question_is_no_answer() -> None:
    """A file that lies in wait for the next one: it leaves an answer in the pipe beside its own."""
    assert served("lie_in_wait") == "harmless"
    assert served("echo", b"honest", twice=False) == 6


def test_a_file_does_not_suffer_from_those_before_it() -> None:
    assert served("turns") == 1
    assert served("die_unless_first") == "first"


def test_every_file_has_a_folder_and_the_processor_time_of_its_own() -> None:
    first, second = served("where"), served("where")
    assert first["folder"] != second["folder"]
    assert not Path(first["folder"]).exists()
    assert second["environment"]["TMPDIR"] == second["folder"]


@POSIX
def test_processor_time_is_counted_from_the_question() -> None:
    limits = Limits(cpu_seconds=1, wall_seconds=20)
    for _ in range(3):
        assert serve("work", b"", {"seconds": 0.6}, lambda result, _: result, limits=limits) == "done"


def test_a_child_that_waits_in_vain_ends_and_no_other_batch_meets_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert served("turns") == 1
    worker.end_batch()
    assert served("turns") == 1
    monkeypatch.setattr(worker, "IDLE", 0.05)
    pid = served("own_number")
    end = time.monotonic() + PATIENCE
    while psutil.pid_exists(pid) and time.monotonic() < end:
        time.sleep(0.02)
    assert not psutil.pid_exists(pid)


def test_a_child_whose_batch_ended_while_it_worked_sees_no_other_file() -> None:
    def read(result: Any, _: list[bytes]) -> Any:
        worker.end_batch()
        return result

    assert serve("turns", b"", {}, read) == 1
    assert served("turns") == 1


def test_nonsense_behind_a_closed_answer_is_refused() -> None:
    with pytest.raises(EvidenceRefused, match="damaged"):
        run("babble", b"through the saved answer")


def test_what_a_library_prints_stays_out_of_the_answer() -> None:
    assert run("print_aloud", b"") == ("quiet", [])


def test_large_files_go_there_and_back() -> None:
    data = os.urandom(1 << 20) * 20
    content, blobs = run("echo", data, {"twice": True})
    assert content == len(data)
    assert blobs == [data, data]


def test_the_child_inherits_no_environment_and_works_in_an_empty_folder_of_its_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SECTION19_SECRET", "Quillfeather")
    found, _ = run("where", b"")
    assert "Quillfeather" not in str(found)
    assert set(found["environment"]) <= {"TMPDIR", "TEMP", "TMP", "LC_ALL", "SYSTEMROOT", "SYSTEMDRIVE", "LC_CTYPE"}
    assert found["inside"] == []
    assert Path(found["folder"]).name.startswith("section19-")
    assert not Path(found["folder"]).exists()
    assert "" not in found["path"]


@POSIX
def test_a_system_without_such_limits_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    import resource

    before = resource.getrlimit(resource.RLIMIT_AS)
    monkeypatch.setattr(sys, "platform", "win32")
    child.confine(1 << 20, 1)
    assert resource.getrlimit(resource.RLIMIT_AS) == before


@POSIX
def test_the_child_cannot_write_a_file() -> None:
    assert run("write_a_file", b"plain text") == ("could not", [])


@POSIX
def test_where_a_child_cannot_limit_its_memory_it_is_watched(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on macOS, which keeps no limit on memory: the child is let off its own."""
    let_off = worker._START.replace("import sys;", "import sys, resource; resource.setrlimit = lambda *_: None;", 1)
    monkeypatch.setattr(worker, "_START", let_off)
    with pytest.raises(EvidenceRefused, match="more memory"):
        run("hold", b"", {"megabytes": 400}, limits=Limits(memory=200 << 20))


def test_the_folder_goes_even_when_the_child_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "temp"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    with pytest.raises(EvidenceRefused):
        run("sleep", b"", limits=Limits(wall_seconds=0.3))
    assert list(folder.iterdir()) == []


def test_stopping_ends_the_child_at_once() -> None:
    def soon() -> Callable[[], bool]:
        end = time.monotonic() + 0.2
        return lambda: time.monotonic() > end

    with pytest.raises(Cancelled):
        run("sleep", b"x" * (4 << 20), cancelled=soon())


def test_a_child_that_cannot_be_started_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/no/such/python")
    with pytest.raises(EvidenceRefused, match="could not be started") as refusal:
        run("echo", b"")
    assert refusal.value.__suppress_context__


def test_no_file_of_a_batch_is_lost_when_the_system_starts_no_process_for_a_moment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    start, refused = process.start, iter([OSError(), OSError()])

    def busy(*arguments: Any, **more: Any) -> subprocess.Popen[bytes]:
        for error in refused:
            raise error
        return start(*arguments, **more)

    monkeypatch.setattr(process, "start", busy)
    monkeypatch.setattr(worker, "_PAUSES", (0.0, 0.0))
    assert serve("echo", b"letter", {"twice": False}, lambda _, blobs: blobs) == [b"letter"]
    worker.end_batch()
    monkeypatch.setattr(process, "start", lambda *_, **__: start(["/no/such/python"], "/"))
    with pytest.raises(EvidenceRefused, match="could not be started"):
        serve("echo", b"", {}, lambda _, blobs: blobs)
    with pytest.raises(Cancelled):
        serve("echo", b"", {}, lambda _, blobs: blobs, cancelled=lambda: True)


def test_the_parent_never_imports_what_reads_outside_files() -> None:
    code = (
        "import sys, wizard.evidence.offer as offer; offer.prepare_bytes(b'%PDF-1.4 nothing');"
        "print(sorted({'pikepdf', 'PIL', 'pypdfium2', 'lxml'} & sys.modules.keys()))"
    )
    seen = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert seen.stdout.strip() == "[]"


def test_every_operation_of_the_child_exists() -> None:
    for place in (*child.OPERATIONS.values(), *OPERATIONS.values()):
        module, function = place.split(":")
        __import__(module)
        assert callable(getattr(sys.modules[module], function))


@pytest.mark.parametrize(
    "header",
    [
        b"{]",
        b"{}",
        b"[]",
        b"[" * 100_000,
        b"\xff",
        b'{"content": 1, "blobs": [-1]}',
        b'{"content": 1, "blobs": "none"}',
        b'{"content": 1, "blobs": [true]}',
        b'{"content": 1, "blobs": [], "more": 1}',
    ],
)
def test_a_header_of_another_form_is_garbled(header: bytes) -> None:
    with pytest.raises(wire.Garbled):
        wire.receive(BytesIO(len(header).to_bytes(4, "big") + header))


def test_a_header_beyond_all_measure_is_not_read() -> None:
    with pytest.raises(wire.Garbled):
        wire.receive(BytesIO(b"\xff\xff\xff\xff{}"))


def test_a_message_must_be_whole_and_no_more_is_read() -> None:
    pipe = BytesIO()
    wire.send(pipe, {"a": [1, None]}, [b"one", b""])
    whole = pipe.getvalue()
    assert wire.receive(BytesIO(whole)) == ({"a": [1, None]}, [b"one", b""])
    with pytest.raises(wire.Ended):
        wire.receive(BytesIO(b""))
    for cut in range(1, len(whole)):
        with pytest.raises(wire.Garbled):
            wire.receive(BytesIO(whole[:cut]))
    more = BytesIO(whole + whole)
    assert wire.receive(more) == wire.receive(more)
    with pytest.raises(wire.TooLong):
        wire.receive(BytesIO(whole), most=2)


@pytest.mark.parametrize("what", ["write", "delete"])
def test_no_file_is_written_or_deleted(what: str, tmp_path: Path) -> None:
    place = tmp_path / "kept"
    if what == "delete":
        place.write_text("there")
    assert run("try_to", str(place).encode(), {"what": what}) == ("refused: PermissionError", [])
    assert place.exists() == (what == "delete")


@pytest.mark.parametrize("what", ["connect", "resolve", "start", "become", "fork"])
def test_a_child_that_would_reach_the_network_or_start_a_program_is_ended(what: str) -> None:
    if not hasattr(os, "fork") and what == "fork":
        pytest.skip("nothing forks here")
    with pytest.raises(EvidenceRefused, match="cannot be read safely"):
        run("try_to", b"", {"what": what})


@pytest.mark.skipif(
    sys.platform != "linux" or platform.machine() != "x86_64", reason="calls are refused by Linux on x86-64 alone"
)
@pytest.mark.parametrize("what", ["native write", "native delete", "native socket", "native fork", "native start"])
def test_the_system_refuses_what_goes_past_python(what: str, tmp_path: Path) -> None:
    place = tmp_path / "kept"
    if what == "native delete":
        place.write_text("there")
    assert run("try_to", str(place).encode(), {"what": what}) == ("done: -1", [])
    assert place.exists() == (what == "native delete")


@SEEING
@pytest.mark.parametrize(("what", "answer"), [("read", "refused: PermissionError"), ("native read", "done: -1")])
def test_no_file_of_the_user_is_seen(what: str, answer: str, tmp_path: Path) -> None:
    place = tmp_path / "referral"
    place.write_text("secret")
    assert run("try_to", str(place).encode(), {"what": what}) == (answer, [])
    seen, _ = run("try_to", os.__file__.encode(), {"what": "read"})
    assert seen == f"done: {Path(os.__file__).stat().st_size}"


PAPERS = {
    "letter.pdf": by_hand.hostile(),
    "note.txt": b"Seen at home",
    "page.html": b"<p>Hello <img src='http://x.example/y'>",
}


def test_nothing_outside_is_touched_while_files_are_read(
    real_child: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The temporary folder, the working folder and the home before and after: not a file more or less."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    for name, data in PAPERS.items():
        assert prepare_bytes(data, Path(name).suffix).pdf
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace, which shows each call, is absent")
def test_a_child_asks_the_system_to_write_nothing_and_to_reach_nobody(
    real_child: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every call that names a file or the network, from the start of the child to its end."""
    log = tmp_path / "calls"
    traced = [str(shutil.which("strace")), "-f", "-qq", "-o", str(log), "-e", "trace=%file,%network,%process"]
    plain = process.interpreter()
    monkeypatch.setattr(process, "interpreter", lambda: [*traced, *plain])
    for name, data in PAPERS.items():
        assert prepare_bytes(data, Path(name).suffix).pdf
    worker.end_batch()
    lines = (line.split(maxsplit=1)[1] for line in log.read_text(errors="replace").splitlines())
    calls = [line for line in lines if "= -1 E" not in line]  # what was refused was not done
    assert len(calls) > 100
    own = ("/proc/self/setgroups", "/proc/self/uid_map", "/proc/self/gid_map", "/dev/null")
    writing = [one for one in calls if re.search("O_WRONLY|O_RDWR|O_CREAT", one)]
    assert [one for one in writing if not any(f'"{path}"' in one for path in own)] == []
    assert [one for one in calls if re.match("socket|connect|send|unlink|rename|mkdir|v?fork|clone", one)] == []
    assert len([one for one in calls if one.startswith("execve")]) == 1


@POSIX
def test_the_child_has_no_network_at_all() -> None:
    """Where the system lets a process have a network of its own, the child's has no way out."""
    allowed = subprocess.run(["unshare", "-rn", "true"], capture_output=True, check=False).returncode == 0
    if not allowed:
        pytest.skip("this system lets no ordinary process have a network of its own")
    ours, theirs = str(Path("/proc/self/ns/net").readlink()), served("network")
    assert theirs.startswith("net:[")
    assert theirs != ours


def test_a_batch_gives_its_answers_in_order_and_leaves_the_rest_when_one_fails() -> None:
    seen = []
    three_came = threading.Event()

    def work(number: int) -> int:
        seen.append(number)
        if number >= 3:
            assert three_came.wait(PATIENCE)  # whichever child is ready first, nobody runs ahead of the answers
        if number == 3:
            raise EvidenceRefused("No.")
        time.sleep(0.1 if number > 3 else 0)
        return served("say", words=number)

    answers = worker.batch(work, range(100))
    assert [next(answers) for _ in range(3)] == [0, 1, 2]
    three_came.set()
    with pytest.raises(EvidenceRefused):
        next(answers)
    assert len(seen) < 50
    assert worker._WAITING._children == {}
