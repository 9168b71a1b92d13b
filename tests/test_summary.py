"""What the pack prints of an answer, in full and in the summary of one page."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from forms.catalogue import PAGES
from tests.forms.anxious_pupil import ANXIOUS
from wizard.case import Case
from wizard.councils import council
from wizard.pack.brief import LONGEST, brief
from wizard.summary import summarise_page
from wizard.validation.facts import Facts
from wizard.validation.requirements import Judgement, judge


def judged(page: str, **typed: Any) -> Judgement:
    answers: Mapping[str, Any] = {**ANXIOUS, page: {**ANXIOUS.get(page, {}), **typed}}
    case = Case(authority="essex", authority_version="1", answers=answers)
    return judge(Facts.of(case, council("essex"), date(2026, 11, 20)))


@pytest.mark.parametrize(
    ("ticked", "said"),
    [
        (
            ["council_decides", "no_direct"],
            "• We know that the council alone decides about this referral\n"
            "• We have not referred the pupil to a provider ourselves, and will not",
        ),
        (["council_decides"], "We know that the council alone decides about this referral"),
    ],
)
def test_several_long_choices_are_a_list(ticked: list[str], said: str) -> None:
    answers = judged("declarations", statements=ticked).facts.answers
    rows = {row.field: row.text for row in summarise_page(PAGES["declarations"], answers).rows}
    assert rows["statements"] == said


LIST = "What helps:\n\n  1. A quiet   room\n2. My key adult\n"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (LIST, "What helps:\n1. A quiet room\n2. My key adult"),
        ("One\n" * 9, "One One One One One One One One One"),
        (LIST + "word " * 100, None),
    ],
    ids=["short", "many lines", "long"],
)
def test_short_words_of_the_pupil_keep_their_lines_in_the_summary(typed: str, said: str | None) -> None:
    told = dict(brief(judged("pupil_views", own_words=typed)))
    ((words,),) = [texts for heading, texts in told.values() if heading.endswith("words")]
    assert words == said if said else "\n" not in words and len(words) <= LONGEST + 2
