-- The tenant's data key, wrapped by the platform's master key.
CREATE TABLE tenant_key (
  tenant_id     uuid        NOT NULL,
  key_id        uuid        NOT NULL,
  master_key_id text        NOT NULL,
  wrapped_key   bytea       NOT NULL,
  create_time   timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT tenant_key_pkey PRIMARY KEY (tenant_id, key_id),
  CONSTRAINT tenant_key_tenant FOREIGN KEY (tenant_id) REFERENCES tenant ON DELETE CASCADE
);
CREATE UNIQUE INDEX tenant_key_one ON tenant_key (tenant_id);
ALTER TABLE tenant_key ENABLE ROW LEVEL SECURITY;
ALTER TABLE tenant_key FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON tenant_key
  USING (tenant_id = (SELECT current_tenant()))
  WITH CHECK (tenant_id = (SELECT current_tenant()));
GRANT SELECT, INSERT ON tenant_key TO klinke_app;

CREATE TABLE connector (
  tenant_id     uuid        NOT NULL,
  connector_id  uuid        NOT NULL,
  provider      text        NOT NULL,
  account       text        NOT NULL,
  secret_prefix text        NOT NULL,
  -- The secret, sealed with the tenant's data key and bound to this row.
  sealed_secret bytea       NOT NULL,
  create_time   timestamptz NOT NULL DEFAULT now(),
  update_time   timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT connector_pkey PRIMARY KEY (tenant_id, connector_id),
  CONSTRAINT connector_tenant FOREIGN KEY (tenant_id) REFERENCES tenant ON DELETE CASCADE,
  CONSTRAINT connector_one_per_provider UNIQUE (tenant_id, provider),
  CONSTRAINT connector_provider_known CHECK (provider IN ('twilio'))
);
ALTER TABLE connector ENABLE ROW LEVEL SECURITY;
ALTER TABLE connector FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON connector
  USING (tenant_id = (SELECT current_tenant()))
  WITH CHECK (tenant_id = (SELECT current_tenant()));
CREATE POLICY tenant_lookup ON connector FOR SELECT TO klinke_lookup USING (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON connector TO klinke_app;
GRANT SELECT (tenant_id, connector_id) ON connector TO klinke_lookup;
