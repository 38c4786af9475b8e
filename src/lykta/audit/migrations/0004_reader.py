import uuid

from django.db import migrations, models

from lykta.core.walls import BY_STAFF, OF_CENTRE, Gate, walled

# The reader's two narrow lists, over a log of millions: what was refused, and what somebody had to give a reason for.
# Both conditions stand to the letter in desk/log/queries.py, else PostgreSQL can't see that the index fits.
NARROW = """
CREATE INDEX audit_event_refused ON audit_event (centre_id, at, seq, chain) WHERE act ~ 'refused$';
CREATE INDEX audit_event_reasoned ON audit_event (centre_id, at, seq, chain)
    WHERE reason ~ '(stand_in|urgent|same_|own_|protected)' OR act = 'cases:file:open';
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_calls")]
    operations = [
        migrations.RemoveIndex("event", "audit_event_object"),
        migrations.AddIndex(
            "event",
            models.Index(fields=["centre_id", "object", "at", "seq", "chain"], name="audit_event_of_object"),
        ),
        migrations.AddIndex(
            "event", models.Index(fields=["centre_id", "actor", "at", "seq", "chain"], name="audit_event_of_actor")
        ),
        migrations.AddIndex(
            "event", models.Index(fields=["centre_id", "act", "at", "seq", "chain"], name="audit_event_of_act")
        ),
        migrations.AddIndex(
            "event", models.Index(fields=["centre_id", "chain", "at", "seq"], name="audit_event_of_chain")
        ),
        migrations.AddIndex(
            "event", models.Index(fields=["centre_id", "at", "seq", "chain"], name="audit_event_by_time")
        ),
        migrations.RunSQL(NARROW, migrations.RunSQL.noop),
        migrations.CreateModel(
            "Check",
            [
                ("id", models.UUIDField(primary_key=True, default=uuid.uuid4, serialize=False)),
                ("centre_id", models.UUIDField()),
                ("chain", models.CharField(max_length=8)),
                ("at", models.DateTimeField()),
                ("rows", models.BigIntegerField()),
                ("broken_seq", models.BigIntegerField(null=True)),
                ("broken_what", models.CharField(max_length=20, blank=True)),
            ],
            {
                "db_table": "audit_check",
                "indexes": [models.Index(fields=["centre_id", "chain", "-at"], name="audit_check_latest")],
            },
        ),
        migrations.CreateModel(
            "Sending",
            [
                ("id", models.UUIDField(primary_key=True, default=uuid.uuid4, serialize=False)),
                ("centre_id", models.UUIDField()),
                ("on", models.DateField()),
                ("way", models.CharField(max_length=8)),
                ("at", models.DateTimeField()),
                ("tries", models.PositiveIntegerField(default=1)),
                ("trouble", models.CharField(max_length=12, blank=True)),
                ("lines", models.TextField(blank=True)),
                ("by", models.UUIDField(null=True)),
            ],
            {
                "db_table": "audit_sending",
                "constraints": [
                    models.UniqueConstraint(
                        fields=["centre_id", "on", "way"],
                        condition=~models.Q(way="taken"),
                        name="one_anchor_a_day_and_way",
                    )
                ],
            },
        ),
        walled(
            "audit_check",
            [
                Gate("lykta_staff", "SELECT", BY_STAFF),
                Gate("lykta_worker", "SELECT", BY_STAFF),
                Gate("lykta_worker", "INSERT", BY_STAFF),
            ],
        ),
        walled(
            "audit_sending",
            [
                Gate("lykta_staff", "SELECT", BY_STAFF),
                # Who takes an anchor herself can write that, in her own name, and nothing else.
                Gate("lykta_staff", "INSERT", f"{OF_CENTRE} AND way = 'taken' AND by = lykta_actor() AND trouble = ''"),
                Gate("lykta_worker", "SELECT", BY_STAFF),
                Gate("lykta_worker", "INSERT", f"{BY_STAFF} AND way <> 'taken'"),
                Gate(
                    "lykta_worker",
                    "UPDATE",
                    f"{BY_STAFF} AND way <> 'taken' AND trouble <> ''",
                    columns=("at", "tries", "trouble", "lines"),
                    new_rows=f"{BY_STAFF} AND way <> 'taken'",
                ),
            ],
        ),
    ]
