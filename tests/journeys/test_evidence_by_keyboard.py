"""Awkward documents come in and are put right with the keyboard alone, at any size of text."""

from pathlib import Path

import pikepdf
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.desks import Hands, at_work
from tests.evidence import pdfs_by_hand as by_hand
from tests.journeys.keyboard import Keyboard
from tests.journeys.test_large_text import cut_off
from wizard.evidence_fact import EvidenceFact
from wizard.pages import files
from wizard.referral import OpenReferral

pytestmark = [pytest.mark.long, pytest.mark.qt_log_ignore("This plugin does not support", extend=True)]


@pytest.fixture
def papers(tmp_path: Path) -> list[Path]:
    """A locked letter, a program, a photo, and a note about another child."""
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "1 letter.pdf").write_bytes(by_hand.locked(user="brown foxes"))
    (folder / "2 tool.exe").write_bytes(b"MZ" + bytes(60))
    Image.new("RGB", (300, 400), "white").save(folder / "3 photo.png")
    (folder / "4 note.txt").write_text("Tom Marsh was in the room, too.\n", encoding="utf-8")
    return sorted(folder.iterdir())


def test_documents_are_put_right_without_a_mouse(
    qtbot: QtBot, home: Path, papers: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "choose_files", lambda *_: tuple(papers))
    with at_work(qtbot, home) as hands:
        keys = begun(hands)
        assert list(outcomes(hands).values()) == ["refused", "refused", "included", "included"]
        keys.write("Password of 1 letter.pdf", "brown foxes")
        keys.press(Qt.Key.Key_Return)
        hands.wait()
        assert outcomes(hands)["1 letter.pdf"] == "cleaned"
        keys.push("Remove 2 tool.exe")
        assert "2 tool.exe" not in outcomes(hands)
        crop(hands, keys)
        assert fact(hands, "3 photo.png").treatment.crop == pytest.approx((0, 0, 0.01, 0))
        black_out(hands, keys)
        assert hands.says("The school blacked out 1 place on page 1.")
        with by_hand.reads(referral(hands).document(fact(hands, "4 note.txt"))) as pdf:
            assert all("/Font" not in page.get("/Resources", pikepdf.Dictionary()) for page in pdf.pages)


@pytest.mark.parametrize("size", [100, 300])
def test_every_panel_of_a_document_fits_a_small_window(
    size: int, qtbot: QtBot, home: Path, papers: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    Image.new("RGB", (30, 40), "red").save(papers[0].with_name("5 photo.png"))
    monkeypatch.setattr(files, "choose_files", lambda *_: (papers[0].parent,))
    with at_work(qtbot, home) as hands:
        hands.program.look.dress(size)
        try:
            hands.window.resize(1024, 640)
            begun(hands)
            hands.press("Make one document of several photos")
            panels = {"3 photo.png": "Crop or straighten", "4 note.txt": "Black something out in"}
            wrong = {}
            for name, words in panels.items():
                hands.press(f"Details: {name}")
                hands.press(f"{words} {name}")
                hands.wait()
                wrong[name] = cut_off(hands.program) + squeezed(hands)
            assert wrong == {name: [] for name in panels}
        finally:
            hands.program.look.dress(100)


def squeezed(hands: Hands) -> list[str]:
    """Words that are lower than they need to be read."""
    shown = [one for one in hands.window.findChildren(QLabel) if one.isVisible()]
    return [one.text() for one in shown if one.height() < one.heightForWidth(one.width())]


def begun(hands: Hands) -> Keyboard:
    """On the evidence page of a new referral, with the papers chosen."""
    hands.program.begin("essex")
    assert hands.program.desk is not None
    hands.program.desk.shell.show_page("evidence")
    keys = Keyboard(hands.window)
    keys.push("Choose files")
    hands.wait()
    return keys


def crop(hands: Hands, keys: Keyboard) -> None:
    keys.push("Details: 3 photo.png")
    keys.push("Turn this page right")
    assert fact(hands, "3 photo.png").rotate == 90
    keys.push("Turn this page left")
    keys.push("Crop or straighten 3 photo.png")
    hands.wait()
    keys.press(Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    keys.push("Crop and straighten")
    hands.wait()


def black_out(hands: Hands, keys: Keyboard) -> None:
    keys.push("Details: 4 note.txt")
    keys.push("Black something out in 4 note.txt")
    keys.write("Word or name to black out", "Tom Marsh")
    keys.press(Qt.Key.Key_Return)
    hands.wait()
    assert hands.says("“Tom Marsh”: 1 place on page 1.")
    keys.push("Black it out")
    hands.wait()


def referral(hands: Hands) -> OpenReferral:
    assert hands.program.desk is not None
    return hands.program.desk.referral


def outcomes(hands: Hands) -> dict[str, str]:
    return {one.file: one.outcome for one in referral(hands).case.evidence}


def fact(hands: Hands, file: str) -> EvidenceFact:
    return next(one for one in referral(hands).case.evidence if one.file == file)
