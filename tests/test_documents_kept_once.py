"""Documents that come in others, twice, or in folders: each is kept once, under what it came with, and told."""

import json
from pathlib import Path

import pytest
from pikepdf import AttachedFileSpec, Encryption
from pytestqt.qtbot import QtBot

from tests.desks import at_work
from tests.evidence import pdfs_by_hand as by_hand
from tests.evidence.messages import letter
from tests.evidence.test_messages import zipped
from tests.journeys.test_whole_way import begin
from tests.test_desk import Page, desk, told, wish
from wizard import folder
from wizard.__main__ import main
from wizard.desk.keeping import MOST
from wizard.desk.requests import Desk
from wizard.errors import CannotWrite
from wizard.evidence_fact import Treatment
from wizard.pages import files
from wizard.pages import screen as ask
from wizard.pages.evidence_busy import StopIntake
from wizard.referral import OpenReferral

assert desk  # the fixture

NOTE = b"Tom was seen on Monday."
LEFT_OUT = "Hidden and system files are no documents, so they were left out."


@pytest.fixture
def message(tmp_path: Path) -> Path:
    """A message with a note, and an archive with the same note and another."""
    mail = letter("See the notes.", Subject="Notes")
    mail.add_attachment(NOTE, maintype="text", subtype="plain", filename="note.txt")
    inner = zipped({"again.txt": NOTE, "note.txt": b"He came back on Tuesday.", "tool.exe": b"MZ" + bytes(99)})
    mail.add_attachment(inner, maintype="application", subtype="zip", filename="more.zip")
    path = tmp_path / "notes.eml"
    path.write_bytes(bytes(mail))
    return path


def sentences(desk: Desk) -> list[str]:
    return [one[0] for one in told(desk) if isinstance(one[1], str)]


def test_what_is_attached_to_a_message_is_taken_in_under_it(qtbot: QtBot, desk: Desk, message: Path) -> None:
    wish(desk, ask.AddEvidence((message,), ("E65",)), qtbot)
    known = [(one.file, one.within, one.outcome) for one in desk.referral.case.evidence]
    assert known == [
        ("notes.eml", "", "cleaned"),
        ("note.txt", "notes.eml", "included"),
        ("more.zip", "notes.eml", "cleaned"),
        ("note (2).txt", "more.zip", "included"),
        ("tool.exe", "more.zip", "refused"),
    ]
    assert {one.answers for one in desk.referral.case.evidence} == {("E65",)}
    assert desk.referral.original(desk.referral.case.evidence[1]) == NOTE
    assert desk.referral.case.evidence[0].suggested == "2026-07-03"
    assert sentences(desk) == [
        "again.txt, which came with more.zip, is in this referral already.",
        "tool.exe, which came with more.zip, was not taken in.",
    ]


def test_a_message_that_comes_again_is_kept_once_and_linked_to_more(qtbot: QtBot, desk: Desk, message: Path) -> None:
    wish(desk, ask.AddEvidence((message,), ("E65",)), qtbot)
    before = len(sentences(desk))
    other = message.rename(message.with_name("the same.eml"))
    wish(desk, ask.AddEvidence((other,), ("E66",)), qtbot)
    assert len(desk.referral.case.evidence) == 5
    assert {one.answers for one in desk.referral.case.evidence} == {("E65", "E66")}
    assert sentences(desk)[before] == "the same.eml is in this referral already."
    remedy = next(one[1] for one in told(desk) if one[0] == sentences(desk)[before])
    assert remedy == (
        "It is the same document as notes.eml, so it is kept once. That is linked to what you added it for as well."
    )


def test_another_document_of_the_same_name_is_kept_apart(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    for place, words in (("a", b"One"), ("b", b"Two"), ("c", b"One")):
        (tmp_path / place).mkdir()
        (tmp_path / place / "note.txt").write_bytes(words)
        wish(desk, ask.AddEvidence((tmp_path / place / "note.txt",)), qtbot)
    assert [one.file for one in desk.referral.case.evidence] == ["note.txt", "note (2).txt"]
    assert "It has the same content, so it is kept once." in [one[1] for one in told(desk)]


def test_a_part_that_was_removed_comes_back_with_its_message(qtbot: QtBot, desk: Desk, message: Path) -> None:
    wish(desk, ask.AddEvidence((message,)), qtbot)
    note = desk.referral.case.evidence[1]
    wish(desk, ask.RemoveEvidence(note), qtbot)
    wish(desk, ask.AddEvidence((message,)), qtbot)
    again = desk.referral.case.evidence[-1]
    assert (again.file, again.within) == ("note.txt", "notes.eml")
    others = desk.referral.case.evidence[:-1]
    wish(desk, ask.RestoreEvidence(note, 1), qtbot)
    assert desk.referral.case.evidence == (others[0], note, *others[1:])
    assert sentences(desk)[-1] == "note.txt was added again after it was removed, so one of the two goes."
    wish(desk, ask.RestoreEvidence(again, 4), qtbot)
    assert desk.referral.case.evidence == (others[0], *others[1:3], again, *others[3:])


def test_what_came_in_a_locked_document_stands_behind_it_once_that_is_open(
    qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    with by_hand.letter() as pdf:
        for name in ("a.txt", "b.txt"):
            pdf.attachments[name] = AttachedFileSpec(pdf, name.encode(), filename=name)
        (tmp_path / "locked.pdf").write_bytes(by_hand.saved(pdf, Encryption(owner="fox", user="fox")))
    (tmp_path / "note.txt").write_bytes(NOTE)
    wish(desk, ask.AddEvidence((tmp_path / "locked.pdf", tmp_path / "note.txt")), qtbot)
    locked, _ = desk.referral.case.evidence
    wish(desk, ask.TreatEvidence(locked, Treatment(password="fox")), qtbot)
    known = [(one.file, one.within) for one in desk.referral.case.evidence]
    assert known == [("locked.pdf", ""), ("a.txt", "locked.pdf"), ("b.txt", "locked.pdf"), ("note.txt", "")]
    again = OpenReferral(desk.file).case
    assert [one.id for one in again.evidence] == [one.id for one in desk.referral.case.evidence]
    assert again.signed_digest() == desk.referral.case.signed_digest()


def test_stopping_all_takes_a_message_and_its_parts_out_and_links_back(
    qtbot: QtBot, desk: Desk, message: Path, tmp_path: Path
) -> None:
    (tmp_path / "note.txt").write_bytes(NOTE)
    wish(desk, ask.AddEvidence((tmp_path / "note.txt",), ("E65",)), qtbot)
    before = desk.referral.case
    (tmp_path / "after.txt").write_bytes(b"Comes after the message.")
    page = desk.shell.shown
    assert isinstance(page, Page)
    page.refreshed = lambda view: len(view.judgement.facts.case.evidence) == 5 and desk.carry_out(StopIntake())
    wish(desk, ask.AddEvidence((message, tmp_path / "after.txt"), ("E66",)), qtbot)
    assert desk.referral.case == before
    assert ("Stopped, as you asked.", "The 4 documents that had come in were taken out again.") in told(desk)


def test_what_cannot_be_kept_whole_is_not_kept_at_all(
    qtbot: QtBot, desk: Desk, message: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, add = desk.referral.case, desk.file.add_evidence

    def full(facts: dict[str, object], original: bytes, prepared: bytes) -> str:
        if facts["file"] == "more.zip":
            raise CannotWrite("The disk is full.", "Make room.")
        return add(facts, original, prepared)

    monkeypatch.setattr(desk.file, "add_evidence", full)
    wish(desk, ask.AddEvidence((message,)), qtbot)
    assert desk.referral.case == before
    assert desk.file.evidence_facts() == []
    assert told(desk)[-1] == ("notes.eml was not taken in.", "The disk is full. Make room.")


def test_a_folder_is_taken_in_without_what_a_system_leaves_in_it(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    place = tmp_path / "Tom"
    for name in ("b.txt", "in/a.txt", "Thumbs.db", "desktop.ini", "._b.txt", "~$b.docx", ".git/config"):
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(name)
    wish(desk, ask.AddEvidence((place,)), qtbot)
    assert sorted(one.file for one in desk.referral.case.evidence) == ["a.txt", "b.txt"]
    assert sentences(desk) == [LEFT_OUT]
    assert next(one[1] for one in told(desk) if one[0] == LEFT_OUT).startswith("They are ")


def test_far_too_many_files_are_not_begun(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "all").mkdir()
    for number in range(MOST + 1):
        (tmp_path / "all" / f"{number}.txt").touch()
    wish(desk, ask.AddEvidence((tmp_path / "all",)), qtbot)
    assert sentences(desk) == ["There are 501 files in what you added."]


def test_what_was_still_to_be_done_when_the_window_closed_is_named_once(
    qtbot: QtBot, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    papers = tmp_path / "papers"
    papers.mkdir()
    (papers / "note.txt").write_bytes(NOTE)
    monkeypatch.setattr(files, "choose_folder", lambda *_: papers)
    with at_work(qtbot, home) as hands:
        begin(hands)
        hands.row("Evidence").click()
        hands.press("Choose a folder")
        hands.wait()
        for name in "abcd":
            (papers / f"{name}.txt").write_text(name)
        monkeypatch.setattr(hands.program.jobs, "_start", lambda job: None)
        hands.press("Choose a folder")
        desk = hands.program.desk
        assert desk is not None
        desk.carry_out(ask.TreatEvidence(desk.referral.case.evidence[0], Treatment(words=("Tom",))))
        assert hands.close()
    for first in (True, False):
        with at_work(qtbot, home) as hands:
            assert hands.program.store is not None
            hands.program.open(hands.program.store.list()[0].reference)
            assert hands.says("The program was closed before 4 files were read.") == first
            assert hands.says("They are a.txt, b.txt, c.txt and 1 more. Add them again under Evidence") == first
            assert hands.says("The program was closed before a document was prepared: note.txt.") == first
            assert hands.says("nothing was blacked out or cropped. Open Evidence and do it again.") == first


def test_a_referral_is_handed_over_with_its_parts_as_files(
    qtbot: QtBot, desk: Desk, message: Path, tmp_path: Path
) -> None:
    wish(desk, ask.AddEvidence((message,), ("E65",)), qtbot)
    folder.write(tmp_path / "out", desk.referral.case, desk.referral.original)
    listed = json.loads((tmp_path / "out" / folder.NAME).read_text())["evidence"]
    assert [one["file"] for one in listed] == ["notes.eml", "note.txt", "more.zip", "note (2).txt", "tool.exe"]
    read = folder.read(tmp_path / "out")
    again = [(one.file, one.within, one.outcome) for one in read.case.evidence]
    assert again == [(one.file, one.within, one.outcome) for one in desk.referral.case.evidence]
    assert main(["move", str(tmp_path / "out"), "dorset"]) == 0
    moved = json.loads((tmp_path / "out" / folder.NAME).read_text())["evidence"]
    assert [one.get("why") for one in moved] == [one.get("why") for one in listed], "or its line is of no use any more"
    assert [one.outcome for one in folder.read(tmp_path / "out").case.evidence][-1] == "refused"


def test_inspect_tells_of_a_message_and_of_all_that_came_with_it(
    message: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["inspect", str(message)]) == 0
    line = json.loads(capsys.readouterr().out)
    assert (line["kind"], line["outcome"]) == ("eml", "cleaned")
    assert [(one["file"], one["outcome"]) for one in line["parts"]] == [
        ("note.txt", "included"),
        ("more.zip", "cleaned"),
    ]
    assert [one["outcome"] for one in line["parts"][1]["parts"]] == ["included", "included", "refused"]
    assert line["parts"][0]["parts"] == []


def test_files_are_looked_for_in_files_three_deep_and_no_deeper(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = zipped({"note.txt": NOTE})
    for number in range(4):
        data = zipped({f"{number}.zip": data})
    (tmp_path / "deep.zip").write_bytes(data)
    assert main(["inspect", str(tmp_path / "deep.zip")]) == 0
    line = json.loads(capsys.readouterr().out)
    depth = 0
    while line["parts"]:
        (line,) = line["parts"]
        depth += 1
    assert depth == 4
    assert "It lies deeper in other files than is looked." in line["why"]
