"""A referral as a folder: ``referral.json`` and its evidence files, for the command line and for other programs."""

import base64
import hashlib
import json
from collections.abc import Callable, Collection, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from itertools import chain, count
from pathlib import Path
from typing import Any

from forms.catalogue import PAGES
from forms.own import is_own
from wizard.case import Case, Signature
from wizard.errors import CannotWrite, EvidenceRefused, UnusableInput
from wizard.evidence.confined.worker import batch
from wizard.evidence.document import Outcome, Prepared
from wizard.evidence.offer import opened, signature_redrawn
from wizard.evidence.words.ocr import read_by_machine
from wizard.evidence_fact import EvidenceFact, Treatment
from wizard.store.folder import write_atomically

NAME = "referral.json"
LARGEST = 20 * 1024 * 1024
"""Bytes of a ``referral.json`` beyond which it is not one."""


@dataclass(frozen=True)
class ReferralFolder:
    """A folder that was read: the case, and its documents made safe.

    Attributes:
        prepared: what evidence intake made of each document, in the order of ``case.evidence``.
    """

    path: Path
    case: Case
    prepared: tuple[Prepared, ...]

    def document(self, fact: EvidenceFact) -> bytes:
        """The cleaned PDF of a document."""
        return self.prepared[self.case.evidence.index(fact)].pdf

    def original(self, fact: EvidenceFact) -> bytes:
        """The document as it was offered, byte for byte."""
        return (self.path / fact.file).read_bytes()


def read_case(path: Path) -> Case:
    """The referral in a folder, without opening its documents.

    Raises:
        UnusableInput: there is no ``referral.json``, or it is not one.
    """
    file = path / NAME
    try:
        if file.stat().st_size > LARGEST:
            raise UnusableInput(f"{NAME} is too large to be a referral.", "Export the referral again.")
        data = json.loads(file.read_bytes().decode("utf-8-sig"))
    except OSError:
        raise UnusableInput(f"There is no {NAME} in that folder.", "Name the folder of a referral.") from None
    except (ValueError, RecursionError):
        raise UnusableInput(f"{NAME} is not JSON text.", "Export the referral again.") from None
    case = Case.from_json(data)
    if any(page not in PAGES and not is_own(page) for page in case.answers):
        raise UnusableInput("The referral answers pages that this version does not know.", "Update the program.")
    return case


def read(path: Path, passwords: Sequence[str] = (), *, cancelled: Callable[[], bool] = lambda: False) -> ReferralFolder:
    """A referral's folder with its documents and pictures of signatures made safe, each in the evidence child.

    ``passwords`` are tried on documents that need one; the case says which it was, and no folder that is written does.

    Raises:
        UnusableInput: the folder is not a referral, a document is missing, or one was changed since.
    """
    case = read_case(path)
    first: dict[tuple[str, Treatment], tuple[int, EvidenceFact]] = {}
    for number, fact in enumerate(case.evidence, 1):
        first.setdefault((fact.file, fact.treatment), (number, fact))
    signatures = tuple(_redrawn(one, cancelled) for one in case.signatures)
    made = batch(lambda one: _prepared(path, one[1], one[0], passwords, cancelled), first.values())
    known = dict(zip(first, made, strict=True))
    read_as = [(fact, *known[fact.file, fact.treatment]) for fact in case.evidence]
    facts = tuple(made.told_of(replace(fact, treatment=treatment)) for fact, made, treatment in read_as)
    case = replace(case, signatures=signatures, evidence=facts)
    return ReferralFolder(path, case, tuple(made for _, made, _ in read_as))


def _redrawn(signature: Signature, cancelled: Callable[[], bool]) -> Signature:
    """With its picture as the child wrote it; without one that is none."""
    if not signature.picture:
        return signature
    try:
        picture = signature_redrawn(base64.b64decode(signature.picture), cancelled=cancelled)
    except (ValueError, EvidenceRefused):
        picture = b""
    return replace(signature, picture=base64.b64encode(picture).decode())


def _prepared(
    path: Path, fact: EvidenceFact, number: int, passwords: Sequence[str], cancelled: Callable[[], bool]
) -> tuple[Prepared, Treatment]:
    file = path / fact.file
    if not file.is_file() and fact.why:  # refused when it was offered, and not kept
        return Prepared(Outcome.REFUSED, fact.kind or "unknown", fact.sha256, why=fact.why), fact.treatment
    if not file.is_file():
        raise UnusableInput(f"Evidence file {number} of the list is missing.", "Put it back, or drop its line.")
    made, treatment = opened(file, fact.treatment, passwords, cancelled=cancelled)
    if fact.sha256 and made.sha256 != fact.sha256:
        raise UnusableInput(
            f"Evidence file {number} of the list is not the file that was listed: its digest differs.",
            "Put the original back, or drop the digest from its line.",
        )
    return made, treatment


def with_pictures_read(kept: ReferralFolder) -> Case:
    """The referral with what Tesseract, where it is installed, reads on pages of its documents that have no text."""
    read = batch(lambda fact: read_by_machine(fact, kept.document(fact)), kept.case.evidence)
    return replace(kept.case, evidence=tuple(read))


def write(path: Path, case: Case, original: Callable[[EvidenceFact], bytes]) -> None:
    """Write a referral as a folder that holds nothing else; what could not be written whole is removed again.

    Raises:
        CannotWrite: the folder holds something already, or cannot be written.
    """
    case, original = _side_by_side(case, original)
    try:
        with ExitStack() as undo:
            for folder in reversed([one for one in (path, *path.parents) if not one.exists()]):
                folder.mkdir()
                undo.callback(_gone, folder.rmdir)
            if any(path.iterdir()):
                raise CannotWrite("That folder is not empty.", "Name a new or an empty folder.")
            path.chmod(0o700)
            for fact in {fact.file: fact for fact in case.evidence if fact.kept}.values():
                _write_new(path / fact.file, original(fact), undo)
            _write_new(path / NAME, _text(case).encode(), undo)
            undo.pop_all()  # whole: nothing is to be undone any more
    except OSError:
        raise CannotWrite("The folder cannot be written.", "Choose another place with room.") from None


def _write_new(path: Path, data: bytes, undo: ExitStack) -> None:
    with path.open("xb") as file:
        undo.callback(_gone, path.unlink)
        file.write(data)


def _gone(remove: Callable[[], None]) -> None:
    with suppress(OSError):
        remove()


def rewrite(path: Path, case: Case) -> None:
    """Write the answers of a referral's folder anew, whole or not at all.

    Raises:
        CannotWrite: the folder cannot be written.
    """
    write_atomically(path / NAME, _text(case).encode())


def _text(case: Case) -> str:
    return json.dumps(_without_passwords(case.to_json()), ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def free_file(name: str, used: Collection[str]) -> str:
    """A file name that no other document has, whatever its case: documents lie side by side when handed over."""
    known = {NAME, *(one.casefold() for one in used)}
    stem, dot, ending = name.rpartition(".") if "." in name.lstrip(".") else (name, "", "")
    numbered = (f"{stem} ({number}){dot}{ending}" for number in count(2))
    return next(one for one in chain((name,), numbered) if one.casefold() not in known)


def _side_by_side(
    case: Case, original: Callable[[EvidenceFact], bytes]
) -> tuple[Case, Callable[[EvidenceFact], bytes]]:
    """The referral with documents of one name told apart, and their originals under those names.

    The same document may be named twice; it is written once.
    """
    files: dict[str, EvidenceFact] = {}
    facts = []
    for fact in case.evidence:
        first = files.get(fact.file)
        again = first is not None and first.sha256 == fact.sha256 and bool(fact.sha256)
        name = fact.file if again else free_file(fact.file, files)
        files.setdefault(name, fact)
        facts.append(replace(fact, file=name))
    return replace(case, evidence=tuple(facts)), lambda fact: original(files[fact.file])


def _without_passwords(whole: dict[str, Any]) -> dict[str, Any]:
    """The passwords of packs stay in the encrypted file: a folder may come to lie beside a pack."""
    if "diary" in whole:
        whole["diary"] = [{k: v for k, v in entry.items() if k != "password"} for entry in whole["diary"]]
    return whole


def digest(data: bytes) -> str:
    """SHA-256 in hex, by which a document is known."""
    return hashlib.sha256(data).hexdigest()
