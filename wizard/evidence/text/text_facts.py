"""Words that the readers of text files share."""


def many(number: int, one: str, several: str) -> str:
    """A number with what is counted, such as ``1 sheet`` or ``3 sheets``."""
    return f"1 {one}" if number == 1 else f"{number:,} {several}"
