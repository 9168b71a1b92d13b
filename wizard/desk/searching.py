"""Words looked for beside the window: in the text of a document, then in pictures of its pages, one after the other."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Final

from wizard.desk import reading
from wizard.desk.beside import Run
from wizard.evidence.redaction.search import OfWords, Places, Searched
from wizard.evidence.words.ocr import to_search
from wizard.evidence_fact import EvidenceFact
from wizard.jobs import Job
from wizard.pages import screen as ask

_NOWHERE: Final = Places((), ())


@dataclass(eq=False)
class _Sought:
    """One search in a document, until another takes its place."""

    fact: EvidenceFact
    tables: dict[tuple[int, int], bytes] = field(repr=False)
    job: Job | None = None
    pdf: bytes = field(default=b"", repr=False)
    places: Places = _NOWHERE

    @property
    def words(self) -> tuple[str, ...]:
        return self.fact.treatment.words

    @property
    def pictures(self) -> tuple[object, ...]:
        """What the pictures of its pages hang on, beside their turns."""
        return self.fact.sha256, replace(self.fact.treatment, areas=(), words=())


class WordSearch:
    """One search at a time in a document.

    ``tell`` hears the document's id, the words, and where they are so far, and says whether more of that is wanted.
    What was read on pictures stays in memory until another document is searched, as another word may come.
    """

    def __init__(
        self,
        run: Run,
        tell: Callable[[str, tuple[str, ...], Places], bool],
        failed: Callable[[str, str], None],
    ) -> None:
        self._run, self._tell, self._failed = run, tell, failed
        self._under_way: dict[str, _Sought] = {}
        self._last: _Sought | None = None

    def find(self, request: ask.FindWords, original: Callable[[], bytes]) -> None:
        """Look for the words of a treatment, in place of others in that document."""
        before = self._under_way.pop(request.fact.id, None)
        if before is not None and before.job is not None:
            before.job.cancel()
        now = _Sought(replace(request.fact, treatment=request.treatment), {})
        if self._last is not None and self._last.pictures == now.pictures:
            now.tables = self._last.tables
        self._last = self._under_way[now.fact.id] = now
        done, failed = partial(self._searched, now), partial(self._not_searched, now)
        now.job = self._run(reading.places, original(), request.treatment, done=done, failed=failed)

    def _searched(self, now: _Sought, found: Searched) -> None:
        now.pdf, now.places = found.pdf, found.places.awaiting(to_search(now.fact, found.places.silent))
        self._go_on(now)

    def _not_searched(self, now: _Sought, sentence: str, remedy: str) -> None:
        if self._goes_on(now):
            self._failed(sentence, remedy)
            nowhere: OfWords = tuple(() for _ in now.words)
            now.places = Places(nowhere, tuple(range(1, now.fact.pages + 1)))
            self._go_on(now)

    def _goes_on(self, now: _Sought) -> bool:
        """Whether a search is still wanted, and the program not about to end."""
        return self._under_way.get(now.fact.id) is now and now.job is not None and not now.job.cancelled

    def _go_on(self, now: _Sought) -> None:
        """Tell where the words are so far, and have the next picture read."""
        if not self._goes_on(now):
            return
        wanted = self._tell(now.fact.id, now.words, now.places)
        if not wanted or not now.places.waiting:
            del self._under_way[now.fact.id]
            now.pdf = b""
            return
        page = now.places.waiting[0]
        turn = now.fact.turn(page)
        work = now.pdf, page, turn, now.words, now.tables.get((page, turn), b"")
        done, unread = partial(self._seen, now, page), (b"", None)
        now.job = self._run(reading.in_picture, *work, done=done, failed=lambda *_: self._seen(now, page, unread))

    def _seen(self, now: _Sought, page: int, came: tuple[bytes, OfWords | None]) -> None:
        if self._goes_on(now):
            now.tables[page, now.fact.turn(page)], found = came
            now.places = now.places.with_page(page, found)
            self._go_on(now)
