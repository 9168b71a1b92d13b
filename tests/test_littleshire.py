"""A second council that the program does not know: no e-mail address, a panel on Thursdays, a page that hangs on an
answer. Between them, the two use everything that a council's file can say, and each use is seen."""

import tomllib
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, get_args

import pikepdf
import pytest
from pydantic import BaseModel
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from forms.kit.authority import AuthorityProfile
from wizard import councils, letters, samples
from wizard.__main__ import main
from wizard.case import Case, Signature
from wizard.errors import NotReady
from wizard.export import Pack, check_size
from wizard.folder import write
from wizard.journey import Status, task_list
from wizard.pack.compose import compose
from wizard.pages.guidance import GuidancePanel
from wizard.pages.screen import PackMade, View
from wizard.pages.send import SendScreen
from wizard.schedule import on_page
from wizard.trace import trace
from wizard.validation.facts import Facts
from wizard.validation.requirements import Judgement, judge

FILES = Path(__file__).parent / "councils"
CLOCK, TODAY = "2026-12-09T09:00", date(2026, 12, 9)
SENT = {"event": "sent", "when": "2026-12-01T15:10", "how": "by hand", "by": "Priya Nair"}
WAY = {"climbs": "no", "helper": {"because": "Her aunt decides on the day."}}


@pytest.fixture(autouse=True)
def dropped_in(home: Path) -> None:
    (home / "authorities").mkdir()
    (home / "authorities" / "littleshire.toml").write_bytes((FILES / "littleshire.toml").read_bytes())
    councils.look_in(lambda: home)


def notice(sent: bool = False, **pages: Any) -> Case:
    """A notice with everything but the signatures; what is said of a page is added to its answers."""
    made = samples.case("essex-ebsa")
    answers = {**made.answers, "littleshire-way": WAY, "full_time": {"full_time": "yes"}}
    answers |= {name: {**answers.get(name, {}), **page} for name, page in pages.items()}
    return replace(
        made, authority="littleshire", authority_version="1", answers=answers, reasons={}, signatures=(),
        diary=(SENT,) if sent else (), evidence=tuple(replace(one, answers=()) for one in made.evidence),
    )  # fmt: skip


def judged(case: Case, today: date = TODAY) -> Judgement:
    return judge(Facts.of(case, councils.council("littleshire"), today))


def signed(case: Case) -> Case:
    digest = case.signed_digest(judged(case).facts.apart)
    mark = Signature("senco", "Priya Nair", "typed", "2026-12-08T09:00:00+00:00", "It is as I have written it.", digest)
    return replace(case, signatures=(mark,))


def said(screen: GuidancePanel | SendScreen, qtbot: QtBot) -> str:
    qtbot.addWidget(screen)
    return " ".join(label.text() for label in screen.findChildren(QLabel))


def told(case: Case, page: str, qtbot: QtBot) -> str:
    found = judged(case)
    return said(GuidancePanel(View(found, found.facts.page(page))), qtbot)


def test_from_its_file_to_the_pack(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    papers = samples.papers("essex-ebsa")
    write(tmp_path / "r", signed(notice()), lambda fact: papers[fact.file])
    assert main(["check", str(tmp_path / "r"), "--clock", CLOCK]) == 0, capsys.readouterr().out
    out = tmp_path / "pack.pdf"
    assert main(["pack", str(tmp_path / "r"), "--out", str(out), "--clock", CLOCK]) == 0
    with pikepdf.open(out) as pdf, pdf.open_outline() as outline:
        named = [one.title for one in outline.root]
    assert any("Whom to telephone" in title for title in named), named


def test_without_an_address_the_page_says_what_to_do(qtbot: QtBot) -> None:
    found = judged(signed(notice()))
    for size, too_large in ((1_400_000, False), (1_600_000, True)):
        words = with_pack(found, size, qtbot)
        assert "Hand it in at Little Hall before noon." in words
        assert ("too large" in words) is too_large, words
    assert "Caretaker of Little Hall" in told(notice(), "send", qtbot)


def test_a_stay_in_hospital_is_told_to_the_ward_instead(qtbot: QtBot) -> None:
    found = judged(notice(route={"hospital": "emergency"}))
    words = with_pack(found, 1_000, qtbot)
    assert "The school on the ward, ward@littleshire.example" in words
    assert "Wanda Little, teacher on the ward" in words
    assert "Little Hall before noon" not in words
    content = compose(found, lambda fact: b"", datetime(2026, 12, 9, 9, tzinfo=UTC), draft=True, sealed=False)
    assert content.title == "Notice of a stay in hospital"
    assert content.council == "Littleshire Council, The school on the ward"
    assert ("Named officer", "Wanda Little, teacher on the ward") in {(one.label, one.text) for one in content.cover}


def with_pack(found: Judgement, size: int, qtbot: QtBot) -> str:
    made = PackMade(Path("/packs/a.pdf"), size, 9, "fk7m-2xrw", Path("/packs/a.eml"))
    return said(SendScreen(View(found, found.facts.page("send"), made)), qtbot)


@pytest.mark.parametrize(("size", "too_large"), [(2_900_000, False), (3_100_000, True)])
def test_a_limit_without_an_address_is_that_of_an_upload(size: int, too_large: bool, home: Path, qtbot: QtBot) -> None:
    file = home / "authorities" / "littleshire.toml"
    limits = "[limits]\nmb = 3\nchecked = 2026-11-20\n\n[[routes]]"
    file.write_text(file.read_text(encoding="utf-8").replace("[[routes]]", limits, 1), encoding="utf-8")
    found = judged(signed(notice()))
    words = with_pack(found, size, qtbot)
    assert "which makes an e-mail" not in words
    assert ("too large" in words) is too_large
    with pytest.raises(NotReady, match="up to 3 MB") if too_large else nullcontext():
        check_size(found, Pack(b"0" * size, 9, sealed=True, encrypted=True))


def test_one_helper_is_not_enough() -> None:
    people = samples.case("essex-ebsa").answers["professionals"]["professionals"]
    for count in (1, 2):
        open_at = {point.id for point in judged(signed(notice(professionals={"professionals": people[:count]}))).points}
        assert ("L4" in open_at) is (count == 1)


def test_its_page_hangs_on_an_answer_and_its_question_on_another() -> None:
    def asked(**pages: Any) -> set[str]:
        found = judged(notice(**pages))
        tasks = [task for section in task_list(found) for task in section.tasks]
        return {task.page.id for task in tasks if task.status is not Status.NOT_NEEDED}

    assert "littleshire-way" in asked()
    assert "littleshire-way" not in asked(route={"need": "physical"})
    found = judged(signed(notice(**{"littleshire-way": {"helper": None}})))
    assert [point.page for point in found.points if point.level == "must"] == ["littleshire-way"]
    climbs = judged(signed(notice(**{"littleshire-way": {"climbs": "yes", "helper": None}})))
    assert not [point for point in climbs.points if point.level == "must"]


def test_full_time_is_what_it_says() -> None:
    for hours, doubted in (("20", False), ("21", True)):
        some = {"full_time": "no", "hours": hours, "why_part_time": "She tires.", "consulted": ["child"]}
        assert bool(judged(notice(full_time=some)).problems["full_time"]) is doubted


def test_why_it_asks_and_what_is_worth_knowing_stand_at_the_page(qtbot: QtBot) -> None:
    assert "The panel sorts its papers by surname." in told(notice(), "pupil", qtbot)
    assert "quiet room for those who are anxious" in told(notice(), "health_needs", qtbot)
    assert "quiet room" not in told(notice(route={"need": "physical"}), "health_needs", qtbot)
    both = told(notice(sent=True, decision={"outcome": "accepted"}), "partnership", qtbot)
    assert all(words in both for words in ("The first day", "School:", "where to park", "Parents:", "Bring a coat."))


def test_parents_may_sign_and_nobody_waits_for_them() -> None:
    assert not [point for point in judged(signed(notice())).points if point.level == "must"]
    stopped = judged(signed(notice(route={"pregnant": "yes"})))
    assert "L1p" in {point.id for point in stopped.points if point.level == "must"}


def test_the_parents_write_their_own_note() -> None:
    found = judged(notice())
    (letter,) = letters.offered(found, "consent")
    text = str(letters.write(found, letter))
    assert "The Thursday panel" in text
    assert "Person with parental responsibility" in text, "the council’s own word"
    assert "Priya Nair" not in text
    assert not letters.offered(judged(notice(route={"need": "physical"})), "consent")


def test_its_dates_come_round() -> None:
    (panel,) = on_page(judged(notice(sent=True)), "decision")
    assert (panel.on, panel.earliest) == (date(2026, 12, 10), True)
    assert not on_page(judged(notice(sent=True, decision={"outcome": "accepted"})), "decision")
    assert "Little Hall is closed" not in panel.todo
    christmas = replace(notice(), diary=(SENT | {"when": "2025-12-22T09:00"},))
    (closed,) = on_page(judged(christmas, date(2025, 12, 22)), "decision")
    assert (closed.on, "Little Hall is closed" in closed.todo) == (date(2025, 12, 25), True)
    (late,) = on_page(judged(notice(sent=True)), "receipt")
    assert (late.on, late.late, late.again) == (date(2026, 12, 2), True, date(2026, 12, 10))
    (again,) = on_page(judged(notice(sent=True, receipt={"confirmed": "no", "asked_on": "2026-12-08"})), "receipt")
    assert again.on == date(2026, 12, 11)
    confirmed = judged(notice(sent=True, receipt={"confirmed": "yes"}))
    assert not on_page(confirmed, "receipt")
    assert "L4r" in {point.id for point in judged(notice(sent=True)).later}
    assert "L4r" not in {point.id for point in confirmed.later}


def test_each_row_of_its_catalogue_has_its_places() -> None:
    for row in trace(councils.council("littleshire"), {}):
        done = {verb for place in row.places for verb in place.does}
        assert set(row.row.verbs) <= done, row.row.id


def used(model: type[BaseModel], data: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The keys of a part of a file that say something, and of the parts in it."""
    for key, value in data.items():
        yield model.__name__, key
        for inner in parts(model.model_fields[key].annotation):
            for row in value if isinstance(value, list) else [value]:
                yield from used(inner, row)


def parts(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for one in get_args(annotation):
        yield from parts(one)


def every_part(model: type[BaseModel], seen: set[type[BaseModel]]) -> set[type[BaseModel]]:
    if model not in seen:
        seen.add(model)
        for field in model.model_fields.values():
            for inner in parts(field.annotation):
                every_part(inner, seen)
    return seen


def test_everything_that_a_file_can_say_is_said_by_a_council_made_up_for_the_tests() -> None:
    said: set[tuple[str, str]] = set()
    for file in FILES.glob("*.toml"):
        said |= set(used(AuthorityProfile, tomllib.loads(file.read_text(encoding="utf-8"))))
    can = {(part.__name__, key) for part in every_part(AuthorityProfile, set()) for key in part.model_fields}
    assert can == said
