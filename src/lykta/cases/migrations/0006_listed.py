from django.db import migrations, models
from django.db.models.functions import Coalesce


class Migration(migrations.Migration):
    dependencies = [("cases", "0005_plan")]
    operations = [
        migrations.RemoveIndex("file", "cases_file_wall"),
        migrations.AddIndex(
            "file",
            models.Index(
                models.F("centre_id"),
                models.F("wall"),
                models.F("state"),
                Coalesce("last_note_on", "opened_on").desc(),
                models.F("id").desc(),
                name="cases_file_listed",
            ),
        ),
    ]
