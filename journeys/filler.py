"""Somebody who fills in every form she meets: what a page asks for is written, word by word, and sent."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from html.parser import HTMLParser

import httpx

WRITTEN = ("text", "search", "tel", "")
EXACT = ("number", "hour_from", "hour_until")
"""Fields that take no words: what stands in them is kept."""


@dataclass
class Form:
    """A form as a browser would send it. free: fields for words of one's own, in the page's order."""

    action: str
    method: str
    values: dict[str, list[str]] = field(default_factory=dict)
    free: list[str] = field(default_factory=list)

    def filled(self, words: Iterator[str]) -> dict[str, list[str]]:
        """The form with a word in every free field that is empty, and one more behind what stands in the others."""
        said = {name: list(values) for name, values in self.values.items()}
        for name in self.free:
            said[name] = [" ".join([*said.get(name, []), next(words)]).strip()]
        return said


class Forms(HTMLParser):
    """Reads the forms of a page. Of a group of choices the chosen one is kept, or else the first taken."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[Form] = []
        self._inside: Form | None = None
        self._area = self._list = ""
        self.feed(page)

    def handle_starttag(self, tag: str, given: list[tuple[str, str | None]]) -> None:
        attrs = {name: value or "" for name, value in given}
        name, form = attrs.get("name", ""), self._inside
        if tag == "form":
            self._inside = Form(attrs.get("action", ""), attrs.get("method", "get"))
            self.found.append(self._inside)
        elif form and tag == "textarea":
            self._area = name
            form.free.append(name)
        elif form and tag == "select":
            self._list = name
        elif form and tag == "option" and self._list and ("selected" in attrs or self._list not in form.values):
            if attrs.get("value"):
                form.values[self._list] = [attrs["value"]]
        elif form and tag == "button" and name:
            form.values[name] = [attrs.get("value", "")]  # the last one sends; those before only show more
        elif form and tag == "input" and name and "disabled" not in attrs:
            self._input(form, name, attrs)

    def _input(self, form: Form, name: str, attrs: dict[str, str]) -> None:
        kind, value = attrs.get("type", ""), attrs.get("value", "")
        if kind == "radio" and ("checked" in attrs or name not in form.values):
            form.values[name] = [value]
        elif kind == "checkbox" and ("checked" in attrs or "required" in attrs):
            form.values.setdefault(name, []).append(value or "on")
        elif kind == "date":
            form.values[name] = [value or date.today().isoformat()]  # noqa: DTZ011  # the browser's own day
        elif kind in WRITTEN and name not in EXACT:
            form.free.append(name)
            form.values[name] = [value] if value else []
        elif kind not in ("radio", "checkbox"):
            form.values[name] = [value]

    def handle_data(self, data: str) -> None:
        if self._area and self._inside and data.strip():
            self._inside.values[self._area] = [data.strip()]

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = ""
        elif tag == "select":
            self._list = ""
        elif tag == "form":
            self._inside = None


def _text(member: httpx.Client, path: str) -> str:
    """What stands on a page; of a paper among the pages whatever letters there are."""
    return member.get(path).content.decode(errors="replace")


def fill(member: httpx.Client, path: str, words: Iterator[str]) -> int:
    """Send every form of a page that takes words. Gives how many were taken, that is led on by the house."""
    taken = 0
    for number, form in enumerate(Forms(_text(member, path)).found):
        if not form.free or form.method != "post" or form.action not in ("", path):
            continue
        now = Forms(_text(member, path)).found  # with the one-time ids and versions as they are by now
        if number >= len(now):  # a step that was taken has led on, and its form is gone
            break
        fresh = now[number]
        taken += member.post(path, data=fresh.filled(words)).status_code == 303
    return taken


def new_file(member: httpx.Client, words: Iterator[str]) -> str:
    """Open a personal file with a word in each of its fields. Gives its address."""
    path = "/personal/akter/ny/"
    form = next(form for form in Forms(member.get(path).text).found if form.free and form.action == "")
    answer = member.post(path, data=form.filled(words))
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def pages_of(member: httpx.Client, file: str) -> Iterator[tuple[str, str]]:
    """Address and text of every page one comes to from a file without leaving it."""
    seen: dict[str, str] = {}
    waiting = [file]
    while waiting:
        path = waiting.pop(0)
        if path in seen:
            continue
        seen[path] = _text(member, path)
        yield path, seen[path]
        waiting += re.findall(rf'href="({file}[^"#?]*)"', seen[path])


def fill_file(member: httpx.Client, file: str, words: Iterator[str]) -> int:
    """Fill in every form of every page of a file once. Gives how many forms the house took."""
    return sum(fill(member, path, words) for path, _ in list(pages_of(member, file)))
