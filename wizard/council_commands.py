"""What ``section19 authority`` does: list, check, sign and trace councils' files."""

import argparse
import json
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from wizard.councils import council, installed, names, own, shipped
from wizard.councils.ages import doubts
from wizard.errors import UnusableInput

DONE, MISTAKES = 0, 1


def authority(options: argparse.Namespace) -> int:
    """Do what was asked about councils' files."""
    return WHAT[options.what](options)


def known(options: argparse.Namespace) -> int:
    """List the councils with a file, who signed it, and what in it is old; then the files that cannot be used."""
    today = _today(options)
    files = own()
    mine = {file.profile.id: file for file in files if file.profile is not None}
    for name in installed():
        profile = council(name)
        row = {
            "id": profile.id,
            "name": profile.name,
            "policy": profile.policy_title,
            "version": profile.version,
            "file": str(mine[name].path) if name in mine else "",
            "signature": str(mine[name].seal) if name in mine else "",
            "old": doubts(profile, today),
        }
        print(json.dumps(row, ensure_ascii=False) if options.json else _told(row))
    for file in files:
        if file.trouble:
            told = {"file": str(file.path), "trouble": file.trouble, "mistakes": [m.as_json() for m in file.mistakes]}
            print(json.dumps(told, ensure_ascii=False) if options.json else file.trouble)
    return DONE


def _told(row: dict[str, Any]) -> str:
    lines = [f"{row['id']:12} {row['name']}, {row['policy']} (file {row['version']})"]
    lines += [f"{'':12} {text}" for text in (row["file"], row["signature"], *row["old"]) if text]
    return "\n".join(lines)


def _today(options: argparse.Namespace) -> date:
    clock: datetime = options.clock or datetime.now().astimezone()
    return clock.date()


def check(options: argparse.Namespace) -> int:
    """Say every mistake of a council's files; without any, what in them should be looked up again."""
    from wizard.councils.in_home import known_keys, read, standing, worst
    from wizard.store.folder import home_path

    found = read(options.files)
    for mistake in found.mistakes:
        print(json.dumps(mistake.as_json(), ensure_ascii=False) if options.json else mistake)
    if found.profile is None:
        return MISTAKES
    known = known_keys(options.home or home_path())
    seal = str(worst([standing(path, known) for path in options.files]))
    old = doubts(found.profile, _today(options))
    if options.json:
        print(json.dumps({"signature": seal, "old": old}, ensure_ascii=False))
    else:
        print(f"No mistakes: {found.profile.name}, file {found.profile.version}.")
        print("\n".join((seal, *old)))
        if found.profile.id in shipped():
            print("The program brings a file for that council, and uses its own.")
    return DONE


def list_names(options: argparse.Namespace) -> int:
    """List the names that a council's file may use."""
    kinds = [options.kind] if options.kind else list(names.KINDS)
    if not set(kinds) <= set(names.KINDS):
        raise UnusableInput("There are no names of that kind.", f"Kinds: {', '.join(names.KINDS)}.")
    if options.json:
        print(json.dumps({kind: names.listing(kind) for kind in kinds}, ensure_ascii=False, indent=2))
        return DONE
    for kind in kinds:
        heading = [] if options.kind else [f"{kind.capitalize()}:"]
        print("\n".join([*heading, *names.listing(kind), *([] if options.kind else [""])]))
    return DONE


def keygen(options: argparse.Namespace) -> int:
    """Make a key to sign with, and its public half beside it."""
    from wizard.councils import signature
    from wizard.store.folder import write_atomically

    public = options.out.with_name(options.out.name + ".pub")
    if options.out.exists() or public.exists():
        raise UnusableInput("There is a key of that name already.", "Name another file, so that no key is lost.")
    private = signature.new_key()
    key = signature.public(private, options.name)
    write_atomically(options.out, private)
    write_atomically(public, key.to_text().encode())
    print(f"Keep {options.out.name} secret. Give {public.name} to schools. Fingerprint: {key.fingerprint}")
    return DONE


def sign(options: argparse.Namespace) -> int:
    """Sign a council's file; the signature lies beside it."""
    from wizard.councils import signature
    from wizard.councils.in_home import LARGEST
    from wizard.store.folder import write_atomically

    private, file = _bytes(options.key, LARGEST), _bytes(options.file, LARGEST)
    public = options.key.with_name(options.key.name + ".pub")
    name = signature.read_keys(_bytes(public, LARGEST))[0].name if public.is_file() else ""
    write_atomically(
        options.file.with_name(options.file.name + signature.ENDING), signature.signature(file, private, name)
    )
    print(f"Signed. Give {options.file.name} and {options.file.name}{signature.ENDING} together.")
    return DONE


def trust(options: argparse.Namespace) -> int:
    """Accept a public key: files signed with it count as known from now on."""
    from wizard.councils import signature
    from wizard.councils.in_home import KEYS, LARGEST
    from wizard.store.folder import home_path, private_folder, write_atomically

    keys = signature.read_keys(_bytes(options.file, LARGEST))
    if not keys:
        raise UnusableInput("There is no key in that file.", "Name the .pub file that the council gave.")
    kept = private_folder(options.home or home_path()) / KEYS
    before = signature.read_keys(_bytes(kept, LARGEST)) if kept.is_file() else ()
    whole = {key.key: key for key in (*before, *keys)}
    write_atomically(kept, "\n".join(key.to_text() for key in whole.values()).encode())
    for key in keys:
        print(f"Accepted: {key.name}. Fingerprint: {key.fingerprint}")
    return DONE


def _bytes(path: Path, largest: int) -> bytes:
    try:
        if path.stat().st_size > largest:
            raise UnusableInput(f"{path.name} is too large.", "Look whether it is the right file.")
        return path.read_bytes()
    except OSError:
        raise UnusableInput(f"{path.name} cannot be read.", "Check its name and place.") from None


def trace(options: argparse.Namespace) -> int:
    """Say where each row of a council's policy lives, and which tests show it."""
    from wizard.trace import marked_tests
    from wizard.trace import trace as traced

    if options.id not in installed():
        raise UnusableInput("There is no file for that council.", f"Councils with a file: {', '.join(installed())}.")
    for row in traced(council(options.id), marked_tests()):
        if options.json:
            print(json.dumps(row.as_json(), ensure_ascii=False))
            continue
        places = ", ".join(f"{place.kind} {place.name}" for place in row.places) or "nowhere"
        print(f"{row.row.id:5} {', '.join(row.row.verbs)}: {places}; {len(row.tests)} tests")
    return DONE


WHAT: Final[dict[str, Callable[[argparse.Namespace], int]]] = {
    "list": known,
    "check": check,
    "names": list_names,
    "keygen": keygen,
    "sign": sign,
    "trust": trust,
    "trace": trace,
}
