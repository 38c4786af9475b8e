from django.db import migrations

from lykta.core.walls import BY_STAFF, Gate, gated

# A ring of the first release has no spare for the recovery pair, and only who holds the ring can make it. She may see
# that it is missing, never what is in one.
HOLDER = f"{BY_STAFF} AND lykta_holds(ring_id)"


class Migration(migrations.Migration):
    dependencies = [("sealing", "0005_named")]
    operations = [
        gated(
            "sealing_ringspare",
            "spares",
            [
                Gate("lykta_staff", "SELECT", BY_STAFF, columns=("ring_id", "centre_id")),
                Gate("lykta_staff", "INSERT", HOLDER),
            ],
        )
    ]
