"""Pictures of every page, for the documentation and for a look at the whole: ``python -m wizard.screenshots OUT``."""

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtWidgets import QApplication

from wizard.desk.practice import keep_sample, practise
from wizard.desk.program import Program
from wizard.shell import Shell
from wizard.store.keys import Vault

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
    program.choose_council()
    camera.take("begin")
    store = program.store
    assert store is not None  # noqa: S101 - ``use`` made it
    references = [keep_sample(store, number) for number in range(4)]
    program.show_home()
    camera.take("home")
    program.begin("essex")
    shell = shell_of(program)
    camera.take("new-referral")
    shell.go_to("pupil")
    shell.go_on()
    camera.take("error-summary")
    program.leave()
    program.open(references[0])
    every_page(program, camera)
    program.lock()
    camera.take("lock")


def every_page(program: Program, camera: Camera) -> None:
    """The pages of the referral that is open."""
    from wizard.journey import asked

    shell = shell_of(program)
    for number, page in enumerate(asked(shell.referral.judgement), 1):
        shell.show_page(page.id)
        camera.take(f"page-{number:02}-{page.id}")
    shell.show_page("pupil")
    shell.header.guidance.emit()
    camera.take("guidance")
    shell.header.help.emit()
    camera.take("help")


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
