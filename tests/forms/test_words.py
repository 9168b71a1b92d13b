"""The words of the forms: all there, plain, and council-independent where they should be."""

import re
from collections.abc import Iterator

import pytest

from forms.catalogue import FORMS, PAGES, form_of
from forms.kit.ask import Question, Widget, questions
from forms.kit.page import Page

EVERY = tuple(PAGES.values())
FORBIDDEN = re.compile(r"\b(invalid|error|errors|field|fields|must|please|user|optional)\b", re.IGNORECASE)


def all_questions(page: type[Page]) -> Iterator[Question]:
    for question in questions(page):
        yield question
        if question.card is not None:
            yield from questions(question.card)


def texts(page: type[Page]) -> Iterator[str]:
    yield from (page.task, page.heading, page.intro)
    for question in all_questions(page):
        ask = question.ask
        yield from (ask.label, ask.hint, ask.why, ask.short, *(choice.label for choice in question.choices))


def test_page_ids_are_unique_and_every_page_has_its_form() -> None:
    pages = [page.id for form in FORMS for page in form.pages]
    assert len(pages) == len(set(pages)) == len(PAGES)
    assert len({form.id for form in FORMS}) == len(FORMS)
    assert all(PAGES[page.id] in form_of(page.id).pages for page in EVERY)
    with pytest.raises(KeyError):
        form_of("nowhere")


def test_the_safeguarding_part_alone_is_restricted_and_finishing_is_not_printed() -> None:
    assert [form.id for form in FORMS if form.restricted] == ["safeguarding"]
    assert [form.id for form in FORMS if not form.printed] == ["evidence", "finish", "after"]
    assert [form.id for form in FORMS if form.after] == ["after"]


@pytest.mark.parametrize("page", EVERY, ids=lambda page: page.id)
def test_every_page_and_question_has_finished_wording(page: type[Page]) -> None:
    assert page.task
    assert len(page.task) <= 34, "the rail is narrow"
    assert page.heading
    assert not page.intro or page.intro.endswith(".")
    for question in all_questions(page):
        ask = question.ask
        assert ask.label, question.name
        assert not ask.label.endswith((".", ":")), ask.label
        assert len(ask.label) <= 100, ask.label
        assert not ask.hint or ask.hint.endswith((".", "?")), ask.hint
        assert not ask.why or ask.why.endswith("."), ask.why
        assert question.widget is Widget.REGISTER or question.choices or question.card or question.adapter


@pytest.mark.parametrize("page", EVERY, ids=lambda page: page.id)
def test_words_are_plain_and_their_marks_are_typographic(page: type[Page]) -> None:
    for text in texts(page):
        assert not FORBIDDEN.search(text), text
        assert "'" not in text, text
        assert '"' not in text, text
        assert "  " not in text, text
        assert set(re.findall(r"\{\w*\}", text)) <= {"{pupil}", "{council}"}, text


def test_a_question_left_alone_is_answered_by_nothing() -> None:
    fields = [field for page in EVERY for field in page.model_fields.values()]
    assert {repr(field.get_default()) for field in fields if not field.is_required()} == {"None", "()"}


def test_choices_need_no_name() -> None:
    labels = [choice.label for page in EVERY for question in all_questions(page) for choice in question.choices]
    assert labels
    assert not any("{" in label for label in labels), "answers are printed as they stand"


def test_only_one_councils_own_pages_name_it_or_its_papers() -> None:
    for page in EVERY:
        assert not any("Essex" in text for text in texts(page)), page.id
