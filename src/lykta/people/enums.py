"""What a number of the centre's own is for."""

from enum import StrEnum


class PhoneUse(StrEnum):
    """Names that stand in the database; what outsiders read beside the number stands with the public pages."""

    MAIN = "main"
    SUPPORT = "support"
    YOUNG = "young"
    TREATMENT = "treatment"
    PROFESSIONALS = "professionals"
    TEXTING = "texting"

    @property
    def label(self) -> str:
        """The Swedish words staff see."""
        return PHONE_LABELS[self]


PHONE_LABELS: dict[PhoneUse, str] = {
    PhoneUse.MAIN: "centrumets nummer",
    PhoneUse.SUPPORT: "stödsamtal",
    PhoneUse.YOUNG: "barn och unga",
    PhoneUse.TREATMENT: "den som använder våld",
    PhoneUse.PROFESSIONALS: "yrkesverksamma",
    PhoneUse.TEXTING: "sms",
}
"""What each use is called on staff pages."""
