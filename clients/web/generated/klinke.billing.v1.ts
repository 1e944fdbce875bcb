// Generated from klinke.billing.v1. Do not edit: change the .proto and regenerate.

/** The envelope of a Stripe event. */
export interface StripeEventRequest {
  /** Stripe's id of the event: `evt_…`. */
  id: string;
  /** Kind of the object, always `event`. */
  object?: string;
  /** What happened, for example `invoice.paid`. */
  type?: string;
  /** When it happened, in seconds since 1970. */
  created?: string;
  /** Whether it is about real money. */
  livemode?: boolean;
  /** Version of Stripe's API the event is written in. */
  apiVersion?: string;
  /** The request's body exactly as it arrived; filled in by the webhook door. */
  rawBody?: string;
}

/** Acknowledges an event. */
export interface StripeEventResponse {
  /** Always true. */
  received?: boolean;
  /** True when the event had been stored before. */
  duplicate?: boolean;
}
