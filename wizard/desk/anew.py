"""What is made anew, beside the window, of documents that are here already: blacked out, cropped, opened, joined."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from wizard.desk.beside import Run
from wizard.jobs import Job


@dataclass(eq=False)
class Wish:
    """Something that was asked for: ids of the documents, how the window names the work, and how its stop is told."""

    ids: tuple[str, ...]
    words: str
    stopped: Callable[[], None]
    job: Job | None = None


class Anew:
    """The wishes that are under way; ``changed`` hears when one came or went."""

    def __init__(self, run: Run, changed: Callable[[], None]) -> None:
        self._run, self._changed = run, changed
        self._wishes: list[Wish] = []

    def __iter__(self) -> Iterator[Wish]:
        """Those that are under way now."""
        return iter(tuple(self._wishes))

    def begin(
        self,
        wish: Wish,
        work: Callable[..., object],
        *args: object,
        done: Callable[..., None],
        failed: Callable[[str, str], None],
    ) -> None:
        """Have it done; once it was ended, nothing else is heard of it."""

        def heard(tell: Callable[..., None], *outcome: object) -> None:
            if wish in self._wishes:
                self._wishes.remove(wish)
                tell(*outcome)
                self._changed()

        def not_done(sentence: str, remedy: str) -> None:
            if wish.job is None or not wish.job.cancelled:  # else the program is about to end
                heard(failed, sentence, remedy)

        self._wishes.append(wish)
        wish.job = self._run(work, *args, done=partial(heard, done), failed=not_done)
        self._changed()

    def end(self, wish: Wish) -> None:
        """Stop it without a word."""
        self._wishes.remove(wish)
        if wish.job is not None:
            wish.job.cancel()

    def stop(self, work: str) -> None:
        """Stop those that the window names so, or all, and tell it."""
        for wish in self:
            if work in ("", wish.words):
                self.end(wish)
                wish.stopped()
