"""A report of concern as it is sent to the social board: a tagged paper, with nothing in it that must be kept back."""

from datetime import datetime

from lykta.cases.concern_rules import Report
from lykta.cases.grounds import ground_of
from lykta.core import clock
from lykta.core.paper import Paper, as_pdf

GROUND = "child_concern"
KEPT_BACK = (
    "Uppgiften kommer från någon som måste skyddas. Vem det är lämnas inte här (26 kap. 5 § offentlighets- och "
    "sekretesslagen). Ring den som anmäler."
)
PLACE_KEPT_BACK = (
    "Någon i anmälan lever med skyddade uppgifter. Adress och telefon lämnas inte här. Ring den som anmäler."
)


def report_pdf(report: Report, *, by: str, centre: str, at: datetime) -> bytes:
    """The report, signed with the name of whoever reports and dated."""
    ground = ground_of(GROUND)
    assert ground is not None
    paper = Paper(
        "Anmälan om oro för barn", centre, at, over="Sekretess (26 kap. 1 § offentlighets- och sekretesslagen)"
    )
    paper.rows(
        [
            ("Till", f"Socialnämnden, {report.municipality.strip()}"),
            ("Från", f"{by}, {report.title.strip()}, {centre}"),
            ("Telefon till den som anmäler", report.phone.strip()),
            ("Dag", at.astimezone(clock.STOCKHOLM).strftime("%Y-%m-%d")),
            ("Lag", ground.law),
            ("Hur bråttom det är", report.urgency.label),
        ]
    )
    parts = [
        ("Vilka barn det gäller", report.children),
        ("Var barnen finns nu", PLACE_KEPT_BACK if report.protected else report.whereabouts),
        ("Vad vi har sett och hört", report.seen),
        ("Vem uppgifterna kommer från", KEPT_BACK if report.source_protected else report.source),
        ("Vad barnen själva säger", report.view),
        ("Vet vårdnadshavarna om anmälan?", f"{report.guardians_know.label}. {report.why_not.strip()}"),
    ]
    for heading, words in parts:
        if words.strip():
            paper.heading(heading)
            paper.words(words)
    paper.heading("Det vi ber om")
    paper.words(
        "Bekräfta att anmälan har kommit fram. Berätta sedan för den som anmäler om en utredning har inletts, inte "
        "har inletts eller redan pågår (19 kap. 6 § socialtjänstlagen)."
    )
    return as_pdf(paper)
