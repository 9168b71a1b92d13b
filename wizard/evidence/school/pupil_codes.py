"""Codes of the school census that a transfer file uses where we keep words, and the words that lists use for codes."""

from collections.abc import Mapping
from typing import Final

RELATIONSHIPS: Final[Mapping[str, str]] = {
    "PAM": "Mother", "PAF": "Father", "STM": "Stepmother", "STF": "Stepfather", "FOM": "Foster mother",
    "FOF": "Foster father", "CAR": "Carer", "REL": "Other relative", "FAM": "Other family member",
    "CHM": "Childminder", "OTH": "Other contact",
}  # fmt: skip
PROFESSIONALS: Final[Mapping[str, str]] = {
    "SWR": "social worker", "DOC": "doctor", "TCH": "teacher", "HTC": "headteacher", "RLG": "religious contact",
}  # fmt: skip
"""Contacts who are not adults of the family."""

LANGUAGES: Final[Mapping[str, str]] = {
    "ALB": "Albanian", "AMR": "Amharic", "ARA": "Arabic", "BNG": "Bengali", "BUL": "Bulgarian", "CHI": "Chinese",
    "CZE": "Czech", "FRN": "French", "GER": "German", "GRE": "Greek", "GUJ": "Gujarati", "HIN": "Hindi",
    "HGR": "Hungarian", "ITA": "Italian", "LIT": "Lithuanian", "LTV": "Latvian", "NEP": "Nepali", "PNJ": "Panjabi",
    "POL": "Polish", "POR": "Portuguese", "PRS": "Persian", "PSH": "Pashto", "RMN": "Romanian", "RUS": "Russian",
    "SLO": "Slovak", "SOM": "Somali", "SPA": "Spanish", "SWA": "Swahili", "TAM": "Tamil", "TGR": "Tigrinya",
    "TUR": "Turkish", "UKR": "Ukrainian", "URD": "Urdu", "VIE": "Vietnamese", "YOR": "Yoruba",
    "BSL": "British Sign Language",
}  # fmt: skip
"""The commoner languages; others are shown by their code."""

ENGLISH: Final = frozenset({"ENG", "ENB", "ENGLISH", "BELIEVED ENGLISH"})
NO_LANGUAGE: Final = frozenset({"", "OTB", "OTH", "NOT", "REF", "REFUSED", "NOT OBTAINED"})

COUNCILS: Final[Mapping[str, str]] = {
    "881": "Essex", "882": "Southend-on-Sea", "883": "Thurrock", "838": "Dorset",
    "839": "Bournemouth, Christchurch and Poole",
}  # fmt: skip
"""Councils by the department's number, as far as our schools' neighbours go."""

STAGES: Final[Mapping[str, str]] = {
    "N": "none", "K": "support", "E": "ehcp", "NONE": "none", "NO SEN": "none", "NO": "none",
    "NO SPECIAL EDUCATIONAL NEED": "none", "SEN SUPPORT": "support", "SUPPORT": "support", "EHCP": "ehcp",
    "EHC PLAN": "ehcp", "EDUCATION HEALTH AND CARE PLAN": "ehcp",
}  # fmt: skip
"""Stages of SEN support to ``forms.route.Sen``."""

NEEDS: Final[Mapping[str, str]] = {
    "SPECIFIC LEARNING DIFFICULTY": "SPLD", "MODERATE LEARNING DIFFICULTY": "MLD", "SEVERE LEARNING DIFFICULTY": "SLD",
    "SOCIAL EMOTIONAL AND MENTAL HEALTH": "SEMH", "SPEECH LANGUAGE AND COMMUNICATION NEEDS": "SLCN",
    "HEARING IMPAIRMENT": "HI", "VISION IMPAIRMENT": "VI", "VISUAL IMPAIRMENT": "VI",
    "MULTI SENSORY IMPAIRMENT": "MSI", "PHYSICAL DISABILITY": "PD", "AUTISTIC SPECTRUM DISORDER": "ASD",
    "AUTISM": "ASD", "DOWN SYNDROME": "DS",
}  # fmt: skip
"""Words for types of need to their codes."""

YEARS: Final[Mapping[str, str]] = {"R": "0", "RECEPTION": "0"} | {str(year): str(year) for year in range(14)}
"""Years of the national curriculum to ``forms.pupil.YearGroup``."""
