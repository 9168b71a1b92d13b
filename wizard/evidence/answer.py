"""The child's answer as the program takes it: exactly in the shape that our child gives it, or not at all."""

import json
from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from wizard.errors import EvidenceRefused

Sentence = Annotated[str, Field(max_length=600)]


class Shape(BaseModel):
    """What the child may say; anything else is nonsense."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, hide_input_in_errors=True)


Answer = TypeVar("Answer", bound=Shape)


def checked(shape: type[Answer], content: object) -> Answer:
    """The child's answer.

    Raises:
        EvidenceRefused: it has another shape.
    """
    try:
        return shape.model_validate_json(json.dumps(content))
    except ValidationError:
        raise nonsense() from None


def nonsense() -> EvidenceRefused:
    """What to say of a child that answers nonsense."""
    return EvidenceRefused(
        "The file is damaged, or made in a way that cannot be read safely.",
        "Open it yourself, print it to a new PDF, and add that.",
    )
