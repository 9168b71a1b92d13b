"""The shape of the questions that a council adds in its own file; ``forms.own`` makes pages of them."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator

from forms.kit.row import Row


class Kind(StrEnum):
    """How a question of a council's own is answered."""

    LINE = "line"
    TEXT = "text"
    YES_NO = "yes_no"
    CHOICE = "choice"
    DATE = "date"
    NUMBER = "number"
    TABLE = "table"


def _listed(choices: object) -> object:
    """``{ bus = "By bus" }`` as pairs, in the order in which they are written."""
    return tuple(choices.items()) if isinstance(choices, Mapping) else choices


class Given(Row):
    """An answer on which it hangs whether something is asked.

    Attributes:
        page: where it is answered; empty for the same page or table.
        question: name of the question there.
        answers: stored values, any one of which is enough; none means that anything was answered.
    """

    page: str = ""
    question: str
    answers: tuple[str, ...] = ()


class OwnQuestion(Row):
    """A question of a council's own; ``{pupil}`` and ``{council}`` stand for their names.

    Attributes:
        name: key of the answer on its page (``transport``).
        choices: stored value to words, for a choice.
        columns: the questions of each row, for a table.
        required: the final pack waits for it while it is asked.
        not_known: "not known, because ..." is offered.
        when: an earlier question of the page or table on which it hangs.
    """

    name: str
    label: str
    hint: str = ""
    why: str = ""
    kind: Kind = Kind.LINE
    choices: Annotated[tuple[tuple[str, str], ...], BeforeValidator(_listed)] = ()
    columns: tuple["OwnQuestion", ...] = ()
    required: bool = True
    not_known: bool = False
    when: Given | None = None


class OwnPage(Row):
    """A page of a council's own.

    Attributes:
        id: the council's id, a hyphen and a name (``essex-transport``): nobody else's page can be called so.
        form: id of the form at whose end it stands.
        when: answers of other pages, all of which it waits for; none means always.
    """

    id: str
    form: str
    task: str
    heading: str
    intro: str = ""
    when: tuple[Given, ...] = ()
    questions: tuple[OwnQuestion, ...] = ()
