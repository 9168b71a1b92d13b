"""How the desk has work done beside the window."""

from collections.abc import Callable
from typing import Protocol

from wizard.jobs import Job


class Run(Protocol):
    """Starts work beside the window."""

    def __call__(
        self,
        work: Callable[..., object],
        *args: object,
        done: Callable[..., None],
        failed: Callable[[str, str], None],
    ) -> Job:
        """The work, under way; it ends in one of the two."""
