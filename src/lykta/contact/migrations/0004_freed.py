from django.db import migrations, models

from lykta.core.walls import BY_STAFF, Gate, gated

OWNER = "lykta_owner"

# Those of the house may be outside the contact room; they free what somebody who leaves had, and see nothing of it.
FREE = """
CREATE FUNCTION lykta_free_dialogues(of_member uuid) RETURNS integer LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    freed integer;
BEGIN
    IF NOT lykta_holds_ring('house') THEN RETURN 0; END IF;
    UPDATE contact_dialogue SET taken_by = NULL, freed_from = of_member
        WHERE taken_by = of_member AND state <> 'closed';
    GET DIAGNOSTICS freed = ROW_COUNT;
    RETURN freed;
END $$;
REVOKE ALL ON FUNCTION lykta_free_dialogues FROM PUBLIC;
GRANT EXECUTE ON FUNCTION lykta_free_dialogues TO lykta_staff;
"""


class Migration(migrations.Migration):
    dependencies = [("contact", "0003_calls"), ("sealing", "0004_turning")]
    operations = [
        migrations.AddField("dialogue", "freed_from", models.UUIDField(null=True)),
        gated(
            "contact_dialogue",
            "freed",
            [
                Gate(OWNER, "SELECT", BY_STAFF),
                Gate(OWNER, "UPDATE", BY_STAFF, columns=("taken_by", "freed_from")),
            ],
        ),
        migrations.RunSQL(FREE, migrations.RunSQL.noop),
    ]
