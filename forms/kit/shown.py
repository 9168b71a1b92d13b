"""When a question is shown: ready-made answers to ``Ask.when``."""

from collections.abc import Callable

from forms.kit.ask import RawCard


def chosen(name: str, *values: str) -> Callable[[RawCard], bool]:
    """Show a question while another of its page or card has one of these answers."""
    return lambda raw: raw.get(name) in values


def not_chosen(name: str, *values: str) -> Callable[[RawCard], bool]:
    """Show a question unless another of its page or card has one of these answers."""
    return lambda raw: raw.get(name) not in values
