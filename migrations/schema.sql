-- The whole schema, as all migrations together make it. For reading; nothing applies it.
-- Generated: change it by a migration, then run Tests/EndToEnd/test_schema.py --write.

--
-- PostgreSQL database dump
--

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET transaction_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: current_tenant(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.current_tenant() RETURNS uuid
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (NULLIF(current_setting('klinke.tenant_id'::text, true), ''::text))::uuid;

--
-- Name: flow_version_needs_system_prompt(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.flow_version_needs_system_prompt() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
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

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: call; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.call (
    tenant_id uuid NOT NULL,
    call_id uuid NOT NULL,
    bot_id uuid NOT NULL,
    flow_id uuid NOT NULL,
    flow_version integer NOT NULL,
    provider text NOT NULL,
    provider_call_id text NOT NULL,
    from_number text NOT NULL,
    to_number text NOT NULL,
    state text DEFAULT 'in_progress'::text NOT NULL,
    node_id text DEFAULT ''::text NOT NULL,
    step integer DEFAULT 0 NOT NULL,
    attempt integer DEFAULT 0 NOT NULL,
    variables text[] DEFAULT '{}'::text[] NOT NULL,
    transfer_time timestamp with time zone,
    transfer_seconds bigint DEFAULT 0 NOT NULL,
    voicebot_seconds bigint DEFAULT 0 NOT NULL,
    forwarding_seconds bigint DEFAULT 0 NOT NULL,
    duration_seconds bigint,
    start_time timestamp with time zone DEFAULT now() NOT NULL,
    end_time timestamp with time zone,
    end_reason text DEFAULT ''::text NOT NULL,
    CONSTRAINT call_seconds_not_negative CHECK (((transfer_seconds >= 0) AND (voicebot_seconds >= 0) AND (forwarding_seconds >= 0))),
    CONSTRAINT call_state_known CHECK ((state = ANY (ARRAY['in_progress'::text, 'transferred'::text, 'ended'::text])))
);

ALTER TABLE ONLY public.call FORCE ROW LEVEL SECURITY;

--
-- Name: lookup_call(text, text); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.lookup_call(p_provider text, p_provider_call_id text) RETURNS uuid
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    BEGIN ATOMIC
 SELECT c.tenant_id
    FROM public.call c
   WHERE ((c.provider = lookup_call.p_provider) AND (c.provider_call_id = lookup_call.p_provider_call_id));
END;

--
-- Name: lookup_foreign(text, uuid); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.lookup_foreign(p_kind text, p_id uuid) RETURNS boolean
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
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

--
-- Name: tenant; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.tenant (
    tenant_id uuid NOT NULL,
    display_name text NOT NULL,
    state text DEFAULT 'pending'::text NOT NULL,
    default_region text DEFAULT 'DE'::text NOT NULL,
    time_zone text DEFAULT 'Europe/Berlin'::text NOT NULL,
    locale text DEFAULT 'de-DE'::text NOT NULL,
    user_limit integer DEFAULT 2 NOT NULL,
    platform boolean DEFAULT false NOT NULL,
    revision bigint DEFAULT 1 NOT NULL,
    create_time timestamp with time zone DEFAULT now() NOT NULL,
    update_time timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT tenant_display_name_length CHECK (((char_length(display_name) >= 1) AND (char_length(display_name) <= 120))),
    CONSTRAINT tenant_region_known CHECK ((default_region = ANY (ARRAY['AT'::text, 'DE'::text, 'CH'::text, 'GB'::text, 'US'::text]))),
    CONSTRAINT tenant_state_known CHECK ((state = ANY (ARRAY['pending'::text, 'approved'::text, 'rejected'::text, 'suspended'::text]))),
    CONSTRAINT tenant_user_limit_range CHECK (((user_limit >= 1) AND (user_limit <= 10000)))
);

ALTER TABLE ONLY public.tenant FORCE ROW LEVEL SECURITY;

--
-- Name: user_account; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.user_account (
    tenant_id uuid NOT NULL,
    user_id uuid NOT NULL,
    email text NOT NULL,
    display_name text DEFAULT ''::text NOT NULL,
    role text NOT NULL,
    password_hash text NOT NULL,
    active boolean DEFAULT true NOT NULL,
    create_time timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT user_account_display_name_length CHECK ((char_length(display_name) <= 120)),
    CONSTRAINT user_account_email_form CHECK (((email = lower(email)) AND (email ~~ '_%@_%'::text) AND (char_length(email) <= 254))),
    CONSTRAINT user_account_role_known CHECK ((role = ANY (ARRAY['platform_admin'::text, 'customer_admin'::text, 'customer_user'::text, 'support'::text])))
);

ALTER TABLE ONLY public.user_account FORCE ROW LEVEL SECURITY;

--
-- Name: lookup_login(text); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.lookup_login(p_email text) RETURNS TABLE(tenant_id uuid, user_id uuid, password_hash text, active boolean, role text, tenant_state text, tenant_platform boolean)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    BEGIN ATOMIC
 SELECT u.tenant_id,
     u.user_id,
     u.password_hash,
     u.active,
     u.role,
     t.state,
     t.platform
    FROM (public.user_account u
      JOIN public.tenant t ON ((t.tenant_id = u.tenant_id)))
   WHERE (u.email = lower(lookup_login.p_email));
END;

--
-- Name: phone_mapping; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.phone_mapping (
    tenant_id uuid NOT NULL,
    mapping_id uuid NOT NULL,
    bot_id uuid NOT NULL,
    number text NOT NULL,
    raw_number text NOT NULL,
    region text NOT NULL,
    label text DEFAULT ''::text NOT NULL,
    active boolean DEFAULT true NOT NULL,
    revision bigint DEFAULT 1 NOT NULL,
    create_time timestamp with time zone DEFAULT now() NOT NULL,
    update_time timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT phone_mapping_label_length CHECK ((char_length(label) <= 120)),
    CONSTRAINT phone_mapping_number_e164 CHECK ((number ~ '^\+[1-9]\d{6,14}$'::text)),
    CONSTRAINT phone_mapping_raw_number_length CHECK ((char_length(raw_number) <= 64)),
    CONSTRAINT phone_mapping_region_known CHECK ((region = ANY (ARRAY['AT'::text, 'DE'::text, 'CH'::text, 'GB'::text, 'US'::text])))
);

ALTER TABLE ONLY public.phone_mapping FORCE ROW LEVEL SECURITY;

--
-- Name: lookup_number(text); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.lookup_number(p_number text) RETURNS TABLE(tenant_id uuid, bot_id uuid, mapping_id uuid, tenant_state text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    BEGIN ATOMIC
 SELECT m.tenant_id,
     m.bot_id,
     m.mapping_id,
     t.state
    FROM (public.phone_mapping m
      JOIN public.tenant t ON ((t.tenant_id = m.tenant_id)))
   WHERE ((m.number = lookup_number.p_number) AND m.active);
END;

--
-- Name: lookup_tenants(text, timestamp with time zone, uuid, integer); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.lookup_tenants(p_state text, p_after_time timestamp with time zone, p_after_id uuid, p_limit integer) RETURNS SETOF public.tenant
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    BEGIN ATOMIC
 SELECT t.tenant_id,
     t.display_name,
     t.state,
     t.default_region,
     t.time_zone,
     t.locale,
     t.user_limit,
     t.platform,
     t.revision,
     t.create_time,
     t.update_time
    FROM public.tenant t
   WHERE ((NOT t.platform) AND ((lookup_tenants.p_state IS NULL) OR (t.state = lookup_tenants.p_state)) AND ((lookup_tenants.p_after_time IS NULL) OR (ROW(t.create_time, t.tenant_id) > ROW(lookup_tenants.p_after_time, lookup_tenants.p_after_id))))
   ORDER BY t.create_time, t.tenant_id
  LIMIT lookup_tenants.p_limit;
END;

--
-- Name: record_usage(uuid, uuid, text, integer, bigint, timestamp with time zone); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.record_usage(p_bot_id uuid, p_call_id uuid, p_kind text, p_segment integer, p_quantity bigint, p_time timestamp with time zone) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
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

--
-- Name: audit_event; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.audit_event (
    tenant_id uuid NOT NULL,
    audit_event_id uuid NOT NULL,
    event_time timestamp with time zone DEFAULT now() NOT NULL,
    actor_kind text NOT NULL,
    actor_id text DEFAULT ''::text NOT NULL,
    method text NOT NULL,
    resource_type text DEFAULT ''::text NOT NULL,
    resource_id text DEFAULT ''::text NOT NULL,
    outcome text NOT NULL,
    request_id text DEFAULT ''::text NOT NULL,
    door text NOT NULL,
    reason text DEFAULT ''::text NOT NULL,
    CONSTRAINT audit_event_actor_known CHECK ((actor_kind = ANY (ARRAY['user'::text, 'webhook'::text, 'service'::text, 'anonymous'::text])))
);

ALTER TABLE ONLY public.audit_event FORCE ROW LEVEL SECURITY;

--
-- Name: bot; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.bot (
    tenant_id uuid NOT NULL,
    bot_id uuid NOT NULL,
    display_name text NOT NULL,
    system_prompt text DEFAULT ''::text NOT NULL,
    locale text DEFAULT 'de-DE'::text NOT NULL,
    revision bigint DEFAULT 1 NOT NULL,
    create_time timestamp with time zone DEFAULT now() NOT NULL,
    update_time timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT bot_display_name_length CHECK (((char_length(display_name) >= 1) AND (char_length(display_name) <= 120))),
    CONSTRAINT bot_system_prompt_length CHECK ((char_length(system_prompt) <= 16000))
);

ALTER TABLE ONLY public.bot FORCE ROW LEVEL SECURITY;

--
-- Name: call_event; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.call_event (
    tenant_id uuid NOT NULL,
    call_id uuid NOT NULL,
    sequence integer NOT NULL,
    event_time timestamp with time zone DEFAULT now() NOT NULL,
    kind text NOT NULL,
    node_id text DEFAULT ''::text NOT NULL,
    detail text DEFAULT ''::text NOT NULL
);

ALTER TABLE ONLY public.call_event FORCE ROW LEVEL SECURITY;

--
-- Name: connector; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.connector (
    tenant_id uuid NOT NULL,
    connector_id uuid NOT NULL,
    provider text NOT NULL,
    account text NOT NULL,
    secret_prefix text NOT NULL,
    sealed_secret bytea NOT NULL,
    create_time timestamp with time zone DEFAULT now() NOT NULL,
    update_time timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT connector_provider_known CHECK ((provider = 'twilio'::text))
);

ALTER TABLE ONLY public.connector FORCE ROW LEVEL SECURITY;

--
-- Name: flow; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.flow (
    tenant_id uuid NOT NULL,
    flow_id uuid NOT NULL,
    bot_id uuid NOT NULL,
    display_name text NOT NULL,
    create_time timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT flow_display_name_length CHECK (((char_length(display_name) >= 1) AND (char_length(display_name) <= 120)))
);

ALTER TABLE ONLY public.flow FORCE ROW LEVEL SECURITY;

--
-- Name: flow_version; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.flow_version (
    tenant_id uuid NOT NULL,
    flow_id uuid NOT NULL,
    version integer NOT NULL,
    state text DEFAULT 'draft'::text NOT NULL,
    graph bytea NOT NULL,
    revision bigint DEFAULT 1 NOT NULL,
    create_time timestamp with time zone DEFAULT now() NOT NULL,
    update_time timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT flow_version_positive CHECK ((version > 0)),
    CONSTRAINT flow_version_state_known CHECK ((state = ANY (ARRAY['draft'::text, 'staged'::text, 'live'::text, 'archived'::text])))
);

ALTER TABLE ONLY public.flow_version FORCE ROW LEVEL SECURITY;

--
-- Name: idempotency_key; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.idempotency_key (
    tenant_id uuid NOT NULL,
    method text NOT NULL,
    request_id uuid NOT NULL,
    request_hash bytea NOT NULL,
    response bytea NOT NULL,
    create_time timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE ONLY public.idempotency_key FORCE ROW LEVEL SECURITY;

--
-- Name: klinke_migration; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.klinke_migration (
    number integer NOT NULL,
    name text NOT NULL,
    checksum text NOT NULL,
    apply_time timestamp with time zone DEFAULT now() NOT NULL
);

--
-- Name: stripe_event; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.stripe_event (
    stripe_event_id text NOT NULL,
    event_type text NOT NULL,
    livemode boolean NOT NULL,
    api_version text NOT NULL,
    created_time timestamp with time zone NOT NULL,
    receive_time timestamp with time zone DEFAULT now() NOT NULL,
    raw_body bytea NOT NULL
);

--
-- Name: tenant_key; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.tenant_key (
    tenant_id uuid NOT NULL,
    key_id uuid NOT NULL,
    master_key_id text NOT NULL,
    wrapped_key bytea NOT NULL,
    create_time timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE ONLY public.tenant_key FORCE ROW LEVEL SECURITY;

--
-- Name: usage_event; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.usage_event (
    tenant_id uuid NOT NULL,
    usage_event_id uuid NOT NULL,
    event_time timestamp with time zone DEFAULT now() NOT NULL,
    bot_id uuid NOT NULL,
    call_id uuid NOT NULL,
    kind text NOT NULL,
    segment integer NOT NULL,
    quantity bigint NOT NULL,
    usage_month date NOT NULL,
    CONSTRAINT usage_event_kind_known CHECK ((kind = ANY (ARRAY['call'::text, 'voicebot'::text, 'forwarding'::text]))),
    CONSTRAINT usage_event_quantity_not_negative CHECK ((quantity >= 0))
)
PARTITION BY RANGE (usage_month);

ALTER TABLE ONLY public.usage_event FORCE ROW LEVEL SECURITY;

--
-- Name: usage_event_default; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.usage_event_default (
    tenant_id uuid CONSTRAINT usage_event_tenant_id_not_null NOT NULL,
    usage_event_id uuid CONSTRAINT usage_event_usage_event_id_not_null NOT NULL,
    event_time timestamp with time zone DEFAULT now() CONSTRAINT usage_event_event_time_not_null NOT NULL,
    bot_id uuid CONSTRAINT usage_event_bot_id_not_null NOT NULL,
    call_id uuid CONSTRAINT usage_event_call_id_not_null NOT NULL,
    kind text CONSTRAINT usage_event_kind_not_null NOT NULL,
    segment integer CONSTRAINT usage_event_segment_not_null NOT NULL,
    quantity bigint CONSTRAINT usage_event_quantity_not_null NOT NULL,
    usage_month date CONSTRAINT usage_event_usage_month_not_null NOT NULL,
    CONSTRAINT usage_event_kind_known CHECK ((kind = ANY (ARRAY['call'::text, 'voicebot'::text, 'forwarding'::text]))),
    CONSTRAINT usage_event_quantity_not_negative CHECK ((quantity >= 0))
);

ALTER TABLE ONLY public.usage_event_default FORCE ROW LEVEL SECURITY;

--
-- Name: usage_segment; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.usage_segment (
    tenant_id uuid NOT NULL,
    call_id uuid NOT NULL,
    kind text NOT NULL,
    segment integer NOT NULL
);

ALTER TABLE ONLY public.usage_segment FORCE ROW LEVEL SECURITY;

--
-- Name: webhook_receipt; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.webhook_receipt (
    tenant_id uuid NOT NULL,
    provider text NOT NULL,
    receipt_key text NOT NULL,
    receipt_time timestamp with time zone DEFAULT now() NOT NULL,
    response bytea NOT NULL
);

ALTER TABLE ONLY public.webhook_receipt FORCE ROW LEVEL SECURITY;

--
-- Name: usage_event_default; Type: TABLE ATTACH; Schema: public; Owner: -
--

ALTER TABLE ONLY public.usage_event ATTACH PARTITION public.usage_event_default DEFAULT;

--
-- Name: audit_event audit_event_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.audit_event
    ADD CONSTRAINT audit_event_pkey PRIMARY KEY (tenant_id, audit_event_id);

--
-- Name: bot bot_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bot
    ADD CONSTRAINT bot_pkey PRIMARY KEY (tenant_id, bot_id);

--
-- Name: call_event call_event_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.call_event
    ADD CONSTRAINT call_event_pkey PRIMARY KEY (tenant_id, call_id, sequence);

--
-- Name: call call_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.call
    ADD CONSTRAINT call_pkey PRIMARY KEY (tenant_id, call_id);

--
-- Name: connector connector_one_per_provider; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.connector
    ADD CONSTRAINT connector_one_per_provider UNIQUE (tenant_id, provider);

--
-- Name: connector connector_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.connector
    ADD CONSTRAINT connector_pkey PRIMARY KEY (tenant_id, connector_id);

--
-- Name: flow flow_one_per_bot; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.flow
    ADD CONSTRAINT flow_one_per_bot UNIQUE (tenant_id, bot_id);

--
-- Name: flow flow_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.flow
    ADD CONSTRAINT flow_pkey PRIMARY KEY (tenant_id, flow_id);

--
-- Name: flow_version flow_version_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.flow_version
    ADD CONSTRAINT flow_version_pkey PRIMARY KEY (tenant_id, flow_id, version);

--
-- Name: idempotency_key idempotency_key_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.idempotency_key
    ADD CONSTRAINT idempotency_key_pkey PRIMARY KEY (tenant_id, method, request_id);

--
-- Name: klinke_migration klinke_migration_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.klinke_migration
    ADD CONSTRAINT klinke_migration_pkey PRIMARY KEY (number);

--
-- Name: phone_mapping phone_mapping_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.phone_mapping
    ADD CONSTRAINT phone_mapping_pkey PRIMARY KEY (tenant_id, mapping_id);

--
-- Name: stripe_event stripe_event_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.stripe_event
    ADD CONSTRAINT stripe_event_pkey PRIMARY KEY (stripe_event_id);

--
-- Name: tenant_key tenant_key_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.tenant_key
    ADD CONSTRAINT tenant_key_pkey PRIMARY KEY (tenant_id, key_id);

--
-- Name: tenant tenant_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.tenant
    ADD CONSTRAINT tenant_pkey PRIMARY KEY (tenant_id);

--
-- Name: usage_event usage_event_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.usage_event
    ADD CONSTRAINT usage_event_pkey PRIMARY KEY (tenant_id, usage_event_id, usage_month);

--
-- Name: usage_event_default usage_event_default_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.usage_event_default
    ADD CONSTRAINT usage_event_default_pkey PRIMARY KEY (tenant_id, usage_event_id, usage_month);

--
-- Name: usage_segment usage_segment_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.usage_segment
    ADD CONSTRAINT usage_segment_pkey PRIMARY KEY (tenant_id, call_id, kind, segment);

--
-- Name: user_account user_account_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.user_account
    ADD CONSTRAINT user_account_pkey PRIMARY KEY (tenant_id, user_id);

--
-- Name: webhook_receipt webhook_receipt_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.webhook_receipt
    ADD CONSTRAINT webhook_receipt_pkey PRIMARY KEY (tenant_id, provider, receipt_key);

--
-- Name: audit_event_by_time; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX audit_event_by_time ON public.audit_event USING btree (tenant_id, event_time DESC, audit_event_id DESC);

--
-- Name: bot_by_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bot_by_id ON public.bot USING btree (bot_id);

--
-- Name: call_by_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX call_by_id ON public.call USING btree (call_id);

--
-- Name: call_by_time; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX call_by_time ON public.call USING btree (tenant_id, start_time DESC, call_id DESC);

--
-- Name: call_provider_call_unique; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX call_provider_call_unique ON public.call USING btree (provider, provider_call_id);

--
-- Name: connector_by_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX connector_by_id ON public.connector USING btree (connector_id);

--
-- Name: flow_by_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX flow_by_id ON public.flow USING btree (flow_id);

--
-- Name: flow_version_one_draft; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX flow_version_one_draft ON public.flow_version USING btree (tenant_id, flow_id) WHERE (state = 'draft'::text);

--
-- Name: flow_version_one_live; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX flow_version_one_live ON public.flow_version USING btree (tenant_id, flow_id) WHERE (state = 'live'::text);

--
-- Name: flow_version_one_staged; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX flow_version_one_staged ON public.flow_version USING btree (tenant_id, flow_id) WHERE (state = 'staged'::text);

--
-- Name: phone_mapping_by_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX phone_mapping_by_id ON public.phone_mapping USING btree (mapping_id);

--
-- Name: phone_mapping_one_active; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX phone_mapping_one_active ON public.phone_mapping USING btree (number) WHERE active;

--
-- Name: tenant_key_one; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX tenant_key_one ON public.tenant_key USING btree (tenant_id);

--
-- Name: tenant_one_platform; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX tenant_one_platform ON public.tenant USING btree (platform) WHERE platform;

--
-- Name: usage_event_by_call; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX usage_event_by_call ON ONLY public.usage_event USING btree (tenant_id, call_id);

--
-- Name: usage_event_by_month; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX usage_event_by_month ON ONLY public.usage_event USING btree (tenant_id, usage_month, bot_id);

--
-- Name: usage_event_default_tenant_id_call_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX usage_event_default_tenant_id_call_id_idx ON public.usage_event_default USING btree (tenant_id, call_id);

--
-- Name: usage_event_default_tenant_id_usage_month_bot_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX usage_event_default_tenant_id_usage_month_bot_id_idx ON public.usage_event_default USING btree (tenant_id, usage_month, bot_id);

--
-- Name: user_account_by_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX user_account_by_id ON public.user_account USING btree (user_id);

--
-- Name: user_account_email_unique; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX user_account_email_unique ON public.user_account USING btree (email);

--
-- Name: usage_event_default_pkey; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.usage_event_pkey ATTACH PARTITION public.usage_event_default_pkey;

--
-- Name: usage_event_default_tenant_id_call_id_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.usage_event_by_call ATTACH PARTITION public.usage_event_default_tenant_id_call_id_idx;

--
-- Name: usage_event_default_tenant_id_usage_month_bot_id_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.usage_event_by_month ATTACH PARTITION public.usage_event_default_tenant_id_usage_month_bot_id_idx;

--
-- Name: flow_version flow_version_needs_system_prompt; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER flow_version_needs_system_prompt BEFORE INSERT OR UPDATE OF state ON public.flow_version FOR EACH ROW EXECUTE FUNCTION public.flow_version_needs_system_prompt();

--
-- Name: audit_event audit_event_tenant; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.audit_event
    ADD CONSTRAINT audit_event_tenant FOREIGN KEY (tenant_id) REFERENCES public.tenant(tenant_id) ON DELETE CASCADE;

--
-- Name: bot bot_tenant; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bot
    ADD CONSTRAINT bot_tenant FOREIGN KEY (tenant_id) REFERENCES public.tenant(tenant_id) ON DELETE CASCADE;

--
-- Name: call call_bot; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.call
    ADD CONSTRAINT call_bot FOREIGN KEY (tenant_id, bot_id) REFERENCES public.bot(tenant_id, bot_id) ON DELETE RESTRICT;

--
-- Name: call_event call_event_call; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.call_event
    ADD CONSTRAINT call_event_call FOREIGN KEY (tenant_id, call_id) REFERENCES public.call(tenant_id, call_id) ON DELETE CASCADE;

--
-- Name: call call_flow_version; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.call
    ADD CONSTRAINT call_flow_version FOREIGN KEY (tenant_id, flow_id, flow_version) REFERENCES public.flow_version(tenant_id, flow_id, version) ON DELETE RESTRICT;

--
-- Name: connector connector_tenant; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.connector
    ADD CONSTRAINT connector_tenant FOREIGN KEY (tenant_id) REFERENCES public.tenant(tenant_id) ON DELETE CASCADE;

--
-- Name: flow flow_bot; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.flow
    ADD CONSTRAINT flow_bot FOREIGN KEY (tenant_id, bot_id) REFERENCES public.bot(tenant_id, bot_id) ON DELETE CASCADE;

--
-- Name: flow_version flow_version_flow; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.flow_version
    ADD CONSTRAINT flow_version_flow FOREIGN KEY (tenant_id, flow_id) REFERENCES public.flow(tenant_id, flow_id) ON DELETE CASCADE;

--
-- Name: idempotency_key idempotency_key_tenant; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.idempotency_key
    ADD CONSTRAINT idempotency_key_tenant FOREIGN KEY (tenant_id) REFERENCES public.tenant(tenant_id) ON DELETE CASCADE;

--
-- Name: phone_mapping phone_mapping_bot; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.phone_mapping
    ADD CONSTRAINT phone_mapping_bot FOREIGN KEY (tenant_id, bot_id) REFERENCES public.bot(tenant_id, bot_id) ON DELETE RESTRICT;

--
-- Name: tenant_key tenant_key_tenant; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.tenant_key
    ADD CONSTRAINT tenant_key_tenant FOREIGN KEY (tenant_id) REFERENCES public.tenant(tenant_id) ON DELETE CASCADE;

--
-- Name: usage_segment usage_segment_tenant; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.usage_segment
    ADD CONSTRAINT usage_segment_tenant FOREIGN KEY (tenant_id) REFERENCES public.tenant(tenant_id) ON DELETE CASCADE;

--
-- Name: user_account user_account_tenant; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.user_account
    ADD CONSTRAINT user_account_tenant FOREIGN KEY (tenant_id) REFERENCES public.tenant(tenant_id) ON DELETE CASCADE;

--
-- Name: webhook_receipt webhook_receipt_tenant; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.webhook_receipt
    ADD CONSTRAINT webhook_receipt_tenant FOREIGN KEY (tenant_id) REFERENCES public.tenant(tenant_id) ON DELETE CASCADE;

--
-- Name: audit_event; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.audit_event ENABLE ROW LEVEL SECURITY;

--
-- Name: bot; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.bot ENABLE ROW LEVEL SECURITY;

--
-- Name: call; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.call ENABLE ROW LEVEL SECURITY;

--
-- Name: call_event; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.call_event ENABLE ROW LEVEL SECURITY;

--
-- Name: connector; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.connector ENABLE ROW LEVEL SECURITY;

--
-- Name: flow; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.flow ENABLE ROW LEVEL SECURITY;

--
-- Name: flow_version; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.flow_version ENABLE ROW LEVEL SECURITY;

--
-- Name: idempotency_key; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.idempotency_key ENABLE ROW LEVEL SECURITY;

--
-- Name: phone_mapping; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.phone_mapping ENABLE ROW LEVEL SECURITY;

--
-- Name: tenant; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.tenant ENABLE ROW LEVEL SECURITY;

--
-- Name: audit_event tenant_isolation; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant_isolation ON public.audit_event USING ((tenant_id = ( SELECT public.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT public.current_tenant() AS current_tenant)));

--
-- Name: bot tenant_isolation; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant_isolation ON public.bot USING ((tenant_id = ( SELECT public.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT public.current_tenant() AS current_tenant)));

--
-- Name: call tenant_isolation; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant_isolation ON public.call USING ((tenant_id = ( SELECT public.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT public.current_tenant() AS current_tenant)));

--
-- Name: call_event tenant_isolation; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant_isolation ON public.call_event USING ((tenant_id = ( SELECT public.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT public.current_tenant() AS current_tenant)));

--
-- Name: connector tenant_isolation; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant_isolation ON public.connector USING ((tenant_id = ( SELECT public.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT public.current_tenant() AS current_tenant)));

--
-- Name: flow tenant_isolation; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant_isolation ON public.flow USING ((tenant_id = ( SELECT public.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT public.current_tenant() AS current_tenant)));

--
-- Name: flow_version tenant_isolation; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant_isolation ON public.flow_version USING ((tenant_id = ( SELECT public.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT public.current_tenant() AS current_tenant)));

--
-- Name: idempotency_key tenant_isolation; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant_isolation ON public.idempotency_key USING ((tenant_id = ( SELECT public.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT public.current_tenant() AS current_tenant)));

--
-- Name: phone_mapping tenant_isolation; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant_isolation ON public.phone_mapping USING ((tenant_id = ( SELECT public.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT public.current_tenant() AS current_tenant)));

--
-- Name: tenant tenant_isolation; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant_isolation ON public.tenant USING ((tenant_id = ( SELECT public.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT public.current_tenant() AS current_tenant)));

--
-- Name: tenant_key tenant_isolation; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant_isolation ON public.tenant_key USING ((tenant_id = ( SELECT public.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT public.current_tenant() AS current_tenant)));

--
-- Name: usage_event tenant_isolation; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant_isolation ON public.usage_event USING ((tenant_id = ( SELECT public.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT public.current_tenant() AS current_tenant)));

--
-- Name: usage_event_default tenant_isolation; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant_isolation ON public.usage_event_default USING ((tenant_id = ( SELECT public.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT public.current_tenant() AS current_tenant)));

--
-- Name: usage_segment tenant_isolation; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant_isolation ON public.usage_segment USING ((tenant_id = ( SELECT public.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT public.current_tenant() AS current_tenant)));

--
-- Name: user_account tenant_isolation; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant_isolation ON public.user_account USING ((tenant_id = ( SELECT public.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT public.current_tenant() AS current_tenant)));

--
-- Name: webhook_receipt tenant_isolation; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant_isolation ON public.webhook_receipt USING ((tenant_id = ( SELECT public.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT public.current_tenant() AS current_tenant)));

--
-- Name: tenant_key; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.tenant_key ENABLE ROW LEVEL SECURITY;

--
-- Name: bot tenant_lookup; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant_lookup ON public.bot FOR SELECT TO klinke_lookup USING (true);

--
-- Name: call tenant_lookup; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant_lookup ON public.call FOR SELECT TO klinke_lookup USING (true);

--
-- Name: connector tenant_lookup; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant_lookup ON public.connector FOR SELECT TO klinke_lookup USING (true);

--
-- Name: flow tenant_lookup; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant_lookup ON public.flow FOR SELECT TO klinke_lookup USING (true);

--
-- Name: phone_mapping tenant_lookup; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant_lookup ON public.phone_mapping FOR SELECT TO klinke_lookup USING (true);

--
-- Name: tenant tenant_lookup; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant_lookup ON public.tenant FOR SELECT TO klinke_lookup USING (true);

--
-- Name: user_account tenant_lookup; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant_lookup ON public.user_account FOR SELECT TO klinke_lookup USING (true);

--
-- Name: usage_event; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.usage_event ENABLE ROW LEVEL SECURITY;

--
-- Name: usage_event_default; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.usage_event_default ENABLE ROW LEVEL SECURITY;

--
-- Name: usage_segment; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.usage_segment ENABLE ROW LEVEL SECURITY;

--
-- Name: user_account; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.user_account ENABLE ROW LEVEL SECURITY;

--
-- Name: webhook_receipt; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.webhook_receipt ENABLE ROW LEVEL SECURITY;

--
-- Name: SCHEMA public; Type: ACL; Schema: -; Owner: -
--

GRANT USAGE ON SCHEMA public TO klinke_app;
GRANT ALL ON SCHEMA public TO klinke_lookup;

--
-- Name: TABLE call; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.call TO klinke_app;

--
-- Name: COLUMN call.tenant_id; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(tenant_id) ON TABLE public.call TO klinke_lookup;

--
-- Name: COLUMN call.call_id; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(call_id) ON TABLE public.call TO klinke_lookup;

--
-- Name: COLUMN call.provider; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(provider) ON TABLE public.call TO klinke_lookup;

--
-- Name: COLUMN call.provider_call_id; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(provider_call_id) ON TABLE public.call TO klinke_lookup;

--
-- Name: FUNCTION lookup_call(p_provider text, p_provider_call_id text); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.lookup_call(p_provider text, p_provider_call_id text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.lookup_call(p_provider text, p_provider_call_id text) TO klinke_app;

--
-- Name: FUNCTION lookup_foreign(p_kind text, p_id uuid); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.lookup_foreign(p_kind text, p_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.lookup_foreign(p_kind text, p_id uuid) TO klinke_app;

--
-- Name: TABLE tenant; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.tenant TO klinke_app;
GRANT SELECT ON TABLE public.tenant TO klinke_lookup;

--
-- Name: TABLE user_account; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.user_account TO klinke_app;
GRANT SELECT ON TABLE public.user_account TO klinke_lookup;

--
-- Name: FUNCTION lookup_login(p_email text); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.lookup_login(p_email text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.lookup_login(p_email text) TO klinke_app;

--
-- Name: TABLE phone_mapping; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.phone_mapping TO klinke_app;

--
-- Name: COLUMN phone_mapping.tenant_id; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(tenant_id) ON TABLE public.phone_mapping TO klinke_lookup;

--
-- Name: COLUMN phone_mapping.mapping_id; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(mapping_id) ON TABLE public.phone_mapping TO klinke_lookup;

--
-- Name: COLUMN phone_mapping.bot_id; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(bot_id) ON TABLE public.phone_mapping TO klinke_lookup;

--
-- Name: COLUMN phone_mapping.number; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(number) ON TABLE public.phone_mapping TO klinke_lookup;

--
-- Name: COLUMN phone_mapping.active; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(active) ON TABLE public.phone_mapping TO klinke_lookup;

--
-- Name: FUNCTION lookup_number(p_number text); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.lookup_number(p_number text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.lookup_number(p_number text) TO klinke_app;

--
-- Name: FUNCTION lookup_tenants(p_state text, p_after_time timestamp with time zone, p_after_id uuid, p_limit integer); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.lookup_tenants(p_state text, p_after_time timestamp with time zone, p_after_id uuid, p_limit integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.lookup_tenants(p_state text, p_after_time timestamp with time zone, p_after_id uuid, p_limit integer) TO klinke_app;

--
-- Name: FUNCTION record_usage(p_bot_id uuid, p_call_id uuid, p_kind text, p_segment integer, p_quantity bigint, p_time timestamp with time zone); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.record_usage(p_bot_id uuid, p_call_id uuid, p_kind text, p_segment integer, p_quantity bigint, p_time timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION public.record_usage(p_bot_id uuid, p_call_id uuid, p_kind text, p_segment integer, p_quantity bigint, p_time timestamp with time zone) TO klinke_app;

--
-- Name: TABLE audit_event; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT ON TABLE public.audit_event TO klinke_app;

--
-- Name: TABLE bot; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.bot TO klinke_app;

--
-- Name: COLUMN bot.tenant_id; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(tenant_id) ON TABLE public.bot TO klinke_lookup;

--
-- Name: COLUMN bot.bot_id; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(bot_id) ON TABLE public.bot TO klinke_lookup;

--
-- Name: TABLE call_event; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT ON TABLE public.call_event TO klinke_app;

--
-- Name: TABLE connector; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.connector TO klinke_app;

--
-- Name: COLUMN connector.tenant_id; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(tenant_id) ON TABLE public.connector TO klinke_lookup;

--
-- Name: COLUMN connector.connector_id; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(connector_id) ON TABLE public.connector TO klinke_lookup;

--
-- Name: TABLE flow; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.flow TO klinke_app;

--
-- Name: COLUMN flow.tenant_id; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(tenant_id) ON TABLE public.flow TO klinke_lookup;

--
-- Name: COLUMN flow.flow_id; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(flow_id) ON TABLE public.flow TO klinke_lookup;

--
-- Name: TABLE flow_version; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.flow_version TO klinke_app;

--
-- Name: TABLE idempotency_key; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT ON TABLE public.idempotency_key TO klinke_app;

--
-- Name: TABLE stripe_event; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT ON TABLE public.stripe_event TO klinke_app;

--
-- Name: TABLE tenant_key; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT ON TABLE public.tenant_key TO klinke_app;

--
-- Name: TABLE usage_event; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.usage_event TO klinke_app;

--
-- Name: TABLE usage_segment; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.usage_segment TO klinke_app;

--
-- Name: TABLE webhook_receipt; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT ON TABLE public.webhook_receipt TO klinke_app;

--
-- PostgreSQL database dump complete
--
