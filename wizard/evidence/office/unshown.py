"""The reader of office files that nothing here can show: they are kept as files of the pack. In the child process."""

from wizard.errors import EvidenceRefused
from wizard.evidence.document import Read
from wizard.evidence.office import office_file
from wizard.evidence_fact import FOR_SCHOOL, Treatment


def read(data: bytes, kind: str, treatment: Treatment) -> Read:
    """Keep a file as it is.

    Raises:
        EvidenceRefused: it must not travel, or is damaged.
    """
    inside = office_file.look(data, kind)
    if not inside.along:
        raise EvidenceRefused(
            "It cannot be shown here, and holds macros, comments or changes that should not be sent unseen.",
            office_file.SAVE,
        )
    remedy = "Where LibreOffice is installed, it becomes pages; or save it as a PDF and add that."
    if inside.fetched:
        remedy = "Save it as a PDF and add that."
    notice = f"It cannot be shown here and goes along as a file.{FOR_SCHOOL}{remedy}"
    return Read(b"", (notice, *inside.notices(kept=True)))
