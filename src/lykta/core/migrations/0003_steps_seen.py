from django.db import migrations

# A door that signs in by itself has no right to change tables; it must see whether they are of its own release.
GRANT = """
GRANT SELECT ON django_migrations TO lykta_public, lykta_agency, lykta_staff, lykta_worker;
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0002_jobs")]
    operations = [migrations.RunSQL(GRANT, migrations.RunSQL.noop)]
