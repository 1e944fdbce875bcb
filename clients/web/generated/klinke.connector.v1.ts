// Generated from klinke.connector.v1. Do not edit: change the .proto and regenerate.

import type { CallOptions, Transport } from "../transport.js";

/** An outside provider that a tenant has connected with its own credentials. */
export interface Connector {
  /** UUID; set by the server. */
  connectorId?: string;
  /** UUID of the tenant that owns the connector. */
  tenantId?: string;
  /** The provider: `twilio`. */
  provider?: string;
  /** The tenant's account at the provider, for example a Twilio account SID. */
  account?: string;
  /** The secret's first characters, for people to recognize it by. */
  secretPrefix?: string;
  /** When the connector was created; set by the server. */
  createTime?: string;
  /** When its credentials last changed; set by the server. */
  updateTime?: string;
}

/** Credentials of a Twilio account. */
export interface TwilioCredentials {
  /** Account SID: `AC` and 32 hexadecimal digits. Required. */
  accountSid?: string;
  /** Auth token: 32 hexadecimal digits; stored encrypted, never returned. Required. */
  authToken?: string;
}

/** Credentials to store. */
export interface PutCredentialsRequest {
  /** UUID of the tenant; may be empty, the caller's own otherwise. */
  tenantId?: string;
  /** The provider: `twilio`. Required. */
  provider: string;
  /**
   * For provider `twilio`.
   * At most one of `credentials` is given.
   */
  twilio?: TwilioCredentials;
}

/** Selects a page of connectors. */
export interface ListConnectorsRequest {
  /** UUID of the tenant; platform administrators must name it. */
  tenantId?: string;
  /** Most connectors in the answer; 0 means 50, more than 500 means 500. */
  pageSize?: number;
  /** The `next_page_token` of the page before; empty for the first page. */
  pageToken?: string;
}

/** A page of connectors. */
export interface ListConnectorsResponse {
  /** The connectors of this page. */
  connectors?: Connector[];
  /** Token of the next page; empty on the last one. */
  nextPageToken?: string;
}

/** Names the connector to delete. */
export interface DisconnectRequest {
  /** UUID of the tenant; may be empty, the caller's own otherwise. */
  tenantId?: string;
  /** UUID of the connector. */
  connectorId: string;
}

/** Connects a tenant's own accounts at outside providers. */
export class ConnectorServiceClient {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /**
   * Stores a tenant's own credentials, encrypted; replaces those of the same provider.
   *
   * From then on webhooks of the tenant's numbers must be signed with these credentials.
   */
  putCredentials(request: PutCredentialsRequest, options?: CallOptions): Promise<Connector> {
    return this.#transport.call(
      { path: "/klinke.connector.v1.ConnectorService/PutCredentials" },
      request, options);
  }

  /** Lists the connectors of a tenant, oldest first. */
  listConnectors(
    request: ListConnectorsRequest, options?: CallOptions
  ): Promise<ListConnectorsResponse> {
    return this.#transport.call(
      { path: "/klinke.connector.v1.ConnectorService/ListConnectors", isReadOnly: true },
      request, options);
  }

  /** Deletes a connector and its credentials. */
  disconnect(request: DisconnectRequest, options?: CallOptions): Promise<Record<string, never>> {
    return this.#transport.call(
      { path: "/klinke.connector.v1.ConnectorService/Disconnect" },
      request, options);
  }
}
