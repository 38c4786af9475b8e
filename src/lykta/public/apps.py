"""Django's handle on the room."""

from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "lykta.public"
    label = "public"

    def ready(self) -> None:
        """Until something is published, words name the values that came with the program. The catalogue is told how
        to ask for pages and facts."""
        from lykta.catalogue.references import Outside, tell
        from lykta.core.voice import own_voice
        from lykta.public.queries import known_names, trial
        from lykta.public.values import voice_of_repository

        own_voice(voice_of_repository)
        tell(Outside(known_names, trial))
