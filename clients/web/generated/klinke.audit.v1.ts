// Generated from klinke.audit.v1. Do not edit: change the .proto and regenerate.

import type { CallOptions, Transport } from "../transport.js";

/** One thing that somebody did or tried to do. */
export interface AuditEvent {
  /** UUID; set by the server. */
  auditEventId?: string;
  /** UUID of the tenant it was done to. */
  tenantId?: string;
  /** When it happened. */
  time?: string;
  /** Kind of the actor: `user`, `webhook`, `service` or `anonymous`. */
  actorKind?: string;
  /** UUID of the user, or name of the provider or service. */
  actorId?: string;
  /** The method that was called, for example `klinke.tenant.v1.TenantService/CreateTenant`. */
  method?: string;
  /** Kind of the resource, for example `tenant`; empty if none was reached. */
  resourceType?: string;
  /** UUID of the resource; empty if none was reached. */
  resourceId?: string;
  /** `OK`, or the status that refused it, for example `PERMISSION_DENIED`. */
  outcome?: string;
  /** Id of the request, as in the log. */
  requestId?: string;
  /** The door it came through: `grpc`, `rest`, `webhook` or `in_process`. */
  door?: string;
  /** Why, in the words of who did it; empty when the method asks for none. */
  reason?: string;
}

/** Selects a page of audit events. */
export interface ListAuditEventsRequest {
  /** UUID of the tenant; platform administrators must name it. */
  tenantId?: string;
  /** Most events in the answer; 0 means 50, more than 500 means 500. */
  pageSize?: number;
  /** The `next_page_token` of the page before; empty for the first page. */
  pageToken?: string;
}

/** A page of audit events. */
export interface ListAuditEventsResponse {
  /** The events of this page. */
  events?: AuditEvent[];
  /** Token of the next page; empty on the last one. */
  nextPageToken?: string;
}

/** Shows who did what. */
export class AuditServiceClient {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** Lists audit events of a tenant, newest first. */
  listAuditEvents(
    request: ListAuditEventsRequest, options?: CallOptions
  ): Promise<ListAuditEventsResponse> {
    return this.#transport.call(
      { path: "/klinke.audit.v1.AuditService/ListAuditEvents", isReadOnly: true },
      request, options);
  }
}
