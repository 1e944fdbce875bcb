CREATE TABLE tenant (
  tenant_id      uuid        NOT NULL,
  display_name   text        NOT NULL,
  state          text        NOT NULL DEFAULT 'pending',
  default_region text        NOT NULL DEFAULT 'DE',
  time_zone      text        NOT NULL DEFAULT 'Europe/Berlin',
  locale         text        NOT NULL DEFAULT 'de-DE',
  user_limit     integer     NOT NULL DEFAULT 2,
  -- True for the one tenant that platform administrators belong to.
  platform       boolean     NOT NULL DEFAULT false,
  revision       bigint      NOT NULL DEFAULT 1,
  create_time    timestamptz NOT NULL DEFAULT now(),
  update_time    timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT tenant_pkey PRIMARY KEY (tenant_id),
  CONSTRAINT tenant_display_name_length CHECK (char_length(display_name) BETWEEN 1 AND 120),
  CONSTRAINT tenant_state_known CHECK (state IN ('pending', 'approved', 'rejected', 'suspended')),
  CONSTRAINT tenant_region_known CHECK (default_region IN ('AT', 'DE', 'CH', 'GB', 'US')),
  CONSTRAINT tenant_user_limit_range CHECK (user_limit BETWEEN 1 AND 10000)
);
CREATE UNIQUE INDEX tenant_one_platform ON tenant (platform) WHERE platform;
ALTER TABLE tenant ENABLE ROW LEVEL SECURITY;
ALTER TABLE tenant FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON tenant
  USING (tenant_id = (SELECT current_tenant()))
  WITH CHECK (tenant_id = (SELECT current_tenant()));
CREATE POLICY tenant_lookup ON tenant FOR SELECT TO klinke_lookup USING (true);
GRANT SELECT, INSERT, UPDATE ON tenant TO klinke_app;
GRANT SELECT ON tenant TO klinke_lookup;

CREATE TABLE user_account (
  tenant_id     uuid        NOT NULL,
  user_id       uuid        NOT NULL,
  email         text        NOT NULL,
  display_name  text        NOT NULL DEFAULT '',
  role          text        NOT NULL,
  password_hash text        NOT NULL,
  active        boolean     NOT NULL DEFAULT true,
  create_time   timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT user_account_pkey PRIMARY KEY (tenant_id, user_id),
  CONSTRAINT user_account_tenant FOREIGN KEY (tenant_id) REFERENCES tenant ON DELETE CASCADE,
  CONSTRAINT user_account_email_form CHECK (
    email = lower(email) AND email LIKE '_%@_%' AND char_length(email) <= 254),
  CONSTRAINT user_account_display_name_length CHECK (char_length(display_name) <= 120),
  CONSTRAINT user_account_role_known CHECK (
    role IN ('platform_admin', 'customer_admin', 'customer_user', 'support'))
);
-- One person, one account on the platform: signing in names no tenant.
CREATE UNIQUE INDEX user_account_email_unique ON user_account (email);
ALTER TABLE user_account ENABLE ROW LEVEL SECURITY;
ALTER TABLE user_account FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON user_account
  USING (tenant_id = (SELECT current_tenant()))
  WITH CHECK (tenant_id = (SELECT current_tenant()));
CREATE POLICY tenant_lookup ON user_account FOR SELECT TO klinke_lookup USING (true);
GRANT SELECT, INSERT, UPDATE ON user_account TO klinke_app;
GRANT SELECT ON user_account TO klinke_lookup;

-- The tenant that platform administrators belong to. Row-level security holds for the owner too.
SELECT set_config('klinke.tenant_id', '00000000-0000-4000-8000-000000000000', true);
INSERT INTO tenant (tenant_id, display_name, state, platform, user_limit)
VALUES ('00000000-0000-4000-8000-000000000000', 'Klinke', 'approved', true, 10000);
SELECT set_config('klinke.tenant_id', '', true);
