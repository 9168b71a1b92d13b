"""The PDF pack: laid out, tagged, assembled."""

from wizard.pack.assemble import SEAL_FIELD, encrypt
from wizard.pack.book import Built, build
from wizard.typeset.plan import Place, Plan

__all__ = ["SEAL_FIELD", "Built", "Place", "Plan", "build", "encrypt"]
