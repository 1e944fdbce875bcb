// Generated from klinke.usage.v1. Do not edit: change the .proto and regenerate.

import type { CallOptions, Transport } from "../transport.js";

/** What is counted. */
export type UsageKind =
  /** Not set. */
  | "USAGE_KIND_UNSPECIFIED"
  /** A call began; quantity 1. */
  | "USAGE_KIND_CALL"
  /** Seconds a bot spoke and listened. */
  | "USAGE_KIND_VOICEBOT"
  /** Seconds a caller was connected with a person. */
  | "USAGE_KIND_FORWARDING";

/** Something that is billed, counted exactly once. */
export interface UsageEvent {
  /** UUID; set by the server. */
  usageEventId?: string;
  /** UUID of the tenant that used it. */
  tenantId?: string;
  /** UUID of the bot that used it. */
  botId?: string;
  /** UUID of the call it was used in. */
  callId?: string;
  /** What was used. */
  kind?: UsageKind;
  /** How much: 1 for calls, seconds for the others. */
  quantity?: string;
  /** When it was used; decides the month it is billed in. */
  time?: string;
}

/** Selects what is added up. */
export interface GetUsageSummaryRequest {
  /** UUID of the tenant; platform administrators must name it. */
  tenantId?: string;
  /**
   * `month` for the month that `month` names (default: this one), `all` for every month.
   * Default month.
   */
  range?: string;
  /** A month as YYYY-MM; only with range `month`. */
  month?: string;
  /** Only this bot, if set. */
  botId?: string;
}

/** What was used, a row for each month and bot. */
export interface GetUsageSummaryResponse {
  /** The rows, newest month first. */
  rows?: UsageSummaryRow[];
  /** Calls of all rows. */
  totalCalls?: string;
  /** Voicebot seconds of all rows. */
  totalVoicebotSeconds?: string;
  /** Forwarding seconds of all rows. */
  totalForwardingSeconds?: string;
}

/** What one bot used in one month. */
export interface UsageSummaryRow {
  /** The month as YYYY-MM in the tenant's time zone. */
  month?: string;
  /** UUID of the bot. */
  botId?: string;
  /** Calls that began. */
  calls?: string;
  /** Seconds the bot spoke and listened. */
  voicebotSeconds?: string;
  /** Seconds callers were connected with a person. */
  forwardingSeconds?: string;
}

/** Selects a page of usage events. */
export interface ListUsageEventsRequest {
  /** UUID of the tenant; platform administrators must name it. */
  tenantId?: string;
  /** Most events in the answer; 0 means 50, more than 500 means 500. */
  pageSize?: number;
  /** The `next_page_token` of the page before; empty for the first page. */
  pageToken?: string;
  /** Only events of this call, if set. */
  callId?: string;
}

/** A page of usage events. */
export interface ListUsageEventsResponse {
  /** The events of this page. */
  events?: UsageEvent[];
  /** Token of the next page; empty on the last one. */
  nextPageToken?: string;
}

/** Shows what a tenant has used. */
export class UsageServiceClient {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** Adds up usage by month and bot. Months are those of the tenant's time zone. */
  getUsageSummary(
    request: GetUsageSummaryRequest, options?: CallOptions
  ): Promise<GetUsageSummaryResponse> {
    return this.#transport.call(
      { path: "/klinke.usage.v1.UsageService/GetUsageSummary", isReadOnly: true },
      request, options);
  }

  /** Lists usage events, newest first. */
  listUsageEvents(
    request: ListUsageEventsRequest, options?: CallOptions
  ): Promise<ListUsageEventsResponse> {
    return this.#transport.call(
      { path: "/klinke.usage.v1.UsageService/ListUsageEvents", isReadOnly: true },
      request, options);
  }
}
