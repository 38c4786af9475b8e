"""What a file plans, and whom it tells of: entries with their versions; and the team's tasks with their days."""

from django.db import models

from lykta.cases.models.file import File
from lykta.cases.models.words import Words


class Entry(Words):
    """One wording of one thing the file tells of. The one with the highest version holds; earlier ones stay.

    What kind of thing it is stands among the sealed words: that somebody has children is nobody's to count.
    """

    file = models.ForeignKey(File, models.DO_NOTHING, related_name="entries")
    thing = models.UUIDField()
    version = models.PositiveIntegerField()

    class Meta:
        db_table = "cases_entry"
        indexes = [models.Index(fields=["file"], name="cases_entry_of_file")]
        constraints = [models.UniqueConstraint(fields=["file", "thing", "version"], name="one_entry_per_version")]

    def __str__(self) -> str:
        return f"entry {self.version}"


class Task(Words):
    """Something a member of the team shall do. Whose it is and the days are plain, so that it stands on her desk."""

    file = models.ForeignKey(File, models.DO_NOTHING, related_name="tasks")
    owner = models.UUIDField()
    due_on = models.DateField()
    done_on = models.DateField(null=True)
    done_by = models.UUIDField(null=True)

    class Meta:
        db_table = "cases_task"
        indexes = [
            models.Index(fields=["file"], name="cases_task_of_file"),
            models.Index(fields=["owner", "due_on"], condition=models.Q(done_on=None), name="cases_task_open_of"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(done_on=None, done_by=None) | models.Q(done_on__isnull=False, done_by__isnull=False),
                name="task_done_has_day_and_name",
            ),
        ]

    def __str__(self) -> str:
        return f"task of {self.owner} on {self.due_on}"
