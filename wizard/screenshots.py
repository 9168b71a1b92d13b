"""Pictures of every page of every council, for the documentation and for a look at the whole.

``python -m wizard.screenshots OUT [COUNCIL.toml ...]``: with councils' files, what these add is pictured as well.
"""

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory

from PySide6.QtWidgets import QApplication

from wizard.councils import own
from wizard.councils.in_home import FOLDER
from wizard.desk.practice import keep_sample, practise
from wizard.desk.program import Program
from wizard.journey import asked
from wizard.pages.gradual import Gradual
from wizard.referral import OpenReferral, begin
from wizard.shell import Shell
from wizard.store.keys import Vault
from wizard.store.referral_store import ReferralStore

ACCEPTED: Mapping[str, Mapping[str, str]] = {
    "receipt": {"confirmed": "yes", "who": "Sam Field"},
    "decision": {"outcome": "accepted", "provider": "Reintegration Service West"},
}
SIZES = ((1366, 768), (1024, 640))
AGAIN = True
"""Whether a page is taken for each council that asks it: its guidance, hints and neighbours are not the same."""


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
    gradual = program.window.findChildren(Gradual)
    while program.jobs.busy or any(one.building for one in gradual):
        QApplication.processEvents()


def take_all(program: Program, out: Path) -> None:
    """Every page, with a sample on it."""
    camera = Camera(program, out)
    program.use(Vault.in_memory())
    program.window.show()
    camera.take("home-empty")
    store = program.store
    assert store is not None  # noqa: S101 - ``use`` made it
    referrals = keep_samples(store)
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
    every_page(program, camera, {**referrals, **keep_begun(store)})
    program.lock()
    camera.take("lock")


def keep_samples(store: ReferralStore) -> dict[str, list[str]]:
    """Keep every sample, the one that is practised with first, and give their references by council."""
    from wizard import samples

    kept: dict[str, list[str]] = {}
    for number, name in enumerate(samples.names()):
        kept.setdefault(samples.case(name).authority, []).append(keep_sample(store, number))
    return kept


def keep_begun(store: ReferralStore) -> dict[str, list[str]]:
    """Begin a referral for each council whose file was given, and give their references."""
    return {file.profile.id: [_begun(store, file.profile.id)] for file in own() if file.profile is not None}


def _begun(store: ReferralStore, council: str) -> str:
    with store.create() as file:
        begin(file, council)
        OpenReferral(file).save_overview()
        return file.reference


def every_page(program: Program, camera: Camera, referrals: Mapping[str, Sequence[str]]) -> None:
    """Each page once a council, in its first referral that asks it; what comes after sending, in its last."""
    taken: set[str] = set()
    for number, (council, references) in enumerate(referrals.items()):
        taken = set() if AGAIN else taken
        for reference in references:
            program.open(reference)
            if number == 0 and reference == references[0]:
                panels(shell_of(program), camera)
            if reference == references[-1]:
                send(program)
            _take_pages(shell_of(program), camera, council, taken)
            program.leave()
    program.open(next(iter(referrals.values()))[0])


def _take_pages(shell: Shell, camera: Camera, council: str, taken: set[str]) -> None:
    places = list(shell.referral.judgement.facts.pages)
    for page in asked(shell.referral.judgement):
        if page.id not in taken:
            taken.add(page.id)
            shell.show_page(page.id)
            camera.take(f"{council}-{places.index(page.id) + 1:02}-{page.id}")


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
    if not arguments:
        sys.stderr.write("Usage: python -m wizard.screenshots OUT [COUNCIL.toml ...]\n")
        return 2
    out, *councils = map(Path, arguments)
    out.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication([])
    with TemporaryDirectory(prefix="section19-") as home:
        (Path(home) / FOLDER).mkdir()
        for file in councils:
            copyfile(file, Path(home) / FOLDER / file.name)
        program = Program(app, Path(home), practise)
        take_all(program, out)
        program.window.close()
        program.deleteLater()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
