import uuid

from django.db import migrations, models

from lykta.core.walls import BY_STAFF, Gate, walled

HOUSE = f"{BY_STAFF} AND lykta_holds_ring('house')"
OWN_OR_HOUSE = f"{BY_STAFF} AND (member_id = lykta_actor() OR lykta_holds_ring('house'))"

# The row of a member holds her password's verifier, so nobody of the house has a right on it: these say what she may
# change in another's row, and only that. Never in her own.
FUNCTIONS = """
CREATE FUNCTION lykta_set_roles(of_member uuid, main text, more text[]) RETURNS boolean LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    IF NOT lykta_holds_ring('house') OR of_member = lykta_actor() THEN RETURN false; END IF;
    UPDATE people_member SET role = main, also = more WHERE id = of_member AND left_on IS NULL;
    RETURN FOUND;
END $$;
REVOKE ALL ON FUNCTION lykta_set_roles FROM PUBLIC;
GRANT EXECUTE ON FUNCTION lykta_set_roles TO lykta_staff;
"""

ONCE = """
ALTER TABLE people_absence ADD CONSTRAINT absent_once EXCLUDE USING gist (
    member_id WITH =, daterange(from_on, until_on) WITH &&);
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0006_members")]
    operations = [
        migrations.CreateModel(
            name="Absence",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("centre_id", models.UUIDField()),
                ("member_id", models.UUIDField()),
                ("from_on", models.DateField()),
                ("until_on", models.DateField()),
                ("stand_in", models.UUIDField(null=True)),
            ],
            options={
                "db_table": "people_absence",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until_on__gt", models.F("from_on"))), name="absence_has_days"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("stand_in", None),
                            models.Q(("stand_in", models.F("member_id")), _negated=True),
                            _connector="OR",
                        ),
                        name="nobody_stands_in_for_herself",
                    ),
                ],
            },
        ),
        migrations.RunSQL(ONCE, migrations.RunSQL.noop),
        walled(
            "people_absence",
            [
                Gate("lykta_staff", "SELECT", BY_STAFF),
                *[Gate("lykta_staff", command, OWN_OR_HOUSE) for command in ("INSERT", "DELETE")],
                Gate("lykta_staff", "UPDATE", OWN_OR_HOUSE, columns=("until_on",)),
            ],
        ),
        migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop),
    ]
