import django.db.models.deletion
from django.db import migrations, models

from lykta.core.walls import BY_STAFF, DOOR_ROLES, OF_CENTRE, Gate, gated, walled

OWN = f"{OF_CENTRE} AND member_id = lykta_actor()"
OWNER = "lykta_owner"

# Rights that follow from holding a key, not from a role. The functions run as the owner, who is under the policies too
# and sees through its own gates; so a policy of the table of shares can ask about shares.
FUNCTIONS = """
CREATE FUNCTION lykta_holds(wanted uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
    SELECT EXISTS (SELECT 1 FROM sealing_ringshare s
                   WHERE s.ring_id = wanted AND s.member_id = lykta_actor() AND s.centre_id = lykta_centre())
$$;
CREATE FUNCTION lykta_holds_ring(wanted text) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
    SELECT EXISTS (SELECT 1 FROM sealing_ringshare s JOIN sealing_ring r ON r.id = s.ring_id
                   WHERE r.name = wanted AND s.member_id = lykta_actor() AND s.centre_id = lykta_centre())
$$;
CREATE FUNCTION lykta_sign_pair(of_member uuid, shown bytea, by_centre bytea) RETURNS boolean LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    IF NOT lykta_holds_ring('house') THEN RETURN false; END IF;
    UPDATE sealing_staffpair SET signature = by_centre WHERE member_id = of_member AND public = shown;
    RETURN FOUND;
END $$;
CREATE FUNCTION lykta_destroy_pair(of_member uuid) RETURNS boolean LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    IF NOT lykta_holds_ring('house') THEN RETURN false; END IF;
    DELETE FROM sealing_staffpair WHERE member_id = of_member;
    RETURN FOUND;
END $$;
REVOKE ALL ON FUNCTION lykta_sign_pair, lykta_destroy_pair FROM PUBLIC;
GRANT EXECUTE ON FUNCTION lykta_sign_pair, lykta_destroy_pair TO lykta_staff;
"""

PUBLIC_KEY = f"""
CREATE VIEW sealing_publickey WITH (security_barrier = true) AS
    SELECT member_id, centre_id, public, signature FROM sealing_staffpair WHERE {BY_STAFF};
REVOKE ALL ON sealing_publickey FROM PUBLIC, {", ".join(DOOR_ROLES)};
GRANT SELECT ON sealing_publickey TO lykta_staff, lykta_worker;
"""

HOUSE = f"{BY_STAFF} AND lykta_holds_ring('house')"
# A new version of a ring, and its first shares: from somebody of the house.
CO_HOLDER = f"{BY_STAFF} AND lykta_holds(ring_id)"


class Migration(migrations.Migration):
    dependencies = [("sealing", "0003_no_choices")]
    operations = [
        migrations.CreateModel(
            name="RingSpare",
            fields=[
                (
                    "ring",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="spare",
                        serialize=False,
                        to="sealing.ring",
                    ),
                ),
                ("centre_id", models.UUIDField()),
                ("box", models.BinaryField()),
            ],
            options={"db_table": "sealing_ringspare"},
        ),
        migrations.CreateModel(
            name="CentreSeed",
            fields=[
                ("centre_id", models.UUIDField(primary_key=True, serialize=False)),
                ("box", models.BinaryField()),
                ("spare", models.BinaryField()),
                (
                    "ring",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="sealing.ring"
                    ),
                ),
            ],
            options={"db_table": "sealing_centreseed"},
        ),
        migrations.CreateModel(
            name="PublicKey",
            fields=[
                ("member_id", models.UUIDField(primary_key=True, serialize=False)),
                ("centre_id", models.UUIDField()),
                ("public", models.BinaryField(max_length=32)),
                ("signature", models.BinaryField(max_length=64)),
            ],
            options={"db_table": "sealing_publickey", "managed": False},
        ),
        migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop),
        gated(
            "sealing_staffpair",
            "turning",
            [
                # Her own: made anew unsigned, or put under another password. Never signed by herself.
                Gate("lykta_staff", "INSERT", f"{OWN} AND signature = ''"),
                Gate("lykta_staff", "UPDATE", OWN, columns=("salt", "sealed_private")),
                Gate("lykta_staff", "DELETE", OWN),
                Gate(OWNER, "SELECT", BY_STAFF),
                Gate(OWNER, "UPDATE", BY_STAFF, columns=("signature",)),
                Gate(OWNER, "DELETE", BY_STAFF),
            ],
        ),
        gated(
            "sealing_ring",
            "turning",
            [
                Gate("lykta_staff", "INSERT", f"{HOUSE} AND name <> 'recovery'"),
                Gate(OWNER, "SELECT", BY_STAFF),
            ],
        ),
        gated(
            "sealing_ringshare",
            "turning",
            [
                Gate("lykta_staff", "SELECT", f"({CO_HOLDER}) OR ({HOUSE})"),
                Gate("lykta_staff", "INSERT", f"({CO_HOLDER}) OR ({HOUSE})"),
                Gate("lykta_staff", "DELETE", f"({CO_HOLDER}) OR ({HOUSE}) OR ({OWN})"),
                Gate("lykta_worker", "SELECT", BY_STAFF, columns=("id", "centre_id", "ring_id", "member_id")),
                Gate(OWNER, "SELECT", f"{OF_CENTRE} AND member_id = lykta_actor()"),
            ],
        ),
        walled(
            "sealing_ringspare",
            [
                # Opened on paper alone: the worker's commands read it, no door of a person's does.
                Gate("lykta_worker", "SELECT", BY_STAFF),
                Gate("lykta_worker", "INSERT", BY_STAFF),
                Gate("lykta_staff", "INSERT", HOUSE),
            ],
        ),
        walled(
            "sealing_centreseed",
            [
                Gate("lykta_worker", "SELECT", BY_STAFF),
                Gate("lykta_worker", "INSERT", BY_STAFF),
                Gate("lykta_staff", "SELECT", HOUSE),
                Gate("lykta_staff", "UPDATE", HOUSE, columns=("ring_id", "box")),
            ],
        ),
        migrations.RunSQL(PUBLIC_KEY, "DROP VIEW sealing_publickey"),
    ]
