"""The desk: what pages ask for is done in the file or beside the window, and what goes wrong is always said."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from forms.kit.policy import Requirement
from tests.desks import AtOnce
from tests.evidence import pdfs_by_hand as by_hand
from tests.evidence.test_ocr import photo
from tests.evidence.test_words_in_pictures import table
from tests.forms.anxious_pupil import ANXIOUS
from wizard.desk import practice, reading
from wizard.desk.packs import WAIT, Draft, PackMaker, for_diary, free_name, last_pack
from wizard.desk.requests import Desk
from wizard.desk.school import SchoolDetails
from wizard.errors import Cancelled, CannotWrite
from wizard.evidence.folders import found
from wizard.evidence.redaction.search import Places
from wizard.evidence.words import ocr
from wizard.evidence_fact import Area, EvidenceFact, Treatment
from wizard.folder import digest, free_file
from wizard.jobs import UNEXPECTED, Job, Jobs
from wizard.pages import screen as ask
from wizard.pages.evidence_busy import StopIntake
from wizard.pages.pasted_picture import as_png
from wizard.pages.working import StopWork
from wizard.referral import OpenReferral, begin, new_file
from wizard.shell import Shell
from wizard.store.keys import Vault
from wizard.store.referral_file import ReferralFile
from wizard.store.referral_store import ReferralStore
from wizard.store.school_record import SchoolRecord
from wizard.validation.requirements import NOT_TAKEN_IN

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
MADE = ask.PackMade(Path("/packs/a.pdf"), 1000, 3, "fk7m-2xrw", Path("/packs/a.eml"), ("Look at one.", "And at this."))


class Page(ask.Screen):
    """Remembers what it was told."""

    told: list[Any]
    places: Places

    def __init__(self, view: ask.View) -> None:
        super().__init__()
        self.view, self.told = view, []
        self.refreshed: Callable[[ask.View], object] = lambda view: None

    def failed(self, sentence: str, remedy: str) -> None:
        self.told.append((sentence, remedy))

    def progress(self, words: str, part: float) -> None:
        self.told.append((words, part))

    def picture(self, id: str, page: int, png: bytes) -> None:
        self.told.append((id, page, png[:4]))

    def whole_picture(self, id: str, png: bytes, angle: float) -> None:
        self.told.append((id, QImage.fromData(png).size().toTuple(), angle))

    def words_found(self, id: str, words: tuple[str, ...], places: Places) -> bool:
        self.told.append((id, words, [len(found) for found in places.of_words]))
        self.places = places
        return "Enough" not in words

    def treated(self, id: str) -> None:
        self.told.append(id)

    def register_read(self, reading: ask.RegisterReading) -> None:
        self.told.append(reading)

    def saved(self, path: Path) -> None:
        self.told.append(path)

    def refresh(self, view: ask.View) -> None:
        self.view = view
        self.refreshed(view)


class Plain(ask.Screen):
    """A page with no place for messages."""

    def __init__(self, view: ask.View) -> None:
        super().__init__()


class Maker:
    """Makes packs out of nothing."""

    def __init__(self) -> None:
        self.trouble: Exception | None = None

    def draft(self, *_: object, progress: Callable[[float, str], None], cancelled: Callable[[], bool]) -> Draft:
        progress(0.5, "Laying out")
        if self.trouble:
            raise self.trouble
        return Draft(b"%PDF-", 3, "draft.pdf")

    def final(self, *_: object, progress: Callable[[float, str], None], cancelled: Callable[[], bool]) -> ask.PackMade:
        if self.trouble:
            raise self.trouble
        return MADE


@pytest.fixture
def desk(qtbot: QtBot, home: Path) -> Iterator[Desk]:
    store = ReferralStore(home, Vault.in_memory())
    file = store.create()
    begin(file, "essex")
    for page, raw in ANXIOUS.items():
        file.save_page(page, raw)
    referral = OpenReferral(file, lambda: NOW)
    screens = dict.fromkeys(("check", "send", "evidence", "register", "sign", "route"), Page) | {"questions": Plain}
    shell = Shell(referral, screens, lambda view: QWidget())
    qtbot.addWidget(shell)
    school = SchoolDetails(SchoolRecord(home, Vault.in_memory()), datetime.now, lambda *_: None)
    desk = Desk(file, referral, shell, AtOnce(), Maker(), school)  # type: ignore[arg-type]
    shell.show_page("check")
    yield desk
    desk._jobs.finish()
    desk.close()


def wish(desk: Desk, request: ask.Request, qtbot: QtBot) -> None:
    assert desk.shell.shown is not None
    desk.shell.shown.wanted.emit(request)
    qtbot.waitUntil(lambda: not desk._jobs.busy, timeout=30_000)


def told(desk: Desk) -> list[Any]:
    assert isinstance(desk.shell.shown, Page)
    return desk.shell.shown.told


def test_evidence_is_taken_in_changed_drawn_removed_and_brought_back(
    qtbot: QtBot, desk: Desk, corpus: Path, tmp_path: Path
) -> None:
    (tmp_path / "letters" / ".hidden").mkdir(parents=True)
    (tmp_path / "letters" / ".hidden" / "x.pdf").write_bytes(b"%PDF-")
    (tmp_path / "letters" / "letter.pdf").write_bytes((corpus / "pdf" / "text_only_fontsEmbeddedAll.pdf").read_bytes())
    wish(desk, ask.AddEvidence((tmp_path / "letters",), ("E65",)), qtbot)
    (fact,) = desk.referral.case.evidence
    assert (fact.file, fact.answers, fact.pages > 0) == ("letter.pdf", ("E65",), True)
    assert told(desk)[0][0] == "Hidden and system files are no documents, so they were left out."
    assert told(desk)[1] == ("Reading letter.pdf", pytest.approx(0.1))
    wish(desk, ask.PreviewPage(fact, 1, 120), qtbot)
    assert told(desk)[-1] == (fact.id, 1, b"\x89PNG")
    wish(desk, ask.RemoveEvidence(fact), qtbot)
    assert desk.referral.case.evidence == ()
    wish(desk, ask.RestoreEvidence(fact, 0), qtbot)
    assert desk.referral.case.evidence == (fact,)
    wish(desk, ask.ChangeEvidence(replace(fact, title="CAMHS letter")), qtbot)
    assert desk.referral.case.evidence[0].name == "CAMHS letter"


def test_a_pasted_picture_is_taken_in_from_memory(qtbot: QtBot, desk: Desk) -> None:
    picture = QImage(60, 40, QImage.Format.Format_RGB32)
    picture.fill(0xFFFFFF)
    wish(desk, ask.AddEvidence((), ("E65",), (as_png(picture),)), qtbot)
    (fact,) = desk.referral.case.evidence
    assert (fact.file, fact.kind, fact.answers) == ("Pasted picture.png", "png", ("E65",))
    assert desk.referral.original(fact) == as_png(picture)
    picture.fill(0x0000FF)
    wish(desk, ask.AddEvidence((), (), (as_png(picture),)), qtbot)
    assert desk.referral.case.evidence[1].file == "Pasted picture (2).png"
    Image.new("L", (60, 40)).save(jpeg := BytesIO(), "JPEG")
    wish(desk, ask.AddEvidence((), (), (jpeg.getvalue(),)), qtbot)
    fact = desk.referral.case.evidence[2]
    assert (fact.file, fact.kind, fact.notices) == ("Pasted picture.jpg", "jpeg", ())


@pytest.mark.parametrize(
    ("name", "free"), [("a.pdf", "a.pdf"), ("SCAN.pdf", "SCAN (3).pdf"), ("note", "note (2)"), (".x", ".x (2)")]
)
def test_no_two_documents_have_one_file_name(name: str, free: str) -> None:
    assert free_file(name, ["scan.pdf", "scan (2).pdf", "note", ".x"]) == free


def test_a_folder_without_files_is_said_to_be_so(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "nothing").mkdir()
    wish(desk, ask.AddEvidence((tmp_path / "nothing",)), qtbot)
    assert told(desk)[0][0] == "There is no file in what you added."


def test_a_refused_file_says_why(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "program.exe").write_bytes(b"MZ" + bytes(100))
    wish(desk, ask.AddEvidence((tmp_path / "program.exe", tmp_path / "gone.pdf")), qtbot)
    sentences = [one[0] for one in told(desk) if isinstance(one[1], str)]
    assert "program.exe was not taken in." in sentences
    assert "gone.pdf was not taken in." in sentences


def test_a_refused_file_stays_in_the_list_without_its_bytes_until_it_is_removed(
    qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    (tmp_path / "program.exe").write_bytes(program := b"MZ" + bytes(100))
    wish(desk, ask.AddEvidence((tmp_path / "program.exe",), ("E65",)), qtbot)
    (fact,) = desk.referral.case.evidence
    assert (fact.file, fact.outcome, fact.sha256) == ("program.exe", "refused", digest(program))
    assert fact.why.startswith("This is a program")
    assert (desk.referral.original(fact), desk.referral.document(fact)) == (b"", b"")
    assert desk.referral.judgement.facts.documents_for(requirement(desk, "E65")) == ()
    (point,) = (one for one in desk.referral.judgement.points if one.id == NOT_TAKEN_IN)
    assert point.todo.startswith("Evidence 1 could not be taken in")
    (kept,) = OpenReferral(desk.file).case.evidence
    assert replace(kept, given=()) == fact
    wish(desk, ask.RemoveEvidence(fact), qtbot)
    assert desk.referral.case.evidence == ()
    assert NOT_TAKEN_IN not in {one.id for one in desk.referral.judgement.points}


def test_a_locked_document_waits_for_its_password_and_keeps_what_was_said_of_it(
    qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    (tmp_path / "letter.pdf").write_bytes(locked := by_hand.locked(user="three brown foxes"))
    wish(desk, ask.AddEvidence((tmp_path / "letter.pdf",), ("E65",)), qtbot)
    (fact,) = desk.referral.case.evidence
    assert (fact.outcome, fact.locked, desk.referral.original(fact)) == ("refused", True, locked)
    assert "Evidence 1 is locked" in todo(desk, NOT_TAKEN_IN)
    wish(desk, ask.ChangeEvidence(replace(fact, title="CAMHS letter")), qtbot)
    wish(desk, ask.TreatEvidence(fact, Treatment(password="four brown foxes")), qtbot)
    (still,) = desk.referral.case.evidence
    assert (still.outcome, still.treatment, told(desk)[-1]) == ("refused", Treatment(), fact.id)
    assert still.why != fact.why
    wish(desk, ask.TreatEvidence(still, Treatment(password="three brown foxes")), qtbot)
    (now,) = desk.referral.case.evidence
    assert (now.id, now.title, now.answers, now.outcome) == (fact.id, "CAMHS letter", ("E65",), "cleaned")
    assert desk.referral.document(now).startswith(b"%PDF-")
    assert desk.referral.original(now) == locked
    (kept,) = OpenReferral(desk.file).case.evidence
    assert replace(kept, given=()) == now
    assert NOT_TAKEN_IN not in {one.id for one in desk.referral.judgement.points}


def test_a_treatment_that_fails_leaves_the_document_as_it_was(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "letter.pdf").write_bytes(by_hand.locked(user="three brown foxes"))
    wish(desk, ask.AddEvidence((tmp_path / "letter.pdf",)), qtbot)
    wish(desk, ask.TreatEvidence(desk.referral.case.evidence[0], Treatment(password="three brown foxes")), qtbot)
    (fact,) = desk.referral.case.evidence
    before = desk.referral.document(fact)
    wish(desk, ask.TreatEvidence(fact, Treatment(password="none of it")), qtbot)
    assert desk.referral.case.evidence == (fact,)
    assert desk.referral.document(fact) == before
    assert ("letter.pdf stays as it was.", told(desk)[-2][1]) == told(desk)[-2]
    desk.carry_out(ask.TreatEvidence(fact, Treatment(password="three brown foxes")))
    desk.referral.remove_evidence(fact.id)
    qtbot.waitUntil(lambda: not desk._jobs.busy, timeout=30_000)
    assert desk.referral.case.evidence == ()


def test_a_file_that_was_refused_is_chosen_again_and_the_one_before_goes(
    qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    (tmp_path / "letter.pdf").write_bytes(b"MZ" + bytes(100))
    wish(desk, ask.AddEvidence((tmp_path / "letter.pdf",)), qtbot)
    (refused,) = desk.referral.case.evidence
    again = ask.AddEvidence((tmp_path / "letter.pdf",), instead=refused.id)
    wish(desk, again, qtbot)
    assert desk.referral.case.evidence == (refused,)
    (tmp_path / "letter.pdf").write_bytes(by_hand.locked(owner="x"))
    (tmp_path / "note.txt").write_text("Seen at home")
    page = desk.shell.shown
    assert isinstance(page, Page)

    def outcomes() -> list[str]:
        return [one.outcome for one in desk.referral.case.evidence]

    page.refreshed = lambda _: outcomes() == ["cleaned"] and desk.carry_out(StopIntake())
    wish(desk, replace(again, paths=(tmp_path / "letter.pdf", tmp_path / "note.txt")), qtbot)
    assert desk.referral.case.evidence == (refused,)
    page.refreshed = lambda _: None
    wish(desk, again, qtbot)
    assert outcomes() == ["cleaned"]


def test_a_cancelled_import_leaves_the_referral_as_it_was(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    picture = QImage(60, 40, QImage.Format.Format_RGB32)
    picture.fill(0xFFFFFF)
    wish(desk, ask.AddEvidence((), ("E65",), (as_png(picture),)), qtbot)
    before, on_disk = desk.referral.case, desk.file.load()
    scans = tmp_path / "scans"
    scans.mkdir()
    for number in range(3):
        picture.fill(number)
        (scans / f"{number}.png").write_bytes(as_png(picture))
    page = desk.shell.shown
    assert isinstance(page, Page)
    page.refreshed = lambda view: len(view.judgement.facts.case.evidence) == 3 and desk.carry_out(StopIntake())
    wish(desk, ask.AddEvidence((scans,)), qtbot)
    assert desk.referral.case == before
    assert desk.file.load() == on_disk
    assert ("Stopped, as you asked.", "The 2 documents that had come in were taken out again.") in told(desk)


def test_one_file_of_several_is_stopped(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    tools = tmp_path / "tools"
    tools.mkdir()
    for number in range(2):
        (tools / f"{number}.exe").write_bytes(b"MZ" + bytes(number))
    desk.carry_out(ask.AddEvidence((tools,)))
    desk.carry_out(StopIntake("Reading 1 of 2: 0.exe"))
    qtbot.waitUntil(lambda: not desk._jobs.busy, timeout=30_000)
    assert [one.file for one in desk.referral.case.evidence] == ["1.exe"]


def until_stopped(*given: Any, cancelled: Callable[[], bool], **_: object) -> None:
    while not cancelled():
        time.sleep(0.01)
    raise Cancelled


@pytest.mark.parametrize("all_of_it", [True, False])
def test_stopping_what_is_made_of_a_document_takes_nothing_out_that_had_come_in(
    all_of_it: bool, qtbot: QtBot, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "letter.txt").write_text("Seen at home")
    wish(desk, ask.AddEvidence((tmp_path / "letter.txt",), ("E65",)), qtbot)
    (fact,) = before = desk.referral.case.evidence
    monkeypatch.setattr(AtOnce, "_start", Jobs._start)
    monkeypatch.setattr(reading, "treated", until_stopped)
    monkeypatch.setattr(reading, "joined", until_stopped)
    desk.carry_out(ask.TreatEvidence(fact, Treatment(words=("home",))))
    desk.carry_out(StopIntake("" if all_of_it else "Preparing letter.txt"))
    assert told(desk)[-2:] == [("Stopped, as you asked.", "letter.txt stays as it was."), fact.id]
    desk.carry_out(ask.JoinEvidence((fact, fact)))
    desk.carry_out(StopIntake("" if all_of_it else "Making one document of 2 photos"))
    qtbot.waitUntil(lambda: not desk._jobs.busy, timeout=60_000)
    assert told(desk)[-1] == ("Stopped, as you asked.", "The photos stay as they were.")
    assert desk.referral.case.evidence == before


@pytest.fixture
def waiting(monkeypatch: pytest.MonkeyPatch) -> list[Job]:
    """Work that waits until a test has it done."""
    jobs: list[Job] = []
    monkeypatch.setattr(AtOnce, "_start", lambda _, job: jobs.append(job))
    return jobs


def work_through(jobs: list[Job]) -> None:
    """Do the work that waits, the last first, and what it leads to."""
    while jobs:
        jobs.pop().work()
        QApplication.processEvents()


BLACK = Treatment(areas=(Area(1, (0.1, 0.1, 0.2, 0.2)),))


def test_of_two_wishes_for_a_document_the_later_one_holds_whichever_ends_last(desk: Desk, waiting: list[Job]) -> None:
    ids = two_photos(desk)
    fact, _ = desk.referral.case.evidence
    desk.carry_out(ask.TreatEvidence(fact, Treatment(straighten=1.5)))
    desk.carry_out(ask.TreatEvidence(fact, BLACK))
    desk.carry_out(ask.MakePack(Path()))
    assert told(desk)[-1] == WAIT  # it would go without what is being blacked out
    desk.carry_out(ask.JoinEvidence(desk.referral.case.evidence))
    assert told(desk)[-1][0] == "The photos stay as they were."
    work_through(waiting)
    assert [(one.id, one.treatment) for one in desk.referral.case.evidence] == [(ids[0], BLACK), (ids[1], Treatment())]
    desk.carry_out(ask.MakePack(Path()))
    work_through(waiting)
    assert desk.shell.last_pack == MADE


@pytest.mark.parametrize("meanwhile", ["removed", "left out", "blacked out", "read by machine"])
def test_photos_that_changed_while_they_were_joined_stay_as_they_are_now(
    desk: Desk, waiting: list[Job], meanwhile: str
) -> None:
    two_photos(desk)
    facts = desk.referral.case.evidence
    desk.carry_out(ask.JoinEvidence(facts))
    if meanwhile == "removed":
        desk.carry_out(ask.RemoveEvidence(facts[0]))
    elif meanwhile == "left out":
        desk.carry_out(ask.ChangeEvidence(replace(facts[0], omit=(1,))))
    elif meanwhile == "blacked out":
        desk.carry_out(ask.TreatEvidence(facts[0], BLACK))
        assert told(desk)[-2][0] == "IMG_0.png stays as it was."
    else:
        desk.referral.change_evidence(replace(facts[0], by_machine=(1,)))
    now = desk.referral.case.evidence
    work_through(waiting)
    if meanwhile in ("removed", "left out"):
        assert desk.referral.case.evidence == now
        assert told(desk)[-1][0] == "The photos stay as they were."
    else:
        assert [one.pages for one in desk.referral.case.evidence] == [2]


def two_photos(desk: Desk) -> list[str]:
    """The ids of two photos that were taken in."""
    for number in range(2):
        Image.new("L", (300, 400), 250 - number).save(out := BytesIO(), "PNG")
        fact = EvidenceFact(f"IMG_{number}.png", outcome="cleaned", kind="png", pages=1, silent=(1,))
        desk.referral.add_evidence(fact, out.getvalue(), b"")
    return [one.id for one in desk.referral.case.evidence]


def todo(desk: Desk, id: str) -> str:
    return next(one.todo for one in desk.referral.judgement.points if one.id == id)


def requirement(desk: Desk, id: str) -> Requirement:
    return next(one for one in desk.referral.judgement.facts.profile.requirements if one.id == id)


def test_a_register_is_read_and_what_was_not_understood_comes_row_by_row(
    qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    export = tmp_path / "marks.csv"
    export.write_text("Date,Session,Mark\n2026-09-07,AM,/\n2026-09-07,PM,??\n", encoding="utf-8")
    desk.shell.show_page("attendance")
    wish(desk, ask.ReadRegister(export), qtbot)
    reading = told(desk)[-1]
    assert isinstance(reading, ask.RegisterReading)
    assert reading.file == "marks.csv"
    assert {"date": "2026-09-07", "session": "AM", "code": "/"} in reading.sessions
    assert any(words.startswith("Row 3: ") for words in reading.not_understood)


def test_a_register_goes_to_its_page_even_when_that_has_been_left(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    export = tmp_path / "marks.csv"
    export.write_text("Date,AM,PM\n2026-09-07,/,\\\n2026-09-08,I,ZZ\n", encoding="utf-8")
    desk.shell.show_page("attendance")
    typed = desk.referral.case.answers["attendance"]
    desk.carry_out(ask.ReadRegister(export))
    desk.shell.show_page("route")
    qtbot.waitUntil(lambda: not desk._jobs.busy, timeout=30_000)
    page = desk.referral.case.answers["attendance"]
    assert len(page["register"]["sessions"]) == 4
    assert page["register"]["not_understood"] == ["Row 3: the mark is not a register code: ZZ"]
    assert {name: page[name] for name in typed} == typed
    assert "register" not in desk.referral.case.answers["route"]
    assert told(desk)[-1] == ("marks.csv was read.", "What it comes to is on the page Register.")


@pytest.mark.parametrize(
    ("text", "remedy"),
    [("hello", "No row of the file"), ("Name,Date,AM,PM\nTom Marsh,2026-09-07,I,I\n", "there is something to decide")],
)
def test_a_register_that_needs_a_decision_says_so_once_its_page_is_left(
    qtbot: QtBot, desk: Desk, text: str, remedy: str
) -> None:
    desk.shell.show_page("attendance")
    desk.carry_out(ask.ReadRegister(pasted=text))
    desk.shell.show_page("route")
    qtbot.waitUntil(lambda: not desk._jobs.busy, timeout=30_000)
    sentence, why = told(desk)[-1]
    assert sentence == "What was pasted was not read."
    assert remedy in why
    assert "register" not in desk.referral.case.answers["attendance"]


def test_rows_that_are_pasted_are_read_and_the_pupil_who_was_chosen_is_taken(qtbot: QtBot, desk: Desk) -> None:
    desk.shell.show_page("attendance")
    rows = "Name\tDate\tAM\tPM\nTom Marsh\t07/09/2026\tI\tI\nAda Lovelace\t07/09/2026\t/\t\\\n"
    wish(desk, ask.ReadRegister(pasted=rows), qtbot)
    assert told(desk)[-1].pupils == ("Tom Marsh", "Ada Lovelace")
    wish(desk, replace(told(desk)[-1].request, chosen="Tom Marsh"), qtbot)
    assert [one["code"] for one in told(desk)[-1].sessions] == ["I", "I"]


def test_reasons_signatures_and_sending_go_into_the_file(qtbot: QtBot, desk: Desk) -> None:
    wish(desk, ask.GiveReason("E65", "On its way."), qtbot)
    wish(desk, ask.Sign("senco", "Priya Nair", "typed"), qtbot)
    wish(desk, ask.MarkSent("e-mail", "Priya Nair"), qtbot)
    kept = desk.file.load()
    assert kept["reasons"] == {"E65": "On its way."}
    assert kept["signatures"][0]["name"] == "Priya Nair"
    assert (kept["diary"][0]["event"], kept["diary"][0]["by"]) == ("sent", "Priya Nair")
    wish(desk, ask.WithdrawSignature("senco"), qtbot)
    assert desk.file.load()["signatures"] == []


def test_a_change_that_cannot_be_kept_is_said(qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise CannotWrite("The disk is full.", "Make room.")

    with monkeypatch.context() as broken:
        broken.setattr(desk.file, "save_facts", full)
        wish(desk, ask.GiveReason("E65", "On its way."), qtbot)
        wish(desk, ask.MakePack(Path("/packs")), qtbot)
    assert told(desk).count(("The disk is full.", "Make room.")) == 2
    assert desk.referral.case.reasons == {}


def test_the_draft_is_shown_where_it_was_asked_for(qtbot: QtBot, desk: Desk) -> None:
    with qtbot.waitSignal(desk.draft_made) as heard:
        wish(desk, ask.DraftPack(), qtbot)
    assert heard.args == [Draft(b"%PDF-", 3, "draft.pdf")]
    assert ("Laying out", 0.5) in told(desk)


def test_what_ends_while_another_page_is_open_is_said_above_it(qtbot: QtBot, desk: Desk) -> None:
    assert desk.shell.shown is not None
    desk.shell.shown.wanted.emit(ask.DraftPack())
    desk.shell.show_page("pupil")
    with qtbot.assertNotEmitted(desk.draft_made):
        qtbot.waitUntil(lambda: not desk._jobs.busy)
    assert "The draft pack is ready." in desk.shell.notice.words.text()
    wish(desk, ask.MakePack(Path("/packs")), qtbot)
    assert "The pack is ready." in desk.shell.notice.words.text()
    desk.shell.unsay()
    assert desk.shell.notice.isHidden()


@pytest.mark.parametrize("page", ["check", "pupil"])
def test_failures_are_never_lost(qtbot: QtBot, desk: Desk, page: str) -> None:
    assert isinstance(desk._maker, Maker)
    desk._maker.trouble = CannotWrite("The folder is not there.", "Choose another.")
    desk.shell.show_page(page)
    wish(desk, ask.MakePack(Path("/packs")), qtbot)
    if page == "check":
        assert told(desk) == [("The folder is not there.", "Choose another.")]
    else:
        assert "The folder is not there." in desk.shell.notice.words.text()


def test_the_pack_is_in_the_diary_with_its_password_and_found_again(qtbot: QtBot, desk: Desk) -> None:
    desk.shell.show_page("send")
    wish(desk, ask.MakePack(Path("/packs")), qtbot)
    assert desk.shell.last_pack == MADE
    assert last_pack(OpenReferral(desk.file).case) == MADE
    entry = desk.referral.case.diary[-1]
    assert entry["digest"] == desk.referral.judgement.facts.pack_digest


def test_what_is_typed_while_a_pack_is_made_makes_it_old(qtbot: QtBot, desk: Desk) -> None:
    desk.shell.show_page("send")
    before = desk.referral.judgement.facts.pack_digest
    assert desk.shell.shown is not None
    desk.shell.shown.wanted.emit(ask.MakePack(Path("/packs")))
    desk.referral.commit("pupil", ANXIOUS["pupil"] | {"surname": "Karim"}, {})
    qtbot.waitUntil(lambda: not desk._jobs.busy)
    assert desk.referral.case.diary[-1]["digest"] == before != desk.referral.judgement.facts.pack_digest


def test_no_pack_is_found_where_none_was_made(desk: Desk) -> None:
    assert last_pack(desk.referral.case) is None
    assert set(for_diary(MADE, "d")) == {"pack", "mail", "size", "pages", "password", "digest", "look_at"}


def test_work_can_be_stopped(qtbot: QtBot, desk: Desk) -> None:
    desk.carry_out(ask.DraftPack())
    desk.carry_out(StopWork())
    qtbot.waitUntil(lambda: not desk._jobs.busy)


def test_files_are_found_in_folders_and_hidden_ones_left(tmp_path: Path) -> None:
    for name in ("b.pdf", "a.pdf", ".DS_Store", "in/c.pdf"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert [path.name for path in found((tmp_path,)).files] == ["a.pdf", "b.pdf", "c.pdf"]


def test_nothing_that_was_made_before_is_written_over(tmp_path: Path) -> None:
    assert free_name(tmp_path, "r.eml").name == "r.eml"
    (tmp_path / "r.pdf").touch()
    assert free_name(tmp_path, "r.eml").name == "r (2).eml"
    (tmp_path / "r (2).eml").touch()
    assert free_name(tmp_path, "r.eml").name == "r (3).eml"


def test_a_pack_for_a_folder_that_has_gone_is_refused_before_any_work(desk: Desk, tmp_path: Path) -> None:
    maker = PackMaker(tmp_path, Vault.in_memory(), lambda: NOW)
    with pytest.raises(CannotWrite, match="not there"):
        maker.final(desk.referral.judgement, desk.referral, tmp_path / "gone", lambda *_: None, lambda: False)


def test_packs_are_made_in_memory_and_in_a_folder(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    maker = PackMaker(tmp_path, Vault.in_memory(), lambda: NOW)
    steps: list[float] = []
    draft = maker.draft(desk.referral.judgement, desk.referral, lambda part, _: steps.append(part), lambda: False)
    assert draft.pdf.startswith(b"%PDF-")
    assert steps == sorted(steps)
    assert steps[-1] == 1.0
    for role in ("senco", "slt", "dsl"):
        desk.referral.sign(role, "Somebody", "typed")
    quiet = (lambda *_: None, lambda: False)
    first = maker.final(desk.referral.judgement, desk.referral, tmp_path, *quiet)
    second = maker.final(desk.referral.judgement, desk.referral, tmp_path, *quiet)
    assert first.path.name != second.path.name
    assert {first.path, second.draft_mail} <= set(tmp_path.iterdir())
    assert b"Karim" not in first.path.read_bytes()
    assert first.password != second.password


def test_a_made_up_pupil_is_kept_like_any_other(home: Path) -> None:
    store = ReferralStore(home, Vault.in_memory())
    reference = practice.practise(store)
    with store.open(reference) as file:
        assert OpenReferral(file).judgement.facts.value("pupil", "first_name")


def test_whether_there_are_made_up_pupils_is_known_without_importing_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(practice, "find_spec", lambda name: None)
    assert not practice.can_practise()


def test_nothing_is_left_of_a_referral_that_could_not_be_filled(home: Path) -> None:
    def full(file: ReferralFile) -> None:
        file.save_facts("format", 1)
        raise CannotWrite("The disk is full.")

    store = ReferralStore(home, Vault.in_memory())
    with pytest.raises(CannotWrite):
        new_file(store, full)
    assert store.list() == []


def test_dates_are_written_where_somebody_chose(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    wish(desk, ask.MarkSent("e-mail", "Priya Nair"), qtbot)
    wish(desk, ask.SaveDates(tmp_path / "dates.ics"), qtbot)
    assert b"Ask the council to confirm receipt" in (tmp_path / "dates.ics").read_bytes()
    assert told(desk)[-1] == tmp_path / "dates.ics"
    wish(desk, ask.SaveDates(tmp_path / "nowhere" / "dates.ics"), qtbot)
    assert "cannot" in told(desk)[-1][0]


def test_a_pack_that_went_on_another_day_is_dated_as_of_that_day(qtbot: QtBot, desk: Desk) -> None:
    wish(desk, ask.MarkSent("portal", "Priya Nair", "2026-11-18"), qtbot)
    assert desk.referral.case.sent == date(2026, 11, 18)
    assert desk.referral.case.diary[-1] == {"event": "sent", "when": "2026-11-18", "how": "portal", "by": "Priya Nair"}


def test_a_letter_is_written_where_somebody_chose(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    (document, *_) = [one for one in desk.referral.judgement.facts.profile.documents if one.id == "E32"]
    wish(desk, ask.SaveLetter(document, tmp_path / "letter.pdf"), qtbot)
    assert (tmp_path / "letter.pdf").read_bytes().startswith(b"%PDF-")
    assert told(desk)[-1] == tmp_path / "letter.pdf"
    wish(desk, ask.SaveLetter(document, tmp_path / "nowhere" / "letter.pdf"), qtbot)
    assert "cannot" in told(desk)[-1][0]


def test_a_picture_is_cropped_and_blacked_out_from_its_original_each_time(
    qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    picture = QImage(600, 400, QImage.Format.Format_RGB32)
    picture.fill(0xFFFFFF)
    (tmp_path / "photo.png").write_bytes(as_png(picture))
    wish(desk, ask.AddEvidence((tmp_path / "photo.png",)), qtbot)
    (fact,) = desk.referral.case.evidence
    whole = desk.referral.document(fact)
    wish(desk, ask.WholePicture(fact, 300), qtbot)
    assert told(desk)[-1] == (fact.id, (300, 200), 0)
    wanted = Treatment(crop=(0.5, 0, 0, 0), areas=(Area(1, (0.1, 0.1, 0.2, 0.2)),))
    wish(desk, ask.TreatEvidence(fact, wanted), qtbot)
    (treated,) = desk.referral.case.evidence
    assert (treated.treatment, treated.outcome) == (wanted, "cleaned")
    assert desk.referral.document(treated) != whole
    wish(desk, ask.TreatEvidence(treated, Treatment()), qtbot)
    assert desk.referral.document(desk.referral.case.evidence[0]) == whole


def test_photos_of_one_letter_become_one_document_in_their_place(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    picture = QImage(300, 400, QImage.Format.Format_RGB32)
    picture.fill(0xFFFFFF)
    (tmp_path / "IMG_1.png").write_bytes(as_png(picture))
    scans = [Image.new("L", (300, 400), shade) for shade in (250, 240, 230)]
    scans[0].save(tmp_path / "scan.tiff", save_all=True, append_images=scans[1:])
    for number, name in enumerate(("IMG_1.png", "scan.tiff"), 1):
        wish(desk, ask.AddEvidence((tmp_path / name,), (f"E{64 + number}",)), qtbot)
    first, second = desk.referral.case.evidence
    wish(desk, ask.ChangeEvidence(replace(first, rotate=90)), qtbot)
    wanted = replace(second, title="GP letter", dated="2026-11-02", order=(3, 1, 2), omit=(2,))
    wish(desk, ask.ChangeEvidence(wanted.turned_by(3, 180).turned_by(1, 90)), qtbot)
    facts = desk.referral.case.evidence
    wish(desk, ask.JoinEvidence((replace(facts[0], pages=2), facts[1])), qtbot)
    assert told(desk)[-1][0] == "The photos stay as they were."
    assert desk.referral.case.evidence == facts
    wish(desk, ask.JoinEvidence(facts), qtbot)
    (made,) = desk.referral.case.evidence
    assert (made.file, made.name, made.pages, made.dated) == ("IMG_1 and 1 more.zip", "GP letter", 4, "2026-11-02")
    assert (made.kind, made.answers) == ("photos", ("E65", "E66"))
    assert [(page, made.turn(page)) for page in made.shown] == [(1, 90), (4, 180), (2, 90)]
    assert made.omit == (3,)
    wish(desk, ask.RestoreEvidence(first, 0), qtbot)
    wish(desk, ask.JoinEvidence((first,)), qtbot)
    assert desk.referral.case.evidence == (first, made)
    assert ("A document can be made of 2 to 30 photos.", "Choose fewer, or more.") in told(desk)


def test_words_are_looked_for_in_the_original(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("Tom Marsh came. So did Ann.\nTom\nMarsh left.", encoding="utf-8")
    wish(desk, ask.AddEvidence((tmp_path / "note.txt",)), qtbot)
    (fact,) = desk.referral.case.evidence
    words = ("Tom Marsh", "Nobody")
    wish(desk, ask.FindWords(fact, Treatment(words=words)), qtbot)
    assert told(desk)[-1] == (fact.id, words, [2, 0])
    wish(desk, ask.TreatEvidence(fact, Treatment(words=words)), qtbot)
    (black,) = desk.referral.case.evidence
    assert any("2 places" in notice for notice in black.notices)
    assert black.pages == fact.pages


def test_an_import_that_crashes_leaves_the_referral_as_it_was(
    qtbot: QtBot, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object, **__: object) -> None:
        raise RuntimeError

    before, on_disk = desk.referral.case, desk.file.load()
    (tmp_path / "note.txt").write_text("A note.", encoding="utf-8")
    monkeypatch.setattr("wizard.evidence.offer.serve", crash)
    wish(desk, ask.AddEvidence((tmp_path / "note.txt",)), qtbot)
    assert (desk.referral.case, desk.file.load()) == (before, on_disk)
    assert UNEXPECTED in told(desk)
    wish(desk, ask.AddEvidence((tmp_path / "nowhere.txt",)), qtbot)
    assert (desk.referral.case, desk.file.load()) == (before, on_disk)


def test_a_page_that_was_drawn_before_it_was_blacked_out_is_not_shown_after(
    qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    (tmp_path / "note.txt").write_text("Tom Marsh came.", encoding="utf-8")
    wish(desk, ask.AddEvidence((tmp_path / "note.txt",)), qtbot)
    (fact,) = desk.referral.case.evidence
    desk.carry_out(ask.PreviewPage(fact, 1, 60))
    desk.referral.change_evidence(replace(fact, treatment=Treatment(words=("Tom Marsh",))))
    qtbot.waitUntil(lambda: not desk._jobs.busy, timeout=30_000)
    assert not [one for one in told(desk) if one[0] == fact.id]


@pytest.mark.skipif(not ocr.program(), reason="Tesseract is not installed")
def test_a_photo_of_a_letter_is_read_by_machine_beside_the_window_once_it_stands_upright(
    qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    (tmp_path / "IMG_1.png").write_bytes(photo(180))
    wish(desk, ask.AddEvidence((tmp_path / "IMG_1.png",)), qtbot)
    wish(desk, ask.ChangeEvidence(replace(desk.referral.case.evidence[-1], title="Clinic", rotate=180)), qtbot)
    qtbot.waitUntil(lambda: bool(desk.referral.case.evidence[-1].marks), timeout=30_000)
    fact = desk.referral.case.evidence[-1]
    assert (fact.title, fact.suggested, fact.dated, fact.by_machine) == ("Clinic", "2025-03-03", "", (1,))
    assert "Tom MARSH" in {mark.text for mark in fact.marks}
    kept = OpenReferral(desk.file).case.evidence[-1]
    assert ["Dear Mrs Osei" in one.text for one in kept.readings] == [True]  # in the encrypted file, for the next pack
    black = Treatment(words=("Osei",), areas=(Area(1, (0, 0, 1, 1)),))
    wish(desk, ask.TreatEvidence(kept, black), qtbot)
    assert not any("Osei" in one.text for one in desk.referral.case.evidence[-1].readings)  # as it is now


def places(desk: Desk) -> Places:
    assert isinstance(desk.shell.shown, Page)
    return desk.shell.shown.places


@pytest.fixture
def photographed(desk: Desk) -> EvidenceFact:
    """A photo that was taken in, and of which nobody has read anything yet."""
    fact = EvidenceFact("IMG_1.png", outcome="cleaned", kind="png", pages=1, silent=(1,))
    return desk.referral.add_evidence(fact, photo(), b"")


def test_words_are_looked_for_in_pictures_page_by_page_for_as_long_as_somebody_wants(
    qtbot: QtBot, desk: Desk, photographed: EvidenceFact, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[int, int]] = []

    def read_page(pdf: bytes, page: int, turn: int, form: str, cancelled: object) -> bytes:
        asked.append((page, turn))
        return table((1, 1, 100, 100, "Tom"), (1, 2, 100, 130, "Marsh")) if pdf.startswith(b"%PDF-") else b""

    monkeypatch.setattr(ocr, "program", lambda: "/usr/bin/tesseract")
    monkeypatch.setattr(ocr, "read_page", read_page)
    wish(desk, ask.FindWords(photographed, Treatment(words=("Tom Marsh",))), qtbot)
    found = places(desk)
    assert (found.of_words, found.silent, found.waiting, found.read) == (((),), (), (), (1,))
    assert [[len(place) for place in word] for word in found.seen] == [[2]]
    upside_down = replace(photographed, rotate=180)
    wish(desk, ask.FindWords(upside_down, Treatment(words=("Enough",))), qtbot)
    assert (places(desk).waiting, asked) == ((1,), [(1, 0)])  # nobody listens: nothing more is read
    wish(desk, ask.FindWords(upside_down, Treatment(words=("Tom",))), qtbot)
    assert asked == [(1, 0), (1, 180)]
    ((after,),) = places(desk).seen[0]
    assert after.box[1] > 0.5 > found.seen[0][0][0].box[3]
    wish(desk, ask.FindWords(photographed, Treatment(words=("Tom Marsh", "Nobody"))), qtbot)
    assert ([len(word) for word in places(desk).seen], len(asked)) == ([1, 0], 2)  # it was read before


def test_where_tesseract_is_missing_or_fails_the_pages_are_told_as_not_searched(
    qtbot: QtBot, desk: Desk, photographed: EvidenceFact, monkeypatch: pytest.MonkeyPatch
) -> None:
    for program in ("", "/nowhere/tesseract"):
        monkeypatch.setattr(ocr, "program", lambda program=program: program)
        wish(desk, ask.FindWords(photographed, Treatment(words=("Tom",))), qtbot)
        assert places(desk) == Places(((),), (1,))
    monkeypatch.setattr(desk.referral, "original", lambda _: b"MZ")
    wish(desk, ask.FindWords(photographed, Treatment(words=("Tom", "Jo"))), qtbot)
    assert places(desk) == Places(((), ()), (1,))
    assert "in which no words can be looked for" in str(told(desk))
