from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION lykta_held(name text) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT nullif(current_setting('lykta.' || name, true), '') $$;
CREATE FUNCTION lykta_centre() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT lykta_held('centre')::uuid $$;
CREATE FUNCTION lykta_actor() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT lykta_held('actor')::uuid $$;
"""


class Migration(migrations.Migration):
    """The three questions every policy asks: what is held, which centre, who acts."""

    initial = True
    dependencies = []
    operations = [migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop)]
