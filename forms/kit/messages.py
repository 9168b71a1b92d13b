"""What a person reads when an answer is missing or doubtful: pydantic's error types in our sentences."""

from collections.abc import Mapping

OWN = "section19"
"""Prefix of the error types that ``types.py`` raises; their message is already our sentence."""

_SENTENCES: Mapping[str, str] = {
    "missing": "“{label}” is not answered yet.",
    "enum": "Choose one of the answers listed for “{label}”.",
    "literal_error": "Choose one of the answers listed for “{label}”.",
    "tuple_type": "“{label}” should be a list.",
    "too_short": "“{label}” needs at least one entry.",
    "too_long": "“{label}” has too many entries to be read. Keep those that matter.",
    "string_type": "“{label}” should be text.",
    "string_unicode": "“{label}” holds a character that cannot be read. Type it again.",
    "string_too_long": "“{label}” is too long. Shorten it, or attach it as evidence.",
    "string_too_short": "“{label}” is too short.",
    "string_sub_type": "“{label}” should be text.",
    "model_type": "An entry under “{label}” cannot be read. Remove it and add it again.",
    "model_attributes_type": "An entry under “{label}” cannot be read. Remove it and add it again.",
    "dict_type": "“{label}” cannot be read. Answer it again.",
    "extra_forbidden": "There is an answer here to a question that is not asked.",
    "union_tag_invalid": "“{label}” cannot be read. Answer it again.",
    "recursion_loop": "“{label}” cannot be read. Answer it again.",
}


def sentence(error_type: str, message: str, label: str) -> str:
    """Our words for an error.

    Args:
        error_type: pydantic's ``type``.
        message: pydantic's ``msg``, used only where one of our own answer types wrote it.
        label: the question, as it stands on the screen.
    """
    if error_type.startswith(OWN):
        return message
    return _SENTENCES.get(error_type, "“{label}” cannot be read. Answer it again.").replace("{label}", label)
