"""Template tags of staff pages: addresses of assets, days and moments in Swedish words."""

from datetime import date, datetime

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from lykta.core import clock
from lykta.core.assets import address
from lykta.core.words import words

register = template.Library()
WEEKDAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")


@register.simple_tag
def asset(name: str) -> str:
    """Where a sheet or script of the staff pages is found. Raises KeyError for one that does not exist."""
    return address(name)


@register.simple_tag(takes_context=True)
def whose(context: template.Context) -> SafeString:
    """The hidden field that says whose form it is: should the screen lock, the text comes back to her alone.

    data-kept: the page holds something that is not sent yet, so that it comes along again though nobody touched it.
    """
    kept = mark_safe(" data-kept") if getattr(context.get("request"), "draft_taken", False) else ""
    return format_html('<input type="hidden" name="by" value="{}"{}>', context["actor"].member, kept)


@register.filter
def day(value: date) -> str:
    """`i dag`, `i går`, else weekday and date as `fredag 20 november`; the year where it is another."""
    today = clock.today()
    if (today - value).days in (0, 1):
        return "i går" if today > value else "i dag"
    return full_day(value) + (f" {value.year}" if value.year != today.year else "")


@register.filter
def full_day(value: date) -> str:
    """`måndag 23 november`."""
    return f"{WEEKDAYS[value.weekday()]} {value.day} {words('sv')['core']['months'][value.month - 1]}"


@register.filter
def weekday(value: date) -> str:
    """`mån`."""
    return WEEKDAYS[value.weekday()][:3]


@register.filter
def short_day(value: date) -> str:
    """`mån 23`, for a row of days in one week."""
    return f"{weekday(value)} {value.day}"


@register.filter
def moment(value: datetime) -> str:
    """`i dag 08:40`, in Swedish time."""
    local = value.astimezone(clock.STOCKHOLM)
    return f"{day(local.date())} {local:%H:%M}"


@register.filter("clock")
def hour_and_minute(value: datetime) -> str:
    """`08:40`, in Swedish time."""
    return f"{value.astimezone(clock.STOCKHOLM):%H:%M}"


@register.filter
def days(number: int | None) -> str:
    """How long something has waited: `i dag`, `1 dag`, `3 dagar`; a dash where nothing waits."""
    if number is None:
        return "–"
    return ("i dag", "1 dag")[number] if number < 2 else f"{number} dagar"


@register.filter
def grouped(number: int) -> str:
    """`1 203 450`, with spaces that do not break."""
    return f"{number:,}".replace(",", "\N{NO-BREAK SPACE}")


NUMBERS = ("ingen", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv")


@register.filter
def in_words(number: int) -> str:
    """`fem`; figures above twelve."""
    return NUMBERS[number] if number < len(NUMBERS) else str(number)
