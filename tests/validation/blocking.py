"""What is shown of every must of a council's file: it blocks while open, not when met, and yields only where it may."""

from typing import Any, Protocol

from forms.kit.policy import Stage
from tests.validation.essex_referrals import NOW, finding
from wizard.pack.compose import compose
from wizard.validation.requirements import Judgement, State


class Blocking(Protocol):
    """A must: its row, whether a reason may stand in its place, what it holds back, and how it is open or met."""

    @property
    def row(self) -> str: ...
    @property
    def reason(self) -> bool: ...
    @property
    def stage(self) -> Stage: ...
    def open(self, **parts: Any) -> list[Judgement]: ...
    def meet(self) -> list[Judgement]: ...


def blocks_while_open(block: Blocking) -> None:
    for found in block.open():
        assert finding(found, block.row) is State.OPEN
        assert block.row in {point.id for point in found.open_at(block.stage)}
        if block.stage is Stage.PACK:
            assert not found.ready


def blocks_no_longer_when_met(block: Blocking) -> None:
    for found in block.meet():
        assert finding(found, block.row) is State.MET
        assert block.row not in {point.id for point in (*found.points, *found.later)}


def yields_only_where_it_may(block: Blocking, reason: str) -> None:
    """And where it may, the pack prints the reason."""
    for found in block.open(reasons={block.row: reason}):
        point = [point for point in found.open_at(block.stage) if point.id == block.row]
        assert finding(found, block.row) is (State.REASON if block.reason else State.OPEN)
        assert bool(point) is not block.reason
        if block.stage is Stage.PACK:
            assert printed(found, block.row) == (reason if block.reason else "")
    assert all(
        point.override is block.reason for found in block.open() for point in found.points if point.id == block.row
    )


def printed(found: Judgement, row: str) -> str:
    """The reason beside a row in the pack's checklist."""
    content = compose(found, lambda fact: b"", NOW, draft=not found.ready, sealed=False)
    return next(item.reason for item in content.checklist if item.id == row)
