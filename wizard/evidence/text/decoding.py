"""Text from bytes of which nothing says how they are to be read; in the child process."""

from typing import Final

HEAD: Final = 4096
"""Bytes from which it is told."""


def decode(data: bytes) -> str:
    """Text from bytes: by byte-order mark, else UTF-16 told by its zeros, else UTF-8, else Windows-1252."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    sample = data[:HEAD]
    for encoding, zeros in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[::2])):
        if len(zeros) > 1 and zeros.count(0) * 3 > len(zeros) * 2:
            return data.decode(encoding, "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
