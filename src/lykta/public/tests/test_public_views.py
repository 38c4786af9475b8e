"""The answers that memory does not give."""

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import RequestFactory

from lykta.public.public_views import agencies, leave


def left(method: str) -> HttpResponse:
    request = getattr(RequestFactory(), method)("/lamna")
    request.COOKIES["visit"] = "x"
    return leave(request)


@pytest.mark.parametrize("method", ["post", "get"])
def test_leaving_leads_away_and_forgets(method: str) -> None:
    response = left(method)

    assert (response.status_code, response["Location"]) == (303, settings.LYKTA_EXIT_URL)
    assert response["Clear-Site-Data"] == '"cache", "cookies"'
    assert response["Referrer-Policy"] == "no-referrer"
    assert response.cookies["visit"]["max-age"] == 0


def test_leaving_keeps_what_makes_back_harmless() -> None:
    assert "storage" not in left("post")["Clear-Site-Data"]


def test_the_agencies_are_led_to_their_page() -> None:
    response = agencies(RequestFactory().get("/samverkan/"))

    assert (response.status_code, response["Location"]) == (303, "/for-dig-i-yrket/")
