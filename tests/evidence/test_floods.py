"""Bombs: small files that unfold without end. Each ends in one of the five outcomes within the limits of its child."""

import gc
import time
from functools import partial

import psutil
import pytest

from tests.evidence.floods import FLOODS
from tests.torture.mutants import wrong
from wizard.evidence import offer
from wizard.evidence.confined.process import Limits
from wizard.evidence.document import Outcome

GROWTH = 50 << 20
SAID = {
    "png_of_a_gigabyte": "32767 by 32768 dots",
    "photo_of_200_megapixels": "20000 by 10000 dots",
    "page_of_ten_kilometres": "a page of 10,000 metres",
    "twenty_thousand_pages": "20,000 pages",
    "drawing_that_draws_itself_ten_times_over": "took too long",
}


@pytest.mark.parametrize("name", FLOODS)
def test_a_flood_ends_in_a_sentence_and_leaves_nothing_behind(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a twentieth of the time that a file really has, so that this test stays short."""
    data = FLOODS[name]()
    monkeypatch.setattr(offer, "serve", partial(offer.serve, limits=Limits(cpu_seconds=3)))
    assert len(data) < 4 << 20
    before, began = held(), time.monotonic()
    made = offer.prepare_bytes(data)
    assert wrong(made, time.monotonic() - began) == ""
    assert SAID.get(name, "") in made.why
    assert name not in SAID or made.outcome == Outcome.REFUSED
    assert held() - before < GROWTH


def held() -> int:
    gc.collect()
    return int(psutil.Process().memory_info().rss)
