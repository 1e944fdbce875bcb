CREATE TABLE bot (
  tenant_id     uuid        NOT NULL,
  bot_id        uuid        NOT NULL,
  display_name  text        NOT NULL,
  system_prompt text        NOT NULL DEFAULT '',
  locale        text        NOT NULL DEFAULT 'de-DE',
  revision      bigint      NOT NULL DEFAULT 1,
  create_time   timestamptz NOT NULL DEFAULT now(),
  update_time   timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT bot_pkey PRIMARY KEY (tenant_id, bot_id),
  CONSTRAINT bot_tenant FOREIGN KEY (tenant_id) REFERENCES tenant ON DELETE CASCADE,
  CONSTRAINT bot_display_name_length CHECK (char_length(display_name) BETWEEN 1 AND 120),
  CONSTRAINT bot_system_prompt_length CHECK (char_length(system_prompt) <= 16000)
);
ALTER TABLE bot ENABLE ROW LEVEL SECURITY;
ALTER TABLE bot FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON bot
  USING (tenant_id = (SELECT current_tenant()))
  WITH CHECK (tenant_id = (SELECT current_tenant()));
CREATE POLICY tenant_lookup ON bot FOR SELECT TO klinke_lookup USING (true);
GRANT SELECT, INSERT, UPDATE ON bot TO klinke_app;
GRANT SELECT (tenant_id, bot_id) ON bot TO klinke_lookup;

CREATE TABLE flow (
  tenant_id    uuid        NOT NULL,
  flow_id      uuid        NOT NULL,
  bot_id       uuid        NOT NULL,
  display_name text        NOT NULL,
  create_time  timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT flow_pkey PRIMARY KEY (tenant_id, flow_id),
  CONSTRAINT flow_bot FOREIGN KEY (tenant_id, bot_id) REFERENCES bot ON DELETE CASCADE,
  CONSTRAINT flow_one_per_bot UNIQUE (tenant_id, bot_id),
  CONSTRAINT flow_display_name_length CHECK (char_length(display_name) BETWEEN 1 AND 120)
);
ALTER TABLE flow ENABLE ROW LEVEL SECURITY;
ALTER TABLE flow FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON flow
  USING (tenant_id = (SELECT current_tenant()))
  WITH CHECK (tenant_id = (SELECT current_tenant()));
CREATE POLICY tenant_lookup ON flow FOR SELECT TO klinke_lookup USING (true);
GRANT SELECT, INSERT, UPDATE ON flow TO klinke_app;
GRANT SELECT (tenant_id, flow_id) ON flow TO klinke_lookup;

CREATE TABLE flow_version (
  tenant_id   uuid        NOT NULL,
  flow_id     uuid        NOT NULL,
  version     integer     NOT NULL,
  state       text        NOT NULL DEFAULT 'draft',
  -- The FlowGraph in the protobuf wire format.
  graph       bytea       NOT NULL,
  revision    bigint      NOT NULL DEFAULT 1,
  create_time timestamptz NOT NULL DEFAULT now(),
  update_time timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT flow_version_pkey PRIMARY KEY (tenant_id, flow_id, version),
  CONSTRAINT flow_version_flow FOREIGN KEY (tenant_id, flow_id) REFERENCES flow ON DELETE CASCADE,
  CONSTRAINT flow_version_positive CHECK (version > 0),
  CONSTRAINT flow_version_state_known CHECK (state IN ('draft', 'staged', 'live', 'archived'))
);
CREATE UNIQUE INDEX flow_version_one_draft ON flow_version (tenant_id, flow_id)
  WHERE state = 'draft';
CREATE UNIQUE INDEX flow_version_one_staged ON flow_version (tenant_id, flow_id)
  WHERE state = 'staged';
CREATE UNIQUE INDEX flow_version_one_live ON flow_version (tenant_id, flow_id)
  WHERE state = 'live';
ALTER TABLE flow_version ENABLE ROW LEVEL SECURITY;
ALTER TABLE flow_version FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON flow_version
  USING (tenant_id = (SELECT current_tenant()))
  WITH CHECK (tenant_id = (SELECT current_tenant()));
GRANT SELECT, INSERT, UPDATE ON flow_version TO klinke_app;

-- The flow behind a live version cannot run without its bot knowing who it is.
CREATE FUNCTION flow_version_needs_system_prompt() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state = 'live' AND NOT EXISTS (
    SELECT FROM flow JOIN bot USING (tenant_id, bot_id)
    WHERE flow.tenant_id = NEW.tenant_id AND flow.flow_id = NEW.flow_id
      AND btrim(bot.system_prompt, E' \t\r\n') <> '')
  THEN
    RAISE EXCEPTION 'the bot of a live flow needs a system prompt'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'flow_version_needs_system_prompt';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER flow_version_needs_system_prompt
  BEFORE INSERT OR UPDATE OF state ON flow_version
  FOR EACH ROW EXECUTE FUNCTION flow_version_needs_system_prompt();
