"""A council that the program does not know works end to end from its file alone: ten days, no letter of a GP, two
questions of its own, paper and ink, seven megabytes, three documents."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pikepdf
import pytest
from PySide6.QtWidgets import QLabel, QRadioButton
from pytestqt.qtbot import QtBot

from forms.catalogue import pages_of
from wizard import councils, samples
from wizard.__main__ import main
from wizard.case import Case, Signature
from wizard.errors import NotReady
from wizard.export import Pack, check_size
from wizard.folder import write
from wizard.pages.begin import BeginPage
from wizard.pages.screen import PackMade, View
from wizard.pages.send import SendScreen
from wizard.pages.sign import SignScreen
from wizard.validation.facts import Facts
from wizard.validation.requirements import Judgement, judge

FILE = Path(__file__).parent / "councils" / "exampleshire.toml"
CLOCK, TODAY = "2026-11-23T09:00", date(2026, 11, 23)
OWN = {"bus": "yes", "lessons": "library"}
ROLES = ("senco", "parent")


@pytest.fixture(autouse=True)
def dropped_in(home: Path) -> None:
    (home / "authorities").mkdir()
    (home / "authorities" / "exampleshire.toml").write_bytes(FILE.read_bytes())
    councils.look_in(lambda: home)


def request(documents: int = 2, **pages: object) -> Case:
    """A request with everything but the signatures."""
    made = samples.case("essex-ebsa")
    answers = {**made.answers, "exampleshire-journeys": OWN}
    answers["medical_papers"] = {"kinds": ["mental_health"], "from_provider": "yes", "says_effect": "yes"}
    evidence = tuple(replace(one, answers=("X4a",)) for one in made.evidence[:documents])
    return replace(
        made, authority="exampleshire", authority_version="1", answers={**answers, **pages}, evidence=evidence,
        reasons={}, signatures=(),
    )  # fmt: skip


def signed(case: Case, method: str = "on paper") -> Case:
    digest = case.signed_digest(judged(case).facts.apart)
    given = (
        Signature(role, "Sam Example", method, "2026-11-20T09:00:00+00:00", "As it stands.", digest) for role in ROLES
    )
    return replace(case, signatures=tuple(given))


def judged(case: Case) -> Judgement:
    return judge(Facts.of(case, councils.council("exampleshire"), TODAY))


def musts(case: Case) -> list[tuple[str, str]]:
    return [(point.id, point.page) for point in judged(case).points if point.level == "must"]


def test_from_its_file_to_the_pack(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    papers = samples.papers("essex-ebsa")
    for name, case in (("unsigned", request()), ("whole", signed(request()))):
        write(tmp_path / name, case, lambda fact: papers[fact.file])
    assert main(["check", str(tmp_path / "unsigned"), "--clock", CLOCK]) == 1
    said = capsys.readouterr().out
    assert [line for line in said.splitlines() if line.startswith("must")] == [
        "must    X5     Print the statements, have them signed, and keep the sheets."
        "  [Exampleshire policy, section 4; page Sign]"
    ]
    assert main(["check", str(tmp_path / "whole"), "--clock", CLOCK]) == 0
    out = tmp_path / "pack.pdf"
    assert main(["pack", str(tmp_path / "whole"), "--out", str(out), "--clock", CLOCK]) == 0
    assert out.stat().st_size * 1.37 < 7_000_000
    with pikepdf.open(out) as pdf:
        assert len(pdf.pages) > 5


def test_its_own_questions_are_asked_and_waited_for() -> None:
    assert "exampleshire-journeys" in pages_of(councils.council("exampleshire"))
    unanswered = signed(request(**{"exampleshire-journeys": {"bus": "yes"}}))
    assert musts(unanswered) == [("X1", "exampleshire-journeys")]


@pytest.mark.parametrize(
    ("kinds", "accepted"), [(["clinician"], False), (["clinician", "specialist"], True), (["notes"], False)]
)
def test_a_letter_of_the_gp_does_not_count(kinds: list[str], accepted: bool) -> None:
    papers = {"kinds": kinds, "from_provider": "yes", "says_effect": "yes"}
    assert (("X4", "medical_papers") in musts(signed(request(medical_papers=papers)))) is not accepted


@pytest.mark.parametrize(("sessions", "short"), [("18", True), ("20", False)])
def test_ten_days_are_enough(sessions: str, short: bool) -> None:
    attendance = {**samples.case("essex-ebsa").answers["attendance"], "health_sessions": sessions, "expected_days": "0"}
    attendance.pop("register")
    found = judged(request(attendance=attendance))
    assert ("short" in {route.id for route in found.routes}) is short
    assert any(point.id == "X3" for point in found.points) is short


@pytest.mark.parametrize("method", ["typed", "drawn"])
def test_only_ink_on_paper_counts(qtbot: QtBot, method: str) -> None:
    assert musts(signed(request())) == []
    assert musts(signed(request(), method)) == [("X5", "sign")]
    found = judged(request())
    screen = SignScreen(View(found, found.facts.page("sign")))
    qtbot.addWidget(screen)
    offered = {radio.text() for form in screen.forms.values() for radio in form.findChildren(QRadioButton)}
    assert offered == {"It is signed on paper, and the school keeps the paper"}
    assert {form.method for form in screen.forms.values()} == {"on paper"}


def test_more_than_three_documents_are_not_sent(
    qtbot: QtBot, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case, papers = signed(request(documents=4)), samples.papers("essex-ebsa")
    write(tmp_path / "r", case, lambda fact: papers[fact.file])
    assert main(["pack", str(tmp_path / "r"), "--out", str(tmp_path / "pack.pdf"), "--clock", CLOCK]) == 2
    assert "takes up to 3 documents of evidence, and this referral has 4" in capsys.readouterr().err
    assert not (tmp_path / "pack.pdf").exists()
    assert main(["pack", str(tmp_path / "r"), "--out", str(tmp_path / "d.pdf"), "--clock", CLOCK, "--draft"]) == 0
    found = judged(case)
    screen = SendScreen(View(found, found.facts.page("send")))
    qtbot.addWidget(screen)
    assert any("takes up to 3 documents" in label.text() for label in screen.findChildren(QLabel))


def test_more_than_seven_megabytes_are_not_sent(qtbot: QtBot) -> None:
    found = judged(signed(request()))
    check_size(found, Pack(b"0" * 5_000_000, 9, sealed=True, encrypted=True))
    with pytest.raises(NotReady, match="the council takes up to 7 MB"):
        check_size(found, Pack(b"0" * 5_200_000, 9, sealed=True, encrypted=True))
    made = PackMade(Path("/packs/a.pdf"), 5_200_000, 9, "fk7m-2xrw", Path("/packs/a.eml"))
    screen = SendScreen(View(found, found.facts.page("send"), made))
    qtbot.addWidget(screen)
    assert any("takes up to 7 MB, so it is too large" in label.text() for label in screen.findChildren(QLabel))


def test_who_wrote_it_and_what_cannot_be_used_stand_where_a_referral_is_begun(qtbot: QtBot, home: Path) -> None:
    from wizard.desk.beginning import notes

    (home / "authorities" / "nonsense.toml").write_text("id = ", encoding="utf-8")
    choices = [(id, councils.council(id).name) for id in councils.installed()]
    page = BeginPage(choices, notes=notes(), trouble=[file.trouble for file in councils.own() if file.trouble])
    qtbot.addWidget(page)
    assert "Exampleshire County Council" in [radio.text() for radio in page.findChildren(QRadioButton)]
    said = [label.text() for label in page.findChildren(QLabel)]
    assert sum("Not signed: nothing shows who wrote it" in text for text in said) == 1
    assert sum("nonsense.toml in the folder “authorities” cannot be used" in text for text in said) == 1


@pytest.mark.parametrize(
    ("today", "old"), [(date(2027, 11, 20), False), (date(2027, 11, 21), True), (date(2026, 11, 19), True)]
)
def test_limits_of_last_year_or_of_a_day_to_come_are_doubted(qtbot: QtBot, today: date, old: bool) -> None:
    found = judge(Facts.of(request(), councils.council("exampleshire"), today))
    screen = SendScreen(View(found, found.facts.page("send")))
    qtbot.addWidget(screen)
    assert any("takes at once was last looked up" in one.text() for one in screen.findChildren(QLabel)) is old


def test_its_limits_age_like_its_address(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["authority", "list", "--clock", "2028-01-01", "--json"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    old = next(row["old"] for row in rows if row["id"] == "exampleshire")
    assert [text.partition(":")[0] for text in old] == ["Health and Education Desk", "limits", "Desk for families"]
