"""Django's handle on the room."""

from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "lykta.public"
    label = "public"

    def ready(self) -> None:
        """Until something is published, words name the values that came with the program."""
        from lykta.core.voice import own_voice
        from lykta.public.values import voice_of_repository

        own_voice(voice_of_repository)
