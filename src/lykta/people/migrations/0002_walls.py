from django.db import migrations, models

from lykta.core.walls import BY_STAFF, DOOR_ROLES, Gate, walled

# Who is signing in may see her own row, by the address she gave; nobody else's. She may change it only once she acts.
ACTS = "id = lykta_actor()"
SELF = "(id = lykta_actor() OR email = lykta_held('sign_in'))"
MINE = "(user_id = lykta_actor() OR user_id IN (SELECT id FROM people_member WHERE email = lykta_held('sign_in')))"
HERS = "user_id = lykta_actor()"
THIS_BROWSER = "row = lykta_held('session')"

# Colleagues' names and nothing that opens: the row itself holds the verifier of the password. The view runs as the
# owner, who is under the policies too and sees through its own gate what a member who acts may see.
COLLEAGUE = f"""
CREATE VIEW people_colleague WITH (security_barrier = true) AS
    SELECT id, centre_id, name, role, is_active FROM people_member WHERE {BY_STAFF};
REVOKE ALL ON people_colleague FROM PUBLIC, {", ".join(DOOR_ROLES)};
GRANT SELECT ON people_colleague TO lykta_staff;
"""
OWNER = "lykta_owner"


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0001_initial"),
        ("core", "0001_who_acts"),
        ("account", "0009_emailaddress_unique_primary_email"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]
    operations = [
        walled(
            "people_centre",
            [
                Gate("lykta_staff", "SELECT", BY_STAFF),
                Gate("lykta_worker", "SELECT", BY_STAFF),
                Gate("lykta_worker", "INSERT", BY_STAFF),
            ],
        ),
        walled(
            "people_member",
            [
                Gate("lykta_staff", "SELECT", SELF),
                Gate("lykta_staff", "UPDATE", ACTS, columns=("last_login", "password")),
                Gate(OWNER, "SELECT", BY_STAFF),
                Gate("lykta_worker", "SELECT", BY_STAFF, columns=("id", "centre_id", "name", "role", "is_active")),
                Gate("lykta_worker", "INSERT", BY_STAFF),
            ],
        ),
        walled(
            "people_session",
            [
                *[Gate("lykta_staff", c, THIS_BROWSER) for c in ("SELECT", "INSERT", "UPDATE", "DELETE")],
                Gate("lykta_worker", "SELECT", BY_STAFF, columns=("row", "centre_id", "expires_at")),
                Gate("lykta_worker", "DELETE", BY_STAFF),
            ],
        ),
        walled(
            "account_emailaddress",
            [
                Gate("lykta_staff", "SELECT", MINE),
                Gate("lykta_worker", "INSERT", "lykta_actor() IS NOT NULL"),
                Gate("lykta_worker", "SELECT", "lykta_actor() IS NOT NULL"),
            ],
        ),
        walled("account_emailconfirmation"),
        walled(
            "mfa_authenticator",
            [
                Gate("lykta_staff", "SELECT", MINE),
                Gate("lykta_staff", "UPDATE", MINE, columns=("last_used_at",)),
                *[Gate("lykta_staff", c, HERS) for c in ("INSERT", "DELETE")],
                Gate("lykta_worker", "INSERT", "lykta_actor() IS NOT NULL"),
                Gate("lykta_worker", "SELECT", "lykta_actor() IS NOT NULL"),
            ],
        ),
        migrations.RunSQL(COLLEAGUE, "DROP VIEW people_colleague"),
        migrations.CreateModel(
            name="Colleague",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("centre_id", models.UUIDField()),
                ("name", models.CharField(max_length=80)),
                ("role", models.CharField(max_length=20)),
                ("is_active", models.BooleanField()),
            ],
            options={"db_table": "people_colleague", "managed": False},
        ),
    ]
