"""The catalogue in the centre's database is the one in the files, and a faulty one changes nothing."""

from dataclasses import replace

import pytest
from django.conf import settings

from lykta.catalogue.actions import load_catalogue
from lykta.catalogue.layout import FILES, content_of, rows_of
from lykta.catalogue.models import Entry
from lykta.catalogue.queries import live_catalogue
from lykta.catalogue.reading import CatalogueError, read_file
from lykta.catalogue.source import REPOSITORY, read_catalogue
from lykta.core.doors import WORKER, door


@pytest.mark.parametrize("file", FILES)
def test_a_file_becomes_rows_and_the_rows_the_file_again(file):
    content = read_file(REPOSITORY / f"{file}.yaml").content()
    assert content_of(file, list(rows_of(file, content))) == content


def test_a_loaded_catalogue_answers_as_the_files_do(house):
    with door("worker", actor=WORKER):
        rows = load_catalogue(centre=settings.LYKTA_CENTRE)
        assert live_catalogue() == read_catalogue()
        assert Entry.objects.count() == rows


def test_loading_twice_leaves_one_catalogue(house):
    with door("worker", actor=WORKER):
        first = load_catalogue(centre=settings.LYKTA_CENTRE)
        assert load_catalogue(centre=settings.LYKTA_CENTRE) == first == Entry.objects.count()


def test_a_changed_rule_in_the_database_changes_the_verdicts_source(house):
    with door("worker", actor=WORKER):
        load_catalogue(centre=settings.LYKTA_CENTRE)
    with house.as_superuser() as boss:
        boss.execute(
            "UPDATE catalogue_entry SET body = jsonb_set(body, '{names,sv}', '\"Samtalsstöd\"') WHERE ref = 'ENSK'"
        )
    with door("worker", actor=WORKER):
        service = live_catalogue().service("ENSK")
    assert service == replace(read_catalogue().service("ENSK"), names={**service.names, "sv": "Samtalsstöd"})


def test_a_faulty_folder_changes_nothing(house, tmp_path):
    with door("worker", actor=WORKER):
        rows = load_catalogue(centre=settings.LYKTA_CENTRE)
    with pytest.raises(CatalogueError), door("worker", actor=WORKER):
        load_catalogue(centre=settings.LYKTA_CENTRE, folder=tmp_path)
    with door("worker", actor=WORKER):
        assert Entry.objects.count() == rows
