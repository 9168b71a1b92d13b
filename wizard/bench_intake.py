"""The benchmark of evidence intake: two hundred documents of the made-up referrals, against the plain libraries.

The libraries do the same steps (sanitise, find the text, draw one thumbnail; of a picture: turn it upright, put it on
a page, draw one thumbnail) in two processes that check nothing, limit nothing and are never replaced.
"""

import compileall
import json
import statistics
import subprocess
import sys
import tempfile
import time
from itertools import cycle, islice
from pathlib import Path
from typing import Any, Final

from wizard import samples
from wizard.errors import UnusableInput
from wizard.evidence.confined.process import own_folder

FILES: Final = 200
TURNS: Final = 3
FIRST: Final = 20
LIMIT: Final = 1.5
MOST_GROWTH: Final = 20 << 20
"""Bytes that the program's peak may be higher after all files than after the first ones."""

_OURS: Final = """
import json, sys, time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from wizard.evidence.offer import prepare
from wizard.evidence.confined.worker import AT_ONCE
files, first = sorted(Path(sys.argv[1]).iterdir()), int(sys.argv[2])
def peak():
    if sys.platform == "win32":
        import psutil
        return psutil.Process().memory_info().peak_wset
    if sys.platform == "linux":  # where the peak of the other call is that of the process which started this one
        status = Path("/proc/self/status").read_text()
        return 1024 * next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))
    import resource
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
def take(part):
    with ThreadPoolExecutor(AT_ONCE) as threads:
        return [str(outcome) for outcome in threads.map(lambda file: prepare(file).outcome, part)]
began = time.perf_counter()
outcomes = take(files[:first])
early = peak()
outcomes += take(files[first:])
print(json.dumps({"seconds": time.perf_counter() - began, "early": early, "late": peak(), "outcomes": outcomes}))
"""

_PLAIN: Final = """
import io, sys
from pathlib import Path
import pikepdf, pypdfium2
from pikepdf.sanitize import Sanitizer
from PIL import Image, ImageOps
scrub = (Sanitizer().remove_javascript().remove_external_access().remove_attachments().remove_multimedia()
         .remove_private_app_data().remove_thumbnails())
def of_pdf(data):
    with pikepdf.open(io.BytesIO(data)) as pdf:
        scrub.apply(pdf).save(clean := io.BytesIO())
    document = pypdfium2.PdfDocument(clean.getvalue())
    for page in document:
        page.get_textpage().get_text_bounded()
    page = document[0]
    page.render(scale=200 / page.get_width()).to_pil().save(io.BytesIO(), "PNG")
def of_picture(data):
    upright = ImageOps.exif_transpose(Image.open(io.BytesIO(data))).convert("RGB")
    upright.thumbnail((1500, 2180))
    upright.save(io.BytesIO(), "PDF")
    upright.thumbnail((200, 400))
    upright.save(io.BytesIO(), "PNG")
for file in sorted(Path(sys.argv[1]).iterdir())[int(sys.argv[2])::2]:
    (of_pdf if file.suffix == ".pdf" else of_picture)(file.read_bytes())
"""


def intake() -> dict[str, object]:
    """The time to take in `FILES` documents against the plain libraries, in turns; and how the program's peak grows."""
    for package in ("wizard", "forms"):  # as they are when the program is installed, and as the libraries are
        compileall.compile_dir(own_folder() / package, quiet=2)
    ours: list[dict[str, Any]] = []
    plain: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        _fill(Path(folder))
        for _ in range(TURNS):
            ours.append(json.loads(_finished(_started(_OURS, folder, str(FIRST)))))
            began = time.perf_counter()
            for process in [_started(_PLAIN, folder, part) for part in "01"]:
                _finished(process)
            plain.append(time.perf_counter() - began)
    if {outcome for turn in ours for outcome in turn["outcomes"]} - {"included", "cleaned", "pictures"}:
        raise UnusableInput("A document of the benchmark was not taken in.")
    seconds = statistics.median(turn["seconds"] for turn in ours)
    growth = max(turn["late"] - turn["early"] for turn in ours)
    ratio = round(seconds / statistics.median(plain), 2)
    return {
        "bench": "intake",
        "ratio": ratio,
        "limit": LIMIT,
        "intake_seconds": round(seconds, 2),
        "plain_seconds": round(statistics.median(plain), 2),
        "files": FILES,
        "peak_mb": round(max(turn["late"] for turn in ours) / (1 << 20), 1),
        "peak_growth_mb": round(growth / (1 << 20), 1),
        "peak_growth_limit_mb": MOST_GROWTH >> 20,
        "over": ratio > LIMIT or growth > MOST_GROWTH,
    }


def _fill(folder: Path) -> None:
    """Two hundred files: the papers of every made-up referral, over and over."""
    papers = ((name, data) for sample in samples.names() for name, data in samples.papers(sample).items())
    for number, (name, data) in enumerate(islice(cycle(papers), FILES)):
        (folder / f"{number:03} {name}").write_bytes(data)


def _started(code: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", code, *arguments], stdout=subprocess.PIPE, text=True)


def _finished(process: subprocess.Popen[str]) -> str:
    with process:
        said, _ = process.communicate()
    if process.returncode:
        raise UnusableInput("A process of the benchmark failed.")
    return said
