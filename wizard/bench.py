"""The benchmarks: ratios measured in one run, so that they mean the same on every machine. One JSON object a line."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from wizard.bench_intake import intake
from wizard.errors import UnusableInput

REFERRALS: Final = 50
RUNS: Final = 10

_UNTIL_PAINTED: Final = """
from PySide6.QtCore import QEvent, QObject, QTimer
class Painted(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, done)
        return False
def done():
    print("painted", flush=True)
    app.quit()
"""

_BARE: Final = """
import sys
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow
app = QApplication(sys.argv)
window = QMainWindow()
window.resize(1366, 768)
label = QLabel("Referrals")
window.setCentralWidget(label)
{painted}
painted = Painted()
label.installEventFilter(painted)
window.show()
app.exec()
"""

_HOME: Final = """
import sys
from pathlib import Path
from wizard.store.keys import Vault
vault = Vault(bytes.fromhex(sys.stdin.readline()))
Vault.open = classmethod(lambda cls, home, passphrase=None: vault)
from PySide6.QtWidgets import QApplication
from wizard.desk.program import Program
app = QApplication(sys.argv[:1])
program = Program(app, Path(sys.argv[1]))
{painted}
painted = Painted()
program.start()
page = program.window.centralWidget()
page.installEventFilter(painted)
app.exec()
"""


def start() -> dict[str, object]:
    """The time from the start of the process to the first painted home page, against a bare window with a label."""
    with tempfile.TemporaryDirectory() as folder:
        key = _store_of(Path(folder), REFERRALS)
        bare: list[float] = []
        home: list[float] = []
        for run in range(RUNS + 1):  # the first of each warms the disk cache and is not counted
            for code, taken in ((_BARE, bare), (_HOME, home)):
                seconds = _painted(code.replace("{painted}", _UNTIL_PAINTED), folder, key)
                if run:
                    taken.append(seconds)
    ratio = statistics.median(home) / statistics.median(bare)
    return {
        "bench": "start",
        "ratio": round(ratio, 2),
        "limit": 3,
        "home_seconds": round(statistics.median(home), 3),
        "bare_seconds": round(statistics.median(bare), 3),
        "referrals": REFERRALS,
        "runs": RUNS,
    }


def _store_of(home: Path, number: int) -> str:
    """Fill a store with referrals; the key to it, in hex."""
    import secrets

    from wizard.store.keys import Vault
    from wizard.store.referral_store import ReferralStore

    key = secrets.token_hex(32)
    store = ReferralStore(home, Vault(bytes.fromhex(key)))
    for one in range(number):
        with store.create() as file:
            file.save_overview(
                {
                    "reference": file.reference,
                    "pupil": f"Pupil {one}",
                    "council": "Essex County Council",
                    "state": "Draft",
                    "next": f"{one} things to do",
                    "changed": "2026-11-20T14:02:00+00:00",
                }
            )
    return key


def _painted(code: str, folder: str, key: str) -> float:
    command = [sys.executable, "-c", code, folder]
    pipe, quiet = subprocess.PIPE, subprocess.DEVNULL
    began = time.perf_counter()
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=quiet, env=_display(), text=True) as process:
        if process.stdin is None or process.stdout is None:
            raise UnusableInput("The benchmark could not be started.")
        process.stdin.write(key + "\n")
        process.stdin.flush()
        line = process.stdout.readline()
        seconds = time.perf_counter() - began
    if line.strip() != "painted":
        raise UnusableInput(
            "The window was not painted.",
            "Run the benchmark where there is a display, or set QT_QPA_PLATFORM=offscreen.",
        )
    return seconds


def _display() -> dict[str, str]:
    """The environment, with Qt's picture-less display where there is no other."""
    without = not any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
    return os.environ | ({"QT_QPA_PLATFORM": "offscreen"} if without and sys.platform == "linux" else {})


def judge() -> dict[str, object]:
    """Judging a full referral, all pages and all rules, against ``model_validate`` of the same pages alone."""
    from wizard import samples
    from wizard.councils import council
    from wizard.validation.facts import Facts
    from wizard.validation.requirements import judge as judge_referral
    from wizard.validation.requirements import pages_asked

    case, profile, today = samples.case("essex-ebsa"), council("essex"), date(2026, 11, 23)
    answers = Facts.of(case, profile, today).answers
    context = {"context": answers.context}
    pages = [
        (page, page.put(case.answers.get(page.id, {}), answers.not_known_on(page.id)))
        for page in pages_asked(Facts.of(case, profile, today))
    ]
    whole, alone = _medians(
        lambda: judge_referral(Facts.of(case, profile, today)),
        lambda: [page.model_validate(asked, context=context) for page, asked in pages],
    )
    return {
        "bench": "judge",
        "ratio": round(whole / alone, 2),
        "limit": 3,
        "judge_ms": round(whole * 1000, 2),
        "validate_ms": round(alone * 1000, 2),
    }


def _medians(*works: Callable[[], object], times: int = 200) -> tuple[float, ...]:
    """The median seconds of each, taken in turns, so that what slows the machine slows them alike."""
    taken: list[list[float]] = [[] for _ in works]
    for _ in range(times):
        for work, found in zip(works, taken, strict=True):
            began = time.perf_counter()
            work()
            found.append(time.perf_counter() - began)
    return tuple(statistics.median(found) for found in taken)


BENCHES: Final[dict[str, Callable[[], dict[str, object]]]] = {"start": start, "judge": judge, "intake": intake}


def run(names: Sequence[str]) -> int:
    """Run benchmarks and print a line for each; 1 when one is over its limit.

    Raises:
        UnusableInput: there is no benchmark of that name.
    """
    over = False
    for name in names or BENCHES:
        if name not in BENCHES:
            raise UnusableInput("There is no such benchmark.", f"There are: {', '.join(BENCHES)}.")
        found = BENCHES[name]()
        print(json.dumps(found), flush=True)
        over = over or bool(found.get("over")) or float(str(found["ratio"])) > float(str(found["limit"]))
    return int(over)
