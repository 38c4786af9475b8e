"""The menus: each item leads somewhere, and is shown to those whom its page lets in, and to nobody else."""

from uuid import UUID

import pytest
from django.urls import resolve

from lykta.access.enums import Role
from lykta.access.menu import HOUSE, MAIN, house_menu, main_menu
from lykta.access.rules import Actor, may

ITEMS = [*MAIN, *(item for _, items in HOUSE for item in items)]


@pytest.mark.parametrize("item", ITEMS, ids=lambda i: i.label)
def test_every_item_leads_to_a_page_with_the_same_lock(item):
    assert resolve(item.address).func.permission == item.permission


@pytest.mark.parametrize("role", Role)
def test_a_menu_holds_what_the_role_may_open_and_nothing_more(role):
    actor = Actor(UUID(int=1), UUID(int=2), "Maja", role, frozenset())
    shown = {*main_menu(actor), *(item for _, items in house_menu(actor) for item in items)}
    assert shown == {item for item in ITEMS if may(actor, item.permission)}
