// Generated from klinke.call.v1. Do not edit: change the .proto and regenerate.

import type { CallOptions, Transport } from "../transport.js";

/** The states of a call. */
export type CallState =
  /** Not set. */
  | "CALL_STATE_UNSPECIFIED"
  /** The bot is in the call. */
  | "CALL_STATE_IN_PROGRESS"
  /** The caller is being connected, or talks, with a person. */
  | "CALL_STATE_TRANSFERRED"
  /** The call is over. */
  | "CALL_STATE_ENDED";

/** A telephone call and what became of it. */
export interface Call {
  /** UUID; set by the server. */
  callId?: string;
  /** UUID of the tenant whose number was called. */
  tenantId?: string;
  /** UUID of the bot that answered. */
  botId?: string;
  /** UUID of the flow that ran. */
  flowId?: string;
  /** Version of the flow; a call keeps the version it began with. */
  flowVersion?: number;
  /** Who carried the call: `twilio`. */
  provider?: string;
  /** The carrier's id of the call. */
  providerCallId?: string;
  /** Number of the caller in E.164, or a word like `anonymous`. */
  from?: string;
  /** Number that was called, in E.164. */
  to?: string;
  /** Where the call stands. */
  state?: CallState;
  /** When the first webhook of the call arrived. */
  startTime?: string;
  /** When the call was reported as over; absent while it runs. */
  endTime?: string;
  /** Length of the whole call as the carrier reports it. */
  duration?: string;
  /** Seconds the bot spoke and listened. */
  voicebotSeconds?: string;
  /** Seconds the caller was connected with a person. */
  forwardingSeconds?: string;
  /** Why the call ended: the carrier's final status. */
  endReason?: string;
  /** What happened, oldest first; left out of lists. */
  events?: CallEvent[];
}

/** Something that happened in a call. */
export interface CallEvent {
  /** Counts up from 1 within the call. */
  sequence?: number;
  /** When it happened. */
  time?: string;
  /**
   * What happened: `started`, `node_entered`, `input`, `no_input`, `transfer_started`,
   * `transfer_ended`, `ended`.
   */
  kind?: string;
  /** The flow's node it happened at, if any. */
  nodeId?: string;
  /** More about it, in words; never digits or speech of the caller. */
  detail?: string;
}

/** Selects a page of calls. */
export interface ListCallsRequest {
  /** UUID of the tenant; platform administrators must name it. */
  tenantId?: string;
  /** Most calls in the answer; 0 means 50, more than 500 means 500. */
  pageSize?: number;
  /** The `next_page_token` of the page before; empty for the first page. */
  pageToken?: string;
  /** Only calls of this bot, if set. */
  botId?: string;
}

/** A page of calls. */
export interface ListCallsResponse {
  /** The calls of this page. */
  calls?: Call[];
  /** Token of the next page; empty on the last one. */
  nextPageToken?: string;
}

/** Names the call to return. */
export interface GetCallRequest {
  /** UUID of the tenant; platform administrators must name it. */
  tenantId?: string;
  /** UUID of the call. */
  callId: string;
}

/** What the carrier says when a call arrives. */
export interface IncomingCallRequest {
  /** The carrier's id of the call. */
  CallSid?: string;
  /** The carrier's id of the account. */
  AccountSid?: string;
  /** Who calls. */
  From?: string;
  /** Number that was called. */
  To?: string;
  /** Status of the call, normally `ringing`. */
  CallStatus?: string;
  /** `inbound` for calls to our numbers. */
  Direction?: string;
}

/** What the carrier says after a question. */
export interface CallInputRequest {
  /** The carrier's id of the call. */
  CallSid?: string;
  /** The carrier's id of the account. */
  AccountSid?: string;
  /** Number that was called. */
  To?: string;
  /** Keys that were pressed. */
  Digits?: string;
  /** Words that were understood. */
  SpeechResult?: string;
  /** Step of the call that asked, from the query of the action's URL. */
  step?: number;
}

/** What the carrier says after a transfer. */
export interface DialResultRequest {
  /** The carrier's id of the call. */
  CallSid?: string;
  /** The carrier's id of the account. */
  AccountSid?: string;
  /** Number that was called at first. */
  To?: string;
  /** How the transfer ended: completed, answered, busy, no-answer, failed or canceled. */
  DialCallStatus?: string;
  /** Seconds the caller talked with the person; empty when nobody answered. */
  DialCallDuration?: string;
  /** Step of the call that transferred, from the query of the action's URL. */
  step?: number;
}

/** What the carrier says about the status of a call. */
export interface CallStatusRequest {
  /** The carrier's id of the call. */
  CallSid?: string;
  /** The carrier's id of the account. */
  AccountSid?: string;
  /** Number that was called. */
  To?: string;
  /** queued, initiated, ringing, in-progress, completed, busy, failed, no-answer or canceled. */
  CallStatus?: string;
  /** Seconds of the whole call; only with a final status. */
  CallDuration?: string;
  /** Counts the callbacks of a call from 0; may be empty. */
  SequenceNumber?: string;
}

/** Shows calls. */
export class CallServiceClient {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** Lists calls, newest first. */
  listCalls(request: ListCallsRequest, options?: CallOptions): Promise<ListCallsResponse> {
    return this.#transport.call(
      { path: "/klinke.call.v1.CallService/ListCalls", isReadOnly: true },
      request, options);
  }

  /** Returns one call with its events. */
  getCall(request: GetCallRequest, options?: CallOptions): Promise<Call> {
    return this.#transport.call(
      { path: "/klinke.call.v1.CallService/GetCall", isReadOnly: true },
      request, options);
  }
}
