"""Dates that follow: when to ask for receipt, and after the decision; on the home page, on their page and in a file."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from tests.desks import at_work
from tests.forms.anxious_pupil import ANXIOUS
from tests.pages.referrals import buttons
from tests.pages.screens import says, shown
from tests.validation.test_after_sending import ACCEPTED, CONFIRMED, DECIDED, STARTED
from wizard.case import Case
from wizard.councils import council
from wizard.handoff.calendar_file import calendar_file
from wizard.overview import overview
from wizard.pages.due_dates import DatesBox
from wizard.pages.screen import SaveDates
from wizard.referral import keep, new_file
from wizard.schedule import Due, due, next_due, progress
from wizard.store.keys import Vault
from wizard.store.referral_store import ReferralStore
from wizard.validation.facts import Facts
from wizard.validation.requirements import Judgement, judge

MONDAY = date(2026, 11, 23)
REFUSED = {"outcome": "not_accepted", "decided": "2026-12-02", "reasons": "School has not tried enough."}


def case(sent: str = "2026-11-23", **pages: Any) -> Case:
    diary = ({"event": "sent", "when": f"{sent}T15:10"},) if sent else ()
    return Case("essex", "1", {**ANXIOUS, "calendar": {}, **pages}, reference="R-7KQ4-2MX", diary=diary)


def judged(today: date, sent: str = "2026-11-23", **pages: Any) -> Judgement:
    return judge(Facts.of(case(sent, **pages), council("essex"), today))


def first(found: Judgement) -> Due:
    due = next_due(found)
    assert due is not None
    return due


@pytest.mark.policy("E66")
@pytest.mark.parametrize(
    ("sent", "day"),
    [
        ("2026-11-23", date(2026, 11, 24)),
        ("2026-11-27", date(2026, 11, 30)),  # over the weekend
        ("2026-12-24", date(2026, 12, 29)),  # over Christmas and its substitute day
    ],
)
def test_receipt_is_asked_for_on_the_next_school_day(sent: str, day: date) -> None:
    found = first(judged(date.fromisoformat(sent), sent))
    assert (found.id, found.on, found.late) == ("E66", day, False)


@pytest.mark.policy("E66")
def test_half_term_is_no_school_day() -> None:
    term = {"name": "Autumn", "first": "2026-09-02", "last": "2026-12-18"}
    half = {"half_from": "2026-10-26", "half_to": "2026-10-30"}
    for terms, day in (([], date(2026, 10, 26)), ([term | half], date(2026, 11, 2))):
        assert first(judged(date(2026, 10, 23), "2026-10-23", calendar={"terms": terms})).on == day


@pytest.mark.policy("E66")
@pytest.mark.parametrize(
    ("today", "words"),
    [
        (date(2026, 11, 24), "By Tuesday 24 November 2026"),
        (date(2026, 11, 25), "Overdue since Tuesday 24 November 2026; again by Friday 27 November"),
        (date(2026, 11, 27), "Overdue since Tuesday 24 November 2026; again by Friday 27 November"),
        (date(2026, 11, 28), "Overdue since Tuesday 24 November 2026; again by Wednesday 2 December"),
    ],
)
def test_it_nags_every_three_school_days_until_it_is_confirmed(today: date, words: str) -> None:
    assert first(judged(today)).words == words
    assert next_due(judged(today, receipt=CONFIRMED | {"when": today.isoformat()})) is None


@pytest.mark.policy("E66")
def test_having_asked_gives_three_school_days() -> None:
    asked = {"confirmed": "no", "asked_on": "2026-11-25"}
    found = first(judged(date(2026, 11, 26), receipt=asked))
    assert (found.on, found.late) == (date(2026, 11, 30), False)
    assert first(judged(date(2026, 12, 1), receipt=asked)).late


@pytest.mark.policy("E68", "E70")
def test_after_the_panel_and_after_a_refusal_there_is_a_date_too() -> None:
    today = date(2026, 12, 3)
    panel = {"receipt": CONFIRMED, "decision": {"panel": "2026-12-02"}}
    assert (first(judged(today, **panel)).id, first(judged(today, **panel)).on) == ("E68d", date(2026, 12, 3))
    refused = {"receipt": CONFIRMED, "decision": REFUSED}
    assert (first(judged(today, **refused)).id, first(judged(today, **refused)).on) == ("E70d", date(2026, 12, 9))
    again = {"receipt": CONFIRMED, "decision": REFUSED | {"follow_up": "2027-01-18"}}
    assert (first(judged(today, **again)).id, first(judged(today, **again)).on) == ("E70", date(2027, 1, 18))
    assert first(judged(date(2027, 1, 19), **again)).late
    done = {"receipt": CONFIRMED, "decision": REFUSED | {"follow_up": "2027-01-18", "followed_up": "We refer again."}}
    assert due(judged(date(2027, 1, 19), **done)) == ()


@pytest.mark.policy("E69")
def test_what_the_council_still_wants_has_its_day() -> None:
    more = {"outcome": "more", "decided": "2026-12-02", "wanted": "A letter.", "wanted_by": "2026-12-11"}
    found = first(judged(date(2026, 12, 3), receipt=CONFIRMED, decision=more))
    assert (found.id, found.on) == ("E69m", date(2026, 12, 11))


@pytest.mark.policy("E41")
def test_an_urgent_annual_review_has_its_earliest_day_and_a_better_one() -> None:
    pages = {
        "route": ANXIOUS["route"] | {"sen": "ehcp", "anxiety": "yes"},
        "ehcp": {"review": "yes", "review_requested": "2026-11-20", "invited_on": "2026-11-20"},
    }
    found = judged(MONDAY, "", **pages)
    assert [one.words for one in due(found)] == [
        "Not before Friday 4 December 2026",
        "Not before Friday 11 December 2026",
    ]
    assert next_due(found) is None, "nothing is to be done by then"
    assert not any(one.late for one in due(judged(date(2026, 12, 20), "", **pages)))
    assert due(judged(MONDAY, "", **pages | {"ehcp": pages["ehcp"] | {"review_on": "2026-12-14"}})) == ()
    assert due(judged(MONDAY, "", ehcp=pages["ehcp"])) == (), "not without a plan"


def test_before_sending_nothing_after_it_is_due() -> None:
    assert [one.id for one in due(judged(MONDAY, "", **DECIDED)) if one.page in {"receipt", "decision"}] == []


@given(sent=st.dates(), today=st.dates(), asked=st.dates(), panel=st.dates())
def test_any_dates_whatever_are_taken(sent: date, today: date, asked: date, panel: date) -> None:
    receipt = {"confirmed": "no", "asked_on": asked.isoformat()}
    found = judged(today, sent.isoformat(), receipt=receipt, decision={"panel": panel.isoformat()})
    for one in due(found):
        assert one.words
        assert one.late == (one.on < today)
        assert one.again is None or one.again >= today


@pytest.mark.parametrize(
    ("pages", "words"),
    [
        ({}, "Sent"),
        ({"receipt": CONFIRMED | {"who": ""}}, "Sent"),
        ({"receipt": CONFIRMED}, "Receipt confirmed"),
        ({"receipt": CONFIRMED, "decision": REFUSED}, "Not accepted"),
        ({"decision": {"outcome": "more", "decided": "2026-12-02", "wanted": "A letter."}}, "More information wanted"),
        ({"decision": ACCEPTED}, "Accepted"),
        ({"decision": ACCEPTED, "partnership": STARTED | {"agreement": STARTED["agreement"][1:]}}, "Accepted"),
        ({"decision": ACCEPTED, "partnership": STARTED | {"communication": ""}}, "Accepted"),
        (DECIDED, "Agreed"),
        (DECIDED | {"partnership": STARTED | {"start": "2026-12-09"}}, "Started"),
    ],
)
@pytest.mark.policy("E66", "E69", "E75", "E172")
def test_a_referral_has_come_no_further_than_what_is_open_lets_it(pages: Mapping[str, Any], words: str) -> None:
    assert progress(judged(date(2026, 12, 9), **pages)) == words


@pytest.mark.policy("E66")
def test_the_home_page_says_what_is_next_and_what_is_overdue(qtbot: QtBot, home: Path) -> None:
    with new_file(ReferralStore(home, Vault.open(home)), lambda file: keep(file, case("2026-01-12"), _none, _none)):
        pass
    with at_work(qtbot, home) as hands:
        table = hands.window.centralWidget()._table  # type: ignore[union-attr]
        cells = [table.model().index(0, column).data() for column in range(6)]
    this_year = "" if date.today().year == 2026 else " 2026"
    assert cells[3:5] == ["Sent", f"Overdue: Ask the council to confirm receipt by 13 Jan{this_year}"]


def _none(_: object) -> bytes:
    return b""


def test_the_overview_goes_on_to_the_next_thing() -> None:
    now = datetime(2026, 12, 9, 10, tzinfo=UTC)
    row = overview(judged(now.date()), now)
    assert (row["next"], row["due"]) == ("Ask the council to confirm receipt", "2026-11-24")
    row = overview(judged(now.date(), receipt=CONFIRMED), now)
    assert (row["state"], row["next"], row["due"]) == ("Receipt confirmed", "The council’s decision", "")
    row = overview(judged(now.date(), **DECIDED), now)
    assert (row["state"], row["next"], row["due"]) == ("Agreed", "Nothing to do", "")
    row = overview(judged(now.date(), ""), now)
    assert row["due"] == ""


def test_a_page_shows_its_dates_and_saves_them_for_the_schools_calendar(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = {"event": "sent", "when": "2026-11-13T15:10", "how": "secure e-mail", "by": "Priya Nair"}
    screen = shown(qtbot, "receipt", ANXIOUS, diary=(sent,))
    assert says(screen, "Sent on 13 November 2026, by Priya Nair, by the school’s secure e-mail service.")
    assert says(screen, "To Education Access, medical@essex.gov.uk")
    assert says(screen, "Overdue since Monday 16 November 2026; again by Tuesday 24 November")
    chosen: list[Path] = []
    monkeypatch.setattr(DatesBox, "choose_file", lambda *given: chosen.append(given[-1]) or given[-1])
    with qtbot.waitSignal(screen.wanted) as wish:
        buttons(screen)["Save for your calendar: Ask the council to confirm receipt"].click()
    assert wish.args == [SaveDates(chosen[0])]
    assert chosen[0].name == "Section-19-referral-R-7KQ4-2MX-dates.ics"
    screen.saved(Path("/calendars/dates.ics"))
    assert says(screen, "Saved as dates.ics in /calendars.")


def test_a_page_without_dates_shows_none(qtbot: QtBot) -> None:
    screen = shown(qtbot, "pupil", ANXIOUS)
    assert not any(name.startswith("Save for your calendar") for name in buttons(screen))


NOW = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)


def unfolded(file: bytes) -> list[str]:
    """The lines of a calendar file, as a calendar reads them."""
    assert file.endswith(b"\r\n")
    assert all(len(line) <= 75 for line in file.split(b"\r\n"))
    return file.decode().replace("\r\n ", "").split("\r\n")[:-1]


def test_the_calendar_file_holds_the_reference_and_never_the_pupil() -> None:
    lines = unfolded(calendar_file(due(judged(NOW.date())), "R-7KQ4-2MX", NOW))
    assert lines[:3] == ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Section 19 referral wizard//EN"]
    assert [line for line in lines if line.startswith("DTSTART")] == [
        "DTSTART;VALUE=DATE:20261124",
        "DTSTART;VALUE=DATE:20261127",
    ]
    assert "SUMMARY:Referral R-7KQ4-2MX: Ask the council to confirm receipt" in lines
    assert "DTSTAMP:20261125T093000Z" in lines
    assert any(
        line.startswith("DESCRIPTION:Ask Education Access directly whether the referral has arrived\\,")
        for line in lines
    )
    uids = [line for line in lines if line.startswith("UID:")]
    assert len(set(uids)) == len(uids) == 2
    assert not any(name in "\n".join(lines) for name in ("Amira", "Karim", "Mill Lane"))


@given(title=st.text(max_size=200), todo=st.text(max_size=300))
def test_any_words_make_a_calendar_file_that_can_be_read(title: str, todo: str) -> None:
    words = [text.replace("\r\n", "\n").replace("\r", "\n") for text in (title, todo)]
    one = Due("E66", title, todo, "section 11", "receipt", date(1, 2, 3))
    lines = unfolded(calendar_file([one], "R-1", NOW))
    summary = next(line for line in lines if line.startswith("SUMMARY:"))
    told = summary.removeprefix("SUMMARY:Referral R-1: ")
    assert (
        told.replace("\\n", "\n").replace("\\;", ";").replace("\\,", ",").replace("\\\\", "\\") == words[0]
        or "\\" in title
    )
    assert "DTSTART;VALUE=DATE:00010203" in lines
