"""Pictures of every page of every council, for the documentation and for a look at the whole.

``python -m wizard.screenshots OUT [COUNCIL.toml ...]``: with councils' files, what these add is pictured as well.
"""

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QScrollArea, QWidget

from wizard.councils import own
from wizard.councils.in_home import FOLDER
from wizard.desk.practice import keep_sample, practise
from wizard.desk.program import Program
from wizard.journey import asked
from wizard.pages.evidence import EvidenceScreen
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
MARGIN = 16
"""Pixels above a part of a page that stands at the top of a picture."""
PAPERS = ("EP report extract.pdf", "IMG_2041.jpg", "Screenshot_20261109.png")
"""Documents of a sample with which the evidence page is taken."""
PUPIL = {"first_name": "Amira", "surname": "Kowalczyk-O’Neill", "born": "2013-03-14", "year_group": "9"}
NOTE = "Seal Bay Academy, 3 March 2026\nRe: Tom Marsh\nDate of birth: 3 May 2012\nTom was seen at the clinic today.\n"
"""A paper about another child."""
AGAIN = True
"""Whether a page is taken for each council that asks it: its guidance, hints and neighbours are not the same."""


class Camera:
    """Takes the window at every size."""

    def __init__(self, program: Program, out: Path) -> None:
        self._program, self._out = program, out

    def take(self, name: str, at: QWidget | None = None) -> None:
        """Write ``name-1366x768.png`` and the others, with the page moved so that a part of it stands at the top."""
        for width, height in SIZES:
            self._program.window.resize(width, height)
            settle(self._program)
            if at is not None:
                show_from(at)
                settle(self._program)
            self._program.window.grab().save(str(self._out / f"{name}-{width}x{height}.png"))


def show_from(part: QWidget) -> None:
    """Move the page so that a part of it stands at the top."""
    page = part.parentWidget()
    while page is not None and not isinstance(page, QScrollArea):
        page = page.parentWidget()
    if page is not None and (whole := page.widget()) is not None:
        page.verticalScrollBar().setValue(part.mapTo(whole, QPoint(0, 0)).y() - MARGIN)


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
    evidence(program, camera)
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


def evidence(program: Program, camera: Camera) -> None:
    """The evidence page with what opens on it, in the referral that is open."""
    shell = shell_of(program)
    shell.referral.commit("pupil", PUPIL, {})
    shell.show_page("evidence")
    page = shell.shown
    assert isinstance(page, EvidenceScreen)  # noqa: S101 - it was just shown
    with TemporaryDirectory(prefix="section19-") as folder:
        page.offer(awkward_papers(Path(folder)))
        settle(program)
    report, photo, _, locked, note = page.attached.rows.values()
    camera.take("evidence-password", locked)
    camera.take("evidence-doubts", note)
    press(page, "Make one document of several photos")
    camera.take("evidence-joining", page.attached)
    press(page, "Cancel making one document")
    report.open()
    settle(program)
    press(report, "Next page")
    press(report, "Turn this page right")
    camera.take("evidence-details", report.details)
    press(report, f"Black something out in {report.fact.name}")
    press(report, "Add a box on this page")
    camera.take("evidence-marking", report.details)
    camera.take("evidence-marked", looked_for(report, "Kowalczyk", program))
    photo.open()
    press(photo, f"Crop or straighten {photo.fact.name}")
    settle(program)
    camera.take("evidence-cropping", photo.details)


def looked_for(part: QWidget, words: str, program: Program) -> QWidget:
    """Have words looked for that are to be blacked out; the box into which they were typed."""
    box = next(one for one in part.findChildren(QLineEdit) if one.accessibleName() == "Word or name to black out")
    box.setText(words)
    press(part, "Add these words")
    settle(program)
    return box


def awkward_papers(folder: Path) -> list[Path]:
    """Some papers of a sample, one that is locked, and one about another child, as files in a folder."""
    from wizard import samples
    from wizard.pack import encrypt

    papers = samples.papers(samples.FIRST)
    locked = encrypt(papers["GP letter.pdf"], "example")
    files = {**{name: papers[name] for name in PAPERS}, "GP letter.pdf": locked, "Note.txt": NOTE.encode()}
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return [folder / name for name in files]


def press(part: QWidget, name: str) -> None:
    """Press what a screen reader calls so, if it is there."""
    for one in part.findChildren(QAbstractButton):
        if one.isVisible() and one.accessibleName() == name:
            one.click()
            break
    QApplication.processEvents()


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
