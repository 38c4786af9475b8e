from django.db import migrations

from lykta.core.walls import OF_CENTRE, Gate, gated

OWNER = "lykta_owner"

# Whoever is shut out of a file is shut out of what is read with it, also where the one who does it may not know of the
# part. By hand nobody is shut out of a part alone: the trigger of the leading file is the only road (depth 2).
FUNCTIONS = """
CREATE OR REPLACE FUNCTION lykta_not_in_a_part() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM cases_merge m WHERE m.other_id = NEW.file_id AND m.undone_at IS NULL)
       AND NOT (TG_TABLE_NAME = 'cases_exclusion' AND pg_trigger_depth() > 1) THEN
        RAISE EXCEPTION 'a part is only read' USING ERRCODE = 'check_violation', CONSTRAINT = 'not_in_a_part';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION lykta_shut_out_of_parts() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
BEGIN
    INSERT INTO cases_exclusion (id, centre_id, file_id, member_id, "on", "by")
        SELECT gen_random_uuid(), NEW.centre_id, m.other_id, NEW.member_id, NEW."on", NEW."by"
        FROM cases_merge m WHERE m.file_id = NEW.file_id AND m.undone_at IS NULL
        ON CONFLICT DO NOTHING;
    UPDATE cases_file SET named = true WHERE id IN
        (SELECT m.other_id FROM cases_merge m WHERE m.file_id = NEW.file_id AND m.undone_at IS NULL);
    RETURN NEW;
END $$;
CREATE TRIGGER cases_exclusion_parts AFTER INSERT ON cases_exclusion
    FOR EACH ROW EXECUTE FUNCTION lykta_shut_out_of_parts();
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0013_glass")]
    operations = [
        gated("cases_exclusion", "parts", [Gate(OWNER, "INSERT", OF_CENTRE)]),
        gated("cases_file", "parts", [Gate(OWNER, "UPDATE", OF_CENTRE, columns=("named",))]),
        migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop),
    ]
