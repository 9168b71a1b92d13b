"""What each command of the command line does. Results go to standard output, never anything typed to a log."""

import argparse
import json
import re
import sys
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Final

from wizard.council_commands import authority
from wizard.councils import council, installed, look_in, note
from wizard.errors import EvidenceRefused, NoKeyring, UnusableInput
from wizard.validation.facts import Facts
from wizard.validation.requirements import Judgement, Point, judge

READY, OPEN, UNUSABLE = 0, 1, 2


def look_in_home(options: argparse.Namespace) -> None:
    """Councils' files in the home folder count beside those that come with the program; nothing is made there."""
    from wizard.store.folder import home_path

    look_in(lambda: options.home or home_path())


def sample(options: argparse.Namespace) -> int:
    """Write a made-up referral."""
    from wizard import samples

    if options.list or (options.id is None and options.out is None):
        print("\n".join(samples.names()))
        return READY
    if options.id is None:
        raise UnusableInput("Which one?", f"There are: {', '.join(samples.names())}.")
    if options.out is None:
        raise UnusableInput("Where to?", "Name a folder with --out DIR.")
    samples.write(options.id, options.out)
    return READY


def check(options: argparse.Namespace) -> int:
    """Say what is missing or doubtful."""
    from wizard import folder
    from wizard.guard import doubts

    kept = folder.read(options.dir, _passwords(options))
    case = folder.with_pictures_read(kept) if options.read_pictures else kept.case
    judgement = _judge(case, options.clock)
    said, doubted = note(judgement.facts.profile.id), doubts(judgement.facts)
    if options.json:
        found = {
            "ready": judgement.ready,
            "council_file": "" if said is None else said.words,
            "points": [_point(judgement, point) for point in judgement.points],
            "doubts": [doubt.to_json() for doubt in doubted],
        }
        print(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        if said is not None:
            print(f"{judgement.facts.profile.name}: {said.words}")
        for point in judgement.points:
            row = _point(judgement, point)
            print(f"{row['level']:6}  {row['id']:5}  {row['todo']}  [{row['source']}; page {row['task']}]")
        for doubt in doubted:
            print(f"doubt   {doubt.words}  [document {doubt.number}]")
        print("Ready for the final pack." if judgement.ready else "Not ready for the final pack.")
    return READY if judgement.ready else OPEN


def move(options: argparse.Namespace) -> int:
    """Make a referral's folder one to another council; nothing but its signatures is lost."""
    from wizard import folder
    from wizard.versions import moved

    folder.rewrite(options.dir, moved(folder.read_case(options.dir), council(options.council)))
    return READY


def _judge(case: Any, clock: datetime | None) -> Judgement:  # noqa: ANN401 - Case, imported lazily
    today = (clock or datetime.now().astimezone()).date()
    return judge(Facts.of(case, council(case.authority), today))


def _point(judgement: Judgement, point: Point) -> dict[str, Any]:
    from wizard.summary import wording

    answers = judgement.facts.answers
    return {
        "id": point.id,
        "level": str(point.level),
        "title": wording(point.title, answers),
        "todo": wording(point.todo, answers),
        "source": point.source,
        "page": point.page,
        "task": judgement.facts.page(point.page).task,
        "field": point.field,
        "override": point.override,
    }


def fill(options: argparse.Namespace) -> int:
    """Fill in blank answers of a referral's folder; what was typed stays, and somebody has to confirm the rest."""
    from wizard.fill import fill_folder

    today = (options.clock or datetime.now().astimezone()).date()
    found = fill_folder(options.dir, options.file, today, options.pupil, options.school)
    print(json.dumps(found.to_json(), ensure_ascii=False, indent=2) if options.json else "\n".join(found.lines()))
    return READY if found.filling else OPEN


def pack(options: argparse.Namespace) -> int:
    """Build the PDF pack."""
    from wizard import export, folder
    from wizard.blacked_out import to_look_at
    from wizard.handoff.password import read_password_file
    from wizard.store.folder import write_atomically

    kept = folder.read(options.dir, _passwords(options))
    clock = options.clock or datetime.now().astimezone()
    judgement = _judge(kept.case, clock)
    order = export.Order(
        judgement,
        kept.document,
        clock,
        identity=_identity(options, judgement, clock) if options.sign and not options.draft else None,
        password=read_password_file(options.password_file) if options.password_file else "",
        draft=options.draft,
        original=kept.original,
    )
    for sentence in to_look_at(judgement.facts.case.evidence):
        print(sentence, file=sys.stderr)
    made = export.make_pack(order)
    if not options.draft:
        export.check_size(judgement, made)
    limit = _size(options.max_size) if options.max_size else None
    if limit is not None and len(made.pdf) > limit:
        raise UnusableInput(
            f"The pack has {len(made.pdf) / 1e6:.1f} MB, more than the {options.max_size} that were allowed.",
            "Leave out pages of evidence that the council does not need, or allow more.",
        )
    write_atomically(options.out, made.pdf)
    for sentence in made.look_at:
        print(sentence, file=sys.stderr)
    _warn(judgement)
    words = {"pages": made.pages, "bytes": len(made.pdf), "sealed": made.sealed, "encrypted": made.encrypted}
    if options.json:
        print(json.dumps(words))
    else:
        print(f"{made.pages} pages, {len(made.pdf) / 1e6:.1f} MB{', sealed' if made.sealed else ''}.")
    return READY


def _warn(judgement: Judgement) -> None:
    """Say on standard error which papers may well be about another child."""
    from wizard.guard import doubts

    for doubt in doubts(judgement.facts):
        if doubt.strong:
            print(f"Look at document {doubt.number} before you send the pack: {doubt.words}", file=sys.stderr)


def _identity(options: argparse.Namespace, judgement: Judgement, now: datetime) -> Any:  # noqa: ANN401 - lazy import
    from wizard.export import seal_identity

    _, school = judgement.facts.sender
    home = _home(options)
    try:
        vault = _vault(options)
    except NoKeyring:
        vault = None
    return seal_identity(home, vault, school, now)


def _size(text: str) -> int:
    match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*(KB|MB|GB)?", text.strip(), re.IGNORECASE)
    if not match:
        raise UnusableInput("--max-size is a size such as 10MB.")
    return int(float(match[1]) * {"": 1, "KB": 1e3, "MB": 1e6, "GB": 1e9}[(match[2] or "").upper()])


def letter(options: argparse.Namespace) -> int:
    """Write one of the letters that a referral calls for, as a PDF."""
    from wizard import folder
    from wizard.letters import offered, write
    from wizard.pack.letter import letter_pdf
    from wizard.store.folder import write_atomically

    clock = options.clock or datetime.now().astimezone()
    judgement = _judge(folder.read(options.dir, _passwords(options)).case, clock)
    found = {document.id: document for document in offered(judgement)}
    if options.id is None:
        print("\n".join(f"{id:5}  {document.title}" for id, document in found.items()))
        return READY
    if options.id not in found:
        raise UnusableInput("This referral calls for no such letter.", f"Letters: {', '.join(found) or 'none'}.")
    if options.out is None:
        raise UnusableInput("Where to?", "Name a file with --out FILE.")
    write_atomically(options.out, letter_pdf(write(judgement, found[options.id]), clock))
    return READY


def verify(options: argparse.Namespace) -> int:
    """Say whether a pack is whole and by whom it was sealed."""
    from wizard.evidence.confined import worker
    from wizard.handoff.password import read_password_file
    from wizard.signing.verify import Verification

    password = read_password_file(options.password_file) if options.password_file else None
    try:
        answer, _ = worker.run("verify", _bytes(options.file), {"password": password})
    except EvidenceRefused:
        raise UnusableInput("The file is too damaged to be checked.", "Ask the sender for it again.") from None
    found = Verification.from_json(answer)
    print(found.to_json() if options.json else "\n".join(found.sentences))
    return READY if found.sealed and found.intact and found.complete else OPEN


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        raise UnusableInput("The file cannot be read.", "Check its name and place.") from None


def inspect(options: argparse.Namespace) -> int:
    """Say what evidence intake makes of files, and of those in folders, one JSON object a line.

    What cannot be read at all is said on standard error, and the rest goes on.
    """
    from wizard.evidence.confined.worker import batch
    from wizard.evidence.folders import found
    from wizard.evidence.offered import inspect_line

    passwords, offered, status = _passwords(options), found(options.files), READY

    def told(file: Path) -> dict[str, Any] | UnusableInput:
        try:
            return inspect_line(file, passwords)
        except UnusableInput as error:
            return error

    for file, line in zip(offered.files, batch(told, offered.files), strict=True):
        if isinstance(line, UnusableInput):
            print(f"{file}: {line}", file=sys.stderr)
            status = UNUSABLE
        else:
            print(json.dumps(line, ensure_ascii=False), flush=True)
    for name in offered.left_out:
        print(f"{name} is a hidden or system file and no document, so it was left out.", file=sys.stderr)
    return status


def _passwords(options: argparse.Namespace) -> tuple[str, ...]:
    """The passwords of evidence that needs one."""
    from wizard.handoff.password import read_passwords

    return read_passwords(options.evidence_password_file) if options.evidence_password_file else ()


def schema(_: argparse.Namespace) -> int:
    """Print the JSON Schema of referral.json."""
    from wizard.schema import referral_schema

    councils = map(council, installed())
    print(json.dumps(referral_schema(councils), ensure_ascii=False, indent=2))
    return READY


def import_(options: argparse.Namespace) -> int:
    """Keep a referral's folder in the store; prints its reference."""
    from wizard import folder
    from wizard.referral import keep, new_file

    kept = folder.read(options.dir, _passwords(options))
    fill = partial(keep, case=kept.case, original=kept.original, prepared=kept.document)
    with new_file(_store(options), fill, kept.case.reference or None) as file:
        print(file.reference)
    return READY


def export(options: argparse.Namespace) -> int:
    """Write a kept referral as a folder; what is blacked out stays here unless it is asked for."""
    from wizard import folder
    from wizard.copies import copies
    from wizard.referral import OpenReferral

    with _store(options).open(options.reference) as file:
        referral = OpenReferral(file)
        case, given, copied = referral.case, None, 0
        if not options.with_unredacted:
            case, given, copied = copies(case, referral.original, referral.document)
        folder.write(options.out, case, given or referral.original)
    if copied:
        documents = "1 document is" if copied == 1 else f"{copied} documents are"
        print(f"{documents} there as a copy in which something is blacked out; signatures do not hold for the folder.")
        print("The originals stay in the referral. With --with-unredacted they are written instead.")
    elif any(fact.treatment.redacts for fact in case.evidence):
        print("The folder holds originals that show what is blacked out in the pack. Do not hand it over.")
    return READY


def bench(options: argparse.Namespace) -> int:
    """Run the benchmarks."""
    from wizard import bench as benchmarks

    return benchmarks.run(options.names)


def _home(options: argparse.Namespace) -> Path:
    from wizard.store.folder import home_folder, private_folder

    return private_folder(options.home) if options.home else home_folder()


def _vault(options: argparse.Namespace) -> Any:  # noqa: ANN401 - lazy import
    from wizard.handoff.password import read_password_file
    from wizard.store.keys import Vault

    passphrase = read_password_file(options.passphrase_file) if options.passphrase_file else None
    return Vault.open(_home(options), passphrase)


def _store(options: argparse.Namespace) -> Any:  # noqa: ANN401 - lazy import
    from wizard.store.referral_store import ReferralStore

    return ReferralStore(_home(options), _vault(options))


COMMANDS: Final[dict[str, Callable[[argparse.Namespace], int]]] = {
    "sample": sample,
    "import": import_,
    "export": export,
    "check": check,
    "fill": fill,
    "pack": pack,
    "letter": letter,
    "verify": verify,
    "inspect": inspect,
    "schema": schema,
    "move": move,
    "authority": authority,
    "bench": bench,
}
"""Names of the commands to what they do."""
