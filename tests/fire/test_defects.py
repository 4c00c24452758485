"""Every seeded defect still applies, makes a program that can be read, and names a test that is there."""

import ast
import re

import pytest

from tests.fire.defects import DEFECTS, ROOT, Defect, DoesNotApply, changed
from tests.fire.windows import WINDOWS

POINTS = {window.point.value for window in WINDOWS}


def test_there_are_enough_and_each_has_its_own_name() -> None:
    assert len({defect.name for defect in DEFECTS}) == len(DEFECTS) >= 12


@pytest.mark.parametrize("defect", DEFECTS, ids=[defect.name for defect in DEFECTS])
def test_a_defect_applies_to_the_program_as_it_is(defect: Defect) -> None:
    text = (ROOT / defect.file).read_text(encoding="utf-8")
    spoiled = changed(defect, text)
    assert spoiled != text
    ast.parse(spoiled)


@pytest.mark.parametrize("defect", DEFECTS, ids=[defect.name for defect in DEFECTS])
def test_a_defects_test_is_there(defect: Defect) -> None:
    file, _, rest = defect.test.partition("::")
    name, _, chosen = rest.partition("[")
    text = (ROOT / file).read_text(encoding="utf-8")
    assert re.search(rf"def {name}\(" if name else "def test_", text)
    assert not chosen or chosen.rstrip("]") in POINTS


def test_a_defect_that_does_not_apply_is_said_loudly() -> None:
    with pytest.raises(DoesNotApply):
        changed(DEFECTS[0], "another program")
    with pytest.raises(DoesNotApply):
        changed(DEFECTS[0], DEFECTS[0].right * 2)
