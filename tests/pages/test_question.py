"""Any page of questions: nothing typed is lost, problems lead to their place, and every name is heard."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QPlainTextEdit, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from forms.catalogue import FORMS, PAGES
from forms.kit.page import Page, Problem
from tests.forms.anxious_pupil import ANXIOUS
from tests.pages.referrals import case, view
from tests.pages.screens import all_named, heard, named, says, shown
from wizard.pages import problems
from wizard.pages.guidance import GuidancePanel
from wizard.pages.problems import ErrorSummary
from wizard.pages.question import QuestionScreen
from wizard.pages.screen import GiveReason

OURS = [
    page
    for form in FORMS
    for page in form.pages
    if page.screen in {"questions", "route", "register", "receipt", "profile"}
]


@pytest.fixture(params=OURS, ids=lambda page: page.id)
def page(request: pytest.FixtureRequest) -> type[Page]:
    return request.param  # type: ignore[no-any-return]


def test_every_page_is_shown_and_gives_its_answers_back(qtbot: QtBot, page: type[Page]) -> None:
    screen = shown(qtbot, page.id, ANXIOUS)
    assert screen.raw() == ANXIOUS.get(page.id, {})
    assert screen.not_known() == {}
    assert heard(screen)


def test_every_page_shows_all_its_problems_and_its_guidance(qtbot: QtBot, page: type[Page]) -> None:
    screen = shown(qtbot, page.id, {})
    found = page.read({}, {}, view(case({}), page.id).judgement.facts.answers.context).problems
    screen.show_problems(found)
    for problem in found:
        assert says(screen, problem.sentence)
    panel = GuidancePanel(view(case({}), page.id))
    qtbot.addWidget(panel)
    panel.show()
    assert says(panel, "Guidance")


def test_every_stop_of_the_tab_key_has_a_name_and_comes_in_order(qtbot: QtBot, page: type[Page]) -> None:
    screen = shown(qtbot, page.id, ANXIOUS)
    seen: list[QWidget] = []
    one: QWidget = screen
    while (one := one.nextInFocusChain()) is not screen:
        if screen.isAncestorOf(one) and one.isVisible() and one.focusPolicy() & Qt.FocusPolicy.TabFocus:
            seen.append(one)
    assert [one for one in seen if not heard(one)] == []
    tops = [one.mapTo(screen, one.rect().topLeft()).y() for one in seen]
    assert tops == sorted(tops), [(one.accessibleName(), top) for one, top in zip(seen, tops, strict=True)]


@pytest.mark.parametrize("raw", ["junk", 7, None, ["a"], {"surname": {"a": 1}, "born": 3, "more": [None]}])
def test_answers_that_are_no_answers_do_not_stop_the_page(qtbot: QtBot, raw: Any) -> None:
    screen = shown(qtbot, "pupil", {"pupil": raw})
    assert screen.raw() == (raw if isinstance(raw, dict) else {})


def test_typing_is_told_at_once_and_shown_nowhere_else(qtbot: QtBot) -> None:
    screen = shown(qtbot, "pupil", {})
    with qtbot.waitSignal(screen.edited):
        qtbot.keyClicks(named(screen, "Surname", QLineEdit), "O")
    assert screen.raw()["surname"] == "O"
    assert not all_named(screen, "There is a problem")


def test_the_words_name_the_pupil(qtbot: QtBot) -> None:
    assert says(shown(qtbot, "care", ANXIOUS), "Amira")


def test_the_summary_takes_the_focus_and_its_lines_lead_to_their_fields(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(problems, "announce", lambda widget, words, urgent=False: said.append(words))
    screen = shown(qtbot, "pupil", {})
    screen.show_problems([Problem("pupil", ("surname",), "Enter a surname."), Problem("pupil", (), "Look again.")])
    summary = named(screen, "There is a problem. 2 things to put right", ErrorSummary)
    assert screen.focusWidget() is summary
    assert summary.accessibleDescription() == "Enter a surname. Look again."
    assert said == ["There is a problem. 2 things to put right. Enter a surname. Look again."]
    qtbot.mouseClick(named(screen, "Enter a surname.", QAbstractButton), Qt.MouseButton.LeftButton)
    box = named(screen, "Surname", QLineEdit)
    assert screen.focusWidget() is box
    assert box.accessibleDescription() == "Enter a surname. The legal one."
    assert box.property("wrong") is True
    screen.show_problems([])
    assert not summary.isVisible()
    assert box.property("wrong") is False


def test_a_problem_deep_inside_is_scrolled_to(qtbot: QtBot) -> None:
    area = QScrollArea()
    qtbot.addWidget(area)
    area.setWidgetResizable(True)
    screen = QuestionScreen(view(case(ANXIOUS), "family"))
    area.setWidget(screen)
    area.resize(700, 300)
    area.show()
    screen.show_problems([Problem("family", ("contacts", 1, "name"), "Enter a name.")])
    contacts = next(name for name, one in screen.fields.fields.items() if one.question.card is not None)
    screen.show_path((contacts, 1, "name"))
    qtbot.waitUntil(lambda: area.verticalScrollBar().value() > 0)
    focused = screen.focusWidget()
    assert focused is not None
    assert (
        area.viewport()
        .rect()
        .intersects(focused.rect().translated(focused.mapTo(area.viewport(), focused.rect().topLeft())))
    )


def test_a_question_that_is_not_there_leads_to_the_first(qtbot: QtBot) -> None:
    screen = shown(qtbot, "pupil", {})
    screen.show_field("unheard_of")
    assert screen.focusWidget() is named(screen, "First names", QLineEdit)
    screen.show_field("surname")
    assert screen.focusWidget() is named(screen, "Surname", QLineEdit)


def test_a_question_appears_with_its_answer_and_keeps_it_when_it_goes(qtbot: QtBot) -> None:
    answers = {"route": {"basis": "exclusion", "circumstances": "Both parents are in prison."}}
    screen = shown(qtbot, "route", answers)
    assert not all_named(screen, "What are the circumstances?")
    named(screen, "Another reason", QAbstractButton).click()
    assert named(screen, "What are the circumstances?", QPlainTextEdit).toPlainText() == "Both parents are in prison."
    named(screen, "Exclusion from school", QAbstractButton).click()
    assert not all_named(screen, "What are the circumstances?")
    assert screen.raw()["circumstances"] == "Both parents are in prison."


def test_not_known_asks_why_and_can_be_taken_back(qtbot: QtBot) -> None:
    name = "Unique pupil number (UPN)"
    screen = shown(qtbot, "pupil", {})
    named(screen, f"Not known: {name}", QAbstractButton).click()
    qtbot.keyClicks(named(screen, f"Why “{name}” is not known", QLineEdit), "No MIS here")
    assert screen.not_known() == {"upn": "No MIS here"}
    named(screen, f"It is known after all: {name}", QAbstractButton).click()
    assert screen.not_known() == {}


def test_a_reason_given_before_is_shown_and_one_for_no_question_is_kept(qtbot: QtBot) -> None:
    reasons = {"pupil.upn": "No MIS here", "pupil.unheard_of": "Because", "family.upn": "Elsewhere"}
    screen = shown(qtbot, "pupil", {}, not_known=reasons)
    assert named(screen, "Why “Unique pupil number (UPN)” is not known", QLineEdit).text() == "No MIS here"
    assert screen.not_known() == {"upn": "No MIS here", "unheard_of": "Because"}


def test_a_reason_for_going_on_without_goes_out_after_a_pause_or_when_the_page_is_left(qtbot: QtBot) -> None:
    screen = shown(qtbot, "consultation", ANXIOUS)
    asked: list[object] = []
    screen.wanted.connect(asked.append)
    named(screen, "Give a reason for going on without: Social care professionals consulted", QAbstractButton).click()
    box = named(screen, "Reason for going on without: Social care professionals consulted", QPlainTextEdit)
    qtbot.keyClicks(box, "They moved.")
    screen.raw()
    qtbot.waitUntil(lambda: len(asked) == 1)
    assert isinstance(asked[0], GiveReason)
    assert asked[0].text == "They moved."
    screen.refresh(view(case(ANXIOUS, reasons={asked[0].requirement: "They moved."}), "consultation"))
    assert says(screen, "A reason is given")
    assert named(screen, "Reason for going on without: Social care professionals consulted", QPlainTextEdit) is box


def test_what_the_policy_asks_goes_when_it_is_met(qtbot: QtBot) -> None:
    screen = shown(qtbot, "professionals", ANXIOUS)
    assert says(screen, "By the council’s policy")
    findings = view(case(ANXIOUS), "professionals").judgement.findings
    met = view(
        case(ANXIOUS, reasons={f.requirement.id: "x" for f in findings}),
        "professionals",
    )
    screen.refresh(met)
    assert not says(screen, "still open")


def test_larger_text_makes_a_wider_column(qtbot: QtBot, qapp: QApplication) -> None:
    screen = QuestionScreen(view(case({}), "pupil"))
    qtbot.addWidget(screen)
    screen.resize(2000, 900)
    screen.show()
    before = named(screen, "Previous names").width()
    qapp.setProperty("per_cent", 200)
    try:
        font = screen.font()
        font.setPointSizeF(font.pointSizeF() * 2)
        screen.setFont(font)
        assert named(screen, "Previous names").width() > before * 1.8
    finally:
        qapp.setProperty("per_cent", 100)


def test_a_page_is_announced_by_its_heading(qtbot: QtBot) -> None:
    screen = shown(qtbot, "pupil", {})
    interface = QAccessible.queryAccessibleInterface(screen)
    assert interface.text(QAccessible.Text.Name) == PAGES["pupil"].heading
