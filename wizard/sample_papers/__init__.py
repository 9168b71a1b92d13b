"""The papers of made-up referrals, drawn as schools receive them: letters, reports, registers, plans and pictures.

Words, names, dates and looks stand in a sample's own file, a table ``papers.<key>`` for each paper, with the ``file``
that it makes and its ``kind``. The same words make the same bytes on every run. Everybody in them is invented.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from wizard.sample_papers import letters, photo, plan, register, report, scans, screens
from wizard.sample_papers.layout import Words

_KINDS: Final[Mapping[str, Callable[[Words], bytes]]] = {
    "letter": letters.letter,
    "report": report.report,
    "certificate": register.certificate,
    "plan": plan.plan,
    "photo": photo.photo,
    "scan": scans.scan,
    "screenshot": screens.screenshot,
}


def papers(
    words: Mapping[str, Words], weeks: Sequence[tuple[date, Sequence[str]]], cycles: Sequence[Words]
) -> dict[str, bytes]:
    """All evidence files of a sample, by the names that schools give them.

    Args:
        words: the sample's tables ``papers``.
        weeks: the register, for a certificate: each week's Monday and its ten marks.
        cycles: the cycles of One Planning as answered, for a plan that has no sections of its own.
    """
    told: dict[str, Any] = {"weeks": weeks, "cycles": cycles}
    return {paper["file"]: _KINDS[paper["kind"]]({**told, **paper}) for paper in words.values()}
