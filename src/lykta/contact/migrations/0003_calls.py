import uuid

import django.db.models.deletion
from django.db import migrations, models

from lykta.core.walls import BY_STAFF, OF_CENTRE, Gate, gated, walled

# Who writes in the call log: whoever works inside the contact room, and reception, which works inside no wall. A member
# may read her own row, so the function needs no right of its own.
LOGS_CALLS = """
CREATE FUNCTION lykta_logs_calls() RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT lykta_works_in('contact') OR EXISTS (
        SELECT 1 FROM people_member m
        WHERE m.id = lykta_actor() AND m.centre_id = lykta_centre() AND m.role = 'reception' AND m.is_active)
$$;
"""
LOGS = f"{OF_CENTRE} AND lykta_logs_calls()"
TODAY = "(now() AT TIME ZONE 'Europe/Stockholm')::date"
NEAR = f'"on" BETWEEN {TODAY} - 31 AND {TODAY}'
OR_INSIDE = "lykta_works_in('contact')"
# Her own; a colleague's only from inside the room. Reception changes and takes away what it has written itself.
CHANGES = f"{LOGS} AND (by = lykta_actor() OR {OR_INSIDE})"


def of_call(table: str, condition: str) -> str:
    """That a row belongs to a call for which the condition holds. c: the call."""
    return f"EXISTS (SELECT 1 FROM contact_call c WHERE c.id = {table}.call_id AND ({condition}))"


MAY_CHANGE = f"c.by = lykta_actor() OR {OR_INSIDE}"
CORRECTS = f"c.by = lykta_actor() OR ({OR_INSIDE} AND reason <> '')"
# A note is there for those who can open it, and for whoever wrote the call, who must be able to take it away.
HOLDS = (
    "EXISTS (SELECT 1 FROM sealing_ringshare s JOIN sealing_ring r ON r.id = s.ring_id"
    " WHERE s.member_id = lykta_actor() AND r.name = 'contact')"
)
NOTE = "contact_callnote"
VERSION = "contact_callversion"
# Reception holds no share of a ring: it seals to the contact room's without ever opening, as a visitor does. Only the
# keys of a call she has logged herself, and only while the door has let her into it.
OWN_CALL = (
    f"{OF_CENTRE} AND case_id::text = lykta_held('case') AND lykta_logs_calls()"
    " AND EXISTS (SELECT 1 FROM contact_call c WHERE c.id = sealing_wrap.case_id AND c.by = lykta_actor())"
)
TO_RING = "ring_id IN (SELECT r.id FROM sealing_ring r WHERE r.name IN ('contact', 'recovery'))"
WORKER = "lykta_worker"
KEYS = ("id", "centre_id", "call_id")


class Migration(migrations.Migration):
    dependencies = [
        ("contact", "0002_walls"),
        ("people", "0003_no_choices"),
        ("sealing", "0004_turning"),
        ("audit", "0003_calls"),
    ]
    operations = [
        migrations.CreateModel(
            name="Call",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("centre_id", models.UUIDField()),
                ("ref", models.CharField(max_length=12)),
                ("on", models.DateField()),
                ("by", models.UUIDField()),
                ("number", models.PositiveIntegerField(default=1)),
            ],
            options={
                "db_table": "contact_call",
                "indexes": [models.Index(fields=["centre_id", "on"], name="contact_call_days")],
                "constraints": [models.UniqueConstraint(fields=("centre_id", "ref"), name="one_call_ref_per_centre")],
            },
        ),
        migrations.CreateModel(
            name="CallVersion",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("centre_id", models.UUIDField()),
                ("number", models.PositiveIntegerField()),
                ("on", models.DateField()),
                ("by", models.UUIDField()),
                ("reason", models.CharField(blank=True, max_length=12)),
                ("channel", models.CharField(max_length=20)),
                ("caller", models.CharField(max_length=20)),
                ("urgency", models.CharField(max_length=20)),
                ("minutes", models.PositiveIntegerField(null=True)),
                ("named", models.BooleanField(default=False)),
                ("note", models.UUIDField(null=True)),
                ("sealed", models.BinaryField()),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING, related_name="versions", to="contact.call"
                    ),
                ),
            ],
            options={
                "db_table": VERSION,
                "constraints": [models.UniqueConstraint(fields=("call", "number"), name="one_version_per_number")],
            },
        ),
        migrations.CreateModel(
            name="CallNote",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("centre_id", models.UUIDField()),
                ("on", models.DateField()),
                ("sealed", models.BinaryField()),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING, related_name="notes", to="contact.call"
                    ),
                ),
            ],
            options={"db_table": NOTE},
        ),
        migrations.RunSQL(LOGS_CALLS, "DROP FUNCTION lykta_logs_calls()"),
        walled(
            "contact_call",
            [
                Gate("lykta_staff", "SELECT", LOGS),
                Gate("lykta_staff", "INSERT", f"{LOGS} AND by = lykta_actor() AND number = 1 AND {NEAR}"),
                Gate("lykta_staff", "UPDATE", CHANGES, columns=("number",)),
                Gate("lykta_staff", "DELETE", CHANGES),
                Gate(WORKER, "SELECT", BY_STAFF, columns=("id", "centre_id", "on")),
                Gate(WORKER, "INSERT", BY_STAFF),
                Gate(WORKER, "DELETE", BY_STAFF),
            ],
        ),
        walled(
            VERSION,
            [
                Gate("lykta_staff", "SELECT", LOGS),
                Gate("lykta_staff", "INSERT", f"{LOGS} AND by = lykta_actor() AND {of_call(VERSION, CORRECTS)}"),
                Gate("lykta_staff", "DELETE", f"{LOGS} AND {of_call(VERSION, MAY_CHANGE)}"),
                Gate(WORKER, "SELECT", BY_STAFF, columns=KEYS),
                Gate(WORKER, "INSERT", BY_STAFF),
                Gate(WORKER, "DELETE", BY_STAFF),
            ],
        ),
        walled(
            NOTE,
            [
                Gate("lykta_staff", "SELECT", f"{LOGS} AND ({HOLDS} OR {of_call(NOTE, 'c.by = lykta_actor()')})"),
                Gate("lykta_staff", "INSERT", f"{LOGS} AND {of_call(NOTE, MAY_CHANGE)}"),
                Gate("lykta_staff", "DELETE", f"{LOGS} AND {of_call(NOTE, MAY_CHANGE)}"),
                Gate(WORKER, "SELECT", BY_STAFF, columns=(*KEYS, "on")),
                Gate(WORKER, "INSERT", BY_STAFF),
                Gate(WORKER, "DELETE", BY_STAFF),
            ],
        ),
        gated(
            "sealing_wrap",
            "calls",
            [
                Gate("lykta_staff", "SELECT", OWN_CALL),
                Gate("lykta_staff", "INSERT", f"{OWN_CALL} AND {TO_RING}"),
                Gate("lykta_staff", "DELETE", OWN_CALL),
                # The key of a note goes before the keys of its call do.
                Gate(WORKER, "SELECT", BY_STAFF, columns=("part",)),
            ],
        ),
    ]
