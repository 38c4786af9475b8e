import uuid

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

from lykta.core.walls import BY_STAFF, OF_CENTRE, Gate, walled

# Who writes the public pages: the roles with public:page:edit, which are those with public:site:publish (a test holds
# this list to access.rules). Asked as the member herself, who sees her own row.
EDITS = """
CREATE FUNCTION lykta_edits_pages() RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT 1 FROM people_member m
        WHERE m.id = lykta_actor() AND m.centre_id = lykta_centre() AND m.is_active
            AND (ARRAY[m.role] || m.also) && ARRAY['head', 'editor']::varchar[])
$$;
"""

# What the first release kept as one row a page becomes its first version, brought by the program. The owner too is
# under the policies, so they are lifted for this one transaction.
FIRST_VERSIONS = """
ALTER TABLE public_pagetext NO FORCE ROW LEVEL SECURITY;
ALTER TABLE public_text NO FORCE ROW LEVEL SECURITY;
ALTER TABLE public_version NO FORCE ROW LEVEL SECURITY;
INSERT INTO public_text (id, centre_id, kind, slug, language, latest, ready, source, checked_on, read_by, release)
    SELECT id, centre_id, 'page', slug, language, 1, 1, CASE language WHEN 'sv' THEN NULL ELSE 1 END,
           CASE language WHEN 'sv' THEN NULL ELSE (now() AT TIME ZONE 'Europe/Stockholm')::date END, '', ''
    FROM public_pagetext;
INSERT INTO public_version (id, centre_id, text_id, number, body, at, why, form_only)
    SELECT gen_random_uuid(), centre_id, id, 1, body, now(), 'Som den var när versioner infördes', false
    FROM public_pagetext;
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE public_text FORCE ROW LEVEL SECURITY;
ALTER TABLE public_version FORCE ROW LEVEL SECURITY;
"""

EDITOR = f"{OF_CENTRE} AND lykta_edits_pages()"
HERS = f"{EDITOR} AND by = lykta_actor()"
OF_HOUSE = f"{BY_STAFF} AND by IS NULL"
STANDS = ("latest", "ready", "source", "checked_on")
READ = ("read_version", "read_by", "read_on", "read_noted_by")


class Migration(migrations.Migration):
    dependencies = [("public", "0002_walls"), ("people", "0006_members")]
    operations = [
        migrations.CreateModel(
            name="Text",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("centre_id", models.UUIDField()),
                ("kind", models.CharField(max_length=10)),
                ("slug", models.CharField(max_length=60)),
                ("language", models.CharField(max_length=12)),
                ("latest", models.PositiveIntegerField(default=0)),
                ("ready", models.PositiveIntegerField(null=True)),
                ("source", models.PositiveIntegerField(null=True)),
                ("checked_on", models.DateField(null=True)),
                ("read_version", models.PositiveIntegerField(null=True)),
                ("read_by", models.CharField(blank=True, max_length=80)),
                ("read_on", models.DateField(null=True)),
                ("read_noted_by", models.UUIDField(null=True)),
                ("release", models.CharField(blank=True, max_length=32)),
            ],
            options={
                "db_table": "public_text",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("centre_id", "kind", "slug", "language"), name="one_text_per_language"
                    ),
                    models.CheckConstraint(
                        condition=Q(("ready", None)) | Q(("ready__lte", F("latest"))), name="ready_is_a_version"
                    ),
                    models.CheckConstraint(
                        condition=Q(("read_version", None)) | (Q(("read_on__isnull", False)) & ~Q(("read_by", ""))),
                        name="read_by_somebody_named",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Version",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("centre_id", models.UUIDField()),
                (
                    "text",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING, related_name="versions", to="public.text"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("body", models.JSONField()),
                ("by", models.UUIDField(null=True)),
                ("at", models.DateTimeField()),
                ("why", models.CharField(blank=True, max_length=200)),
                ("form_only", models.BooleanField(default=False)),
            ],
            options={
                "db_table": "public_version",
                "constraints": [models.UniqueConstraint(fields=("text", "number"), name="one_number_of_a_text")],
            },
        ),
        migrations.CreateModel(
            name="Publication",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("centre_id", models.UUIDField()),
                ("number", models.PositiveIntegerField()),
                ("version", models.CharField(max_length=16)),
                ("how", models.CharField(max_length=10)),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField(null=True)),
                ("answers", models.PositiveIntegerField()),
                ("took_ms", models.PositiveIntegerField()),
                ("edition", models.PositiveIntegerField(default=0)),
                ("shows", models.JSONField(default=dict)),
            ],
            options={
                "db_table": "public_publication",
                "constraints": [
                    models.UniqueConstraint(fields=("centre_id", "number"), name="one_publication_per_number")
                ],
            },
        ),
        migrations.CreateModel(
            name="Timed",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("centre_id", models.UUIDField()),
                ("due_at", models.DateTimeField()),
                ("by", models.UUIDField()),
                ("set_at", models.DateTimeField()),
                ("state", models.CharField(default="waiting", max_length=12)),
                ("ended_at", models.DateTimeField(null=True)),
                ("fault", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "db_table": "public_timed",
                "constraints": [
                    models.UniqueConstraint(
                        condition=Q(("state", "waiting")), fields=("centre_id",), name="one_time_waits"
                    )
                ],
            },
        ),
        migrations.RunSQL(EDITS, migrations.RunSQL.noop),
        walled(
            "public_text",
            [
                Gate("lykta_staff", "SELECT", EDITOR),
                Gate("lykta_staff", "INSERT", EDITOR),
                Gate("lykta_staff", "UPDATE", EDITOR, columns=(*STANDS, *READ)),
                Gate("lykta_worker", "SELECT", BY_STAFF),
                Gate("lykta_worker", "INSERT", BY_STAFF),
                Gate("lykta_worker", "UPDATE", BY_STAFF, columns=(*STANDS, "release")),
            ],
        ),
        walled(
            "public_version",
            [
                Gate("lykta_staff", "SELECT", EDITOR),
                Gate("lykta_staff", "INSERT", HERS),
                Gate("lykta_worker", "SELECT", BY_STAFF),
                Gate("lykta_worker", "INSERT", OF_HOUSE),
            ],
        ),
        walled(
            "public_publication",
            [
                Gate("lykta_staff", "SELECT", EDITOR),
                Gate("lykta_staff", "INSERT", HERS),
                Gate("lykta_worker", "SELECT", BY_STAFF),
                Gate("lykta_worker", "INSERT", OF_HOUSE),
            ],
        ),
        walled(
            "public_timed",
            [
                Gate("lykta_staff", "SELECT", EDITOR),
                Gate("lykta_staff", "INSERT", f"{HERS} AND state = 'waiting'"),
                Gate(
                    "lykta_staff",
                    "UPDATE",
                    f"{EDITOR} AND state = 'waiting'",
                    columns=("state", "ended_at"),
                    new_rows=f"{EDITOR} AND state = 'taken_back'",
                ),
                Gate("lykta_worker", "SELECT", BY_STAFF),
                Gate(
                    "lykta_worker",
                    "UPDATE",
                    f"{BY_STAFF} AND state = 'waiting'",
                    columns=("state", "ended_at", "fault"),
                    new_rows=f"{BY_STAFF} AND state IN ('done', 'failed')",
                ),
            ],
        ),
        migrations.RunSQL(FIRST_VERSIONS, migrations.RunSQL.noop),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL("DROP TABLE public_pagetext", migrations.RunSQL.noop)],
            state_operations=[migrations.DeleteModel(name="PageText")],
        ),
    ]
