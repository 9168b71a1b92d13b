"""Packs made for the window: a draft in memory, or the final pack with its password and e-mail draft in a folder."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from wizard.case import Case
from wizard.errors import CannotWrite
from wizard.evidence_fact import EvidenceFact
from wizard.pages.screen import PackMade
from wizard.validation.requirements import Judgement

if TYPE_CHECKING:
    from wizard.export import Secrets

WAIT: Final = (
    "No pack was made: documents are still being read or prepared.",
    "Go to Evidence and wait until that is done, or cancel it there. Then make the pack.",
)

Progress = Callable[[float, str], None]
Asked = Callable[[], bool]


class Papers(Protocol):
    """What gives the documents of a referral; asked in another thread."""

    def document(self, fact: EvidenceFact) -> bytes:
        """The cleaned PDF of a document."""

    def original(self, fact: EvidenceFact) -> bytes:
        """The document as it was offered, byte for byte."""


@dataclass(frozen=True)
class Draft:
    """A watermarked pack; it is shown and never written unless somebody asks for a copy."""

    pdf: bytes
    pages: int
    name: str


class Maker(Protocol):
    """Makes packs; called in a thread of its own."""

    def draft(self, judgement: Judgement, papers: Papers, progress: Progress, cancelled: Asked) -> Draft:
        """A draft, whatever is missing."""

    def final(
        self, judgement: Judgement, papers: Papers, folder: Path, progress: Progress, cancelled: Asked
    ) -> PackMade:
        """The final pack, sealed and with a password, written beside its e-mail draft."""


class PackMaker:
    """The real one."""

    def __init__(self, home: Path, vault: "Secrets | None", clock: Callable[[], datetime]) -> None:
        self._home, self._vault, self._clock = home, vault, clock

    def draft(self, judgement: Judgement, papers: Papers, progress: Progress, cancelled: Asked) -> Draft:
        """A draft, whatever is missing."""
        from wizard import export

        order = export.Order(judgement, papers.document, self._clock(), draft=True, original=papers.original)
        made = export.make_pack(order, progress, cancelled)
        return Draft(made.pdf, made.pages, f"{judgement.facts.case.reference} draft.pdf")

    def final(
        self, judgement: Judgement, papers: Papers, folder: Path, progress: Progress, cancelled: Asked
    ) -> PackMade:
        """The final pack, sealed and with a password, written beside its e-mail draft."""
        from wizard import export
        from wizard.handoff.password import generate_password
        from wizard.store.folder import write_atomically

        if not folder.is_dir():
            raise CannotWrite("The folder for the pack is not there.", "Choose another folder.")
        now = self._clock()
        _, school = judgement.facts.sender
        identity = export.seal_identity(self._home, self._vault, school, now)
        password = generate_password()
        order = export.Order(
            judgement, papers.document, now, identity=identity, password=password, original=papers.original
        )
        made = export.make_pack(order, progress, cancelled)
        name, message = export.mail_draft(judgement, made, now)
        mail = free_name(folder, name)
        pack = mail.with_suffix(".pdf")
        write_atomically(pack, made.pdf)
        try:
            write_atomically(mail, message)
        except CannotWrite:
            pack.unlink(missing_ok=True)  # nobody would know its password
            raise
        return PackMade(pack, len(made.pdf), made.pages, password, mail, made.look_at)


def free_name(folder: Path, name: str) -> Path:
    """A name in a folder under which neither mail nor pack stands yet: nothing that was made before is written over."""
    stem, ending = Path(name).stem, Path(name).suffix
    number, path = 1, folder / name
    while path.exists() or path.with_suffix(".pdf").exists():
        number += 1
        path = folder / f"{stem} ({number}){ending}"
    return path


def for_diary(made: PackMade, digest: str) -> dict[str, str]:
    """What the diary keeps of a pack: without the password, nobody could pass it on after the window was closed.

    ``digest`` is that of what the pack was made from.
    """
    return {
        "pack": str(made.path),
        "mail": str(made.draft_mail),
        "size": str(made.size),
        "pages": str(made.pages),
        "password": made.password,
        "digest": digest,
        "look_at": "\n".join(made.look_at),
    }


def last_pack(case: Case) -> PackMade | None:
    """The pack that was made last, as the diary has it."""
    entry: Mapping[str, str] | None = next((e for e in reversed(case.diary) if e.get("event") == "exported"), None)
    if entry is None or not {"pack", "mail", "size", "pages", "password"} <= set(entry):
        return None
    if not all(isinstance(value, str) for value in entry.values()) or not (entry["size"] + entry["pages"]).isdecimal():
        return None
    size, pages = int(entry["size"]), int(entry["pages"])
    look_at = tuple(entry.get("look_at", "").splitlines())
    return PackMade(Path(entry["pack"]), size, pages, entry["password"], Path(entry["mail"]), look_at)
