"""Where lines break when text is shortened to fit."""

import pytest

from wizard.typeset.look import BODY
from wizard.typeset.typesetting import Typesetter, plain

PHONE = "07700\N{NO-BREAK SPACE}900321"


@pytest.mark.parametrize("width", [120, 180, 260, 400])
def test_what_a_no_break_space_holds_together_stays_on_one_line(width: float) -> None:
    typesetter = Typesetter()
    text = typesetter.clipped(f"Chanthou Chhim, mother,  {PHONE}", BODY, width, 9)
    read = ["".join(fragment.run.text for fragment in line.fragments) for line in typesetter.lines(text, width)]
    assert sum(PHONE in line for line in read) == 1
    assert " ".join(" ".join(read).split(" ")) == f"Chanthou Chhim, mother, {PHONE}"


@pytest.mark.parametrize("width", range(50, 150, 9))
def test_an_address_that_no_line_holds_is_cut_where_its_parts_meet(width: float) -> None:
    address = "chanthou.chhim@example-academy-trust.org.uk"
    lines = Typesetter().lines(plain(address, BODY), width)
    read = ["".join(fragment.run.text for fragment in line.fragments) for line in lines]
    assert "".join(read) == address
    assert all(line.width <= width for line in lines)
    assert not any(line.endswith("-") for line in read)
    assert read[0][-1] in ".@"
