"""A picture that is kept, asked for as it was before anything was cut off; the child opens it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Annotated, Final

from pydantic import Field

from wizard.evidence.answer import Shape, checked, nonsense
from wizard.evidence.confined.process import never
from wizard.evidence.confined.worker import serve

_PNG: Final = b"\x89PNG\r\n\x1a\n"


class _Leaning(Shape):
    angle: Annotated[float, Field(ge=-45, le=45)]


@dataclass(frozen=True, slots=True)
class Uncropped:
    """A whole picture, upright, as a PNG, and the degrees clockwise by which it is to be turned to lie level."""

    png: bytes = field(repr=False)
    angle: float = 0.0


def uncropped(data: bytes, width: int, *, cancelled: Callable[[], bool] = never) -> Uncropped:
    """The first picture of a file of a kind of `readers.PICTURES`, at most so many pixels wide.

    Raises:
        EvidenceRefused: it cannot be read.
        Cancelled: ``cancelled`` said so.
    """

    def read(content: object, blobs: list[bytes]) -> Uncropped:
        if len(blobs) != 1 or not blobs[0].startswith(_PNG):
            raise nonsense()
        return Uncropped(blobs[0], checked(_Leaning, content).angle)

    return serve("picture", data, {"width": width}, read, cancelled=cancelled)
