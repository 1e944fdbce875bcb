CREATE TABLE call (
  tenant_id           uuid        NOT NULL,
  call_id             uuid        NOT NULL,
  bot_id              uuid        NOT NULL,
  flow_id             uuid        NOT NULL,
  flow_version        integer     NOT NULL,
  provider            text        NOT NULL,
  provider_call_id    text        NOT NULL,
  from_number         text        NOT NULL,
  to_number           text        NOT NULL,
  state               text        NOT NULL DEFAULT 'in_progress',
  -- Where the flow waits, how often it was asked already, and what it has learnt.
  node_id             text        NOT NULL DEFAULT '',
  step                integer     NOT NULL DEFAULT 0,
  attempt             integer     NOT NULL DEFAULT 0,
  -- Names and values in turn.
  variables           text[]      NOT NULL DEFAULT '{}',
  -- When the running transfer began; NULL while there is none.
  transfer_time       timestamptz,
  -- Seconds of all transfers, ringing included: the bot was not in the call then.
  transfer_seconds    bigint      NOT NULL DEFAULT 0,
  voicebot_seconds    bigint      NOT NULL DEFAULT 0,
  forwarding_seconds  bigint      NOT NULL DEFAULT 0,
  duration_seconds    bigint,
  start_time          timestamptz NOT NULL DEFAULT now(),
  end_time            timestamptz,
  end_reason          text        NOT NULL DEFAULT '',
  CONSTRAINT call_pkey PRIMARY KEY (tenant_id, call_id),
  CONSTRAINT call_flow_version FOREIGN KEY (tenant_id, flow_id, flow_version)
    REFERENCES flow_version ON DELETE RESTRICT,
  CONSTRAINT call_bot FOREIGN KEY (tenant_id, bot_id) REFERENCES bot ON DELETE RESTRICT,
  CONSTRAINT call_state_known CHECK (state IN ('in_progress', 'transferred', 'ended')),
  CONSTRAINT call_seconds_not_negative CHECK (
    transfer_seconds >= 0 AND voicebot_seconds >= 0 AND forwarding_seconds >= 0)
);
-- A carrier's id names one call on the whole platform.
CREATE UNIQUE INDEX call_provider_call_unique ON call (provider, provider_call_id);
CREATE INDEX call_by_time ON call (tenant_id, start_time DESC, call_id DESC);
ALTER TABLE call ENABLE ROW LEVEL SECURITY;
ALTER TABLE call FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON call
  USING (tenant_id = (SELECT current_tenant()))
  WITH CHECK (tenant_id = (SELECT current_tenant()));
CREATE POLICY tenant_lookup ON call FOR SELECT TO klinke_lookup USING (true);
GRANT SELECT, INSERT, UPDATE ON call TO klinke_app;
GRANT SELECT (tenant_id, call_id, provider, provider_call_id) ON call TO klinke_lookup;

CREATE TABLE call_event (
  tenant_id  uuid        NOT NULL,
  call_id    uuid        NOT NULL,
  sequence   integer     NOT NULL,
  event_time timestamptz NOT NULL DEFAULT now(),
  kind       text        NOT NULL,
  node_id    text        NOT NULL DEFAULT '',
  detail     text        NOT NULL DEFAULT '',
  CONSTRAINT call_event_pkey PRIMARY KEY (tenant_id, call_id, sequence),
  CONSTRAINT call_event_call FOREIGN KEY (tenant_id, call_id) REFERENCES call ON DELETE CASCADE
);
ALTER TABLE call_event ENABLE ROW LEVEL SECURITY;
ALTER TABLE call_event FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON call_event
  USING (tenant_id = (SELECT current_tenant()))
  WITH CHECK (tenant_id = (SELECT current_tenant()));
GRANT SELECT, INSERT ON call_event TO klinke_app;

-- Answers already given to webhooks: a repeated one gets the same answer and changes nothing.
CREATE TABLE webhook_receipt (
  tenant_id    uuid        NOT NULL,
  provider     text        NOT NULL,
  receipt_key  text        NOT NULL,
  receipt_time timestamptz NOT NULL DEFAULT now(),
  response     bytea       NOT NULL,
  CONSTRAINT webhook_receipt_pkey PRIMARY KEY (tenant_id, provider, receipt_key),
  CONSTRAINT webhook_receipt_tenant FOREIGN KEY (tenant_id) REFERENCES tenant ON DELETE CASCADE
);
ALTER TABLE webhook_receipt ENABLE ROW LEVEL SECURITY;
ALTER TABLE webhook_receipt FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON webhook_receipt
  USING (tenant_id = (SELECT current_tenant()))
  WITH CHECK (tenant_id = (SELECT current_tenant()));
GRANT SELECT, INSERT ON webhook_receipt TO klinke_app;
