"""That a copy of a file was given to the person it is about: for whom, what was kept back by hand and why, sealed."""

from django.db import models

from lykta.cases.models.file import File
from lykta.cases.models.words import Words


class Extract(Words):
    """A copy that was made. The paper itself is never kept."""

    file = models.ForeignKey(File, models.DO_NOTHING, related_name="extracts")

    class Meta:
        db_table = "cases_extract"
        indexes = [models.Index(fields=["file", "at"], name="cases_extract_of_file")]

    def __str__(self) -> str:
        return f"copy of {self.file_id}"
