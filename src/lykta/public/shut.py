"""What the public side says before the centre is open: one calm page in every language, whatever is asked for.

It is published as any other site is, and says of itself that it is shut. So every process knows without asking the
database that nothing else of the public side may be answered: nobody can write where nobody reads.
"""

from dataclasses import replace

from django.template.loader import render_to_string

from lykta.catalogue.rules import Catalogue
from lykta.core.frame import frame
from lykta.core.languages import Language, languages
from lykta.core.policy import leaving_headers, page_headers, quiet_headers
from lykta.core.words import words
from lykta.public.publish import small_script, tighter
from lykta.public.rendered import Rendered, Site


def shut_site(catalogue: Catalogue, *, exit_url: str) -> Site:
    """The page in every language, for the first address and for every other one."""
    pages = {row: _page(row, catalogue, exit_url=exit_url) for row in languages()}
    script = {"Content-Type": "text/javascript; charset=utf-8", "Vary": "Accept-Encoding", **quiet_headers()}
    plain = {**script, "Content-Type": "text/plain; charset=utf-8"}
    answers = {f"{row.prefix}/": page for row, page in pages.items()}
    answers["/lamna"] = Rendered(status=303, headers=leaving_headers(exit_url))
    answers["/lykta.js"] = Rendered(status=200, headers=script, body=small_script())
    answers["/robots.txt"] = Rendered(status=200, headers=plain, body=b"User-agent: *\nDisallow: /\n")
    missing = {row.prefix.strip("/"): replace(page, status=404) for row, page in pages.items()}
    return Site(answers=answers, missing=missing, shut=True)


def _page(row: Language, catalogue: Catalogue, *, exit_url: str) -> Rendered:
    framed = frame(
        lang=row.code,
        title=words(row.code)["core"]["brand"],
        exit_url=exit_url,
        phones={one.id: one for one in catalogue.phones},
        paths={one.code: f"{one.prefix}/" for one in languages()},
    )
    html = tighter(render_to_string("public/shut.html", {"f": replace(framed, links=())}))
    headers = page_headers(lang=row.code, style=framed.sheet.source, exit_url=exit_url)
    return Rendered(status=200, headers=headers | {"Vary": "Accept-Encoding"}, body=html.encode())
