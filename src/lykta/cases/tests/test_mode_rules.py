"""How much may be documented: the whole table."""

import pytest

from lykta.cases.enums import Mode
from lykta.cases.mode_rules import May, may_keep
from lykta.catalogue.enums import Decision, Keeping

FULL, NO_IDENTITY = Mode.FULL, Mode.NO_IDENTITY
NONE, OPTIONAL, REQUIRED = Decision.NONE, Decision.OPTIONAL, Decision.REQUIRED


@pytest.mark.parametrize("decision", [None, *Decision])
@pytest.mark.parametrize("keeping", [None, *Keeping])
def test_a_full_file_may_be_kept_unless_the_board_says_advice_only(decision, keeping):
    wanted = May.NO if keeping == Keeping.ADVICE_ONLY else May.YES
    assert may_keep(FULL, decision=decision, keeping=keeping) == wanted


@pytest.mark.parametrize(
    ("decision", "keeping", "wanted"),
    [
        (NONE, Keeping.NO_IDENTITY, May.YES),
        (NONE, None, May.ASK),
        (NONE, Keeping.FULL_FILE, May.NO),
        (NONE, Keeping.ADVICE_ONLY, May.NO),
        (OPTIONAL, Keeping.NO_IDENTITY, May.ASK),  # with a decision it may not; nobody has said whether there is one
        (OPTIONAL, None, May.ASK),
        (OPTIONAL, Keeping.FULL_FILE, May.NO),
        (OPTIONAL, Keeping.ADVICE_ONLY, May.NO),
        (REQUIRED, Keeping.NO_IDENTITY, May.NO),  # SoL 14:5 is about services without assessment
        (REQUIRED, None, May.NO),
        (REQUIRED, Keeping.FULL_FILE, May.NO),
        (REQUIRED, Keeping.ADVICE_ONLY, May.NO),
        (None, Keeping.NO_IDENTITY, May.ASK),
        (None, None, May.ASK),
        (None, Keeping.FULL_FILE, May.NO),
        (None, Keeping.ADVICE_ONLY, May.NO),
    ],
)
def test_without_identity_only_where_the_board_has_decided_so_about_a_service_without_assessment(
    decision, keeping, wanted
):
    assert may_keep(NO_IDENTITY, decision=decision, keeping=keeping) == wanted
