"""Questions that a council adds in its own file: pages like any other, and mistakes in them said with their place."""

import tomllib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forms.catalogue import FORMS, PAGES, forms_of, own_mistakes, pages_of
from forms.kit.ask import NotKnown, Widget, questions
from forms.kit.authority import AuthorityProfile
from forms.kit.own import Given, Kind, OwnPage, OwnQuestion
from forms.kit.page import Answers, Context
from forms.own import OWN_ID
from tests.forms.test_any_answers import check_words, raw_page
from tests.own_council import changed, wessex
from wizard import journey
from wizard.case import Case
from wizard.councils import council
from wizard.errors import UnusableInput
from wizard.schema import referral_schema
from wizard.summary import summarise
from wizard.validation.facts import Facts
from wizard.validation.requirements import Judgement, judge

TODAY = date(2026, 11, 22)
BY_BUS: Mapping[str, Any] = {
    "way": "bus",
    "pass_until": {"day": "31", "month": "July", "year": "2027"},
    "escort": "no",
    "journeys": [{"from_place": "Home", "minutes": "35"}, {"from_place": "Clinic", "minutes": {"because": "Varies"}}],
}


def judged(answers: Mapping[str, Any], not_known: Mapping[str, str] | None = None) -> Judgement:
    return judge(Facts.of(Case("wessex", "1", answers, not_known=not_known or {}), wessex(), TODAY))


def test_each_kind_of_question_is_put_and_read() -> None:
    page = pages_of(wessex())["wessex-transport"]
    assert [one.widget for one in questions(page)] == [
        Widget.RADIOS,
        Widget.LINE,
        Widget.DATE,
        Widget.RADIOS,
        Widget.CARDS,
    ]
    found = judged({"wessex-transport": {**BY_BUS, "pass": "12 34"}})
    good = found.facts.answers.get(page)
    assert good is not None
    way, number, until, escort, journeys = good.__dict__.values()
    assert (way.label, number, until, escort) == ("By bus", "12 34", date(2027, 7, 31), "no")
    assert [(one.from_place, one.minutes) for one in journeys] == [
        ("Home", Decimal(35)),
        ("Clinic", NotKnown(because="Varies")),
    ]


def test_what_is_required_is_asked_for_while_it_is_shown_and_by_the_councils_own_words() -> None:
    found = judged({})
    assert {point.title for point in found.points if point.page == "wessex-transport"} == {
        "“How does {pupil} travel?” is not answered yet.",
        "“Does somebody go with {pupil}?” is not answered yet.",
        "The transport was looked at",
    }
    assert [point.field for point in judged({"wessex-transport": BY_BUS}).on("wessex-transport")] == ["pass"]
    assert judged({"wessex-transport": {**BY_BUS, "way": "taxi"}}).on("wessex-transport") == ()
    assert judged({"wessex-transport": BY_BUS}, {"wessex-transport.pass": "Lost"}).on("wessex-transport") == ()


def test_a_question_that_hangs_on_a_hidden_one_is_hidden_too() -> None:
    page = pages_of(wessex())["wessex-transport"]
    until = next(one for one in questions(page) if one.name == "pass_until")
    assert until.shown({"way": "bus", "pass": "12"})
    assert not until.shown({"way": "bus", "pass": " "})
    assert not until.shown({"way": "taxi", "pass": "12"})


def test_a_page_waits_for_answers_of_other_pages() -> None:
    page, route = pages_of(wessex())["wessex-plan"], {"sen": "ehcp"}
    assert judged({"route": route, "wessex-transport": BY_BUS}).facts.answers.asks(page)
    assert not judged({"route": route}).facts.answers.asks(page)
    assert not judged({"route": {"sen": "none"}, "wessex-transport": BY_BUS}).facts.answers.asks(page)


def test_it_stands_in_the_task_list_and_in_what_is_printed() -> None:
    found = judged({"wessex-transport": {**BY_BUS, "pass": "12 34"}})
    school = next(section for section in journey.task_list(found) if section.form.id == "school")
    assert [task.page.task for task in school.tasks][-1] == "Transport"
    assert journey.status(found, found.facts.page("wessex-transport")) is journey.Status.COMPLETED
    (part,) = (p for s in summarise(found.facts.answers) for p in s.parts if p.page == "wessex-transport")
    rows = {row.label: row.table or row.text for row in part.rows}
    assert rows.pop("Journeys in a week").rows == (("Home", "35"), ("Clinic", "Not known: Varies"))  # type: ignore[union-attr]
    assert rows == {
        "How does the pupil travel?": "By bus",
        "Number of the bus pass": "12 34",
        "Until when does it hold?": "31 July 2027",
        "Does somebody go with the pupil?": "No",
    }


def test_the_schema_holds_it_and_lets_pages_of_unknown_councils_be() -> None:
    answers = referral_schema([council("essex"), wessex()])["properties"]["answers"]
    page = answers["properties"]["wessex-transport"]
    assert page["title"] == "Transport"
    assert page["properties"]["way"] == {"enum": ["bus", "taxi", "other"], "title": "How does {pupil} travel?"}
    assert page["properties"]["journeys"]["items"]["properties"]["from_place"]["type"] == "string"
    assert answers["patternProperties"] == {OWN_ID: {"type": "object"}}


def test_other_councils_have_what_they_had() -> None:
    essex = council("essex")
    assert forms_of(essex) is FORMS
    assert pages_of(essex) is PAGES
    assert pages_of(wessex())["wessex-transport"] is pages_of(wessex())["wessex-transport"]
    kept = Case("essex", "1", {"wessex-transport": BY_BUS, "pupil": {}})
    found = judge(Facts.of(kept, essex, TODAY))
    assert "wessex-transport" not in found.problems
    assert "12 34" not in str(summarise(found.facts.answers))


NAMES = st.sampled_from(["one", "two", "three", "four", "five"])


@st.composite
def own_questions(draw: st.DrawFn, columns: bool = False) -> tuple[OwnQuestion, ...]:
    """Questions of every kind, some hanging on earlier ones."""
    made: list[OwnQuestion] = []
    for name in draw(st.lists(NAMES, min_size=1, unique=True)):
        kind = draw(st.sampled_from([one for one in Kind if not (columns and one is Kind.TABLE)]))
        made.append(
            OwnQuestion(
                name=name,
                label=f"About {name}",
                kind=kind,
                choices=(("a", "First"), ("b", "Second")) if kind is Kind.CHOICE else (),
                columns=draw(own_questions(columns=True)) if kind is Kind.TABLE else (),
                required=draw(st.booleans()),
                not_known=draw(st.booleans()),
                when=Given(question=draw(st.sampled_from(made)).name) if made and draw(st.booleans()) else None,
            )
        )
    return tuple(made)


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(asked=own_questions(), data=st.data())
def test_any_own_questions_take_anything_and_say_problems_in_our_words(
    asked: tuple[OwnQuestion, ...], data: st.DataObject
) -> None:
    own = OwnPage(id="essex-any", form="school", task="Any", heading="Anything?", questions=asked)
    authority = council("essex").model_copy(update={"pages": (own,)})
    assert list(own_mistakes(authority)) == []
    page = pages_of(authority)["essex-any"]
    raw = data.draw(raw_page(page))
    answers = Answers({"essex-any": raw}, Context(authority, TODAY))
    reading = answers.reading(page)
    assert reading.problems or reading.model is not None
    for problem in reading.problems:
        check_words(problem, page)
    summarise(answers)


BROKEN = {
    "a page of another council": ('id = "wessex-transport"', 'id = "essex-transport"', "pages.0.id", "wessex-"),
    "a page that all have": ('id = "wessex-transport"', 'id = "pupil"', "pages.0.id", "already"),
    "an id with capitals": ('id = "wessex-transport"', 'id = "wessex-Bus"', "pages.0.id", "small letters"),
    "two pages of one id": ('id = "wessex-plan"', 'id = "wessex-transport"', "pages.1.id", "already"),
    "a form that there is not": ('form = "school"', 'form = "schol"', "pages.0.form", "school"),
    "a form that takes none": ('form = "school"', 'form = "after"', "pages.0.form", "Use one of"),
    "an empty heading": ('heading = "What does the plan say?"', 'heading = " "', "pages.1.heading", "Write it"),
    "a page after it": (
        'page = "route", question',
        'page = "wessex-later", question',
        "pages.1.when.0.page",
        "earlier",
    ),
    "no such question": ('question = "sen"', 'question = "send"', "pages.1.when.0.question", "It has"),
    "no such answer there": ('answers = ["ehcp"]', 'answers = ["plan"]', "pages.1.when.0.answers", "ehcp"),
    "a name with a space": ('name = "escort"', 'name = "an escort"', "questions.3.name", "underscores"),
    "a name of the program's": ('name = "escort"', 'name = "heading"', "questions.3.name", "Choose another"),
    "a name twice": ('name = "escort"', 'name = "way"', "questions.3.name", "its own"),
    "an empty label": ('label = "Number of the bus pass"', 'label = ""', "questions.1.label", "on the screen"),
    "a choice without answers": ('kind = "yes_no"', 'kind = "choice"', "questions.3", "choices ="),
    "answers without a choice": ('kind = "choice"', 'kind = "line"', "questions.0.choices", 'kind = "choice"'),
    "a choice without words": ('bus = "By bus"', 'bus = ""', "questions.0.choices", "Write both"),
    "a table without columns": ('kind = "yes_no"', 'kind = "table"', "questions.3", "columns"),
    "columns without a table": ('kind = "table"', 'kind = "line"', "questions.4.columns", 'kind = "table"'),
    "a table in a table": ('kind = "number"', 'kind = "table"', "questions.4.columns.1.kind", "beside"),
    "it hangs on a later one": (
        'question = "way", answers = ["bus"]',
        'question = "escort"',
        "when.question",
        "that is",
    ),
    "it hangs on another page": ('{ question = "pass" }', '{ page = "route", question = "sen" }', "when.page", "out"),
    "no such choice": ('"way", answers = ["bus"]', '"way", answers = ["train"]', "when.answers", "bus, taxi"),
    "answers to a text": ('question = "pass"', 'question = "pass", answers = ["1"]', "when.answers", "any answer"),
}


@pytest.mark.parametrize(("old", "new", "place", "remedy"), BROKEN.values(), ids=BROKEN)
def test_a_mistake_is_said_with_its_place_and_a_remedy(old: str, new: str, place: str, remedy: str) -> None:
    found = list(own_mistakes(AuthorityProfile.model_validate(tomllib.loads(changed((old, new))))))
    said = [f"{'.'.join(map(str, one.path))}: {one.sentence} {one.remedy}" for one in found]
    assert any(place in one and remedy in one for one in said), said
    with pytest.raises(UnusableInput):
        wessex((old, new))


def test_a_requirement_cannot_name_a_question_that_the_page_does_not_have() -> None:
    with pytest.raises(UnusableInput, match="wessex-plans"):
        wessex(('page = "wessex-transport"\ntodo', 'page = "wessex-plans"\ntodo'))
