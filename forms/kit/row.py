"""What the rows of a council's file have in common."""

from pydantic import BaseModel, ConfigDict


class Row(BaseModel):
    """A row: frozen, and strict about the names that it knows."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)
