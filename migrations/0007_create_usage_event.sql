CREATE TABLE usage_event (
  tenant_id      uuid        NOT NULL,
  usage_event_id uuid        NOT NULL,
  event_time     timestamptz NOT NULL DEFAULT now(),
  bot_id         uuid        NOT NULL,
  call_id        uuid        NOT NULL,
  kind           text        NOT NULL,
  -- Which part of the call the quantity is for; a part is counted once.
  segment        integer     NOT NULL,
  quantity       bigint      NOT NULL,
  -- The month of event_time belongs to the key because the table is partitioned by it.
  usage_month    date        NOT NULL,
  CONSTRAINT usage_event_pkey PRIMARY KEY (tenant_id, usage_event_id, usage_month),
  CONSTRAINT usage_event_kind_known CHECK (kind IN ('call', 'voicebot', 'forwarding')),
  CONSTRAINT usage_event_quantity_not_negative CHECK (quantity >= 0)
) PARTITION BY RANGE (usage_month);
CREATE TABLE usage_event_default PARTITION OF usage_event DEFAULT;
CREATE INDEX usage_event_by_month ON usage_event (tenant_id, usage_month, bot_id);
CREATE INDEX usage_event_by_call ON usage_event (tenant_id, call_id);
ALTER TABLE usage_event ENABLE ROW LEVEL SECURITY;
ALTER TABLE usage_event FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON usage_event
  USING (tenant_id = (SELECT current_tenant()))
  WITH CHECK (tenant_id = (SELECT current_tenant()));
ALTER TABLE usage_event_default ENABLE ROW LEVEL SECURITY;
ALTER TABLE usage_event_default FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON usage_event_default
  USING (tenant_id = (SELECT current_tenant()))
  WITH CHECK (tenant_id = (SELECT current_tenant()));
-- Rows come in through record_usage only.
GRANT SELECT ON usage_event TO klinke_app;

-- What makes "once" hold across partitions: one row for each part of a call that was counted.
CREATE TABLE usage_segment (
  tenant_id uuid    NOT NULL,
  call_id   uuid    NOT NULL,
  kind      text    NOT NULL,
  segment   integer NOT NULL,
  CONSTRAINT usage_segment_pkey PRIMARY KEY (tenant_id, call_id, kind, segment),
  CONSTRAINT usage_segment_tenant FOREIGN KEY (tenant_id) REFERENCES tenant ON DELETE CASCADE
);
ALTER TABLE usage_segment ENABLE ROW LEVEL SECURITY;
ALTER TABLE usage_segment FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON usage_segment
  USING (tenant_id = (SELECT current_tenant()))
  WITH CHECK (tenant_id = (SELECT current_tenant()));
GRANT SELECT ON usage_segment TO klinke_app;

-- Counts a part of a call, in the transaction that changes the call. Counting it again changes
-- nothing and returns false. It is the one way in: another service's store calls it, and row-level
-- security still holds, because the owner obeys the policies like everybody else.
CREATE FUNCTION record_usage(
  p_bot_id uuid, p_call_id uuid, p_kind text, p_segment integer, p_quantity bigint,
  p_time timestamptz
) RETURNS boolean
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  v_tenant uuid := current_tenant();
  v_zone   text;
BEGIN
  INSERT INTO usage_segment (tenant_id, call_id, kind, segment)
  VALUES (v_tenant, p_call_id, p_kind, p_segment)
  ON CONFLICT DO NOTHING;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  SELECT time_zone INTO STRICT v_zone FROM tenant WHERE tenant_id = v_tenant;
  INSERT INTO usage_event
    (tenant_id, usage_event_id, event_time, bot_id, call_id, kind, segment, quantity, usage_month)
  VALUES
    (v_tenant, gen_random_uuid(), p_time, p_bot_id, p_call_id, p_kind, p_segment, p_quantity,
     date_trunc('month', p_time AT TIME ZONE v_zone)::date);
  RETURN true;
END
$$;
REVOKE ALL ON FUNCTION record_usage FROM PUBLIC;
GRANT EXECUTE ON FUNCTION record_usage TO klinke_app;
