from django.db import migrations

# A member may have a second role beside her first (people 0006): an editor is one also when that is her second.
EDITS = """
CREATE OR REPLACE FUNCTION lykta_edits_catalogue() RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT 1 FROM people_member m
        WHERE m.id = lykta_actor() AND m.centre_id = lykta_centre() AND m.is_active
            AND (ARRAY[m.role] || m.also) && ARRAY['head', 'editor']::varchar[])
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0004_edition_walls"), ("people", "0006_members")]
    operations = [migrations.RunSQL(EDITS, migrations.RunSQL.noop)]
