"""A register export read in the evidence child: the call that asks it, and its answer, checked."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from wizard.errors import EvidenceRefused
from wizard.evidence.answer import Sentence, Shape, checked
from wizard.evidence.confined.process import never
from wizard.evidence.confined.worker import run
from wizard.evidence.offer import read_file
from wizard.register import Session

LARGEST: Final = 40 << 20
"""Bytes that a register export may have."""

_OTHER_WAYS: Final = "Take another export of the register, paste its rows, or type the totals."

Sessions = Annotated[int, Field(ge=0, le=2_000)] | None


class _Session(Shape):
    date: date
    session: Literal["AM", "PM"]
    code: Annotated[str, Field(min_length=1, max_length=2)]


class NotUnderstood(Shape):
    """A row of a register that was not clear: its number, the reason, and the beginning of the cell."""

    row: Annotated[int, Field(ge=0)]
    reason: Sentence
    shown: Annotated[str, Field(max_length=40)]


class _Totals(Shape):
    possible: Sessions = None
    attended: Sessions = None
    authorised: Sessions = None
    unauthorised: Sessions = None
    health: Sessions = None


class _Register(Shape):
    sessions: Annotated[tuple[_Session, ...], Field(max_length=300_000)]
    totals: _Totals
    not_understood: Annotated[tuple[NotUnderstood, ...], Field(max_length=200)]
    notices: Annotated[tuple[Sentence, ...], Field(max_length=50)]
    pupils: Annotated[tuple[Sentence, ...], Field(max_length=400)]
    why: Sentence


class RegisterRead(BaseModel):
    """What a register export says.

    Attributes:
        totals: sessions that the file itself states, by ``possible``, ``attended`` and the like.
        pupils: from among whom one must be chosen before anything is read.
        why: empty unless it could not be used at all.
    """

    model_config = ConfigDict(frozen=True)

    sessions: tuple[Session, ...] = ()
    totals: dict[str, int] = {}
    pupils: tuple[str, ...] = ()
    not_understood: tuple[NotUnderstood, ...] = ()
    notices: tuple[str, ...] = ()
    why: str = ""


def read_register(
    source: Path | bytes,
    today: date,
    upn: str = "",
    name: str = "",
    chosen: str = "",
    *,
    cancelled: Callable[[], bool] = never,
) -> RegisterRead:
    """Read a register export, or what was pasted of one; nobody else's rows than the pupil's are taken.

    ``upn`` and ``name`` are the referral's; ``chosen`` is whom somebody picked of the ``pupils`` of an earlier answer.

    Raises:
        UnusableInput: there is no such file, or it cannot be read.
        Cancelled: ``cancelled`` said so.
    """
    data = read_file(source) if isinstance(source, Path) else source
    try:
        if data is None or len(data) > LARGEST:
            raise EvidenceRefused(f"The file is larger than {LARGEST >> 20} MB, which no register is.")
        arguments = {"today": today.isoformat(), "upn": upn, "name": name, "chosen": chosen}
        content, _ = run("register", data, arguments, cancelled=cancelled)
        read = checked(_Register, content)
    except EvidenceRefused as refusal:
        return RegisterRead(why=f"{refusal.sentence} {_OTHER_WAYS}")
    return RegisterRead(
        sessions=tuple(Session(item.date, item.session, item.code) for item in read.sessions),
        totals=read.totals.model_dump(exclude_none=True),
        not_understood=read.not_understood,
        notices=read.notices,
        pupils=read.pupils,
        why=read.why,
    )
