"""What the staff pages call the parts of the catalogue, in Swedish. One word for one thing, here and nowhere else."""

from datetime import date

from lykta.catalogue.enums import (
    Audience,
    Decision,
    Distance,
    Fact,
    Gender,
    Keeping,
    Kind,
    Outcome,
    PhoneStatus,
    SelfReferral,
    Verdict,
    Who,
)
from lykta.core.words import said_day

FACTS = {
    Fact.WHO: "vem det gäller",
    Fact.AGE: "ålder",
    Fact.GENDER: "kön",
    Fact.DISTANCE: "avstånd till Östersund",
    Fact.HONOUR: "heder",
    Fact.DECISION: "beslut",
    Fact.MUNICIPALITY_CANNOT: "om hemkommunen inte kan",
    Fact.TALKS_USED: "använda samtal",
}
WHOS = {
    Who.EXPOSED: "våldsutsatt",
    Who.CHILD: "barn som upplevt våld",
    Who.RELATIVE: "anhörig",
    Who.USING_VIOLENCE: "använder våld",
    Who.BUYS_SEX: "köper sex eller använder pornografi",
    Who.IMPORTANT_ADULT: "viktig vuxen för ett barn",
    Who.PARTNER_IN_TREATMENT: "har en partner i behandling",
    Who.PROFESSIONAL: "yrkesverksam",
    Who.VOLUNTEER: "ideellt engagerad",
}
GENDERS = {Gender.WOMAN: "kvinna", Gender.MAN: "man", Gender.OTHER: "annat kön"}
DISTANCES = {
    Distance.NEAR: "mindre än tre mil",
    Distance.UNCLEAR: "ungefär tre mil",
    Distance.FAR: "mer än tre mil",
}
TRUTH = {"true": "ja", "false": "nej"}
UNKNOWN = "inte berättat"
VALUES: dict[Fact, dict[str, str]] = {
    Fact.WHO: {str(k): v for k, v in WHOS.items()},
    Fact.GENDER: {str(k): v for k, v in GENDERS.items()},
    Fact.DISTANCE: {str(k): v for k, v in DISTANCES.items()},
    Fact.HONOUR: TRUTH,
    Fact.DECISION: TRUTH,
    Fact.MUNICIPALITY_CANNOT: TRUTH,
}
KINDS = {
    Kind.SCOPE: "för vem tjänsten är",
    Kind.SOFT: "mjuk: vi frågar, vi säger aldrig nej",
    Kind.HARD: "hård: så säger lagen",
}
OUTCOMES = {Outcome.FITS: "passar", Outcome.ASK: "fråga oss", Outcome.NOT: "passar inte"}
AUDIENCES = {Audience.CONCERNED: "för den det gäller", Audience.PROFESSIONAL: "för yrkesverksamma"}
DECISIONS = {
    Decision.NONE: "behövs inte",
    Decision.REQUIRED: "behövs",
    Decision.OPTIONAL: "behövs inte men kan fattas",
}
SELF_REFERRALS = {
    SelfReferral.DIRECT: "ja, direkt",
    SelfReferral.ADULTS: "ja, för vuxna",
    SelfReferral.VIA_CHILD: "genom barnets tjänst",
    SelfReferral.OFFERED: "centrumet erbjuder",
    SelfReferral.MEMBERS: "för den som hör till nätverket",
    SelfReferral.NONE: "nej, bara genom socialtjänsten",
}
VERDICTS = {
    Verdict.OPEN: "öppet",
    Verdict.DECISION: "efter beslut",
    Verdict.EITHER: "med eller utan beslut",
    Verdict.ASK: "fråga oss",
    Verdict.NO: "passar inte",
    Verdict.ENDED: "pågår inte",
}
STATUSES = {
    PhoneStatus.CONFIRMED: "bekräftat",
    PhoneStatus.DATED: "bekräftat, men källan är gammal",
    PhoneStatus.FROM_SD: "ur centrumets egen beskrivning",
    PhoneStatus.UNCONFIRMED: "inte bekräftat, visas aldrig",
}
KEEPING = {
    Keeping.ADVICE_ONLY: "bara råd: en siffra, inget om personen",
    Keeping.NO_IDENTITY: "utan identitet: ett kodord",
    Keeping.FULL_FILE: "personakt",
}
LIMITS = {
    "min_age": "lägsta ålder",
    "max_age": "högsta ålder",
    "adult_age": "räknas som vuxen från",
    "talks": "antal samtal",
    "days": "antal dagar",
    "distance_km": "avstånd i kilometer",
    "stay_months": "längsta vistelse i månader",
    "first_warning_days": "första påminnelsen, dagar före",
    "last_warning_days": "sista påminnelsen, dagar före",
    "flats": "antal lägenheter",
    "alarms_per_resident": "larm per boende",
    "phones_per_resident": "telefoner per boende",
    "start_hour": "börjar klockan",
    "end_hour": "slutar klockan",
    "iso_weekday": "veckodag (1 är måndag)",
    "meetings_a_year": "möten per år",
    "municipalities": "antal kommuner",
    "dialogue_keep_days": "dagar som en dialog sparas",
    "reply_keep_days": "dagar som ett svar väntar",
    "call_note_keep_days": "dagar som en notering till ett samtal sparas",
    "call_keep_days": "dagar som ett fört samtal sparas",
    "begin_first_warning_days": "beslut som inte har börjat: första påminnelsen, dagar efter beslutet",
    "begin_last_warning_days": "beslut som inte har börjat: sista påminnelsen, dagar efter beslutet",
    "begin_months": "beslut ska ha börjat inom, månader",
}
SECTIONS = {
    "who": "vem",
    "come": "hur man kommer",
    "decision": "beslut",
    "cost": "kostnad",
    "place": "plats",
    "form": "form",
    "limits": "gränser",
    "first": "så börjar det",
}
LANGUAGES = {"sv": "svenska", "en": "engelska"}


def limit(name: str) -> str:
    """What a limit is called; its own name where we have none."""
    return LIMITS.get(name, name.replace("_", " "))


def language(code: str) -> str:
    """What a language is called; its code where we have no word."""
    return LANGUAGES.get(code, code)


def swedish_day(value: date | str | None) -> str:
    """`1 januari 2027`; "" for none."""
    return said_day("sv", str(value)) if value else ""


def period(start: date | str | None, end: date | str | None) -> str:
    """`från 1 januari 2023 till 1 januari 2028`; `utan slut` where neither is told. The last day does not belong."""
    told = [f"från {swedish_day(start)}"] if start else []
    told += [f"till {swedish_day(end)}"] if end else []
    return " ".join(told) or "utan slut"
