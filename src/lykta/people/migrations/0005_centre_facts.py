import uuid
from datetime import date

from django.db import migrations, models

from lykta.core.walls import BY_STAFF, Gate, gated, walled

# A wrong number or hour sends somebody astray, so a page's permission is not enough here: who changes the centre's
# facts must hold the house's ring, which those have who let members in.
HOUSE = f"{BY_STAFF} AND lykta_holds_ring('house')"
FACTS = ("name", "board", "municipalities", "email", "address", "languages", "shut_on_holidays", "opened_on")

# What must never be, whatever script or hurried hand writes: two spans of a day that overlap, two exceptions of a day.
APART = """
ALTER TABLE people_openspan ADD CONSTRAINT spans_keep_apart
    EXCLUDE USING gist (centre_id WITH =, weekday WITH =, int4range(opens, closes) WITH &&);
ALTER TABLE people_otherhours ADD CONSTRAINT other_hours_keep_apart
    EXCLUDE USING gist (centre_id WITH =, daterange(from_on, until_on) WITH &&);
"""

# Every centre of the first release stood open from its first start; the day was not kept.
FIRST_RELEASE = date(2026, 11, 23)


def its_own(table: str) -> migrations.RunSQL:
    """Read by all staff and the worker, replaced by the house; the worker makes a demo centre's."""
    return walled(
        table,
        [
            Gate("lykta_staff", "SELECT", BY_STAFF),
            Gate("lykta_staff", "INSERT", HOUSE),
            Gate("lykta_staff", "DELETE", HOUSE),
            Gate("lykta_worker", "SELECT", BY_STAFF),
            Gate("lykta_worker", "INSERT", BY_STAFF),
        ],
    )


class Migration(migrations.Migration):
    dependencies = [("people", "0004_tries"), ("sealing", "0004_turning")]
    operations = [
        migrations.AddField("centre", "board", models.CharField(blank=True, default="", max_length=120)),
        migrations.AddField("centre", "municipalities", models.JSONField(default=list)),
        migrations.AddField("centre", "email", models.EmailField(blank=True, default="", max_length=254)),
        migrations.AddField("centre", "address", models.CharField(blank=True, default="", max_length=200)),
        migrations.AddField("centre", "languages", models.JSONField(default=list)),
        migrations.AddField("centre", "shut_on_holidays", models.BooleanField(default=True)),
        migrations.AddField("centre", "opened_on", models.DateField(default=FIRST_RELEASE, null=True)),
        migrations.AlterField("centre", "board", models.CharField(blank=True, max_length=120)),
        migrations.AlterField("centre", "email", models.EmailField(blank=True, max_length=254)),
        migrations.AlterField("centre", "address", models.CharField(blank=True, max_length=200)),
        migrations.AlterField("centre", "opened_on", models.DateField(null=True)),
        migrations.CreateModel(
            name="CentrePhone",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("centre_id", models.UUIDField()),
                ("use", models.CharField(max_length=20)),
                ("number", models.CharField(max_length=30)),
                ("checked_on", models.DateField()),
                ("position", models.PositiveSmallIntegerField()),
            ],
            options={"db_table": "people_centrephone"},
        ),
        migrations.CreateModel(
            name="OpenSpan",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("centre_id", models.UUIDField()),
                ("weekday", models.PositiveSmallIntegerField()),
                ("opens", models.PositiveSmallIntegerField()),
                ("closes", models.PositiveSmallIntegerField()),
            ],
            options={
                "db_table": "people_openspan",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closes__gt", models.F("opens")), ("closes__lte", 1440), ("weekday__lt", 7)
                        ),
                        name="span_within_a_day",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OtherHours",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("centre_id", models.UUIDField()),
                ("from_on", models.DateField()),
                ("until_on", models.DateField()),
                ("spans", models.JSONField(default=list)),
                ("why", models.CharField(blank=True, max_length=80)),
            ],
            options={
                "db_table": "people_otherhours",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until_on__gt", models.F("from_on"))), name="other_hours_have_days"
                    )
                ],
            },
        ),
        gated("people_centre", "facts", [Gate("lykta_staff", "UPDATE", HOUSE, columns=FACTS)]),
        its_own("people_centrephone"),
        its_own("people_openspan"),
        its_own("people_otherhours"),
        migrations.RunSQL(APART, migrations.RunSQL.noop),
    ]
