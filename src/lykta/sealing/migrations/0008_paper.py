from django.db import migrations

# Only who has the seed can make a signature that counts: here the worker's command puts one where none stands yet.
FUNCTIONS = """
CREATE FUNCTION lykta_sign_by_paper(of_member uuid, shown bytea, by_centre bytea) RETURNS boolean LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    UPDATE sealing_staffpair SET signature = by_centre
        WHERE member_id = of_member AND public = shown AND signature = '';
    RETURN FOUND;
END $$;
REVOKE ALL ON FUNCTION lykta_sign_by_paper FROM PUBLIC;
GRANT EXECUTE ON FUNCTION lykta_sign_by_paper TO lykta_worker;
"""


class Migration(migrations.Migration):
    dependencies = [("sealing", "0007_leaving")]
    operations = [migrations.RunSQL(FUNCTIONS, "DROP FUNCTION lykta_sign_by_paper")]
