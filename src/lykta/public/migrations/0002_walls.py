from django.db import migrations

from lykta.core.walls import BY_STAFF, Gate, walled


class Migration(migrations.Migration):
    dependencies = [("public", "0001_initial"), ("core", "0001_who_acts")]
    operations = [
        walled(
            "public_pagetext",
            [
                Gate("lykta_staff", "SELECT", BY_STAFF),
                *[Gate("lykta_worker", command, BY_STAFF) for command in ("SELECT", "INSERT", "DELETE")],
            ],
        ),
    ]
