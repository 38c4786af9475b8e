from django.db import migrations

# Jobs hold ids and days, never a person; only the worker reaches them. Functions run as who calls them.
GRANTS = """
GRANT SELECT, INSERT, UPDATE, DELETE ON procrastinate_jobs, procrastinate_events, procrastinate_periodic_defers,
    procrastinate_workers TO lykta_worker;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO lykta_worker;
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0001_who_acts"), ("procrastinate", "0041_post_retry_failed_job")]
    operations = [migrations.RunSQL(GRANTS, migrations.RunSQL.noop)]
