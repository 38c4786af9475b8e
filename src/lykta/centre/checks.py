"""What is left to do before, and after, the centre opens to the public. Plain values in, sentences out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What a running process can know of its own installation.

    https: pages are reached over TLS. local: only this machine can reach us. readers: members who can open the contact
    ring, by whether they have signed in with a second factor. holders: ring -> how many can open it, where anybody can.
    own_factors: of who looks. oldest_check: the day longest ago that one of the numbers was rung.
    """

    https: bool
    local: bool
    readers: Mapping[str, bool]
    holders: Mapping[str, int]
    own_factors: int
    phones: int
    oldest_check: date | None
    open_days: int


@dataclass(frozen=True)
class Check:
    """One line. state: "stop" (not open before it is done), "todo" or "done". link: a staff page, or empty."""

    state: str
    title: str
    text: str
    link: str = ""
    link_text: str = ""


def checks(facts: Facts, *, on: date) -> list[Check]:
    """Everything worth a look, what stops the opening first, what is done last."""
    found = [
        _readers(facts.readers),
        _reached(facts),
        _own_factor(facts.own_factors),
        _holders(facts.holders),
        _phones(facts, on),
        _hours(facts.open_days),
        Check(
            "todo",
            "Läs igenom sidorna",
            "Sidorna följer med Lykta och är skrivna för ett centrum i Jämtland. Läs dem innan någon annan gör det.",
        ),
        Check(
            "todo",
            "Säkerhetskopior",
            "Se till att databasen och datakatalogen kopieras varje natt, till en annan plats, och att kopiorna är"
            " låsta. Så gör man står i deploy/.",
        ),
        Check(
            "todo",
            "Det som bara syns på servern",
            "Be den som sköter driften köra lykta doctor. Den säger i klartext vad som är fel eller osäkert.",
        ),
    ]
    return sorted(found, key=lambda one: ("stop", "todo", "done").index(one.state))


def may_open(found: Sequence[Check]) -> bool:
    """Whether nothing stops the opening."""
    return all(one.state != "stop" for one in found)


def _readers(readers: Mapping[str, bool]) -> Check:
    title = "Någon som läser"
    if any(readers.values()):
        ready = _and(name for name, signed_in in readers.items() if signed_in)
        return Check("done", title, f"{ready} har loggat in med båda faktorerna och kan läsa det som skrivs.")
    who = _and(readers) or "Någon med roll i kontaktrummet"
    return Check(
        "stop",
        title,
        f"{who} har inte loggat in än. Ingen kan läsa det som skrivs förrän det är gjort, med båda faktorerna.",
    )


def _reached(facts: Facts) -> Check:
    title = "Krypterad väg hit"
    if facts.https:
        return Check("done", title, "Sidorna nås bara krypterat.")
    if facts.local:
        return Check("todo", title, "Just nu nås Lykta bara från den här datorn. Ordna ett namn och https, se deploy/.")
    return Check("stop", title, "Andra datorer når Lykta utan kryptering. Sätt en proxy med https framför, se deploy/.")


def _own_factor(count: int) -> Check:
    title = "En till andra faktor åt dig"
    if count > 1:
        return Check("done", title, "Du har mer än en. Tappar du den ena kommer du in med den andra.")
    text = "Du har bara en, och reservkoder på papper. Lägg till en kodapp eller en nyckel till."
    return Check("todo", title, text, "/personal/konto/", "Lägg till en till")


def _holders(holders: Mapping[str, int]) -> Check:
    title = "Fler än en som kan öppna"
    alone = [name for name, count in holders.items() if count == 1]
    if not alone:
        return Check("done", title, "Varje nyckelring som används har minst två som kan öppna den.")
    text = "Släpp in fler innan ni behöver det, annars hjälper bara reservnyckeln."
    return Check("todo", title, f"Bara en person kan öppna {_and(alone)}. {text}")


def _phones(facts: Facts, on: date) -> Check:
    title, link = "Era egna nummer", ("/personal/centrum/#phones", "Skriv era nummer")
    if not facts.phones:
        return Check("todo", title, "Ni har inga egna nummer på webbplatsen än.", *link)
    if facts.oldest_check and (on - facts.oldest_check).days > 180:
        return Check("todo", title, "Något nummer är inte ringt på ett halvår. Ring det, och skriv dagen.", *link)
    return Check("done", title, "De är skrivna, och ringda under det senaste halvåret.")


def _hours(days: int) -> Check:
    title = "Öppettider"
    if days:
        return Check("done", title, "De står på webbplatsen när den är öppen.")
    return Check("todo", title, "Det står inte när ni har öppet.", "/personal/centrum/#hours", "Skriv tiderna")


def _and(names: Iterable[str]) -> str:
    *first, last = list(names) or [""]
    return f"{', '.join(first)} och {last}" if first else last
