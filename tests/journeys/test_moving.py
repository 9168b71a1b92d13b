"""A newer version of the council's file, and another council: what the user is told, and that nothing is lost."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from tests.desks import Hands, at_work
from tests.forms.anxious_pupil import ANXIOUS
from tests.forms.test_any_answers import ANSWERS, JUNK, REASONS
from tests.forms.test_own_questions import BY_BUS
from tests.journeys.test_whole_way import shell
from tests.own_council import changed, install, wessex
from tests.pages.referrals import case
from tests.pages.screens import says
from wizard.__main__ import main
from wizard.case import Case, Signature
from wizard.councils import council, parse
from wizard.errors import UnusableInput
from wizard.evidence_fact import EvidenceFact
from wizard.folder import read_case
from wizard.pages.evidence_words import standing
from wizard.pages.registry import SCREENS
from wizard.pages.screen import View
from wizard.validation.facts import Facts
from wizard.validation.requirements import judge
from wizard.versions import changes, moved, record, taken_up

pytestmark = pytest.mark.long

TODAY = date(2026, 11, 22)
NEWER = (
    ('version = "2026-11-01"', 'version = "2027-01-01"'),
    ('level = "should"', 'level = "must"'),
    ('title = "A pupil plan is attached"', 'title = "A provision map is attached"'),
    ('id = "E16"', 'id = "E17"'),
    ('name = "escort"\n', 'name = "helper"\n'),
    ('question = "escort"', 'question = "helper"'),
    ('statement = "I agree with this referral."', 'statement = "I agree with it, and have read it."'),
)
TOLD = {
    "New: A provision map is attached. Now it has to be met before the pack goes.",
    "No longer asked: A pupil plan is attached.",
    "Changed: The transport was looked at. Now it has to be met before the pack goes.",
    "New question on the page “Transport”: Does somebody go with {pupil}?",
    "No longer asked, and your answer is kept: Does somebody go with {pupil}?",
    "The words over the signature have changed: Headteacher. A signature given before stands.",
}


def referral(answers: Mapping[str, Any], **parts: Any) -> Case:
    profile = wessex()
    return Case("wessex", profile.version, answers, known=record(profile), **parts)


def told(case: Case, *newer: tuple[str, str]) -> set[str] | None:
    found = changes(case.known, Facts.of(case, wessex(*newer), TODAY))
    return None if found is None else set(found)


def test_what_changed_is_said_for_this_referral_in_plain_words() -> None:
    assert told(referral({"wessex-transport": BY_BUS}), *NEWER) == TOLD
    assert told(referral({}), *NEWER) == {one for one in TOLD if "your answer is kept" not in one}
    assert told(referral({})) == set()


def test_what_does_not_apply_is_not_spoken_of() -> None:
    only_with_a_plan = (
        'title = "A pupil plan is attached"',
        'when = ["has_ehcp"]\ntitle = "The plan itself is attached"',
    )
    newer = (only_with_a_plan, ('id = "E16"', 'id = "E18"'))
    said = "New: The plan itself is attached. Now it has to be met before the pack goes."
    assert said not in (told(referral({"route": {"sen": "none"}}), *newer) or ())
    assert said in (told(referral({"route": {"sen": "ehcp"}}), *newer) or ())


def test_a_page_that_the_council_asks_from_now_on_is_named() -> None:
    asks = ('policy = "Wessex policy"', 'policy = "Wessex policy"\nasks = ["lets_talk"]')
    said = "New page: Let’s Talk – We Miss You."
    assert said in (told(referral({"route": {"on_roll": "yes"}}), asks) or ())
    assert said not in (told(referral({"route": {"on_roll": "no"}}), asks) or ())
    with_it = replace(referral({}), known=record(wessex(asks)))
    assert "Page no longer asked: Let’s Talk – We Miss You." in (told(with_it) or ())
    without = replace(referral({}), known={**record(wessex()), "questions": {}})
    assert "New page: Transport." in (told(without) or ())


@given(JUNK)
def test_a_record_that_cannot_be_read_says_nothing_rather_than_wrong(junk: Any) -> None:
    known = junk if isinstance(junk, dict) else {"requirements": junk}
    found = changes(known, Facts.of(Case("wessex", "1", {}), wessex(), TODAY))
    assert found is None or all(isinstance(one, str) for one in found)
    assert changes({}, Facts.of(Case("wessex", "1", {}), wessex(), TODAY)) is None


IDS = st.text("EDW0123456789abc", min_size=1, max_size=4)
CASES = st.builds(
    lambda answers, not_known, reasons, ids: Case(
        "essex",
        council("essex").version,
        answers,
        not_known=not_known,
        reasons=reasons,
        evidence=(EvidenceFact("a.pdf", answers=tuple(ids)),),
        signatures=(Signature("senco", "P. Nair", "typed", "2026-11-20T10:00", "It is true.", "0"),),
        known=record(council("essex")),
    ),
    ANSWERS,
    REASONS,
    st.dictionaries(IDS, st.text(max_size=5), max_size=3),
    st.lists(IDS, max_size=3),
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(case=CASES, given_there=st.dictionaries(IDS, st.text(max_size=5), max_size=2), other=st.sampled_from(["w", "d"]))
def test_to_another_council_and_back_is_as_if_nothing_was_but_for_signatures(
    case: Case, given_there: dict[str, str], other: str
) -> None:
    profile = wessex() if other == "w" else council("dorset")
    there = moved(case, profile)
    assert there.answers == case.answers
    assert not set(there.reasons) & set(case.reasons)
    assert moved(there, council("essex")) == replace(case, signatures=())
    busy = replace(there, reasons={**there.reasons, **given_there})
    back = moved(busy, council("essex"))
    assert {id: words for id, words in back.reasons.items() if "/" not in id} == case.reasons
    assert moved(back, profile).reasons == busy.reasons


def test_a_referral_that_was_sent_stays_where_it_went() -> None:
    sent = referral({}, diary=({"event": "sent", "when": "2026-11-20"},))
    with pytest.raises(UnusableInput, match="sent already"):
        moved(sent, council("essex"))


def test_moving_over_changes_nothing_but_the_version() -> None:
    case, newer = referral({"wessex-transport": BY_BUS}), wessex(*NEWER)
    over = taken_up(case, newer)
    assert over == replace(case, authority_version="2027-01-01", known=record(newer))
    assert changes(over.known, Facts.of(over, newer, TODAY)) == ()


def begin(hands: Hands, name: str) -> None:
    hands.press("New referral")
    hands.press(name)
    hands.press("Start the referral")


def test_a_newer_file_is_told_on_opening_and_taken_up_with_one_press(qtbot: QtBot, home: Path) -> None:
    install(home)
    with at_work(qtbot, home) as hands:
        begin(hands, "Wessex Council")
        window = shell(hands)
        window.referral.commit("wessex-transport", BY_BUS, {})
        hands.press("Save and close")
    install(home, changed(*NEWER))
    with at_work(qtbot, home) as hands:
        assert hands.program.store is not None
        (row,) = hands.program.store.list()
        hands.program.open(row.reference)
        assert hands.says("The council’s rules have changed since this referral was begun")
        for sentence in TOLD:
            assert hands.says(sentence.replace("{pupil}", "the pupil")), sentence
        hands.press("Not now")
        hands.row("Council and route").click()
        assert hands.says("It is judged by those of 1 January 2027, which are installed.")
        hands.press("See what changed")
        hands.press("Move over to the new version")
        assert hands.says("Moved over to the new version.")
        assert not hands.offers("See what changed")
        assert shell(hands).referral.case.answers == {"wessex-transport": BY_BUS}
        hands.press("Save and close")
        hands.program.open(row.reference)
        assert not hands.says("The council’s rules have changed since this referral was begun")


def test_a_referral_is_moved_to_another_council_and_back(qtbot: QtBot, home: Path) -> None:
    install(home)
    with at_work(qtbot, home) as hands:
        begin(hands, "Essex County Council")
        window = shell(hands)
        for page, answers in ANXIOUS.items():
            window.referral.commit(page, answers, {})
        window.referral.give_reason("E16", "Not in print.")
        before = window.referral.case
        window.show_page("route")
        hands.press("This referral is for another council")
        assert hands.says("Signatures become void")
        hands.press("Move the referral")
        assert hands.says("Choose the council.")
        hands.press("Wessex Council")
        hands.press("Move the referral")
        assert hands.says("This referral is now for Wessex Council.")
        hands.row("Transport").click()
        assert window.referral.case.reasons == {"essex/E16": "Not in print."}
        window.show_page("route")
        hands.press("This referral is for another council")
        hands.press("Essex County Council")
        hands.press("Move the referral")
        assert hands.says("This referral is now for Essex County Council.")
        assert window.referral.case == before
        hands.press("Save and close")
        assert hands.program.store is not None
        (row,) = hands.program.store.list()
        hands.program.open(row.reference)
        assert shell(hands).referral.case.answers == before.answers
        assert shell(hands).referral.case.reasons == before.reasons


def test_what_was_kept_of_the_file_travels_with_the_referral() -> None:
    case = referral({"wessex-transport": BY_BUS})
    again = Case.from_json(json.loads(json.dumps(case.to_json())))
    assert (again.known, again.authority_version) == (case.known, case.authority_version)
    assert parse(changed()).version == case.authority_version


def test_the_command_moves_a_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "D"
    assert main(["sample", "essex-ebsa", "--out", str(folder)]) == 0
    before = read_case(folder)
    assert main(["move", str(folder), "dorset"]) == 0
    there = read_case(folder)
    assert (there.authority, there.signatures) == ("dorset", ())
    assert there.answers == before.answers
    assert main(["check", str(folder)]) == 1
    assert main(["move", str(folder), "essex"]) == 0
    back = read_case(folder)
    assert (back.answers, back.reasons, back.authority) == (before.answers, before.reasons, "essex")
    assert [one.answers for one in back.evidence] == [one.answers for one in before.evidence]
    assert main(["move", str(folder), "nowhere"]) == 2
    assert "no file for" in capsys.readouterr().err


def test_a_document_that_shows_something_to_another_council_only_waits_to_be_looked_at(qtbot: QtBot) -> None:
    there = moved(case(evidence=(EvidenceFact("letter.pdf", answers=("E16",), outcome="included"),)), council("dorset"))
    assert there.evidence[0].answers == ("essex/E16",)
    judgement = judge(Facts.of(there, council("dorset"), TODAY))
    screen = SCREENS["evidence"](View(judgement, judgement.facts.page("evidence")))
    qtbot.addWidget(screen)
    screen.show()
    assert says(screen, standing(there.evidence[0], ())[0])
    assert not says(screen, "essex/E16")


ALTERED = "Its signature does not fit: the file was changed after it was signed."


def test_a_councils_file_that_was_altered_is_said_where_it_is_chosen_and_in_the_referral(
    qtbot: QtBot, home: Path
) -> None:
    install(home)
    (home / "authorities" / "wessex.toml.sig").write_bytes(b"of another file")
    with at_work(qtbot, home) as hands:
        hands.press("New referral")
        assert hands.stands_out(ALTERED)
        assert ALTERED in hands.button("Wessex Council").accessibleDescription()
        hands.press("Essex County Council")
        hands.press("Start the referral")
        assert not hands.says(ALTERED)
        hands.press("This referral is for another council")
        assert hands.stands_out(ALTERED)
        hands.press("Wessex Council")
        hands.press("Move the referral")
        hands.row("Council and route").click()
        assert hands.stands_out(ALTERED)
        hands.press("Save and close")
        assert hands.program.store is not None
        (row,) = hands.program.store.list()
        hands.program.open(row.reference)
        assert hands.says("The rules of this referral may not be those of Wessex Council.")
        hands.press("Close this message")
        (home / "authorities" / "wessex.toml.sig").unlink()
        hands.press("Save and close")
        hands.program.open(row.reference)
        hands.row("Council and route").click()
        assert hands.says("Not signed: nothing shows who wrote it.")
        assert not hands.stands_out("Not signed")
