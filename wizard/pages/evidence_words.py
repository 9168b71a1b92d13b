"""What the evidence page says of a document and of what is needed, in words. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from forms.kit.authority import Level
from forms.kit.calendar import spoken
from wizard.case import EvidenceFact
from wizard.evidence.kinds import KINDS
from wizard.validation.requirements import Finding, Judgement, State
