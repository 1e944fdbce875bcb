CREATE TABLE phone_mapping (
  tenant_id   uuid        NOT NULL,
  mapping_id  uuid        NOT NULL,
  bot_id      uuid        NOT NULL,
  number      text        NOT NULL,
  raw_number  text        NOT NULL,
  region      text        NOT NULL,
  label       text        NOT NULL DEFAULT '',
  active      boolean     NOT NULL DEFAULT true,
  revision    bigint      NOT NULL DEFAULT 1,
  create_time timestamptz NOT NULL DEFAULT now(),
  update_time timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT phone_mapping_pkey PRIMARY KEY (tenant_id, mapping_id),
  CONSTRAINT phone_mapping_bot FOREIGN KEY (tenant_id, bot_id) REFERENCES bot ON DELETE RESTRICT,
  CONSTRAINT phone_mapping_number_e164 CHECK (number ~ '^\+[1-9]\d{6,14}$'),
  CONSTRAINT phone_mapping_region_known CHECK (region IN ('AT', 'DE', 'CH', 'GB', 'US')),
  CONSTRAINT phone_mapping_label_length CHECK (char_length(label) <= 120),
  CONSTRAINT phone_mapping_raw_number_length CHECK (char_length(raw_number) <= 64)
);
-- A call names no tenant: the number alone decides, so it can belong to one mapping only.
CREATE UNIQUE INDEX phone_mapping_one_active ON phone_mapping (number) WHERE active;
ALTER TABLE phone_mapping ENABLE ROW LEVEL SECURITY;
ALTER TABLE phone_mapping FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON phone_mapping
  USING (tenant_id = (SELECT current_tenant()))
  WITH CHECK (tenant_id = (SELECT current_tenant()));
CREATE POLICY tenant_lookup ON phone_mapping FOR SELECT TO klinke_lookup USING (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON phone_mapping TO klinke_app;
GRANT SELECT (tenant_id, mapping_id, bot_id, number, active) ON phone_mapping TO klinke_lookup;
