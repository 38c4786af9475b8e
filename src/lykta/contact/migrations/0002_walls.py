from django.db import migrations

from lykta.core.walls import BY_STAFF, OF_CENTRE, Gate, staff_gates, walled

# By the code she showed, or, when the code is renewed, by the case it has already led to.
HERS = f"{OF_CENTRE} AND (encode(lookup, 'hex') = lykta_held('visitor') OR id::text = lykta_held('case'))"
HER_CASE = f"{OF_CENTRE} AND dialogue_id::text = lykta_held('case')"
HER_BROWSER = f"{OF_CENTRE} AND row = lykta_held('visit')"
INSIDE = f"{OF_CENTRE} AND lykta_works_in('contact')"
BY_WORKER = BY_STAFF
FACTS = ("id", "centre_id", "ref", "state", "last_on", "taken_by", "waiting_on", "opened_on")
KEYS = ("id", "centre_id", "dialogue_id")


class Migration(migrations.Migration):
    dependencies = [("contact", "0001_initial"), ("access", "0002_walls"), ("sealing", "0002_walls")]
    operations = [
        walled(
            "contact_dialogue",
            [
                Gate("lykta_public", "SELECT", HERS),
                Gate("lykta_public", "INSERT", HERS),
                Gate("lykta_public", "UPDATE", HERS),
                Gate("lykta_public", "DELETE", HERS),
                *staff_gates("SELECT", "UPDATE", rows=INSIDE),
                Gate("lykta_worker", "SELECT", BY_WORKER, columns=FACTS),
                Gate("lykta_worker", "INSERT", BY_WORKER),
                Gate("lykta_worker", "DELETE", BY_WORKER),
            ],
        ),
        walled(
            "contact_message",
            [
                # She can't read her own messages back: they are sealed to staff only.
                Gate("lykta_public", "INSERT", f"{HER_CASE} AND kind = 'visitor'"),
                Gate("lykta_public", "SELECT", HER_CASE, columns=KEYS),
                Gate("lykta_public", "DELETE", HER_CASE),
                *staff_gates("SELECT", "INSERT", "DELETE", rows=INSIDE),
                Gate("lykta_worker", "SELECT", BY_WORKER, columns=KEYS),
                Gate("lykta_worker", "INSERT", BY_WORKER),
                Gate("lykta_worker", "DELETE", BY_WORKER),
            ],
        ),
        walled(
            "contact_replycopy",
            [
                Gate("lykta_public", "SELECT", HER_CASE),
                Gate("lykta_public", "DELETE", HER_CASE),
                Gate("lykta_staff", "INSERT", INSIDE),
                Gate("lykta_staff", "SELECT", INSIDE, columns=(*KEYS, "on", "number")),
                Gate("lykta_worker", "SELECT", BY_WORKER, columns=(*KEYS, "on")),
                Gate("lykta_worker", "INSERT", BY_WORKER),
                Gate("lykta_worker", "DELETE", BY_WORKER),
            ],
        ),
        walled(
            "contact_visit",
            [
                *[Gate("lykta_public", c, HER_BROWSER) for c in ("SELECT", "INSERT", "UPDATE", "DELETE")],
                Gate("lykta_worker", "SELECT", BY_WORKER, columns=("row", "centre_id", "on")),
                Gate("lykta_worker", "DELETE", BY_WORKER),
            ],
        ),
    ]
