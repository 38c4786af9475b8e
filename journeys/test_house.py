"""The house as a whole: what no single room can see."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import translation

from lykta.config.urls_staff import OPEN
from lykta.core.words import words
from lykta.retention.rules import Life, life_of

HOUSE = Path(__file__).parents[1]
SOURCE = HOUSE / "src" / "lykta"
ROOMS = sorted(p.name for p in SOURCE.iterdir() if (p / "__init__.py").exists())
OURS = [model for model in apps.get_models() if model.__module__.startswith("lykta.")]
NEVER = re.compile(r"\b(victims?|offenders?|perpetrators?|offer för|förövar\w*|gärningsm[aä]n\w*)\b", re.IGNORECASE)


def staff_views(patterns, prefix=""):
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from staff_views(pattern.url_patterns, prefix + str(pattern.pattern))
        elif isinstance(pattern, URLPattern) and (prefix + str(pattern.pattern)).startswith("personal/"):
            yield pattern


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_says_what_it_is_for_in_three_lines(room):
    text = ast.get_docstring(ast.parse((SOURCE / room / "__init__.py").read_text())) or ""
    assert text, f"{room} says nothing"
    assert "In Swedish" in text, f"{room} has no Swedish word"
    assert re.search(r"[Mm]ust never|no room may", text), f"{room} does not say what it must never know"


@pytest.mark.parametrize("model", OURS, ids=lambda m: m._meta.label)
def test_every_field_says_how_long_it_lives(model):
    classes = model.lives
    names = {field.name for field in model._meta.concrete_fields if field.column}
    assert set(classes) - {"*"} <= names
    assert all(isinstance(life_of(classes, name), Life) for name in names)


@pytest.mark.parametrize("pattern", list(staff_views(get_resolver().url_patterns)), ids=lambda p: p.name)
def test_no_staff_view_is_open_unless_it_says_why(pattern):
    guarded = getattr(pattern.callback, "permission", None)
    assert bool(guarded) != bool(OPEN.get(pattern.name)), f"{pattern.name} is neither guarded nor declared open"


def test_nothing_is_declared_open_that_is_not_there():
    assert set(OPEN) == {
        p.name for p in staff_views(get_resolver().url_patterns) if not hasattr(p.callback, "permission")
    }


def test_migrations_are_complete():
    with translation.override(None):  # labels in a language are no change of a table
        loader = MigrationLoader(None)
        detector = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps))
        changes = detector.changes(graph=loader.graph)
    assert {app for app in changes if apps.get_app_config(app).name.startswith("lykta.")} == set()


def leaves(node, path=()):
    if isinstance(node, dict):
        for key, value in node.items():
            yield from leaves(value, (*path, str(key)))
    elif isinstance(node, list):
        for at, value in enumerate(node):
            yield from leaves(value, (*path, str(at)))
    else:
        yield path, str(node)


def test_every_word_on_screen_is_in_both_languages():
    swedish, english = (dict(leaves(words(lang))) for lang in ("sv", "en"))
    assert set(swedish) == set(english)
    assert [path for path, text in english.items() if not text.strip()] == []
    for path, text in swedish.items():
        marks = sorted(re.findall(r"\{[\w:]+\}", text)), sorted(re.findall(r"\{[\w:]+\}", english[path]))
        assert marks[0] == marks[1], f"{'.'.join(path)}: other values in English"


@pytest.mark.parametrize("suffix", [".py", ".html", ".yaml", ".css", ".js", ".md"])
def test_words_we_do_not_use_stand_nowhere(suffix):
    files = [p for p in HOUSE.rglob(f"*{suffix}") if not {".venv", ".git", ".lykta"} & set(p.parts)]
    guilty = {p.name for p in files if NEVER.search(p.read_text(encoding="utf-8"))}
    assert guilty <= {Path(__file__).name, "test_data.py"}  # both look for the words


def test_no_page_is_left_that_nobody_shows():
    files = {str(p.relative_to(f)) for f in SOURCE.glob("*/templates") for p in f.rglob("*.html")}
    code = "\n".join(p.read_text() for p in (*SOURCE.rglob("*.py"), *SOURCE.rglob("*.html")))
    by_name = ("account/", "mfa/", "429.html", "contact/public/")  # allauth's, and screens named by their state
    assert [name for name in sorted(files) if f'"{name}"' not in code and not name.startswith(by_name)] == []
    screens = {Path(name).stem for name in files if name.startswith("contact/public/") and "/_" not in name}
    assert [name for name in sorted(screens) if f'"{name}"' not in code] == []


def test_no_function_has_outgrown_its_reader():
    long = []
    for path in SOURCE.rglob("*.py"):
        if "migrations" in path.parts or "tests" in path.parts:
            continue
        text = path.read_text()
        assert text.count("\n") <= 400, f"{path.name} has grown past its second subject"
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno > 60:
                long.append(f"{path.name}:{node.name}")
    assert long == []


def test_each_dependency_says_why_it_is_here():
    text = (HOUSE / "pyproject.toml").read_text()
    block = re.findall(r'^  "[^"]+",.*$', text.split("[tool.")[0], re.MULTILINE)
    assert len(block) > 10
    assert [line for line in block if "#" not in line] == []


def test_lock_files_name_no_host():
    for lock in HOUSE.glob("requirements*.lock"):
        assert "://" not in lock.read_text(), lock.name
        assert "--hash=sha256:" in lock.read_text()
