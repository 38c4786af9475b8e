import uuid

from django.db import migrations, models

from lykta.core.walls import BY_STAFF, OF_CENTRE, Gate, gated, walled

OWNER = "lykta_owner"

# Who reviews: roles with the right audit:sample:review, who still work here.
REVIEWS = """
CREATE FUNCTION lykta_reviews() RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT 1 FROM people_member m
                   WHERE m.id = lykta_actor() AND m.centre_id = lykta_centre() AND m.is_active
                     AND (m.leaves_on IS NULL OR m.leaves_on > (now() AT TIME ZONE 'Europe/Stockholm')::date)
                     AND (ARRAY[m.role] || m.also) && ARRAY['head', 'auditor']::varchar[])
$$;
"""

# Whoever opens what is not hers, by page or by hand-typed SQL, leaves something to review in the same transaction.
# The same member and file on the same day are one; what was once found in order is not asked again because of a name.
TO_REVIEW = """
CREATE FUNCTION lykta_to_review() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
DECLARE its_kind text := CASE WHEN NEW.act = 'cases:file:open' THEN 'opened' ELSE 'marked' END;
BEGIN
    IF its_kind = 'marked' AND EXISTS (
        SELECT 1 FROM desk_review r WHERE r.centre_id = NEW.centre_id AND r.kind = 'marked'
            AND r.member_id = NEW.actor AND r.object IS NOT DISTINCT FROM NEW.object AND r.verdict = 'in_order') THEN
        RETURN NULL;
    END IF;
    INSERT INTO desk_review (id, centre_id, kind, member_id, object, "on", seq, count, verdict)
        VALUES (gen_random_uuid(), NEW.centre_id, its_kind, NEW.actor, NEW.object,
                (NEW.at AT TIME ZONE 'Europe/Stockholm')::date, NEW.seq, 1, '')
        ON CONFLICT (centre_id, kind, member_id, object, "on")
            WHERE closed_at IS NULL AND kind IN ('opened', 'marked')
        DO UPDATE SET count = desk_review.count + 1;
    RETURN NULL;
END $$;
CREATE TRIGGER audit_event_to_review AFTER INSERT ON audit_event FOR EACH ROW
    WHEN (NEW.actor IS NOT NULL AND (NEW.act = 'cases:file:open' OR NEW.reason ~ '(same_|own_|protected)'))
    EXECUTE FUNCTION lykta_to_review();
"""

REVIEWER = f"{OF_CENTRE} AND (SELECT lykta_reviews())"
# Nobody closes what is about herself, nobody writes in another's name, and what is closed stays as it is.
CLOSES = f"{REVIEWER} AND closed_at IS NULL AND member_id <> lykta_actor()"
CLOSED = f"{REVIEWER} AND closed_by = lykta_actor() AND member_id <> lykta_actor()"
EXPORTS = f"{REVIEWER} AND kind = 'export' AND member_id = lykta_actor() AND closed_at IS NULL"
MONTH_DONE = (
    f"{REVIEWER} AND signed_at IS NULL AND NOT EXISTS (SELECT 1 FROM desk_review r WHERE r.centre_id = lykta_centre()"
    " AND r.kind = 'sample' AND r.closed_at IS NULL AND date_trunc('month', r.\"on\")::date = month)"
)


class Migration(migrations.Migration):
    dependencies = [("desk", "0001_log_wall"), ("people", "0008_leaving"), ("cases", "0003_said_to_review")]
    operations = [
        migrations.RunSQL(REVIEWS, migrations.RunSQL.noop),
        migrations.CreateModel(
            "Review",
            [
                ("id", models.UUIDField(primary_key=True, default=uuid.uuid4, serialize=False)),
                ("centre_id", models.UUIDField()),
                ("kind", models.CharField(max_length=8)),
                ("member_id", models.UUIDField()),
                ("object", models.UUIDField(null=True)),
                ("on", models.DateField()),
                ("seq", models.BigIntegerField()),
                ("count", models.IntegerField(default=1)),
                ("sealed_why", models.BinaryField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("closed_by", models.UUIDField(null=True)),
                ("verdict", models.CharField(max_length=8, blank=True)),
                ("sealed_note", models.BinaryField(null=True)),
            ],
            {
                "db_table": "desk_review",
                "indexes": [models.Index(fields=["centre_id", "closed_at", "on"], name="desk_review_open")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=["centre_id", "kind", "member_id", "object", "on"],
                        condition=models.Q(closed_at=None, kind__in=["opened", "marked"]),
                        nulls_distinct=False,
                        name="one_open_review_each",
                    ),
                    models.UniqueConstraint(
                        fields=["centre_id", "kind", "member_id", "on"],
                        condition=models.Q(kind__in=["refused", "many", "night"]),
                        name="one_pattern_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(closed_at=None, closed_by=None, verdict="")
                        | models.Q(
                            closed_at__isnull=False,
                            closed_by__isnull=False,
                            verdict__in=["in_order", "talked", "further"],
                        ),
                        name="closed_review_has_verdict",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            "Month",
            [
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "centre_id", "month", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("centre_id", models.UUIDField()),
                ("month", models.DateField()),
                ("readings", models.IntegerField()),
                ("signed_at", models.DateTimeField(null=True)),
                ("signed_by", models.UUIDField(null=True)),
            ],
            {"db_table": "desk_month"},
        ),
        walled(
            "desk_review",
            [
                Gate("lykta_staff", "SELECT", REVIEWER),
                Gate("lykta_staff", "INSERT", EXPORTS),
                Gate(
                    "lykta_staff",
                    "UPDATE",
                    CLOSES,
                    columns=("closed_at", "closed_by", "verdict", "sealed_note"),
                    new_rows=CLOSED,
                ),
                Gate("lykta_worker", "SELECT", BY_STAFF),
                Gate("lykta_worker", "INSERT", f"{BY_STAFF} AND closed_at IS NULL AND kind <> 'export'"),
                # Only the trigger writes as the owner, and the event it follows names the centre.
                Gate(OWNER, "SELECT", "true"),
                Gate(OWNER, "INSERT", "true"),
                Gate(OWNER, "UPDATE", "true"),
            ],
        ),
        walled(
            "desk_month",
            [
                Gate("lykta_staff", "SELECT", REVIEWER),
                Gate(
                    "lykta_staff",
                    "UPDATE",
                    MONTH_DONE,
                    columns=("signed_at", "signed_by"),
                    new_rows=f"{REVIEWER} AND signed_by = lykta_actor()",
                ),
                Gate("lykta_worker", "SELECT", BY_STAFF),
                Gate("lykta_worker", "INSERT", f"{BY_STAFF} AND signed_at IS NULL"),
            ],
        ),
        migrations.RunSQL(TO_REVIEW, migrations.RunSQL.noop),
        gated("cases_opening", "review", [Gate("lykta_staff", "SELECT", REVIEWER)]),
    ]
