from django.db import migrations

TODAY = "(now() AT TIME ZONE 'Europe/Stockholm')::date"

# Who comes to a team has a place inside the file's wall, and is on no team on the other side of it: nobody works with
# both sides of one relation. The database knows of no relation across the two sides and need not: the rule asks whether
# there is any file there at all. The two refusals are one and the same, so that neither tells of the other side.
# The same verdict as access.rules.on_both_sides (a test asks both).
ONE_SIDE = f"""
CREATE FUNCTION lykta_side(wall text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN wall = 'using_violence' THEN 'using' WHEN wall IN ('exposed', 'partner') THEN 'exposed' END
$$;
CREATE FUNCTION lykta_able_to_join() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
DECLARE of_wall text;
BEGIN
    IF TG_OP = 'UPDATE' AND (OLD.leads OR NOT NEW.leads) THEN
        RETURN NEW;
    END IF;
    SELECT f.wall INTO of_wall FROM cases_file f WHERE f.id = NEW.file_id;
    IF NOT EXISTS (SELECT 1 FROM access_place p
                   WHERE p.member_id = NEW.member_id AND p.wall = of_wall AND p.from_on <= {TODAY}
                     AND (p.until_on IS NULL OR p.until_on > {TODAY}))
       OR EXISTS (SELECT 1 FROM cases_assignment a JOIN cases_file f ON f.id = a.file_id
                  WHERE a.member_id = NEW.member_id AND a.until_on IS NULL
                    AND lykta_side(f.wall) <> lykta_side(of_wall)) THEN
        RAISE EXCEPTION 'not able to join' USING ERRCODE = 'check_violation', CONSTRAINT = 'able_to_join';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER cases_assignment_able BEFORE INSERT OR UPDATE ON cases_assignment
    FOR EACH ROW EXECUTE FUNCTION lykta_able_to_join();
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0007_decisions")]
    operations = [migrations.RunSQL(ONE_SIDE, migrations.RunSQL.noop)]
