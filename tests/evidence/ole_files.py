"""OLE files (MS-CFB) written by hand, such as Outlook's messages: storages are dictionaries, streams are bytes."""

import struct
from collections.abc import Iterator, Mapping

Storage = Mapping[str, "bytes | Storage"]

SECTOR, SMALL, SMALL_UP_TO = 512, 64, 4096
END, FREE, FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
NONE = 0xFFFFFFFF


def ole(root: Storage) -> bytes:
    """The bytes of a file with these storages and streams."""
    entries = list(_entries(root))
    sectors, chains, small, small_chain = bytearray(), [], bytearray(), []

    def put(data: bytes) -> int:
        if not data:
            return END
        start, count = len(chains), -(-len(data) // SECTOR)
        chains.extend([*range(start + 1, start + count), END])
        sectors.extend(data.ljust(count * SECTOR, b"\0"))
        return start

    starts = []
    for _, _, data, _, _ in entries:
        if isinstance(data, bytes) and 0 < len(data) < SMALL_UP_TO:
            start, count = len(small_chain), -(-len(data) // SMALL)
            small_chain.extend([*range(start + 1, start + count), END])
            small.extend(data.ljust(count * SMALL, b"\0"))
            starts.append(start)
        else:
            starts.append(put(data) if isinstance(data, bytes) else 0)
    small_start = put(bytes(small))
    small_fat = put(struct.pack(f"<{len(small_chain)}I", *small_chain))
    table = _directory(entries, starts, small_start, len(small))
    directory = put(table)
    fats = next(count for count in range(1, 100) if len(chains) + count <= count * SECTOR // 4)
    first_fat = len(chains)
    chains.extend([FAT] * fats)
    fat = struct.pack(f"<{len(chains)}I", *chains).ljust(fats * SECTOR, b"\xff")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack(
        "<IIIIIIIII", 0, fats, directory, 0, SMALL_UP_TO, small_fat, -(-4 * len(small_chain) // SECTOR), END, 0
    )
    head += struct.pack("<109I", *range(first_fat, first_fat + fats), *[FREE] * (109 - fats))
    return head + bytes(sectors) + fat


def _entries(root: Storage) -> Iterator[tuple[int, str, "bytes | Storage", int, int]]:
    """Number, name, content, the next of its storage and the first within it, of each entry."""
    flat: list[tuple[str, bytes | Storage]] = [("Root Entry", root)]
    after: dict[int, int] = {}
    first: dict[int, int] = {}
    at = 0
    while at < len(flat):
        inner = flat[at][1]
        if isinstance(inner, Mapping):
            names = sorted(inner, key=lambda name: (len(name), name.upper()))
            for number, name in enumerate(names, len(flat)):
                after[number] = number + 1 if name != names[-1] else NONE
                flat.append((name, inner[name]))
            first[at] = len(flat) - len(names) if names else NONE
        at += 1
    for number, (name, content) in enumerate(flat):
        yield number, name, content, after.get(number, NONE), first.get(number, NONE)


def _directory(
    entries: list[tuple[int, str, "bytes | Storage", int, int]], starts: list[int], small_start: int, small: int
) -> bytes:
    table = bytearray()
    for (number, name, content, after, first), start in zip(entries, starts, strict=True):
        words = name.encode("utf-16-le")
        kind = 5 if number == 0 else 2 if isinstance(content, bytes) else 1
        size = small if number == 0 else len(content) if isinstance(content, bytes) else 0
        table += words.ljust(64, b"\0") + struct.pack("<HBBIII", len(words) + 2, kind, 1, NONE, after, first)
        table += bytes(36) + struct.pack("<IQ", small_start if number == 0 else start, size)
    return bytes(table)
