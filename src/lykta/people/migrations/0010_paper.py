from django.db import migrations

# What the command with the paper needs, and no door of a person's has: the member behind an address, a readmission
# without waiting, and a head where none is left. New keys open nothing until they are signed, with the paper in hand.
FUNCTIONS = """
CREATE FUNCTION lykta_member_at(address text) RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
    SELECT id FROM people_member WHERE email = address AND centre_id = lykta_centre()
$$;
CREATE FUNCTION lykta_readmit_by_paper(of_member uuid) RETURNS boolean LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    PERFORM 1 FROM people_member WHERE id = of_member AND is_active AND left_on IS NULL
        AND (leaves_on IS NULL OR leaves_on > (now() AT TIME ZONE 'Europe/Stockholm')::date) FOR UPDATE;
    IF NOT FOUND THEN RETURN false; END IF;
    UPDATE people_readmission SET stopped_at = now()
        WHERE member_id = of_member AND stopped_at IS NULL AND done_at IS NULL;
    UPDATE people_invitation SET ended_at = now() WHERE member_id = of_member AND used_at IS NULL AND ended_at IS NULL;
    INSERT INTO people_readmission (id, centre_id, member_id, kind, asked_by, asked_at, opens_at, shortened_why)
        VALUES (gen_random_uuid(), lykta_centre(), of_member, 'both', lykta_actor(), now(), now(), '');
    RETURN true;
END $$;
CREATE FUNCTION lykta_make_head(of_member uuid) RETURNS boolean LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    UPDATE people_member SET also = array_append(also, 'head'::varchar)
        WHERE id = of_member AND left_on IS NULL AND role <> 'head' AND NOT 'head' = ANY (also);
    RETURN FOUND;
END $$;
REVOKE ALL ON FUNCTION lykta_member_at, lykta_readmit_by_paper, lykta_make_head FROM PUBLIC;
GRANT EXECUTE ON FUNCTION lykta_member_at, lykta_readmit_by_paper, lykta_make_head TO lykta_worker;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0009_again"), ("sealing", "0008_paper")]
    operations = [
        migrations.RunSQL(FUNCTIONS, "DROP FUNCTION lykta_member_at, lykta_readmit_by_paper, lykta_make_head")
    ]
