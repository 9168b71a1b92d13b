"""An outside program gets a folder and nothing else: what it makes there comes back, and it never outlives its turn."""

import sys
import time
from pathlib import Path

import psutil
import pytest

from tests.evidence.systems import SEEING, WORLD
from wizard.errors import Cancelled, EvidenceRefused
from wizard.evidence.confined.process import Limits
from wizard.evidence.confined.program import run_program

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="forks")
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="limits and namespaces of Linux")


def script(text: str) -> list[str]:
    return [sys.executable, "-I", "-S", "-c", text]


def test_what_a_program_makes_comes_back_and_its_folder_goes() -> None:
    text = (
        "import os, pathlib; here = pathlib.Path.cwd(); (here / 'out').mkdir();"
        "(here / 'out' / 'b').write_bytes((here / 'in' / 'a').read_bytes() * 2);"
        "(here / 'where').write_text(str(here)); (here / 'home').write_text(os.environ['HOME'])"
    )
    made = run_program(script(text), {"in/a": b"ab"}, ["out/b", "where", "home"])
    assert made["out/b"] == b"abab"
    assert Path(made["home"].decode()).name == Path(made["where"].decode()).name
    assert not Path(made["where"].decode()).exists()


def test_it_is_told_its_folder_and_inherits_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECTION19_SECRET", "Quillfeather")
    text = "import os, sys, json; open('said', 'w').write(json.dumps([sys.argv[1:], dict(os.environ)]))"
    own = {"OMP_THREAD_LIMIT": "1"}
    made = run_program([*script(text), "--to={folder}/x", "{uri}/y"], {}, ["said"], environment=own)
    said = made["said"].decode()
    assert "Quillfeather" not in said
    assert "OMP_THREAD_LIMIT" in said
    assert "section19-" in said.split("/x", maxsplit=1)[0]
    assert "file:///" in said


@pytest.mark.parametrize(
    ("text", "limits", "words"),
    [
        ("import time; time.sleep(60)", Limits(wall_seconds=0.5), "took too long"),
        ("open('made', 'w').write('half'); raise SystemExit(3)", Limits(), "could not be converted"),
        ("open('made', 'w')", Limits(), "could not be converted"),
        ("import os; os.mkdir('made')", Limits(), "could not be converted"),
        pytest.param("import os; os.symlink('/etc/hosts', 'made')", Limits(), "could not be converted", marks=POSIX),
        pytest.param("import os; os.mkfifo('made')", Limits(), "could not be converted", marks=POSIX),
        pytest.param("open('made', 'wb').write(b'x' * 10_000_000)", Limits(output=1 << 20), "converted", marks=LINUX),
        (
            "import time\nfor n in range(40): open(str(n), 'wb').write(b'x' * 900_000)\ntime.sleep(60)",
            Limits(output=1 << 20),
            "too large",
        ),
        ("import time; x = b'x' * 200_000_000; time.sleep(60)", Limits(memory=100 << 20), "more memory"),
    ],
)
def test_a_program_that_misbehaves_refuses_the_file_and_nothing_else(text: str, limits: Limits, words: str) -> None:
    with pytest.raises(EvidenceRefused, match=words) as refusal:
        run_program(script(text), {}, ["made"], limits=limits)
    assert refusal.value.remedy


def test_a_program_that_is_not_there_is_a_sentence() -> None:
    with pytest.raises(EvidenceRefused):
        run_program(["/no/such/soffice"], {}, ["made"])


@POSIX
def test_all_that_it_started_ends_with_it() -> None:
    name = str(time.time_ns())
    text = (
        "import os, time\n"
        "if not os.fork():\n"
        "    os.setsid()\n"
        f"    os.execv({sys.executable!r}, ['x', '-c', 'import time; time.sleep(600)', '{name}'])\n"
        "time.sleep(600)"
    )

    def left() -> bool:
        return any(name in (one.info["cmdline"] or ()) for one in psutil.process_iter(["cmdline"]))

    there: list[bool] = []

    def known() -> bool:
        """Whether it runs, and did when the program was last looked at."""
        there.append(left())
        return there[-2:] == [True, True]

    with pytest.raises(Cancelled):
        run_program(script(text), {}, ["made"], cancelled=known)
    end = time.monotonic() + 60
    while left() and time.monotonic() < end:
        time.sleep(0.02)
    assert not left()


def test_stopping_ends_it_at_once() -> None:
    end = time.monotonic() + 0.3
    with pytest.raises(Cancelled):
        run_program(script("import time; time.sleep(60)"), {}, [], cancelled=lambda: time.monotonic() > end)


@WORLD
def test_it_has_no_network_and_no_power() -> None:
    text = (
        "import socket\n"
        "try: socket.create_connection(('127.0.0.1', 9), 0.2); said = 'reached'\n"
        "except OSError as error: said = type(error).__name__\n"
        "names = [name for _, name in socket.if_nameindex()]\n"
        "status = open('/proc/self/status').read()\n"
        "lines = [line for line in status.splitlines() if line.startswith(('CapEff', 'NoNew'))]\n"
        "open('said', 'w').write(f'{said} {names} ' + ' '.join(lines))"
    )
    said = run_program(script(text), {}, ["said"])["said"].decode()
    assert "reached" not in said
    assert "CapEff:\t0000000000000000" in said
    assert "NoNewPrivs:\t1" in said
    assert "['lo']" in said


@WORLD
@SEEING
def test_it_sees_and_writes_nothing_of_the_users_but_its_folder(tmp_path: Path) -> None:
    (tmp_path / "letter").write_text("secret")
    text = (
        "import pathlib\n"
        f"there, code = pathlib.Path({str(tmp_path)!r}), pathlib.Path({__file__!r})\n"
        "def tried(do):\n"
        "    try: return str(do())\n"
        "    except OSError as error: return type(error).__name__\n"
        "said = [tried(code.read_text), tried(lambda: list(code.parent.iterdir())),\n"
        "        tried((there / 'letter').read_text), tried(lambda: (there / 'new').write_text('x')),\n"
        "        tried((there / 'letter').unlink)]\n"
        "pathlib.Path('a').mkdir(); pathlib.Path('b').write_text('x'); pathlib.Path('b').rename('a/b')\n"
        "pathlib.Path('/tmp/left').write_text('x')\n"
        "pathlib.Path('said').write_text(' '.join(said))"
    )
    said = run_program(script(text), {}, ["said", "a/b"])["said"].decode()
    assert said == "PermissionError PermissionError FileNotFoundError FileNotFoundError FileNotFoundError"
    assert (tmp_path / "letter").read_text() == "secret"
    assert not Path("/tmp/left").exists()
