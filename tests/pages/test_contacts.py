"""Whom a council names to ask, and where to read on, stands beside the pages on which somebody would want it."""

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from forms.catalogue import PAGES
from tests.pages.test_guidance import facts
from tests.validation.dorset_placements import judged
from tests.validation.dorset_requests import REQUEST
from wizard.pages.guidance import GuidancePanel
from wizard.pages.screen import View
from wizard.validation.requirements import Judgement, judge

policy = pytest.mark.policy
DORSET = [
    pytest.param(
        "notification send",
        (
            "All Children in Education site",
            "Where a school notifies the council",
        ),
        marks=policy("D38"),
    ),
    pytest.param(
        "panel decision",
        (
            "Central Learning Centre Panel",
            "Day and time may change",
        ),
        marks=policy("D45"),
    ),
    pytest.param(
        "planning",
        (
            "NHS Dorset and its Designated Clinical Officer",
            "Point of contact for health advice",
        ),
        marks=policy("D21"),
    ),
    pytest.param(
        "care",
        (
            "Virtual School Lead",
            "ask the council, or the social worker",
        ),
        marks=policy("D43"),
    ),
    pytest.param(
        "plan_services",
        (
            "Locality SEN Panel",
            "ask the SEN Provision Lead",
        ),
        marks=policy("D58"),
    ),
    pytest.param(
        "funding",
        (
            "Schools Forum",
            "Reviews the factors of funding",
        ),
        marks=policy("D114"),
    ),
]
ESSEX = [
    pytest.param(
        "decision",
        (
            "Case Advice Panel",
            "reached through Education Access",
        ),
        marks=policy("E68"),
    ),
    pytest.param(
        "ehcp",
        (
            "SEND Operations Team",
            "which way is right for a pupil with an EHCP",
        ),
        marks=policy("E38"),
    ),
    pytest.param(
        "advice",
        (
            "SEND Quadrant team",
            "by quadrant of the county",
        ),
        marks=policy("E20f"),
    ),
    pytest.param(
        "advice professionals consultation",
        (
            "Inclusion Partner",
            "Each school has its own",
        ),
        marks=policy("E20b"),
    ),
    pytest.param(
        "advice",
        (
            "Educational psychology service",
            "link educational psychologist",
        ),
        marks=policy("E20c"),
    ),
    pytest.param(
        "advice",
        (
            "physical and neurological impairment (PNI)",
            "physical or neurological need",
        ),
        marks=policy("E20d"),
    ),
    pytest.param(
        "advice attendance",
        (
            "Attendance team of Essex County Council",
            "codes of the register",
        ),
        marks=policy("E20e"),
    ),
    pytest.param(
        "health_needs",
        (
            "CAMHS",
            "the parents or the GP can turn to them",
        ),
        marks=policy("E31"),
    ),
    pytest.param(
        "ehcp",
        (
            "SEND IASS",
            "Free and independent advice",
            "send-information-advice-and-support",
        ),
        marks=policy("E43"),
    ),
    pytest.param(
        "route",
        (
            "Essex Schools Infolink",
            "education-access/medical-referrals",
        ),
        marks=policy("E44"),
    ),
    pytest.param(
        "adjustments",
        (
            "SEND Support Summary, as the policy links them",
            "SEND/Pages/Provision-Guidance",
        ),
        marks=policy("E22"),
    ),
    pytest.param(
        "tpp",
        (
            "Training and material, as the policy links them",
            "health_portal_for_schools",
        ),
        marks=policy("E15"),
    ),
    pytest.param(
        "no_school",
        (
            "Essex Fair Access protocol",
            "Ask Education Access how to reach it",
        ),
        marks=policy("E48"),
    ),
    pytest.param(
        "unit",
        (
            "Poplars and St Aubyns",
            "each with a teacher in charge",
        ),
        marks=policy("E59"),
    ),
    pytest.param(
        "request",
        (
            "Robots and lessons on line",
            "AV1 robots and on-line packages",
        ),
        marks=policy("E83"),
    ),
    pytest.param(
        "decision",
        (
            "Alternative-education framework",
            "another service in exceptional cases",
        ),
        marks=policy("E84"),
    ),
    pytest.param(
        "decision partnership",
        (
            "AP Directory",
            "quality the council has checked",
        ),
        marks=policy("E168"),
    ),
    pytest.param(
        "chronology partnership",
        (
            "Children and Families Hub",
            "0345 603 7627",
        ),
        marks=policy("E169"),
    ),
    pytest.param(
        "chronology partnership",
        (
            "Safeguarding in alternative provision",
            "safeguarding-AP/1",
        ),
        marks=policy("E156"),
    ),
    pytest.param(
        "school",
        (
            "Statutory guidance of December 2023",
            "657995f0254aaa000d050bff",
        ),
        marks=policy("E2"),
    ),
    pytest.param(
        "school",
        (
            "Department for Education: mental health that affects",
            "assets.publishing.service.gov.uk/government",
        ),
        marks=policy("E6"),
    ),
    pytest.param(
        "one_plan",
        (
            "SEND Code of Practice",
            "Of January 2015",
        ),
        marks=policy("E7"),
    ),
]


def look(found: Judgement, pages: str, words: tuple[str, ...], qtbot: QtBot) -> None:
    for page in pages.split():
        panel = GuidancePanel(View(found, PAGES[page]))
        qtbot.addWidget(panel)
        said = " ".join(label.text() for label in panel.findChildren(QLabel))
        assert [one for one in words if one not in said] == [], page


@pytest.mark.parametrize(("pages", "words"), DORSET)
def test_dorset_names_them_beside_its_pages(pages: str, words: tuple[str, ...], qtbot: QtBot) -> None:
    look(judged(REQUEST), pages, words, qtbot)


@pytest.mark.parametrize(("pages", "words"), ESSEX)
def test_essex_names_them_beside_its_pages(pages: str, words: tuple[str, ...], qtbot: QtBot) -> None:
    look(judge(facts()), pages, words, qtbot)
