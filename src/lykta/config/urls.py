"""All addresses of the doors this process serves. Each door's are in a file of its own."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, path

from lykta.config import ready, urls_agency, urls_public, urls_staff

DOORS = {"public": urls_public, "agency": urls_agency, "staff": urls_staff}

urlpatterns: list[URLPattern | URLResolver] = [path("readyz", ready.readyz, name="readyz")]
# The worker answers nobody, but what it sends may lead anywhere.
urlpatterns += [
    pattern
    for name, door in DOORS.items()
    if settings.LYKTA_DOOR in ("all", "worker", name)
    for pattern in door.urlpatterns
]
handler400 = "lykta.config.errors.bad_request"
handler403 = "lykta.config.errors.forbidden"
handler404 = "lykta.config.errors.not_found"
handler500 = "lykta.config.errors.broken"
