"""Who signs a request to Dorset, and under which words, on the page where they do."""

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from forms.catalogue import PAGES
from tests.validation.dorset_placements import NO_ROLL, judged
from tests.validation.dorset_requests import PAPERS, REQUEST
from tests.validation.essex_referrals import Pages
from wizard.pages.screen import View
from wizard.pages.sign import SignScreen

policy = pytest.mark.policy
BY_UNIT: Pages = {**NO_ROLL, "route": {**NO_ROLL["route"], "unit_discharge": "yes", "referrer": "unit"}}

SIGNING = [
    pytest.param(REQUEST, "SENCO", "the school keeps the main responsibility", marks=policy("D26"), id="the SENCO"),
    pytest.param(NO_ROLL, "Person making the request", "is true and complete", marks=policy("D99"), id="no roll"),
    pytest.param(BY_UNIT, "Person making the request", "is true and complete", marks=policy("D99"), id="a unit"),
    pytest.param(REQUEST, "Parent or carer", "I have parental responsibility", marks=policy("D42"), id="parents"),
    pytest.param(REQUEST, "Pupil", "I agree to it", marks=policy("D42"), id="the pupil"),
]


@pytest.mark.parametrize(("answers", "title", "statement"), SIGNING)
def test_each_has_a_place_to_sign_under_their_own_words(
    answers: Pages, title: str, statement: str, qtbot: QtBot
) -> None:
    screen = SignScreen(View(judged(answers, papers=PAPERS, unsigned=True), PAGES["sign"]))
    qtbot.addWidget(screen)
    assert f"Name: {title}" in {field.accessibleName() for field in screen.findChildren(QLineEdit)}
    assert any(statement in label.text() for label in screen.findChildren(QLabel))


def test_nobody_from_a_school_signs_for_a_pupil_without_one(qtbot: QtBot) -> None:
    screen = SignScreen(View(judged(NO_ROLL, unsigned=True), PAGES["sign"]))
    qtbot.addWidget(screen)
    assert "Name: SENCO" not in {field.accessibleName() for field in screen.findChildren(QLineEdit)}
