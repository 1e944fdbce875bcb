-- The few questions that cannot name a tenant. Each function answers exactly one of them, is owned
-- by klinke_lookup, and klinke_lookup may read only the columns it needs.

-- Who signs in with this e-mail address.
CREATE FUNCTION lookup_login(p_email text)
  RETURNS TABLE (
    tenant_id uuid, user_id uuid, password_hash text, active boolean, role text,
    tenant_state text, tenant_platform boolean)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
BEGIN ATOMIC
  SELECT u.tenant_id, u.user_id, u.password_hash, u.active, u.role, t.state, t.platform
  FROM user_account u JOIN tenant t ON t.tenant_id = u.tenant_id
  WHERE u.email = lower(p_email);
END;

-- Who answers this number.
CREATE FUNCTION lookup_number(p_number text)
  RETURNS TABLE (tenant_id uuid, bot_id uuid, mapping_id uuid, tenant_state text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
BEGIN ATOMIC
  SELECT m.tenant_id, m.bot_id, m.mapping_id, t.state
  FROM phone_mapping m JOIN tenant t ON t.tenant_id = m.tenant_id
  WHERE m.number = p_number AND m.active;
END;

-- Whose call this is.
CREATE FUNCTION lookup_call(p_provider text, p_provider_call_id text) RETURNS uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
BEGIN ATOMIC
  SELECT c.tenant_id FROM call c
  WHERE c.provider = p_provider AND c.provider_call_id = p_provider_call_id;
END;

-- All tenants but the platform's own, a page at a time, oldest first.
CREATE FUNCTION lookup_tenants(
  p_state text, p_after_time timestamptz, p_after_id uuid, p_limit integer)
  RETURNS SETOF tenant
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
BEGIN ATOMIC
  SELECT * FROM tenant t
  WHERE NOT t.platform
    AND (p_state IS NULL OR t.state = p_state)
    AND (p_after_time IS NULL OR (t.create_time, t.tenant_id) > (p_after_time, p_after_id))
  ORDER BY t.create_time, t.tenant_id
  LIMIT p_limit;
END;

-- Whether an id that the current tenant does not see belongs to another one. It says no more than
-- that, so that a foreign id can be refused and an unknown one reported as unknown.
CREATE FUNCTION lookup_foreign(p_kind text, p_id uuid) RETURNS boolean
  LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  RETURN CASE p_kind
    WHEN 'tenant' THEN EXISTS (SELECT FROM tenant WHERE tenant.tenant_id = p_id)
    WHEN 'user' THEN EXISTS (SELECT FROM user_account WHERE user_id = p_id)
    WHEN 'bot' THEN EXISTS (SELECT FROM bot WHERE bot_id = p_id)
    WHEN 'flow' THEN EXISTS (SELECT FROM flow WHERE flow_id = p_id)
    WHEN 'mapping' THEN EXISTS (SELECT FROM phone_mapping WHERE mapping_id = p_id)
    WHEN 'call' THEN EXISTS (SELECT FROM call WHERE call_id = p_id)
    WHEN 'connector' THEN EXISTS (SELECT FROM connector WHERE connector_id = p_id)
    ELSE NULL
  END;
END
$$;

-- Privileges first: afterwards they are no longer the migrating role's to give.
REVOKE ALL ON FUNCTION lookup_login, lookup_number, lookup_call, lookup_tenants, lookup_foreign
  FROM PUBLIC;
GRANT EXECUTE ON FUNCTION lookup_login, lookup_number, lookup_call, lookup_tenants, lookup_foreign
  TO klinke_app;

ALTER FUNCTION lookup_login OWNER TO klinke_lookup;
ALTER FUNCTION lookup_number OWNER TO klinke_lookup;
ALTER FUNCTION lookup_call OWNER TO klinke_lookup;
ALTER FUNCTION lookup_tenants OWNER TO klinke_lookup;
ALTER FUNCTION lookup_foreign OWNER TO klinke_lookup;

-- The foreign-id question must not scan: ids are looked up without their tenant.
CREATE INDEX user_account_by_id ON user_account (user_id);
CREATE INDEX bot_by_id ON bot (bot_id);
CREATE INDEX flow_by_id ON flow (flow_id);
CREATE INDEX phone_mapping_by_id ON phone_mapping (mapping_id);
CREATE INDEX call_by_id ON call (call_id);
CREATE INDEX connector_by_id ON connector (connector_id);
