-- Events as Stripe signed them, stored before anything is done with them. They belong to the
-- platform's account, not to a tenant; which tenant they are about is decided when they are processed.
CREATE TABLE stripe_event (
  stripe_event_id text        NOT NULL,
  event_type      text        NOT NULL,
  livemode        boolean     NOT NULL,
  api_version     text        NOT NULL,
  created_time    timestamptz NOT NULL,
  receive_time    timestamptz NOT NULL DEFAULT now(),
  raw_body        bytea       NOT NULL,
  CONSTRAINT stripe_event_pkey PRIMARY KEY (stripe_event_id)
);
GRANT SELECT, INSERT ON stripe_event TO klinke_app;
