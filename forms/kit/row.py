"""What the rows of a council's file have in common."""

from pydantic import BaseModel, ConfigDict


class Row(BaseModel):
    """A row: frozen, and strict about the names that it knows."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Citing(Row):
    """Something that answers a row of the policy catalogue.

    Attributes:
        id: the row (E16), or a name of its own (E17n) for a further case of those in ``rows``.
        rows: further rows of the catalogue that this one also answers.
    """

    id: str
    rows: tuple[str, ...] = ()
