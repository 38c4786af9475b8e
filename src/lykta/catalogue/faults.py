"""What is wrong with a catalogue, said in Swedish beside the field it is about. Pure."""

from collections.abc import Mapping

from lykta.catalogue import labels
from lykta.catalogue.reading import CatalogueError

type Spoken = tuple[str, str]
"""The field the sentence belongs to, "" for the whole form; and the sentence."""


def spoken(error: CatalogueError, *, kind: str, named: Mapping[str, str]) -> Spoken:
    """The fault as the editor of a row of this kind reads it. named: what rules and services are called, by id.

    A fault nobody has put words to is told with the place it stands in.
    """
    where = error.where.partition(":")[0]
    where = named.get(where, where)
    say = SENTENCES.get(error.fault)
    if say is None:
        return "", f"Så går utbudet inte ihop. Felet gäller {where or 'en annan rad'}: {error}"
    field, sentence = say
    told = {key: _word(key, value, named) for key, value in error.told.items()}
    if error.fault == "reference":
        told["thing"] = _thing(str(error.told["kind"]), str(error.told["name"]), named)
    sentence = sentence.format(where=where, **told)
    sentence = sentence[:1].upper() + sentence[1:]
    own = FIELDS.get(kind, frozenset())
    if field in own or not field:
        return field, sentence
    return ("value" if "value" in own else ""), sentence


FIELDS = {
    "rules": frozenset({"valid_to", "valid_from", "answers", "kind"}),
    "limits": frozenset({"valid_to", "valid_from", "value"}),
    "house_limits": frozenset({"valid_to", "valid_from", "value"}),
    "modes": frozenset({"valid_to", "valid_from"}),
    "phones": frozenset({"tel", "last_checked", "show"}),
    "services": frozenset({"valid_to", "valid_from"}),
    "head": frozenset({"near_to_km"}),
}
"""The fields a fault may be shown beside, by kind of row."""

SENTENCES: dict[str, Spoken] = {
    "days": ("valid_to", "Slutdagen ska komma efter startdagen. Den räknas inte med själv."),
    "overlap": (
        "valid_from",
        "En annan rad för {name} gäller redan samma dagar. Avsluta den först, eller välj dagar som inte möts.",
    ),
    "outside_years": ("valid_from", "De dagarna ligger utanför tjänstens år. Regeln skulle aldrig gälla."),
    "no_limit": (
        "answers",
        "{where} använder gränsen {name}, och den finns då inte. Ändra regeln först.",
    ),
    "not_whole": ("value", "Gränsen {name} används i en regel och ska vara ett helt tal."),
    "gap": (
        "valid_to",
        "{where} behöver gränsen {name} alla dagar, och någon dag saknas den. Ska värdet bytas en viss dag, "
        "använd ”Nytt från en dag”.",
    ),
    "crossed": ("answers", "I {where} finns inget tal från {low} till och med {high}. Den lägre gränsen är för hög."),
    "soft_not": (
        "kind",
        "En mjuk regel frågar och säger aldrig nej. Ändra svaret till ”fråga oss”, eller hur skarp regeln är.",
    ),
    "empty_answer": ("answers", "Ett svar i {where} säger inte när det gäller."),
    "say_missing": ("answers", "Ett svar i {where} saknar ord. Den som inte bara är välkommen får veta varför."),
    "unanswered": ("answers", "Det saknas svar för {value} i {where}. Varje möjlighet ska ha ett svar."),
    "twice_answered": ("answers", "{value} har två svar i {where}. Varje möjlighet ska ha ett enda svar."),
    "who_first": ("", "Regeln om vem det gäller måste finnas kvar. Den kan ändras men inte tas bort."),
    "twice": ("", "{name} finns redan."),
    "near_far": ("near_to_km", "Nära kan inte vara längre bort än långt."),
    "tel": ("tel", "Skriv bara siffror, med plus först för landsnummer, som +4663143000."),
    "checked": ("last_checked", "Skriv ett år, en månad eller en dag, som 2024 eller 2026-11-23."),
    "unconfirmed": ("show", "Ett nummer som inte är bekräftat får inte visas. Ändra läget först."),
    "reference": ("", "{thing} används i en text för {where} och måste finnas kvar. Ändra texten först."),
}


def _thing(kind: str, name: str, named: Mapping[str, str]) -> str:
    """What a text names: `Numret bris`, `Gränsen lägsta ålder`."""
    code, _, limit = name.rpartition(".")
    match kind:
        case "phone" | "hours":
            return f"{'Numret' if kind == 'phone' else 'Tiderna för numret'} {name}"
        case "limit" | "spelt":
            return f"Gränsen {labels.limit(limit)}{f' för {named.get(code, code)}' if code else ''}"
        case "service" | "weekday" | "years":
            what = {"service": "Tjänsten", "weekday": "Veckodagen för", "years": "Åren för"}[kind]
            return f"{what} {named.get(name, name)}"
        case "page":
            return f"Sidan {name}"
        case _:
            return f"{{{kind}:{name}}}"


def _word(key: str, value: object, named: Mapping[str, str]) -> str:
    text = str(value)
    if key == "value":
        return VALUES.get(text, text)
    if key == "name":
        return labels.LIMITS.get(text) or named.get(text) or VALUES.get(text, text.replace("_", " "))
    return named.get(text, text)


VALUES = {"unknown": labels.UNKNOWN, "documentation": "dokumentationen"} | {
    k: v for words in labels.VALUES.values() for k, v in words.items()
}
