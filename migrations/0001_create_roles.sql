-- The roles of the platform. They belong to the whole server, so each is made only when it is missing.
--
-- klinke_app     what the running server signs in as, or is a member of: no ownership, no bypass.
-- klinke_lookup  owns the few SECURITY DEFINER functions that look across tenants; nobody signs in as it.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'klinke_app') THEN
    CREATE ROLE klinke_app NOLOGIN NOSUPERUSER NOBYPASSRLS;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'klinke_lookup') THEN
    CREATE ROLE klinke_lookup NOLOGIN NOSUPERUSER NOBYPASSRLS;
  END IF;
  -- The owner hands the functions over to klinke_lookup, which takes SET. It must not inherit: what
  -- klinke_lookup may see would hold for every session of the owner.
  IF NOT pg_has_role(current_user, 'klinke_lookup', 'SET') THEN
    EXECUTE format('GRANT klinke_lookup TO %I WITH INHERIT FALSE, SET TRUE', current_user);
  END IF;
END
$$;

GRANT USAGE ON SCHEMA public TO klinke_app, klinke_lookup;
-- A function's new owner must be able to create in the schema it is in.
GRANT CREATE ON SCHEMA public TO klinke_lookup;

-- The tenant of the current transaction; NULL when none is set, so that no row matches.
CREATE FUNCTION current_tenant() RETURNS uuid
  LANGUAGE sql STABLE PARALLEL SAFE
  RETURN NULLIF(current_setting('klinke.tenant_id', true), '')::uuid;
