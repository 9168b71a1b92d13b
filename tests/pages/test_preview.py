"""The draft pack: pages are drawn as they come into view, in memory."""

from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QScrollArea
from pytestqt.qtbot import QtBot

from tests.pages.referrals import buttons, words
from wizard.pages.preview import DraftPreview


def png() -> bytes:
    image = QImage(760, 1075, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


@pytest.fixture
def asked() -> list[int]:
    return []


@pytest.fixture
def page(qtbot: QtBot, asked: list[int]) -> DraftPreview:
    page = DraftPreview("draft.pdf", 40)
    page.wanted.connect(lambda number, width: asked.append(number))
    qtbot.addWidget(page)
    page.resize(1024, 700)
    page.show()
    return page


def test_only_what_is_near_the_view_is_drawn_and_each_page_once(
    qtbot: QtBot, page: DraftPreview, asked: list[int]
) -> None:
    assert asked[:2] == [1, 2]
    assert len(asked) < 6
    page.findChildren(QScrollArea)[0].verticalScrollBar().setValue(20 * 1091)
    assert 21 in asked
    assert len(asked) == len(set(asked)) < 12


def test_a_page_that_was_drawn_is_shown_and_rubbish_is_not(page: DraftPreview) -> None:
    page.picture(1, png())
    page.picture(2, b"not a picture")
    first, second = page._sheets[:2]
    assert not first.pixmap().isNull()
    assert second.pixmap().isNull()
    assert first.accessibleName() == "Page 1 of 40 of the draft"


def test_back_and_esc_close_it(qtbot: QtBot, page: DraftPreview) -> None:
    with qtbot.waitSignal(page.closed):
        buttons(page)["Back to Check your answers"].click()


def test_a_copy_is_written_only_when_somebody_says_where(
    qtbot: QtBot, page: DraftPreview, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    with qtbot.assertNotEmitted(page.save):
        buttons(page)["Save a copy of the draft"].click()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("/copies/draft.pdf", ""))
    with qtbot.waitSignal(page.save) as heard:
        buttons(page)["Save a copy of the draft"].click()
    assert heard.args == [Path("/copies/draft.pdf")]
    page.failed("The file cannot be written.", "Choose another folder.")
    assert "The file cannot be written." in words(page)
