from django.db import migrations

from lykta.core.walls import BY_STAFF, OF_CENTRE, Gate, walled

OWN = f"{OF_CENTRE} AND member_id = lykta_actor()"
BY_WORKER = BY_STAFF
VISITOR = f"{OF_CENTRE} AND lykta_held('visitor') IS NOT NULL"
VISITORS_CASE = f"{OF_CENTRE} AND case_id::text = lykta_held('case')"
# A room's door names the case it has let a member into. Whoever holds no share of any ring may neither wrap nor
# destroy; who holds one does so for the ring it is a share of, and for the recovery pair, which nobody holds.
STAFFS_CASE = (
    f"{OF_CENTRE} AND case_id::text = lykta_held('case')"
    " AND EXISTS (SELECT 1 FROM sealing_ringshare s JOIN sealing_ring r ON r.id = sealing_wrap.ring_id"
    " WHERE s.member_id = lykta_actor() AND (s.ring_id = r.id OR r.name = 'recovery'))"
)
SHARED_WITH_ME = (
    f"{OF_CENTRE} AND EXISTS (SELECT 1 FROM sealing_ringshare s"
    " WHERE s.ring_id = sealing_wrap.ring_id AND s.member_id = lykta_actor())"
)


class Migration(migrations.Migration):
    dependencies = [("sealing", "0001_initial"), ("core", "0001_who_acts")]
    operations = [
        walled(
            "sealing_staffpair",
            [Gate("lykta_staff", "SELECT", OWN), Gate("lykta_worker", "INSERT", BY_WORKER)],
        ),
        walled(
            "sealing_ring",
            [
                Gate("lykta_public", "SELECT", VISITOR),
                Gate("lykta_staff", "SELECT", BY_STAFF),
                Gate("lykta_worker", "SELECT", BY_WORKER),
                Gate("lykta_worker", "INSERT", BY_WORKER),
            ],
        ),
        walled(
            "sealing_ringshare",
            [Gate("lykta_staff", "SELECT", OWN), Gate("lykta_worker", "INSERT", BY_WORKER)],
        ),
        walled(
            "sealing_wrap",
            [
                # A visitor's own case: she may give its key away when it is new, and destroy it; never read it.
                Gate("lykta_public", "INSERT", VISITORS_CASE),
                Gate("lykta_public", "SELECT", VISITORS_CASE, columns=("id", "case_id", "centre_id")),
                Gate("lykta_public", "DELETE", VISITORS_CASE),
                # Staff: open what is shared with them; write into, and forget, the one case they were let into.
                Gate("lykta_staff", "SELECT", f"({SHARED_WITH_ME}) OR ({STAFFS_CASE})"),
                Gate("lykta_staff", "INSERT", STAFFS_CASE),
                Gate("lykta_staff", "DELETE", STAFFS_CASE),
                # Demo files and, later, turned keys are written by the worker, which holds no share and reads nothing.
                Gate("lykta_worker", "INSERT", BY_WORKER),
                Gate("lykta_worker", "SELECT", BY_WORKER, columns=("id", "case_id", "centre_id")),
                Gate("lykta_worker", "DELETE", BY_WORKER),
            ],
        ),
    ]
