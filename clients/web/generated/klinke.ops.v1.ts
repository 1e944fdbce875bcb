// Generated from klinke.ops.v1. Do not edit: change the .proto and regenerate.

import type { CallOptions, Transport } from "../transport.js";

/** Asks for the health of the platform. */
export type GetHealthRequest = Record<string, never>;

/** The health of each dependency. */
export interface GetHealthResponse {
  /** PostgreSQL, asked with a query. */
  database?: string;
  /** Redis, asked with PING. */
  redis?: string;
  /** Stripe; `disabled` while no key is configured. */
  stripe?: string;
  /** Background jobs; `disabled` while none are run. */
  queue?: string;
}

/** Tells how the platform is doing. */
export class OpsServiceClient {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /**
   * Says of each dependency whether it works: `operational`, `degraded`, `down`, or `disabled` when
   * it is not configured.
   */
  getHealth(request: GetHealthRequest = {}, options?: CallOptions): Promise<GetHealthResponse> {
    return this.#transport.call(
      { path: "/klinke.ops.v1.OpsService/GetHealth", isReadOnly: true },
      request, options);
  }
}
