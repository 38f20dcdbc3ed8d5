"""The cures of reportlab change how fast it works and what it did wrong, and nothing else."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from reportlab.lib.rl_accel import fp_str
from reportlab.pdfgen import textobject

from assessment.output import defects

NUMBERS = st.one_of(st.floats(-2000, 2000), st.integers(-2000, 2000), st.booleans(), st.just(-0.0))


@given(st.lists(NUMBERS, min_size=1, max_size=6))
def test_remembered_numbers_are_written_as_reportlab_writes_them(numbers: list[float]) -> None:
    defects.cure()
    assert textobject.fp_str is not fp_str
    assert textobject.fp_str(*numbers) == textobject.fp_str(numbers) == fp_str(*numbers)
