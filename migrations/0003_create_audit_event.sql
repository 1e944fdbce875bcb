CREATE TABLE audit_event (
  tenant_id      uuid        NOT NULL,
  audit_event_id uuid        NOT NULL,
  event_time     timestamptz NOT NULL DEFAULT now(),
  actor_kind     text        NOT NULL,
  actor_id       text        NOT NULL DEFAULT '',
  method         text        NOT NULL,
  resource_type  text        NOT NULL DEFAULT '',
  resource_id    text        NOT NULL DEFAULT '',
  outcome        text        NOT NULL,
  request_id     text        NOT NULL DEFAULT '',
  door           text        NOT NULL,
  -- Why, in the words of who did it.
  reason         text        NOT NULL DEFAULT '',
  CONSTRAINT audit_event_pkey PRIMARY KEY (tenant_id, audit_event_id),
  CONSTRAINT audit_event_tenant FOREIGN KEY (tenant_id) REFERENCES tenant ON DELETE CASCADE,
  CONSTRAINT audit_event_actor_known CHECK (
    actor_kind IN ('user', 'webhook', 'service', 'anonymous'))
);
CREATE INDEX audit_event_by_time ON audit_event (tenant_id, event_time DESC, audit_event_id DESC);
ALTER TABLE audit_event ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_event FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON audit_event
  USING (tenant_id = (SELECT current_tenant()))
  WITH CHECK (tenant_id = (SELECT current_tenant()));
-- Nobody changes or deletes what was written down.
GRANT SELECT, INSERT ON audit_event TO klinke_app;
