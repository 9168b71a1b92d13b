"""Whatever an imported referral holds, every page shows it, judges it, and gives it back as it was."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from forms.catalogue import PAGES
from forms.kit.ask import Fields, questions
from forms.kit.page import Page
from tests.pages.referrals import case, view
from tests.pages.screens import says, shown
from wizard.pages.pasting import cards_of
from wizard.pages.registry import SCREENS

OURS = [page for page in PAGES.values() if page.screen in {"questions", "route", "register"}]
ODD = st.sampled_from([" ", ".", "\u2028", "\ud800", "yes", "2026-11-20", "<b>", "&"])
ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8) | ODD,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["day", "because", "x"]), inner),
    max_leaves=5,
)


def answers(model: type[Fields]) -> st.SearchStrategy[dict[str, Any]]:
    """Answers of a page or card, each of any shape, cards among them."""
    parts = {one.name: ANY | st.lists(answers(one.card), max_size=2) if one.card else ANY for one in questions(model)}
    return st.fixed_dictionaries({}, optional={**parts, "no question": ANY})


@pytest.mark.parametrize("page", OURS, ids=lambda page: page.id)
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_every_page_bears_any_answers(qapp: QApplication, page: type[Page], data: st.DataObject) -> None:
    raw = data.draw(answers(page))
    seen = view(case({page.id: raw}, not_known={f"{page.id}.gone": "No longer asked."}), page.id)
    screen = SCREENS[page.screen](seen)
    screen.show_problems(seen.judgement.facts.answers.reading(page).problems)
    screen.refresh(seen)
    assert screen.raw() == raw
    assert screen.not_known() == {"gone": "No longer asked."}
    screen.deleteLater()
    qapp.processEvents()


@pytest.mark.parametrize("blank", [".", [" "], ["\u2028"]])
def test_a_card_that_says_nothing_says_so(qtbot: QtBot, blank: Any) -> None:
    screen = shown(qtbot, "professionals", {"professionals": {"professionals": [{"post": blank}]}})
    assert says(screen, "1. Nothing entered yet")


def test_pasted_text_of_any_size_becomes_rows() -> None:
    fields = questions(PAGES["pupil"])
    long = "a" * 200_000
    assert cards_of(f"{long}\tb\nc", fields)[0] == [{fields[0].name: long, fields[1].name: "b"}, {fields[0].name: "c"}]
