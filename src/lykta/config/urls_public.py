"""The public door: what is not answered from memory."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("lykta.public.urls")),
    path("", include("lykta.contact.urls_public")),
]
