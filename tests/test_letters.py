"""Letters: a council's words with the answers in place; a blank line where there is none, never an error."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from pypdfium2 import PdfDocument
from pytestqt.qtbot import QtBot

from forms.kit.written import Document, DocumentKind
from tests.forms.anxious_pupil import ANXIOUS
from tests.forms.test_any_answers import ANSWERS
from tests.pages.referrals import buttons
from tests.pages.screens import says, shown
from wizard.__main__ import main
from wizard.case import Case
from wizard.councils import council
from wizard.errors import CannotPrint
from wizard.letters import BLANK, NAMES, WORDS, Letter, fill, offered, write
from wizard.pack.drawn_up import CONTENTS, drawn_up
from wizard.pack.letter import letter_pdf
from wizard.pages.letters import LettersBox
from wizard.pages.screen import SaveLetter
from wizard.validation.facts import Facts
from wizard.validation.requirements import Judgement, judge

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
PLAN = {"route": ANXIOUS["route"] | {"sen": "ehcp", "anxiety": "yes"}}
STAY = {
    "route": ANXIOUS["route"] | {"hospital": "planned"},
    "hospital": {
        "hospital": "Broomfield Hospital",
        "admission": "2026-12-07",
        "discharge": "2027-01-29",
        "moving": "yes",
        "siblings_of_age": "yes",
        "siblings": [
            {"name": "Zofia", "born": "2017-05-02", "education": "Mill Lane Primary", "after_move": "no"},
            {"name": "Jan", "born": "2014-01-09", "education": "Mill Lane High", "after_move": "not_known"},
        ],
    },
}


def judged(**pages: Any) -> Judgement:
    case = Case("essex", "1", {**ANXIOUS, **pages}, reference="R-7KQ4-2MX")
    return judge(Facts.of(case, council("essex"), TODAY))


def document(row: str) -> Document:
    return next(one for one in council("essex").documents if one.id == row)


def letter(row: str, **pages: Any) -> Letter:
    found = judged(**pages)
    assert row in {one.id for one in offered(found)}
    return write(found, document(row))


def read(pdf: bytes) -> str:
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in PdfDocument(pdf)).split())


@pytest.mark.policy("E32")
def test_the_clinician_is_asked_what_helps_and_what_is_safe() -> None:
    whole = letter("E32")
    assert whole.subject == "Request for medical guidance, A.K., our reference R-7KQ4-2MX"
    assert whole.sender == ("Mill Lane High School", "01632 960200", "office@milllane.example")
    assert whole.closing == ("Priya Nair", "SENCO", "Mill Lane High School")
    for words in ("adjustments and strategies", "well enough for teaching away from school", "how many hours"):
        assert words in whole.text
    assert "Amira Karim-O’Neill, born 27 March 2013" in whole.text


@pytest.mark.policy("E32")
def test_the_parents_may_ask_themselves() -> None:
    whole = letter("E32p")
    assert whole.closing == ("Parent or carer",)
    assert whole.sender == (BLANK, BLANK)
    assert "Priya Nair, senco@milllane.example" in whole.text
    nobody = council("essex").model_copy(update={"signers": ()})
    whole = write(judge(Facts.of(judged().facts.case, nobody, TODAY)), document("E32p"))
    assert whole.closing == ("Parent or carer",), "and where the council has no word for them"


@pytest.mark.policy("E40", "E41")
def test_the_invitation_to_the_annual_review_says_which_days_give_notice() -> None:
    whole = letter("E40", **PLAN, ehcp={"review": "yes", "review_on": "2026-12-16"})
    assert whole.to == ("SEND Operations Partner", "Essex County Council")
    assert "on 16 December 2026" in whole.text
    assert "from 7 December 2026 on gives you two weeks, and from 14 December 2026 on three weeks" in whole.text
    assert f"on {BLANK}" in letter("E40", **PLAN).text


@pytest.mark.policy("E56")
def test_brothers_and_sisters_who_move_are_told_of() -> None:
    whole = letter("E56", **STAY)
    assert whole.to == ("Education Access", "Essex County Council", "medical@essex.gov.uk")
    assert "•  Zofia; Born: 2 May 2017; At present: Mill Lane Primary; After the move: No\n•  Jan;" in whole.text
    assert "Broomfield Hospital from 7 December 2026" in whole.text


@pytest.mark.policy("E120", "E124")
def test_health_is_asked_for_a_report_that_the_council_can_choose_by() -> None:
    assert "what education would be suitable and safe" in letter("E124").text


@pytest.mark.parametrize("row", ["E32", "E56", "E124"])
@pytest.mark.parametrize("sharing", ["no", "", None])
def test_no_letter_claims_an_agreement_of_the_parents_that_nobody_gave(row: str, sharing: str | None) -> None:
    stay = STAY if row == "E56" else {}
    claim, line = "The parents have agreed", f"do the parents agree that we share this? {BLANK}"
    assert claim in letter(row, **stay).text
    assert line not in letter(row, **stay).text
    consent = ANXIOUS["consent"] | {"sharing": sharing, "refusal": "They want to think it over."}
    without = letter(row, **stay, consent=consent).text
    assert claim not in without
    assert line in without


def test_a_letter_is_offered_only_where_it_is_called_for() -> None:
    assert {one.id for one in offered(judged())} == {"E32", "E32p", "E124"}
    assert {one.id for one in offered(judged(), "health_needs")} == {"E32", "E32p"}
    hidden = STAY | {"route": ANXIOUS["route"]}
    assert "E56" not in {one.id for one in offered(judged(**hidden))}, "the page is not asked any more"


def test_every_name_in_braces_is_known() -> None:
    for one in council("essex").documents:
        for name in NAMES.findall(" ".join((one.to, *one.body))):
            assert name in WORDS or "." in name or name.startswith("today+"), f"{name} at {one.id}"


def test_what_is_not_known_is_a_line_to_fill_in_and_answers_are_never_filled_in_again() -> None:
    facts = Facts.of(Case("essex", "1", {"pupil": {"first_name": "{council}"}}), council("essex"), TODAY)
    assert fill("{pupil} {pupil.surname} {nonsense}", facts) == f"{{council}} {BLANK} {BLANK}"
    told = judged(school=ANXIOUS["school"] | {"urn": {"because": "nobody knows"}}).facts
    assert fill("{school.urn}", told) == BLANK


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(pages=ANSWERS)
def test_whatever_was_answered_makes_a_letter(pages: Any) -> None:
    judgement = judge(Facts.of(Case("essex", "1", pages), council("essex"), TODAY))
    assert all(section.parts for section in drawn_up(judgement))
    for one in (one for one in council("essex").documents if one.kind is DocumentKind.LETTER):
        whole = write(judgement, one)
        assert whole.paragraphs
        assert not set(NAMES.findall("".join(one.body))) & {"", " "}


@pytest.mark.parametrize("row", ["E32", "E32p", "E40", "E56", "E124"])
def test_a_letter_on_paper_is_tagged_and_named_without_the_pupil(row: str) -> None:
    whole = letter(row, **PLAN | STAY | {"route": PLAN["route"] | STAY["route"] | {"sen": "ehcp", "anxiety": "yes"}})
    pdf = letter_pdf(whole, NOW)
    assert pdf == letter_pdf(whole, NOW)
    told = read(pdf)
    for paragraph in whole.paragraphs:
        assert paragraph.split()[0] in told
    assert whole.subject in told
    assert "Page 1 of 1" in told
    with pikepdf.open(BytesIO(pdf)) as opened:
        assert opened.Root.MarkInfo.Marked
        assert opened.Root.Lang == "en-GB"
        assert opened.docinfo["/Title"] == f"{whole.title} R-7KQ4-2MX"
        assert "Amira" not in opened.open_metadata().__str__()


def test_a_long_letter_goes_on_and_a_character_without_a_typeface_is_named() -> None:
    whole = letter("E56", **STAY | {"hospital": STAY["hospital"] | {"hospital": "Ward " * 59}})
    long = replace(whole, paragraphs=whole.paragraphs * 12)
    assert "Page 2 of" in read(letter_pdf(long, NOW))
    with pytest.raises(CannotPrint, match="letter"):
        letter_pdf(replace(whole, paragraphs=("\ue000",)), NOW)


def test_the_command_lists_and_writes_letters(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "D").mkdir()
    whole = Case("essex", "1", ANXIOUS, reference="R-7KQ4-2MX").to_json()
    (tmp_path / "D" / "referral.json").write_text(json.dumps(whole), encoding="utf-8")
    assert main(["letter", str(tmp_path / "D")]) == 0
    assert "E32    Request for medical guidance" in capsys.readouterr().out
    out = tmp_path / "letter.pdf"
    assert main(["letter", str(tmp_path / "D"), "E32", "--out", str(out), "--clock", "2026-11-23T09:00"]) == 0
    assert "Mill Lane High School" in read(out.read_bytes())
    for wrong in (["E40", "--out", str(out)], ["E32"]):
        assert main(["letter", str(tmp_path / "D"), *wrong]) == 2
    assert "Name a file with --out FILE." in capsys.readouterr().err


def test_a_page_offers_its_letters_and_says_where_one_was_saved(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    screen = shown(qtbot, "health_needs", ANXIOUS)
    chosen: list[Path] = []
    monkeypatch.setattr(LettersBox, "choose_file", lambda *given: chosen.append(given[-1]) or given[-1])
    with qtbot.waitSignal(screen.wanted) as wish:
        buttons(screen)["Save the letter: Request for medical guidance"].click()
    assert wish.args == [SaveLetter(document("E32"), chosen[0])]
    assert chosen[0].name == "Section-19-referral-R-7KQ4-2MX-letter-E32.pdf"
    screen.saved(Path("/letters/letter.pdf"))
    assert says(screen, "Saved as letter.pdf in /letters.")
    assert not says(screen, "settle that before you send it")
    unasked = shown(qtbot, "health_needs", {**ANXIOUS, "consent": {}})
    assert says(unasked, "settle that before you send it")
    assert not any(name.startswith("Save the letter") for name in buttons(shown(qtbot, "pupil", ANXIOUS)))


@pytest.mark.policy("E35")
def test_the_pack_has_everybody_on_one_sheet() -> None:
    (sheet,) = drawn_up(judged(**PLAN, ehcp={"caseworker": "Noor Aziz", "caseworker_email": "noor@council.example"}))
    (part,) = sheet.parts
    (row,) = part.rows
    assert row.table is not None
    people = {line[0]: line[1:] for line in row.table.rows}
    assert sheet.title == part.title == "Contact sheet"
    assert people["SENCO"] == ("Priya Nair", "01632 960201", "senco@milllane.example")
    assert people["Mother"][:2] == ("Leyla Karim", "01632 960101")
    assert people["Father"][1].startswith("Not known: ")
    assert people["EHCP caseworker"] == ("Noor Aziz", "", "noor@council.example")
    assert people["CAMHS or another mental health service, North Essex CAMHS"][0] == "Iris Lowe"
    assert people["Social worker or family worker"][0] == "Sam Reed"


@pytest.mark.policy("E35")
def test_who_is_not_asked_about_is_not_on_the_sheet_and_nobody_makes_no_sheet() -> None:
    (sheet,) = drawn_up(judged(ehcp={"caseworker": "Noor Aziz"}))
    assert "Noor Aziz" not in str(sheet)
    assert drawn_up(judge(Facts.of(Case("essex", "1", {}), council("essex"), TODAY))) == ()


def test_a_council_names_only_contents_that_there_are() -> None:
    named = {one.content for one in council("essex").documents if one.kind is DocumentKind.SECTION}
    assert named <= set(CONTENTS)
