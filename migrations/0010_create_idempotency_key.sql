-- First answers of Create methods: a repeat with the same request_id gets the same answer.
CREATE TABLE idempotency_key (
  tenant_id    uuid        NOT NULL,
  method       text        NOT NULL,
  request_id   uuid        NOT NULL,
  request_hash bytea       NOT NULL,
  response     bytea       NOT NULL,
  create_time  timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT idempotency_key_pkey PRIMARY KEY (tenant_id, method, request_id),
  CONSTRAINT idempotency_key_tenant FOREIGN KEY (tenant_id) REFERENCES tenant ON DELETE CASCADE
);
ALTER TABLE idempotency_key ENABLE ROW LEVEL SECURITY;
ALTER TABLE idempotency_key FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON idempotency_key
  USING (tenant_id = (SELECT current_tenant()))
  WITH CHECK (tenant_id = (SELECT current_tenant()));
GRANT SELECT, INSERT ON idempotency_key TO klinke_app;
