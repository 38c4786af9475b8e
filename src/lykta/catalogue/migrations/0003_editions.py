import uuid

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

# What stood in one place becomes the first edition. The owner too is under the policies, so they are lifted for this
# one transaction; limits, which stood inside their service, become rows of their own.
FIRST_EDITION = """
ALTER TABLE catalogue_entry NO FORCE ROW LEVEL SECURITY;
INSERT INTO catalogue_edition (id, centre_id, state, number, begun_at, saved_at, why, live_from)
    SELECT gen_random_uuid(), centre_id, 'live', 1, now(), now(), 'Utbudet som det var när utgåvor infördes',
           (now() AT TIME ZONE 'Europe/Stockholm')::date
    FROM (SELECT DISTINCT centre_id FROM catalogue_entry) AS c;
UPDATE catalogue_entry AS e SET edition_id = d.id, line = gen_random_uuid()
    FROM catalogue_edition AS d WHERE d.centre_id = e.centre_id;
INSERT INTO catalogue_entry (id, centre_id, edition_id, line, kind, ref, parent, position, valid_from, valid_to, body)
    SELECT gen_random_uuid(), e.centre_id, e.edition_id, gen_random_uuid(),
           CASE e.kind WHEN 'head' THEN 'house_limits' ELSE 'limits' END, l.body->>'name',
           CASE e.kind WHEN 'head' THEN '' ELSE e.ref END, l.place - 1,
           (l.body->>'valid_from')::date, (l.body->>'valid_to')::date, l.body
    FROM catalogue_entry AS e,
         jsonb_array_elements(coalesce(e.body->'limits', e.body->'house_limits')) WITH ORDINALITY AS l(body, place)
    WHERE e.kind IN ('services', 'head');
UPDATE catalogue_entry SET body = body - 'limits' - 'house_limits' WHERE kind IN ('services', 'head');
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE catalogue_entry FORCE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0002_walls")]
    operations = [
        migrations.CreateModel(
            name="Edition",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("centre_id", models.UUIDField()),
                ("state", models.CharField(max_length=10)),
                ("number", models.PositiveIntegerField(null=True)),
                ("based_on", models.UUIDField(null=True)),
                ("begun_by", models.UUIDField(null=True)),
                ("begun_at", models.DateTimeField()),
                ("saved_by", models.UUIDField(null=True)),
                ("saved_at", models.DateTimeField(null=True)),
                ("why", models.CharField(blank=True, max_length=200)),
                ("live_from", models.DateField(null=True)),
                ("live_until", models.DateField(null=True)),
            ],
            options={
                "db_table": "catalogue_edition",
                "constraints": [
                    models.UniqueConstraint(
                        condition=Q(("state", "draft")), fields=("centre_id",), name="one_draft_edition"
                    ),
                    models.UniqueConstraint(
                        condition=Q(("state", "waiting")), fields=("centre_id",), name="one_waiting_edition"
                    ),
                    models.UniqueConstraint(
                        condition=Q(("state", "live")), fields=("centre_id",), name="one_live_edition"
                    ),
                    models.UniqueConstraint(fields=("centre_id", "number"), name="one_edition_per_number"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Change",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("centre_id", models.UUIDField()),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="changes",
                        to="catalogue.edition",
                    ),
                ),
                ("line", models.UUIDField()),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField()),
                ("kind", models.CharField(max_length=20)),
                ("parent", models.CharField(blank=True, max_length=20)),
                ("ref", models.CharField(max_length=60)),
                ("before", models.JSONField(null=True)),
                ("after", models.JSONField(null=True)),
            ],
            options={"db_table": "catalogue_change", "ordering": ["at"]},
        ),
        migrations.RemoveConstraint(model_name="entry", name="one_entry_per_place"),
        migrations.AddField(model_name="entry", name="line", field=models.UUIDField(null=True)),
        migrations.AddField(
            model_name="entry",
            name="edition",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="entries",
                to="catalogue.edition",
            ),
        ),
        migrations.RunSQL(FIRST_EDITION, migrations.RunSQL.noop),
        migrations.AlterField(model_name="entry", name="line", field=models.UUIDField()),
        migrations.AlterField(
            model_name="entry",
            name="edition",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.DO_NOTHING, related_name="entries", to="catalogue.edition"
            ),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.UniqueConstraint(
                fields=("edition", "kind", "parent", "position"), name="one_entry_per_place"
            ),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.UniqueConstraint(fields=("edition", "line"), name="one_entry_per_line"),
        ),
    ]
