"""One referral and one school's details, written down as files of the present format.

Before a release that changes the format, `python tests/store/released_formats.py` writes the files that stay under
tests/data/referrals for ever: every later version must open it.
"""

from pathlib import Path
from typing import Any

from wizard.store import migrations, school_record
from wizard.store.keys import Vault
from wizard.store.referral_store import ReferralStore
from wizard.store.school_record import SchoolRecord

REFERENCE = "R-7KQ4-2MX"
FOLDER = Path(__file__).parents[1] / "data" / "referrals"
KEPT = {
    "reference": REFERENCE,
    "format": 1,
    "authority": {"id": "essex", "version": "2026-01"},
    "not_known": {"Health": {"nhs_number": "moved from abroad"}},
    "answers": {"Pupil": {"full_name": "Zoë Łęcka"}, "PageOfTheFuture": {"kept": [True, None, 1.5]}},
}
ORIGINAL, PREPARED, OVERVIEW = b"%PDF-1.7 original", b"%PDF-1.7 prepared", {"pupil": "Zoë Ł", "year": 7}


SCHOOL = {"on": "2026-11-20", "pages": {"school": {"name": "Zoë Łęcka High"}, "of_the_future": {"kept": [None, 1.5]}}}


def vault() -> Vault:
    return Vault(b"the key of the released formats!")


def write(home: Path) -> Path:
    """Write the referral into a home folder."""
    with ReferralStore(home, vault()).create(REFERENCE) as referral:
        for name in ("format", "authority", "not_known"):
            referral.save_facts(name, KEPT[name])
        for page, values in KEPT["answers"].items():  # type: ignore[attr-defined]
            referral.save_page(page, values)
        referral.add_evidence({"file": "letter.pdf", "date": "2026-02-11"}, ORIGINAL, PREPARED)
        referral.save_overview(OVERVIEW)
    return referral.path


def read(home: Path) -> tuple[dict[str, Any], bytes, bytes, dict[str, Any]]:
    """Read what was written: the referral without its evidence, the evidence, the overview."""
    store = ReferralStore(home, vault())
    with store.open(REFERENCE) as referral:
        loaded = referral.load()
        [piece] = loaded.pop("evidence")
        kept = referral.evidence(piece["id"])
        assert referral.integrity() == []
    assert (kept.facts["file"], kept.facts["date"]) == ("letter.pdf", "2026-02-11")
    [entry] = store.list()
    return loaded, kept.original, kept.prepared, entry.facts


def write_school(home: Path) -> Path:
    """Keep the school's details in a home folder."""
    SchoolRecord(home, vault()).write(SCHOOL)
    return home / school_record.FILE


if __name__ == "__main__":
    import shutil
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        target = FOLDER / f"format-{migrations.FORMAT}"
        target.mkdir(parents=True, exist_ok=True)
        shutil.copy(write(Path(folder)), target)
        target = FOLDER / f"school-format-{school_record.FORMAT}"
        target.mkdir(parents=True, exist_ok=True)
        shutil.copy(write_school(Path(folder)), target)
