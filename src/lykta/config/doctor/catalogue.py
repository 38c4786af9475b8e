"""Questions to PostgreSQL's own catalogue, which every login may ask. They mean the same from version 15 on."""

from typing import LiteralString

OURS: LiteralString = (  # a relation or function of the schema public that no extension brought
    "{x}namespace = 'public'::regnamespace"
    " AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = o.oid AND d.deptype = 'e')"
)
OUR_RELATION: LiteralString = OURS.replace("{x}", "o.rel")
OUR_FUNCTION: LiteralString = OURS.replace("{x}", "o.pro")

# Who may become which of our roles, or they whom: whether by asking (SET ROLE), and whether with its rights even
# without asking. Before version 16 the membership does not say so, but the member; who only made the role may neither.
MEMBERS: LiteralString = """
SELECT m.rolname, r.rolname, coalesce((to_jsonb(am) ->> 'set_option')::boolean, true),
       coalesce((to_jsonb(am) ->> 'inherit_option')::boolean, m.rolinherit)
FROM pg_auth_members am JOIN pg_roles r ON r.oid = am.roleid JOIN pg_roles m ON m.oid = am.member
WHERE r.rolname = ANY(%(ours)s) OR m.rolname = ANY(%(ours)s)
"""

ABOVE: LiteralString = """
SELECT rolname FROM pg_roles WHERE rolcanlogin AND (rolsuper OR rolbypassrls) AND rolname <> ALL(%s)
"""

ROLE_SETTINGS: LiteralString = """
SELECT coalesce(r.rolname, ''), split_part(said, '=', 1), substr(said, strpos(said, '=') + 1)
FROM pg_db_role_setting s LEFT JOIN pg_roles r ON r.oid = s.setrole CROSS JOIN unnest(s.setconfig) said
WHERE s.setdatabase IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))
  AND (s.setrole = 0 OR r.rolname = ANY(%s))
"""

RELATION_RIGHTS: LiteralString = f"""
SELECT o.relname, coalesce(g.rolname, 'PUBLIC'), a.privilege_type, ''
FROM pg_class o CROSS JOIN aclexplode(o.relacl) a LEFT JOIN pg_roles g ON g.oid = a.grantee
WHERE {OUR_RELATION} AND o.relkind <> 'S' AND a.grantee <> o.relowner
UNION
SELECT o.relname, coalesce(g.rolname, 'PUBLIC'), a.privilege_type, c.attname
FROM pg_class o JOIN pg_attribute c ON c.attrelid = o.oid AND c.attacl IS NOT NULL
CROSS JOIN aclexplode(c.attacl) a LEFT JOIN pg_roles g ON g.oid = a.grantee
WHERE {OUR_RELATION} AND a.grantee <> o.relowner
"""

FUNCTION_RIGHTS: LiteralString = f"""
SELECT o.proname, array_agg(coalesce(g.rolname, 'PUBLIC')::text)
FROM pg_proc o CROSS JOIN aclexplode(coalesce(o.proacl, acldefault('f', o.proowner))) a
LEFT JOIN pg_roles g ON g.oid = a.grantee
WHERE {OUR_FUNCTION} AND a.grantee <> o.proowner GROUP BY 1
"""

SCHEMA_RIGHTS: LiteralString = """
SELECT coalesce(g.rolname, 'PUBLIC') FROM pg_namespace o CROSS JOIN aclexplode(o.nspacl) a
LEFT JOIN pg_roles g ON g.oid = a.grantee
WHERE o.nspname = 'public' AND a.privilege_type = 'CREATE' AND a.grantee <> o.nspowner
"""

DATABASE_RIGHTS: LiteralString = """
SELECT coalesce(g.rolname, 'PUBLIC')
FROM pg_database o CROSS JOIN aclexplode(coalesce(o.datacl, acldefault('d', o.datdba))) a
LEFT JOIN pg_roles g ON g.oid = a.grantee
WHERE o.datname = current_database() AND a.privilege_type = 'CONNECT' AND a.grantee <> o.datdba
"""

RELATIONS: LiteralString = f"""
SELECT o.relname, o.relkind, o.relrowsecurity, o.relforcerowsecurity, pg_get_userbyid(o.relowner),
       CASE WHEN o.relkind IN ('v', 'm') THEN pg_get_viewdef(o.oid) || coalesce(o.reloptions::text, '') END
FROM pg_class o WHERE {OUR_RELATION} AND o.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
"""

FUNCTIONS: LiteralString = f"""
SELECT o.proname, pg_get_userbyid(o.proowner), o.prosrc, o.prosecdef,
       EXISTS (SELECT 1 FROM unnest(o.proconfig) c WHERE c LIKE 'search\\_path=%')
FROM pg_proc o WHERE {OUR_FUNCTION}
"""

POLICIES: LiteralString = """
SELECT tablename, policyname, CASE permissive WHEN 'PERMISSIVE' THEN '' ELSE 'restrictive ' END || cmd,
       array_to_string(roles, ','), coalesce(qual, ''), coalesce(with_check, '')
FROM pg_policies WHERE schemaname = 'public'
"""

TRIGGERS: LiteralString = f"""
SELECT o.relname, t.tgname, t.tgisinternal, t.tgenabled = 'O'
FROM pg_trigger t JOIN pg_class o ON o.oid = t.tgrelid WHERE {OUR_RELATION}
"""

CHECKS: LiteralString = f"""
SELECT o.relname, c.conname FROM pg_constraint c JOIN pg_class o ON o.oid = c.conrelid
WHERE {OUR_RELATION} AND c.contype IN ('c', 'x', 'u', 'f') AND c.convalidated
"""
