"""Controls: what was given comes back unchanged until somebody types; then it comes back as typed."""

import json
from typing import Annotated, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QWheelEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from forms.catalogue import FORMS
from forms.kit.ask import Ask, Card, Choice, Fields, OrNotKnown, Question, Widget, YesNo, questions
from forms.kit.shown import chosen
from forms.kit.types import LongText, Name, PastDay
from tests.pages.screens import all_named, heard, named, says
from wizard.pages.controls_text import GrowingText, TextControl
from wizard.pages.fields import QuestionFields, control_for
from wizard.pages.pasting import cards_of
from wizard.pages.words import Link, Radio, Tick

MODELS: list[type[Fields]] = [page for form in FORMS for page in form.pages]
QUESTIONS = [question for model in MODELS for question in questions(model) if question.widget is not Widget.REGISTER]
CARDS = list({question.card for question in QUESTIONS if question.card is not None})
EVERY = [*QUESTIONS, *(question for card in CARDS for question in questions(card))]

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)
quick = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


class Colour(Choice):
    RED = "red", "Red"
    BLUE = "blue", "Blue & green"


class Person(Card):
    name: Annotated[OrNotKnown[Name], Ask("Name", short="Who")]
    seen: Annotated[PastDay | None, Ask("Last seen")] = None
    likes: Annotated[tuple[Colour, ...] | None, Ask("Likes")] = None
    told: Annotated[YesNo | None, Ask("Were they told?")] = None
    when: Annotated[Name | None, Ask("Told when?", when=chosen("told", "yes"))] = None


class Everything(Fields):
    colour: Annotated[Colour | None, Ask("Colour", hint="The one you see.")] = None
    colours: Annotated[tuple[Colour, ...] | None, Ask("Colours")] = None
    born: Annotated[PastDay | None, Ask("Born")] = None
    story: Annotated[LongText | None, Ask("Story")] = None
    people: Annotated[tuple[Person, ...] | None, Ask("People")] = None


def say(text: str) -> str:
    return text


def form(qtbot: QtBot, raw: dict[str, Any] | None = None) -> QuestionFields:
    made = QuestionFields(Everything, raw or {}, say, {})
    qtbot.addWidget(made)
    made.show()
    return made


@quick
@given(question=st.sampled_from(EVERY), raw=JSON)
def test_whatever_was_given_comes_back_unchanged(qapp: QApplication, question: Question, raw: Any) -> None:
    control = control_for(question, say)
    control.set_value(raw)
    assert control.value() is raw
    assert not control.edited
    delete(control)


@quick
@given(question=st.sampled_from([q for q in EVERY if q.choices or q.card]), raw=JSON)
def test_answers_off_the_list_stay_when_others_are_touched(qapp: QApplication, question: Question, raw: Any) -> None:
    if raw in (None, "") or question.widget is Widget.SEARCH:
        return
    control = control_for(question, say)
    control.set_value(raw)
    control.touch()
    if question.widget is Widget.RADIOS:
        assert control.value() is raw
    else:
        given = raw if isinstance(raw, list) else [raw]
        assert {json.dumps(one, sort_keys=True) for one in control.value()} == {
            json.dumps(one, sort_keys=True) for one in given
        }
    delete(control)


@quick
@given(model=st.sampled_from(MODELS), data=st.data())
def test_a_page_gives_back_what_it_was_given(qapp: QApplication, model: type[Fields], data: st.DataObject) -> None:
    names = st.sampled_from([*model.model_fields, "unheard_of"])
    raw = data.draw(st.dictionaries(names, JSON, max_size=4))
    made = QuestionFields(model, raw, say, {}, frozenset({"register"}))
    assert made.raw() == raw
    delete(made)


def test_text_that_no_file_can_hold_is_shown_and_kept(qtbot: QtBot) -> None:
    made = form(qtbot, {"story": "a\ud800b", "people": [{"name": "\ud800"}]})
    assert made.raw() == {"story": "a\ud800b", "people": [{"name": "\ud800"}]}


def test_typing_is_kept_letter_by_letter(qtbot: QtBot) -> None:
    made = form(qtbot)
    for name, words in (("Day: Born", "3"), ("Month: Born", "March"), ("Year: Born", "2012")):
        qtbot.keyClicks(named(made, name, QLineEdit), words)
    qtbot.keyClicks(named(made, "Story", QPlainTextEdit), "Two words ")
    assert made.raw()["born"] == {"day": "3", "month": "March", "year": "2012"}
    assert made.raw()["story"] == "Two words "


def test_a_date_of_another_shape_stands_beneath_the_boxes(qtbot: QtBot) -> None:
    made = form(qtbot, {"born": "in spring"})
    assert says(made, "So far this says: in spring")
    assert made.raw() == {"born": "in spring"}


def test_an_iso_date_fills_the_boxes_and_stays_as_it_is(qtbot: QtBot) -> None:
    made = form(qtbot, {"born": "2012-03-03"})
    assert named(made, "Year: Born", QLineEdit).text() == "2012"
    assert made.raw() == {"born": "2012-03-03"}


def test_choosing_and_clearing(qtbot: QtBot) -> None:
    made = form(qtbot)
    red = named(made, "Red", QAbstractButton)
    qtbot.mouseClick(red, Qt.MouseButton.LeftButton, pos=QPoint(10, 15))
    assert made.raw()["colour"] == "red"
    named(made, "Clear this answer: Colour", QAbstractButton).click()
    assert made.raw()["colour"] == ""
    assert not red.isChecked()


def test_an_answer_off_the_list_can_be_kept_beside_others(qtbot: QtBot) -> None:
    made = form(qtbot, {"colours": ["mauve", "red"], "colour": True})
    named(made, "As it stands: mauve", QAbstractButton)
    assert named(made, "As it stands: True", QAbstractButton).isChecked()
    all_named(made, "Blue & green", QAbstractButton)[1].click()
    assert made.raw()["colours"] == ["red", "blue", "mauve"]
    assert made.raw()["colour"] is True


def test_words_with_an_ampersand_are_shown_whole(qtbot: QtBot) -> None:
    assert named(form(qtbot), "Blue & green", QAbstractButton).text() == "Blue && green"


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # the list of suggestions pops up
def test_a_long_list_is_searched_by_typing_and_ignores_the_wheel(qtbot: QtBot) -> None:
    question = next(q for q in EVERY if q.widget is Widget.SEARCH)
    control = control_for(question, say)
    qtbot.addWidget(control)
    control.set_value(question.choices[2].value)
    control.describe("")
    control.show()
    box = named(control, question.ask.label, QComboBox)
    assert box.lineEdit().text() == question.choices[2].label
    wheel = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(box, wheel)
    assert control.value() == question.choices[2].value
    box.lineEdit().clear()
    qtbot.keyClicks(box.lineEdit(), question.choices[3].label.upper())
    assert control.value() == question.choices[3].value
    box.lineEdit().setText("something of our own")
    assert control.value() == "something of our own"


def test_paragraphs_grow_and_say_when_their_limit_is_near(qtbot: QtBot) -> None:
    made = form(qtbot)
    box = named(made, "Story", GrowingText)
    before = box.height()
    box.setPlainText("\n".join("line" for _ in range(10)))
    assert box.height() > before
    control = made.fields["story"].control
    assert isinstance(control, TextControl)
    assert not says(made, "characters")
    box.setPlainText("x" * (control.limit - 3))
    assert says(made, "You have 3 characters left")
    box.setPlainText("x" * (control.limit + 2))
    assert says(made, "You have 2 characters too many")


def test_cards_are_added_edited_removed_and_put_back(qtbot: QtBot) -> None:
    made = form(qtbot)
    named(made, "Add: People", QAbstractButton).click()
    assert made.raw()["people"] == []
    qtbot.keyClicks(named(made, "Name", QLineEdit), "Ada")
    assert made.raw()["people"] == [{"name": "Ada"}]
    named(made, "Close: 1. Ada", QAbstractButton).click()
    assert not all_named(made, "Name")
    named(made, "Remove: 1. Ada", QAbstractButton).click()
    assert made.raw()["people"] == []
    assert says(made, "Removed: Ada")
    assert made.focusWidget() is named(made, "Undo: 1. Ada", QAbstractButton)
    named(made, "Undo: 1. Ada", QAbstractButton).click()
    assert made.raw()["people"] == [{"name": "Ada"}]


def test_cards_are_put_in_another_order_and_keep_what_is_no_card(qtbot: QtBot) -> None:
    made = form(qtbot, {"people": [{"name": "Ada"}, 7, {"name": "Cy", "more": [1]}]})
    named(made, "Move up: 3. Cy", QAbstractButton).click()
    assert made.raw()["people"] == [{"name": "Ada"}, {"name": "Cy", "more": [1]}, 7]
    named(made, "Move down: 1. Ada", QAbstractButton).click()
    assert made.raw()["people"] == [{"name": "Cy", "more": [1]}, {"name": "Ada"}, 7]
    named(made, "Remove: 3. as it stands: 7", QAbstractButton).click()
    assert made.raw()["people"] == [{"name": "Cy", "more": [1]}, {"name": "Ada"}]


def test_a_closed_card_says_what_it_holds(qtbot: QtBot) -> None:
    raw = {"name": "Ada", "seen": {"day": "3", "month": "May", "year": "2026"}, "likes": ["red"], "told": "yes"}
    made = form(qtbot, {"people": [raw, {"name": {"because": "nobody asked"}}]})
    assert says(made, "1. Ada")
    assert says(made, "3 May 2026, Red")
    assert says(made, "2. Nothing entered yet")
    assert made.raw()["people"][1] == {"name": {"because": "nobody asked"}}


def test_in_a_card_a_reason_lies_in_the_place_of_its_answer(qtbot: QtBot) -> None:
    made = form(qtbot, {"people": [{"name": {"because": "nobody asked"}}, {"name": "Ada"}]})
    named(made, "Edit: 1. nothing entered yet", QAbstractButton).click()
    why = named(made, "Why “Name” is not known", QLineEdit)
    assert why.text() == "nobody asked"
    assert made.raw()["people"][0] == {"name": {"because": "nobody asked"}}
    why.setText("not yet")
    assert made.raw()["people"][0] == {"name": {"because": "not yet"}}
    qtbot.keyClicks(named(made, "Name", QLineEdit), "Bo")
    assert made.raw()["people"][0] == {"name": "Bo"}
    named(made, "Name", QLineEdit).clear()
    named(made, "It is known after all: Name", QAbstractButton).click()
    assert made.raw()["people"] == [{"name": ""}, {"name": "Ada"}]
    assert made.not_known() == {}


def test_a_question_inside_a_card_appears_and_keeps_its_answer(qtbot: QtBot) -> None:
    made = form(qtbot, {"people": [{"name": "Ada", "told": "no", "when": "in May"}]})
    named(made, "Edit: 1. Ada", QAbstractButton).click()
    assert not all_named(made, "Told when?")
    named(made, "Yes", QAbstractButton).click()
    assert named(made, "Told when?", QLineEdit).text() == "in May"


def test_rows_of_a_spreadsheet_become_cards(qtbot: QtBot) -> None:
    made = form(qtbot, {"people": [{"name": "Ada"}]})
    QGuiApplication.clipboard().setText("Who\tLikes\tShoe size\nBo\tRed; mauve\t7\nCy\t\t\n")
    named(made, "Paste rows from a spreadsheet: People", QAbstractButton).click()
    assert made.raw()["people"] == [{"name": "Ada"}, {"name": "Bo", "likes": ["red", "mauve"]}, {"name": "Cy"}]
    assert says(made, "2 rows added. One column found no place and was left out.")
    QGuiApplication.clipboard().setText("")
    named(made, "Paste rows from a spreadsheet: People", QAbstractButton).click()
    assert says(made, "The columns are: Who, Last seen")
    assert len(made.raw()["people"]) == 3


@pytest.mark.parametrize(
    ("cell", "raw"),
    [
        ("3 May 2026", {"day": "3", "month": "May", "year": "2026"}),
        ("3/5/26", {"day": "3", "month": "5", "year": "2026"}),
        ("Sun 3rd May 2026", {"day": "3", "month": "May", "year": "2026"}),
        ("03/05/2026 14:05", {"day": "03", "month": "05", "year": "2026"}),
        ("3-May-26 2:05 pm", {"day": "3", "month": "May", "year": "2026"}),
        ("2026-05-03 00:00:00", "2026-05-03"),
    ],
)
def test_pasted_dates_are_taken_apart(cell: str, raw: object) -> None:
    assert cards_of(f"Ada\t{cell}", questions(Person)) == ([{"name": "Ada", "seen": raw}], 0)


def test_a_pasted_date_that_is_unclear_stays_as_it_is() -> None:
    assert cards_of("Ada\tlast May", questions(Person)) == ([{"name": "Ada", "seen": "last May"}], 0)


def test_problems_inside_a_card_open_it(qtbot: QtBot) -> None:
    made = form(qtbot, {"people": [{"name": "Ada"}, {"name": "Bo"}]})
    made.show_problems([(("people", 1, "seen"), "Enter a whole date."), (("people", 0), "Say more.")])
    assert says(made, "Enter a whole date.")
    assert says(made, "Say more.")
    described = [one.accessibleDescription() for one in all_named(made, "Day: Last seen", QLineEdit)]
    assert described == ["", "Enter a whole date."]
    made.show_problems([])
    assert not says(made, "Enter a whole date.")


def test_every_part_of_every_control_has_a_name(qtbot: QtBot) -> None:
    for question in EVERY:
        control = control_for(question, say)
        qtbot.addWidget(control)
        control.describe("A hint.")
        control.show()
        parts = [one for one in control.findChildren(QWidget) if one.focusPolicy() & Qt.FocusPolicy.TabFocus]
        nameless = [one for one in parts if one.isVisible() and not heard(one)]
        assert not nameless, (question.name, nameless)
        assert control.parts()
        if control.composite:
            assert heard(control) == question.ask.label
        control.close()


def test_the_hint_is_heard_too(qtbot: QtBot) -> None:
    made = form(qtbot)
    assert named(made, "Colour").accessibleDescription() == "The one you see."


@pytest.mark.parametrize("kind", [Link, Radio, Tick])
@quick
@given(widths=st.lists(st.integers(60, 700), min_size=2, max_size=6))
def test_wrapped_words_need_the_same_room_whatever_was_before(
    qapp: QApplication, kind: type[Link], widths: list[int]
) -> None:
    """Else a page with a scroll bar is laid out for ever, until the stack overflows."""
    fresh, used = (kind("Remove: 2. Tom O’Neill, who is the father & lives elsewhere at present") for _ in range(2))
    for width in widths:
        used.resize(width, 40)
        assert used.heightForWidth(width) == fresh.heightForWidth(width)
        assert used.sizeHint() == fresh.sizeHint()
    delete(fresh)
    delete(used)
