"""What a school enters is there again, exactly, when the referral is opened the next time."""

import json
import stat
import threading
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from subprocess import Popen
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wizard.errors import CannotOpenReferral, UserError
from wizard.store.keys import Vault
from wizard.store.referral_file import Evidence, ReferralFile
from wizard.store.referral_store import ReferralStore

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=30)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | ANY_TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(ANY_TEXT, inner, max_size=4),
    max_leaves=12,
)
LETTER = {"file": "letter.pdf", "answers": ["E18"], "date": "2026-02-11", "rotate": 90, "omit": [2]}


@pytest.fixture
def referral(store: ReferralStore) -> Iterator[ReferralFile]:
    opened = store.create()
    yield opened
    opened.close()


def save_and_fail(referral: ReferralFile) -> None:
    with referral.transaction():
        referral.save_page("Pupil", {"full_name": "Alex"})
        referral.add_evidence(LETTER, b"1", b"2")
        _ = 1 / 0


def reopened(store: ReferralStore, referral: ReferralFile) -> dict[str, Any]:
    referral.close()
    with store.open(referral.reference) as again:
        return again.load()


def test_a_referral_is_filled_in_closed_and_found_again(store: ReferralStore) -> None:
    with store.create("R-7KQ4-2MX") as referral:
        assert referral.load() == {"reference": "R-7KQ4-2MX", "answers": {}, "evidence": []}
        referral.save_page("Pupil", {"full_name": "Zoë Łęcka", "date_of_birth": ["31", "2", "2014"]})
        referral.save_page("Health", {})
        referral.save_facts("authority", {"id": "essex", "version": "2026-01"})
        referral.save_facts("not_known", {"Health": {"nhs_number": "moved from abroad"}})
        referral.save_page("Pupil", {"full_name": "Zoë Łęcka", "date_of_birth": ["28", "2", "2014"]})
        evidence_id = referral.add_evidence(LETTER, b"%PDF original", b"%PDF cleaned")
        before = referral.load()

    assert before == {
        "reference": "R-7KQ4-2MX",
        "authority": {"id": "essex", "version": "2026-01"},
        "not_known": {"Health": {"nhs_number": "moved from abroad"}},
        "answers": {"Pupil": {"full_name": "Zoë Łęcka", "date_of_birth": ["28", "2", "2014"]}, "Health": {}},
        "evidence": [{"id": evidence_id, "sha256": sha256(b"%PDF original").hexdigest(), **LETTER}],
    }
    assert json.loads(json.dumps(before)) == before
    with store.open("R-7KQ4-2MX") as again:
        assert again.load() == before
        assert again.evidence(evidence_id) == Evidence(before["evidence"][0], b"%PDF original", b"%PDF cleaned")
        assert again.integrity() == []


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(page=ANY_TEXT.filter(bool), values=st.dictionaries(ANY_TEXT, JSON, max_size=5), fact=JSON)
def test_whatever_is_typed_comes_back(referral: ReferralFile, page: str, values: dict[str, Any], fact: Any) -> None:
    if any("\ud800" <= char <= "\udfff" for char in page):
        page = "Pupil"  # pages are named by the program, values by anybody
    referral.save_page(page, values)
    referral.save_facts("reasons", fact)
    referral.save_overview({"pupil": fact})
    loaded = referral.load()
    assert loaded["answers"][page] == values
    assert loaded.get("reasons") == fact


def test_a_page_that_this_program_does_not_know_is_kept(store: ReferralStore, referral: ReferralFile) -> None:
    referral.save_page("PageOfTheFuture", {"mood": ["unknown", {"to": "us"}]})
    referral.save_page("Pupil", {"full_name": "Sam"})
    assert reopened(store, referral)["answers"]["PageOfTheFuture"] == {"mood": ["unknown", {"to": "us"}]}


def test_a_fact_set_to_nothing_is_forgotten(referral: ReferralFile) -> None:
    referral.save_facts("diary", [{"chase": "2026-03-16"}])
    referral.save_facts("diary", None)
    referral.save_facts("diary", None)
    assert "diary" not in referral.load()
    assert [event.what for event in referral.history()] == ["diary", "diary"]


@pytest.mark.parametrize("name", ["answers", "evidence", "reference"])
def test_the_parts_of_a_referral_cannot_be_hidden_by_a_fact(referral: ReferralFile, name: str) -> None:
    with pytest.raises(ValueError, match="no facts"):
        referral.save_facts(name, {})


def test_the_history_says_what_and_when_and_never_what_was_typed(store: ReferralStore, referral: ReferralFile) -> None:
    referral.save_page("Pupil", {"full_name": "Wilhelmina"})
    referral.save_page("Pupil", {"full_name": "Wilhelmina"})
    referral.save_page("Pupil", {"full_name": "Wilhelmina Smith"})
    referral.save_facts("reasons", {"E18": "Wilhelmina"})
    referral.save_overview({"pupil": "Wilhelmina"})
    evidence_id = referral.add_evidence({"file": "Wilhelmina.pdf"}, b"1", b"2")
    referral.update_evidence(evidence_id, {"file": "Wilhelmina.pdf", "date": "2026-01-01"})
    referral.remove_evidence(evidence_id)
    referral.restore_evidence(evidence_id)
    referral.note("pack made")
    assert [tuple(event) for event in referral.history()] == [
        ("2026-03-02T09:00:00+00:00", "Pupil"),
        ("2026-03-02T09:01:00+00:00", "Pupil"),
        ("2026-03-02T09:02:00+00:00", "reasons"),
        ("2026-03-02T09:03:00+00:00", "evidence E1 added"),
        ("2026-03-02T09:04:00+00:00", "evidence E1 changed"),
        ("2026-03-02T09:05:00+00:00", "evidence E1 removed"),
        ("2026-03-02T09:06:00+00:00", "evidence E1 restored"),
        ("2026-03-02T09:07:00+00:00", "pack made"),
    ]


@pytest.mark.parametrize("change", ["DELETE FROM history", "UPDATE history SET what = 'nothing'"])
def test_the_history_cannot_be_rewritten(referral: ReferralFile, change: str) -> None:
    referral.note("pack made")
    with pytest.raises(UserError), referral.transaction():
        referral._connection.execute(change)
    assert [event.what for event in referral.history()] == ["pack made"]


def test_the_computers_clock_tells_the_history_the_time_in_utc(home: Path, vault: Vault) -> None:
    with ReferralStore(home, vault).create() as referral:
        referral.note("pack made")
        assert referral.history()[0].at.endswith("+00:00")


def test_evidence_is_removed_restored_and_in_the_end_forgotten(store: ReferralStore, referral: ReferralFile) -> None:
    letter = bytes(range(256)) * 4000
    kept = referral.add_evidence(LETTER, letter, letter)
    gone = referral.add_evidence({"file": "wrong child.pdf"}, letter, b"another child" * 50_000)
    large = referral.path.stat().st_size

    referral.remove_evidence(gone)
    assert [piece["id"] for piece in referral.evidence_facts()] == [kept]
    with pytest.raises(KeyError):
        referral.evidence(gone)
    referral.restore_evidence(gone)
    assert referral.evidence(gone).prepared == b"another child" * 50_000
    referral.remove_evidence(gone)
    referral.close()

    assert referral.path.stat().st_size < large - 500_000
    with store.open(referral.reference) as again:
        with pytest.raises(KeyError):
            again.restore_evidence(gone)
        assert again.evidence(kept).original == letter
        assert again.add_evidence({}, b"", b"") not in {kept, gone}
        assert again.integrity() == []


def test_unknown_evidence_is_a_mistake_in_the_program(referral: ReferralFile) -> None:
    for change in (referral.evidence, referral.remove_evidence, referral.restore_evidence):
        with pytest.raises(KeyError):
            change("E99")
    with pytest.raises(KeyError):
        referral.update_evidence("E99", {})
    assert referral.history() == []


def test_new_facts_of_evidence_leave_its_contents_alone(referral: ReferralFile) -> None:
    evidence_id = referral.add_evidence(LETTER, b"original", b"prepared")
    [known] = referral.evidence_facts()
    referral.update_evidence(evidence_id, known | {"rotate": 180, "sha256": "another", "id": "E7"})
    assert referral.evidence(evidence_id) == Evidence(known | {"rotate": 180}, b"original", b"prepared")


def test_several_changes_are_saved_together_or_not_at_all(referral: ReferralFile) -> None:
    with referral.transaction():
        referral.save_page("Pupil", {"full_name": "Sam"})
        referral.save_overview({"pupil": "Sam"})
    with pytest.raises(ZeroDivisionError):
        save_and_fail(referral)
    assert referral.load() == {
        "reference": referral.reference,
        "answers": {"Pupil": {"full_name": "Sam"}},
        "evidence": [],
    }
    assert [event.what for event in referral.history()] == ["Pupil"]


def test_a_job_in_another_thread_waits_its_turn(referral: ReferralFile) -> None:
    seen: list[Any] = []
    with referral.transaction():
        referral.save_page("Pupil", {"full_name": "half"})
        job = threading.Thread(target=lambda: seen.append(referral.load()["answers"]))
        job.start()
        job.join(0.05)
        assert seen == []
        referral.save_page("Pupil", {"full_name": "whole"})
    job.join(60)
    assert seen == [{"Pupil": {"full_name": "whole"}}]


def test_a_second_window_is_told_that_the_referral_is_open(store: ReferralStore, referral: ReferralFile) -> None:
    with pytest.raises(CannotOpenReferral, match="open in another window"):
        store.open(referral.reference)
    referral.close()
    referral.close()
    store.open(referral.reference).close()


def test_another_process_holds_its_referral_until_it_ends_even_badly(
    store: ReferralStore, referral: ReferralFile, another_process: Callable[[str], Popen[str]]
) -> None:
    referral.save_overview({"pupil": "Sam"})
    referral.close()
    other = another_process(f"held = store.open({referral.reference!r})\nprint('open', flush=True)\nsys.stdin.read()")
    assert other.stdout.readline() == "open\n"
    with pytest.raises(CannotOpenReferral, match="open in another window"):
        store.open(referral.reference)
    assert [entry.facts for entry in store.list()] == [{"pupil": "Sam"}]
    other.kill()
    other.wait()
    store.open(referral.reference).close()


def test_every_file_is_its_owners_alone(store: ReferralStore, referral: ReferralFile, home: Path) -> None:
    with referral.transaction():
        referral._connection.execute("PRAGMA cache_size=1")
        referral.add_evidence(LETTER, b"x" * 100_000, b"")
        modes = {path.name.split(".")[-1]: stat.S_IMODE(path.stat().st_mode) for path in (home / "referrals").iterdir()}
    assert modes == {"s19": 0o600, "lock": 0o600, "s19-journal": 0o600}
    assert stat.S_IMODE((home / "referrals").stat().st_mode) == 0o700


def test_the_file_is_kept_in_the_safest_way_that_sqlite_has(referral: ReferralFile) -> None:
    settings = {
        name: referral._rows(f"PRAGMA {name}")[0][0] for name in ("journal_mode", "synchronous", "secure_delete")
    }
    assert settings == {"journal_mode": "delete", "synchronous": 3, "secure_delete": 1}
    assert referral._rows("PRAGMA temp_store")[0][0] in (0, 2)
    assert "TEMP_STORE=2" in {row[0] for row in referral._rows("PRAGMA compile_options")}


def test_evidence_made_safe_anew_forgets_what_was_there_before(referral: ReferralFile) -> None:
    letter = referral.add_evidence(LETTER, b"original", b"first")
    other = referral.add_evidence(LETTER, b"another", b"shared")
    referral.replace_evidence(letter, {**LETTER, "pages": 2}, b"second")
    found = referral.evidence(letter)
    assert (found.original, found.prepared, found.facts["pages"]) == (b"original", b"second", 2)
    assert b"first" not in {row[0] for row in referral._rows("SELECT bytes FROM contents")}
    assert referral.evidence(other).prepared == b"shared"
    assert referral.integrity() == []
    with pytest.raises(KeyError):
        referral.replace_evidence("E99", {}, b"lost")
    assert b"lost" not in {row[0] for row in referral._rows("SELECT bytes FROM contents")}
