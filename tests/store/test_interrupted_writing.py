"""Power cuts, full disks and vanished folders cost the change being made, and nothing before it."""

import resource
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from subprocess import Popen

import pytest

from wizard.errors import CannotOpenReferral, CannotWrite
from wizard.store.connection import Connection, connect, salt_of
from wizard.store.keys import Vault
from wizard.store.referral_file import ReferralFile
from wizard.store.referral_store import ReferralStore

SAM, ALEX = {"full_name": "Sam"}, {"full_name": "Alex"}
BIG = bytes(300_000)
SAVING = """
referral = store.open('R-AAAA-AAA')
for n in range(1, 1_000_000):
    with referral.transaction():
        referral.save_page('Pupil', {'n': n, 'story': 'x' * (n % 7 * 3000)})
        referral.save_page('Health', {'n': n})
        referral.save_overview({'n': n})
    print(n, flush=True)
"""
STOPPED_HALFWAY = """
referral = store.open('R-AAAA-AAA')
referral._connection.execute('PRAGMA cache_size=1')
with referral.transaction():
    referral.save_page('Pupil', {'full_name': 'Alex'})
    referral.save_overview({'pupil': 'Alex'})
    referral.add_evidence({}, os.urandom(300_000), b'')
    os.kill(os.getpid(), 9)
"""


def save_two_pages(referral: ReferralFile) -> None:
    with referral.transaction():
        referral.save_page("Pupil", ALEX)
        referral.save_page("Health", {"story": "x" * 50_000})


@contextmanager
def files_limited_to(size: int) -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def another_connection(path: Path, vault: Vault) -> closing[Connection]:
    return closing(connect(path, vault.file_key(salt_of(path)), salt_of(path)))


@pytest.mark.parametrize("wait", [0.0, 0.011, 0.023, 0.047])
def test_a_program_killed_while_it_saves_leaves_the_last_whole_save(
    store: ReferralStore, another_process: Callable[[str], Popen[str]], wait: float
) -> None:
    store.create("R-AAAA-AAA").close()
    child = another_process(SAVING)
    said = [int(child.stdout.readline()) for _ in range(5)]
    time.sleep(wait)
    child.kill()
    said += [int(line) for line in child.stdout.read().split()]  # `communicate` loses what was read ahead

    [entry] = store.list()
    with store.open("R-AAAA-AAA") as referral:
        answers = referral.load()["answers"]
        assert answers["Pupil"]["n"] == answers["Health"]["n"] == entry.facts["n"]
        assert answers["Pupil"]["n"] in (said[-1], said[-1] + 1)
        assert len(referral.history()) == 2 * answers["Pupil"]["n"]
        assert referral.integrity() == []


@pytest.mark.parametrize("first", ["list", "open"])
def test_a_change_half_on_the_disk_is_undone_by_the_next_window(
    store: ReferralStore, another_process: Callable[[str], Popen[str]], first: str
) -> None:
    with store.create("R-AAAA-AAA") as referral:
        referral.save_page("Pupil", SAM)
        referral.save_overview({"pupil": "Sam"})
    before = referral.path.stat().st_size
    assert another_process(STOPPED_HALFWAY).wait(60) == -9
    journal = referral.path.with_name("R-AAAA-AAA.s19-journal")
    assert journal.stat().st_size > 512
    assert referral.path.stat().st_size > before

    if first == "list":
        assert [(entry.facts, entry.trouble) for entry in store.list()] == [({"pupil": "Sam"}, "")]
    with store.open("R-AAAA-AAA") as again:
        assert again.load()["answers"] == {"Pupil": SAM}
        assert again.evidence_facts() == []
        assert again.integrity() == []
    assert referral.path.stat().st_size == before
    assert not journal.exists()


def test_a_full_disk_is_reported_and_the_next_save_works(store: ReferralStore) -> None:
    with store.create() as referral:
        referral.save_page("Pupil", SAM)
        [(size,)] = referral._rows("PRAGMA page_count")
        referral._connection.execute(f"PRAGMA max_page_count={size}")
        with pytest.raises(CannotWrite, match="disk is full"):
            referral.add_evidence({}, BIG, b"")
        with pytest.raises(CannotWrite, match="disk is full"):
            save_two_pages(referral)
        assert referral.load()["answers"] == {"Pupil": SAM}
        referral._connection.execute("PRAGMA max_page_count=1000000")
        referral.add_evidence({}, BIG, b"")
        referral.save_page("Pupil", ALEX)
        assert [event.what for event in referral.history()] == ["Pupil", "evidence E1 added", "Pupil"]
        assert referral.integrity() == []


def test_a_file_that_may_not_grow_is_reported_and_stays_whole(store: ReferralStore) -> None:
    with store.create() as referral:
        referral.save_page("Pupil", SAM)
        with files_limited_to(100_000), pytest.raises(CannotWrite, match="has room"):
            referral.add_evidence({}, BIG, b"")
        assert referral.evidence_facts() == []
        assert referral.load()["answers"] == {"Pupil": SAM}
        assert referral.integrity() == []


def test_a_referral_that_cannot_be_begun_leaves_nothing(store: ReferralStore, home: Path) -> None:
    with files_limited_to(10_000), pytest.raises(CannotWrite, match="new referral"):
        store.create("R-AAAA-AAA")
    assert [path.name for path in (home / "referrals").iterdir()] == ["R-AAAA-AAA.lock"]


def test_a_disk_that_became_read_only_is_reported(store: ReferralStore) -> None:
    with store.create() as referral:
        referral.save_page("Pupil", SAM)
        referral._connection.execute("PRAGMA query_only=ON")
        with pytest.raises(CannotWrite, match="may be changed"):
            referral.save_page("Pupil", ALEX)
        assert referral.load()["answers"] == {"Pupil": SAM}


def test_a_folder_that_vanishes_and_comes_back_loses_nothing_saved(store: ReferralStore, home: Path) -> None:
    with store.create() as referral:
        referral.save_page("Pupil", SAM)
        (home / "referrals").rename(home / "unplugged")
        with pytest.raises(CannotWrite, match="no longer where it was"):
            referral.save_page("Pupil", ALEX)
        (home / "unplugged").rename(home / "referrals")
        referral.save_page("Pupil", ALEX)
    with store.open(referral.reference) as again:
        assert again.load()["answers"] == {"Pupil": ALEX}


@pytest.mark.parametrize("replaced", [False, True])
def test_nothing_is_saved_into_a_file_that_was_taken_away(store: ReferralStore, replaced: bool) -> None:
    """As programs that keep folders in step do: the open file is no longer the one that has the name."""
    with store.create() as referral:
        referral.save_page("Pupil", SAM)
        copy = referral.path.read_bytes()
        referral.path.unlink()
        if replaced:
            referral.path.write_bytes(copy)
        with pytest.raises(CannotWrite):
            referral.save_page("Pupil", ALEX)


def test_a_reader_that_holds_on_too_long_delays_a_save_and_loses_nothing(store: ReferralStore, vault: Vault) -> None:
    with store.create() as referral:
        referral.save_page("Pupil", SAM)
        referral._connection.execute("PRAGMA busy_timeout=10")
        with another_connection(referral.path, vault) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT * FROM overview").fetchall()
            with pytest.raises(CannotWrite, match="another window"):
                referral.save_page("Pupil", ALEX)
            reader.execute("COMMIT")
        referral.save_page("Pupil", ALEX)
        assert referral.load()["answers"] == {"Pupil": ALEX}


def test_a_writer_that_holds_on_too_long_is_named_as_the_reason(store: ReferralStore, vault: Vault) -> None:
    with store.create() as referral:
        referral._connection.execute("PRAGMA busy_timeout=10")
        with another_connection(referral.path, vault) as writer:
            writer.execute("BEGIN EXCLUSIVE")
            with pytest.raises(CannotOpenReferral, match="another window"):
                referral.load()


def test_evidence_that_cannot_be_forgotten_now_is_forgotten_later(store: ReferralStore) -> None:
    with store.create() as referral:
        evidence_id = referral.add_evidence({}, BIG, b"")
        referral.remove_evidence(evidence_id)
        referral._connection.execute("PRAGMA query_only=ON")
    large = referral.path.stat().st_size
    with store.open(referral.reference) as again:
        assert again.evidence_facts() == []
    assert again.path.stat().st_size < large - len(BIG) // 2
