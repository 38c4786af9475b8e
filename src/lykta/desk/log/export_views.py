"""Taking part of the log out of the house as a file: a strong deed, with a reason that another reviewer reads."""

import csv
from io import StringIO

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lykta.access.doors import door
from lykta.access.enums import Permission
from lykta.access.rules import Actor
from lykta.audit.said import CHAINS
from lykta.core import clock
from lykta.desk.log import queries
from lykta.desk.log.actions import note_export
from lykta.desk.log.errors import TOLD, ReviewRefused
from lykta.desk.log.forms import ASKED, Ask
from lykta.people import drafts
from lykta.people.strong import strong

MOST_ROWS = 20_000
"""Rows in one file. More is asked for in parts, by days."""
HEADINGS = ("kedja", "rad", "dag", "klockslag", "vem", "vad", "vad det gäller", "varför", "texter")


@door(Permission.LOG_EXPORT)
@strong
def page(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What would be taken out, and the question why; sent, the file."""
    typed = request.POST if request.method == "POST" else drafts.take(request) or request.GET
    form = Ask({name: typed.get(name, "") for name in ASKED}, actor=actor, members=queries.members(actor))
    rows, words, trouble = 0, typed.get("words", ""), ""
    if form.is_valid():
        rows = min(queries.events(actor, form.asked)[: MOST_ROWS + 1].count(), MOST_ROWS + 1)
        if request.method == "POST" and 0 < rows <= MOST_ROWS and drafts.is_hers(request):
            try:
                return _file(actor, form, words)
            except ReviewRefused as refused:
                trouble = TOLD[refused.code] if refused.code != "words" else "Skriv varför loggen ska lämna huset."
    said = {
        "here": "house",
        "form": form,
        "fields": [(name, form.data[name]) for name in ASKED if form.data[name]],
        "asked": [(str(form.fields[name].label), shown) for name, shown in _asked(form) if shown],
        "rows": rows,
        "most": MOST_ROWS,
        "too_many": rows > MOST_ROWS,
        "words": words,
        "trouble": trouble,
    }
    return render(request, "desk/log/export.html", said)


def _asked(form: Ask) -> list[tuple[str, str]]:
    """The filter as it was chosen, each field with its words."""
    found = []
    for name in ASKED:
        value, choices = form.data[name], getattr(form.fields[name], "choices", ())
        flat = dict(c for one in choices for c in (one[1] if isinstance(one[1], list) else [one]))
        found.append((name, str(flat.get(value, value)) if value else ""))
    return found


def _file(actor: Actor, form: Ask, words: str) -> HttpResponse:
    """The rows as a table in text, oldest first; and its event, with how many they were."""
    found = list(queries.events(actor, form.asked)[:MOST_ROWS])[::-1]
    out = StringIO()
    table = csv.writer(out, delimiter=";", lineterminator="\r\n")
    table.writerow(HEADINGS)
    for line in queries.lines(actor, found):
        at = line.at.astimezone(clock.STOCKHOLM).strftime("%H:%M") if line.at else ""
        said = (line.who, line.deed, line.ref, line.why)
        table.writerow((CHAINS.get(line.chain, line.chain), line.seq, line.on, at, *map(_inert, said), line.count))
    note_export(by=actor, words=words, rows=len(found))
    answer = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="logg-{clock.today():%Y-%m-%d}.csv"'
    return answer


def _inert(text: str) -> str:
    """Text that no table program takes for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
