"""A made-up pupil to practise with: a sample kept in the store like any other referral."""

from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from wizard.store.referral_store import ReferralStore


def can_practise() -> bool:
    """Whether there are made-up pupils; asked before anything heavy is imported."""
    return find_spec("wizard.samples") is not None


def practise(store: ReferralStore) -> str:
    """Keep the first sample, and give its reference."""
    return keep_sample(store, 0)


def keep_sample(store: ReferralStore, number: int) -> str:
    """Keep one of the samples, counted round, under a new reference."""
    from wizard import folder, samples
    from wizard.referral import keep

    names = samples.names()
    with TemporaryDirectory(prefix="section19-") as place:
        written = Path(place) / "sample"
        samples.write(names[number % len(names)], written)
        kept = folder.read(written)
        with store.create() as file:
            keep(file, kept.case, kept.original, kept.document)
            return file.reference
