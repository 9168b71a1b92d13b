"""What the child process found in a file from the school's own systems, checked, and the call that asks it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import Field

from wizard.errors import EvidenceRefused
from wizard.evidence.answer import Answer, Shape, checked
from wizard.evidence.confined.process import never
from wizard.evidence.confined.worker import run
from wizard.evidence.offer import LARGEST, read_file

_AGAIN: Final = "Export it again, or type the answers."

Text = Annotated[str, Field(max_length=400)]
Long = Annotated[str, Field(max_length=4_000)]
Sentence = Annotated[str, Field(max_length=4_000)]
Day = Annotated[str, Field(pattern=r"^(\d{4}-\d{2}-\d{2})?$")]
YesNo = Literal["yes", "no", ""]
Total = Annotated[int, Field(ge=0, le=9_999)] | None


class Contact(Shape):
    """Somebody whom the school would ring; ``responsibility`` is empty where the file does not say."""

    name: Text = ""
    relationship: Text = ""
    responsibility: YesNo = ""
    phones: Annotated[tuple[Text, ...], Field(max_length=10)] = ()
    email: Text = ""
    address: Long = ""
    postcode: Text = ""


class SchoolRow(Shape):
    """A school: as the sender names itself, or as the list of schools has it."""

    name: Text = ""
    urn: Text = ""
    lea: Text = ""
    estab: Text = ""
    type: Text = ""
    kind: Text = ""
    status: Text = ""
    phone: Text = ""
    address: Long = ""
    postcode: Text = ""


class Mark(Shape):
    """What the register holds for one session."""

    date: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]
    session: Literal["AM", "PM"]
    code: Annotated[str, Field(min_length=1, max_length=2)]


class Totals(Shape):
    """Sessions, as the file adds them up."""

    possible: Total = None
    attended: Total = None
    authorised: Total = None
    unauthorised: Total = None


class Attendance(Shape):
    """This school's present year; ``sessions`` is empty where the marks could not be placed on days."""

    totals: Totals
    sessions: Annotated[tuple[Mark, ...], Field(max_length=2_000)] = ()


class PupilRecord(Shape):
    """What a file says of one pupil: codes or words, as it has them; dates are ISO; empty is not said."""

    upn: Text = ""
    surname: Text = ""
    forename: Text = ""
    middle: Text = ""
    preferred_forename: Text = ""
    preferred_surname: Text = ""
    former_forename: Text = ""
    former_surname: Text = ""
    born: Day = ""
    sex: Text = ""
    year: Text = ""
    tutor: Text = ""
    ethnicity: Text = ""
    language: Text = ""
    service: Text = ""
    medical: YesNo = ""
    fsm: YesNo = ""
    ever6: YesNo = ""
    premium: YesNo = ""
    care: YesNo = ""
    care_authority: Text = ""
    sen: Text = ""
    needs: Annotated[tuple[Text, ...], Field(max_length=10)] = ()
    address: Long = ""
    postcode: Text = ""
    contacts: Annotated[tuple[Contact, ...], Field(max_length=30)] = ()
    school: SchoolRow = SchoolRow()
    on_roll_since: Day = ""
    attendance: Attendance | None = None


class PupilNamed(Shape):
    """One of several pupils in a file, to choose from."""

    name: Text
    born: Day


class SchoolFile(Shape):
    """A file as read.

    Attributes:
        kind: ``ctf``, ``list`` or ``gias``; empty when it could not be used, and then ``why`` says why.
        dated: when it says it was made, ISO.
        pupils: everybody in it, by name, so that one can be chosen; of the others nothing else is known.
        chosen: the place of the one whose ``record`` this is.
        found: how many schools fit the search, of which ``schools`` holds the first.
        notes: what was not understood or left out, a sentence each.
    """

    kind: Literal["ctf", "list", "gias", ""]
    title: Text = ""
    dated: Day = ""
    pupils: Annotated[tuple[PupilNamed, ...], Field(max_length=20_000)] = ()
    chosen: int | None = None
    record: PupilRecord | None = None
    schools: Annotated[tuple[SchoolRow, ...], Field(max_length=20)] = ()
    found: int = 0
    notes: Annotated[tuple[Sentence, ...], Field(max_length=100)] = ()
    why: Sentence = ""


class EventTable(Shape):
    """A table of events as it stands; ``why`` says why there is none."""

    headings: Annotated[tuple[Text, ...], Field(max_length=40)] = ()
    rows: Annotated[tuple[tuple[Annotated[str, Field(max_length=8_000)], ...], ...], Field(max_length=500)] = ()
    why: Sentence = ""


def read_events(path: Path, *, cancelled: Callable[[], bool] = never) -> EventTable:
    """Read an export of events in a child process; nothing of it is kept.

    Raises:
        UnusableInput: there is no such file, or it cannot be read.
        Cancelled: ``cancelled`` said so.
    """
    data = read_file(path)
    if data is None:
        return EventTable(why=f"The file is larger than {LARGEST >> 20} MB. Export a shorter time.")
    return _told(EventTable, lambda why: EventTable(why=why), lambda: run("events", data, cancelled=cancelled))


def read_school_file(
    path: Path, today: date, pupil: int | None = None, search: str = "", *, cancelled: Callable[[], bool] = never
) -> SchoolFile:
    """Read a file from the school's own systems in a child process; nothing of it is kept.

    Args:
        path: the file.
        today: no later date is believed.
        pupil: which one of ``SchoolFile.pupils``, from 0; ``None`` asks who is in it.
        search: for the list of schools: a number, or part of a name or town.
        cancelled: asked now and then.

    Raises:
        UnusableInput: there is no such file, or it cannot be read.
        Cancelled: ``cancelled`` said so.
    """
    data = read_file(path)
    if data is None:
        return SchoolFile(kind="", why=f"The file is larger than {LARGEST >> 20} MB. Export this pupil alone.")
    arguments = {"today": today.isoformat(), "pupil": pupil, "search": search}
    return _told(
        SchoolFile,
        lambda why: SchoolFile(kind="", why=why),
        lambda: run("fill", data, arguments, cancelled=cancelled),
    )


def _told(
    shape: type[Answer], nothing: Callable[[str], Answer], asked: Callable[[], tuple[Any, list[bytes]]]
) -> Answer:
    """The child's answer in the shape that it should have; where there is none, why."""
    try:
        content, _ = asked()
        return checked(shape, content)
    except EvidenceRefused as refusal:
        return nothing(f"{refusal.sentence} {_AGAIN}")
