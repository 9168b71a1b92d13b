"""Pictures of every page, for the documentation and for a look at the whole: ``python -m wizard.screenshots OUT``."""

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtWidgets import QApplication

from forms.catalogue import PAGES
from wizard.desk.practice import keep_sample, practise
from wizard.desk.program import Program
from wizard.journey import asked
from wizard.shell import Shell
from wizard.store.keys import Vault
from wizard.store.referral_store import ReferralStore

ACCEPTED: Mapping[str, Mapping[str, str]] = {
    "receipt": {"confirmed": "yes", "who": "Sam Field"},
    "decision": {"outcome": "accepted", "provider": "Reintegration Service West"},
}
SIZES = ((1366, 768), (1024, 640))


class Camera:
    """Takes the window at every size."""

    def __init__(self, program: Program, out: Path) -> None:
        self._program, self._out = program, out

    def take(self, name: str) -> None:
        """Write ``name-1366x768.png`` and the others."""
        for width, height in SIZES:
            self._program.window.resize(width, height)
            settle(self._program)
            self._program.window.grab().save(str(self._out / f"{name}-{width}x{height}.png"))


def settle(program: Program) -> None:
    """Wait until nothing moves and no work is under way."""
    for _ in range(3):
        QApplication.processEvents()
    while program.jobs.busy:
        QApplication.processEvents()


def take_all(program: Program, out: Path) -> None:
    """Every page, with a sample on it."""
    camera = Camera(program, out)
    program.use(Vault.in_memory())
    program.window.show()
    camera.take("home-empty")
    store = program.store
    assert store is not None  # noqa: S101 - ``use`` made it
    references = keep_samples(store)
    program.show_home()
    camera.take("home")
    program.show_school()
    camera.take("your-school")
    program.choose_council()
    camera.take("begin")
    program.begin("essex")
    shell = shell_of(program)
    camera.take("new-referral")
    shell.go_to("pupil")
    shell.go_on()
    camera.take("error-summary")
    program.leave()
    every_page(program, camera, references)
    program.lock()
    camera.take("lock")


def keep_samples(store: ReferralStore) -> list[str]:
    """Keep every sample, the one that is practised with first, and give their references."""
    from wizard import samples

    return [keep_sample(store, number) for number in range(len(samples.names()))]


def every_page(program: Program, camera: Camera, references: Sequence[str]) -> None:
    """Each page once, in the first referral that asks it; what comes after sending, in the last."""
    taken: set[str] = set()
    for reference in references:
        program.open(reference)
        if reference == references[0]:
            panels(shell_of(program), camera)
        if reference == references[-1]:
            send(program)
        _take_pages(shell_of(program), camera, taken)
        if reference != references[-1]:
            program.leave()


def _take_pages(shell: Shell, camera: Camera, taken: set[str]) -> None:
    for page in asked(shell.referral.judgement):
        if page.id not in taken:
            taken.add(page.id)
            shell.show_page(page.id)
            camera.take(f"page-{list(PAGES).index(page.id) + 1:02}-{page.id}")


def panels(shell: Shell, camera: Camera) -> None:
    """Guidance and help beside a page."""
    shell.show_page("pupil")
    shell.header.guidance.emit()
    camera.take("guidance")
    shell.header.help.emit()
    camera.take("help")
    shell.header.help.emit()


def send(program: Program) -> None:
    """As if the referral that is open had been sent, received and accepted."""
    assert program.desk is not None  # noqa: S101 - one was opened just before
    referral = program.desk.referral
    referral.note("sent", how="e-mail", by="Priya Nair")
    for page, answers in ACCEPTED.items():
        referral.commit(page, answers, {})


def shell_of(program: Program) -> Shell:
    """The window of the referral that is open."""
    assert program.desk is not None  # noqa: S101 - one was opened just before
    return program.desk.shell


def main(arguments: list[str]) -> int:
    """Write the pictures into a folder."""
    if len(arguments) != 1:
        sys.stderr.write("Usage: python -m wizard.screenshots OUT\n")
        return 2
    out = Path(arguments[0])
    out.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication([])
    with TemporaryDirectory(prefix="section19-") as home:
        program = Program(app, Path(home), practise)
        take_all(program, out)
        program.window.close()
        program.deleteLater()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
