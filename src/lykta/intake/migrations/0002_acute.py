from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("intake", "0001_initial")]
    operations = [
        migrations.AddIndex(
            "triage",
            models.Index(
                condition=models.Q(urgency="today"), fields=["centre_id", "taken_at"], name="intake_triage_acute"
            ),
        )
    ]
