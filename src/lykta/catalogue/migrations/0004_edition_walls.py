from django.db import migrations

from lykta.core.walls import BY_STAFF, OF_CENTRE, Gate, walled

# Who changes the catalogue: the roles with catalogue:service:edit (a test holds this list to access.rules). Asked as
# the member herself, who sees her own row.
EDITS = """
CREATE FUNCTION lykta_edits_catalogue() RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT 1 FROM people_member m
        WHERE m.id = lykta_actor() AND m.centre_id = lykta_centre() AND m.is_active AND m.role IN ('head', 'editor'))
$$;
"""

# An edition goes only these ways, whoever writes; what was saved stays as it was saved.
STEPS = """
CREATE FUNCTION catalogue_edition_step() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state <> OLD.state AND OLD.state || '>' || NEW.state NOT IN
        ('draft>waiting', 'draft>aside', 'waiting>live', 'waiting>aside', 'live>past') THEN
        RAISE EXCEPTION 'an edition does not go from % to %', OLD.state, NEW.state;
    END IF;
    IF OLD.state <> 'draft' AND (NEW.number, NEW.saved_by, NEW.saved_at, NEW.why)
        IS DISTINCT FROM (OLD.number, OLD.saved_by, OLD.saved_at, OLD.why) THEN
        RAISE EXCEPTION 'what was saved is not rewritten';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER catalogue_edition_steps BEFORE UPDATE ON catalogue_edition
    FOR EACH ROW EXECUTE FUNCTION catalogue_edition_step();
"""

OLD_GATES = "".join(
    f"DROP POLICY {name} ON catalogue_entry;"
    for name in ("staff_select_0", "worker_select_1", "worker_insert_2", "worker_delete_3")
)
EDITOR = f"{OF_CENTRE} AND lykta_edits_catalogue()"
HERS = f"{EDITOR} AND begun_by = lykta_actor() AND state = 'draft'"
OPEN = "EXISTS (SELECT 1 FROM catalogue_edition d WHERE d.id = edition_id AND d.state = 'draft')"
IN_DRAFT = f"{EDITOR} AND {OPEN}"
GOES = ("state", "number", "saved_by", "saved_at", "why", "live_from", "live_until")
SAYS = ("ref", "position", "valid_from", "valid_to", "body")


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0003_editions"), ("people", "0002_walls")]
    operations = [
        migrations.RunSQL(EDITS, migrations.RunSQL.noop),
        migrations.RunSQL(OLD_GATES, migrations.RunSQL.noop),
        walled(
            "catalogue_edition",
            [
                Gate("lykta_staff", "SELECT", BY_STAFF),
                Gate("lykta_staff", "INSERT", HERS),
                Gate("lykta_staff", "UPDATE", EDITOR, columns=GOES),
                Gate("lykta_worker", "SELECT", BY_STAFF),
                Gate("lykta_worker", "INSERT", BY_STAFF),
                Gate("lykta_worker", "UPDATE", BY_STAFF, columns=("state", "live_from", "live_until")),
            ],
        ),
        walled(
            "catalogue_entry",
            [
                Gate("lykta_staff", "SELECT", BY_STAFF),
                Gate("lykta_staff", "INSERT", IN_DRAFT),
                Gate("lykta_staff", "UPDATE", IN_DRAFT, columns=SAYS),
                Gate("lykta_staff", "DELETE", IN_DRAFT),
                Gate("lykta_worker", "SELECT", BY_STAFF),
                Gate("lykta_worker", "INSERT", BY_STAFF),
            ],
        ),
        walled(
            "catalogue_change",
            [
                Gate("lykta_staff", "SELECT", BY_STAFF),
                Gate("lykta_staff", "INSERT", f"{IN_DRAFT} AND by = lykta_actor()"),
                Gate("lykta_worker", "SELECT", BY_STAFF),
            ],
        ),
        migrations.RunSQL(STEPS, migrations.RunSQL.noop),
    ]
