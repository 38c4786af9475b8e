from django.db import migrations

from lykta.core.walls import BY_STAFF, Gate, walled

# Who is signing in may see her own row, by the address she gave; nobody else's.
SELF = "(id = lykta_actor() OR email = lykta_held('sign_in'))"
MINE = "(user_id = lykta_actor() OR user_id IN (SELECT id FROM people_member WHERE email = lykta_held('sign_in')))"
THIS_BROWSER = "row = lykta_held('session')"


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
                Gate("lykta_staff", "SELECT", f"{SELF} OR ({BY_STAFF})"),
                Gate("lykta_staff", "UPDATE", SELF, columns=("last_login", "password")),
                Gate("lykta_worker", "SELECT", BY_STAFF),
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
                *[Gate("lykta_staff", c, MINE) for c in ("SELECT", "INSERT", "UPDATE", "DELETE")],
                Gate("lykta_worker", "INSERT", "lykta_actor() IS NOT NULL"),
                Gate("lykta_worker", "SELECT", "lykta_actor() IS NOT NULL"),
            ],
        ),
    ]
