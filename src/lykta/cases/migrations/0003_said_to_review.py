from django.db import migrations, models

from lykta.core.walls import BY_STAFF, OF_CENTRE, Gate, gated

OWNER = "lykta_owner"

# Why a file was opened is said to the reviewers too, who can't open the file: under a key of the opening's own, which
# its maker gives to their ring. That is the one key she may give to a ring she holds no share of.
MINE = """
CREATE FUNCTION lykta_my_opening(wanted uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
    SELECT EXISTS (SELECT 1 FROM cases_opening o WHERE o.id = wanted AND o.member_id = lykta_actor())
$$;
"""
TO_REVIEWERS = (
    f"{OF_CENTRE} AND case_id::text = lykta_held('case') AND lykta_my_opening(case_id)"
    " AND EXISTS (SELECT 1 FROM sealing_ring r WHERE r.id = sealing_wrap.ring_id AND r.name IN ('review', 'recovery'))"
)
UNSAID = f"{BY_STAFF} AND member_id = lykta_actor() AND sealed_review IS NULL"


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_walls"), ("sealing", "0007_leaving")]
    operations = [
        migrations.AddField("opening", "sealed_review", models.BinaryField(null=True)),
        migrations.RunSQL(MINE, migrations.RunSQL.noop),
        gated("sealing_wrap", "opening", [Gate("lykta_staff", "INSERT", TO_REVIEWERS)]),
        gated(
            "cases_opening",
            "said",
            [
                Gate(
                    "lykta_staff",
                    "UPDATE",
                    UNSAID,
                    columns=("sealed_review",),
                    new_rows=f"{BY_STAFF} AND member_id = lykta_actor()",
                )
            ],
        ),
    ]
