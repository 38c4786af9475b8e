"""Which passwords may stand before the keys."""

import pytest

from lykta.people.passwords import password_fault

ABOUT = ("Gunnel Åkerström", "gunnel.akerstrom@centrum.example", "Centrum mot våld i Jämtland")


@pytest.mark.parametrize(
    ("password", "fault"),
    [
        ("elva tecken", "short"),
        ("tolv tecken!", None),
        ("q" * 12, "same"),
        ("abababababab", "same"),
        ("123456789012", "same"),
        ("210987654321", "same"),
        ("838291029481", "common"),  # figures alone, as an identity number
        ("Lösenord2026!", "common"),
        ("sommaren-2026", "common"),
        ("QWERTYuiop123", "common"),
        ("kvinnofridslinjen", "common"),
        ("GunnelAkerström1", "own"),
        ("akerstrom-2026", "own"),
        ("centrum mot våld", "common"),
        ("gunnels snöskor är blå", None),
        ("korrekt häst batteri", None),
        (" tolv tecken!", "blank"),
        ("tolv\x00tecken!", "blank"),
        ("o" * 100 + "abcdef" * 17, "long"),
        ("пароль из слов длинный", None),
    ],
)
def test_a_password_is_long_and_neither_common_nor_made_of_her_name(password: str, fault: str | None) -> None:
    assert password_fault(password, about=ABOUT) == fault
