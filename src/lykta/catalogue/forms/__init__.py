"""What an editor types about each kind of row: fields out of what a row says, and what it says out of the fields."""

from lykta.catalogue.forms.base import RowForm
from lykta.catalogue.forms.rows import DistanceForm, LimitForm, LocalityForm, ModeForm, MunicipalityForm, PhoneForm
from lykta.catalogue.forms.rule import RuleForm
from lykta.catalogue.forms.service import BasicsForm, TextsForm, WordsForm

ROW_FORMS: dict[str, type[RowForm]] = {
    "rules": RuleForm,
    "limits": LimitForm,
    "house_limits": LimitForm,
    "modes": ModeForm,
    "phones": PhoneForm,
    "municipalities": MunicipalityForm,
    "localities": LocalityForm,
}
"""The form of each kind of row that is edited whole."""

PART_FORMS: dict[str, type[RowForm]] = {
    "grund": BasicsForm,
    "texter": TextsForm,
    "ord": WordsForm,
    "avstand": DistanceForm,
}
"""Forms of a part of a row, by the last word of their address."""

__all__ = ["PART_FORMS", "ROW_FORMS", "RowForm"]
