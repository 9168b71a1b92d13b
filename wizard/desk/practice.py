"""A made-up pupil to practise with: a sample kept in the store like any other referral."""

from functools import partial
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from wizard.store.referral_store import ReferralStore


def can_practise() -> bool:
    """Whether there are made-up pupils; asked before anything heavy is imported."""
    return find_spec("wizard.samples") is not None


def practise(store: ReferralStore) -> str:
    """Keep the sample that is made for practice, and give its reference."""
    return keep_sample(store, 0)


def keep_sample(store: ReferralStore, number: int) -> str:
    """Keep one of the samples, counted round, under a new reference."""
    from wizard import folder, samples
    from wizard.referral import keep, new_file

    names = samples.names()
    with TemporaryDirectory(prefix="section19-") as place:
        written = Path(place) / "sample"
        samples.write(names[number % len(names)], written)
        kept = folder.read(written)
        fill = partial(keep, case=kept.case, original=kept.original, prepared=kept.document)
        with new_file(store, fill) as file:
            return file.reference
