// Generated from klinke.tenant.v1. Do not edit: change the .proto and regenerate.

import type { CallOptions, Transport } from "../transport.js";
import type * as klinkeIdentityV1 from "./klinke.identity.v1.js";

/** The states of a tenant. */
export type TenantState =
  /** Not set. */
  | "TENANT_STATE_UNSPECIFIED"
  /** Waits for approval; nothing that costs money or touches a telephone is allowed. */
  | "TENANT_STATE_PENDING"
  /** May use the platform. */
  | "TENANT_STATE_APPROVED"
  /** Was turned down. */
  | "TENANT_STATE_REJECTED"
  /** Was approved and is stopped for now. */
  | "TENANT_STATE_SUSPENDED";

/** A customer of the platform; owns every other resource. */
export interface Tenant {
  /** UUID; set by the server. */
  tenantId?: string;
  /** Company name, 1 to 120 characters. */
  displayName?: string;
  /** Where the tenant stands in its life; changed by Approve, Suspend and Reactivate only. */
  state?: TenantState;
  /** Region that national telephone numbers are read in: AT, DE, CH, GB or US. Default DE. */
  defaultRegion?: string;
  /** IANA time zone that months are counted in. Default Europe/Berlin. */
  timeZone?: string;
  /** BCP 47 language of messages to people. Default de-DE. */
  locale?: string;
  /** Most active users the tenant may have. Default 2; changed by platform administrators only. */
  userLimit?: number;
  /** When the tenant was created; set by the server. */
  createTime?: string;
  /** When the tenant was last changed; set by the server. */
  updateTime?: string;
  /** Changes with every update; send it back to refuse lost updates. */
  etag?: string;
}

/** What a new tenant starts with. */
export interface CreateTenantRequest {
  /** Company name, 1 to 120 characters. Required. */
  displayName: string;
  /** Region that national telephone numbers are read in: AT, DE, CH, GB or US. Default DE. */
  defaultRegion?: string;
  /** IANA time zone that months are counted in. Default Europe/Berlin. */
  timeZone?: string;
  /** BCP 47 language of messages to people. Default de-DE. */
  locale?: string;
  /** UUID chosen by the caller; a repeat with the same id returns the first answer. */
  requestId?: string;
}

/** Selects a page of tenants. */
export interface ListTenantsRequest {
  /** Most tenants in the answer; 0 means 50, more than 500 means 500. */
  pageSize?: number;
  /** The `next_page_token` of the page before; empty for the first page. */
  pageToken?: string;
  /** Only tenants in this state, if set. */
  state?: TenantState;
}

/** A page of tenants. */
export interface ListTenantsResponse {
  /** The tenants of this page. */
  tenants?: Tenant[];
  /** Token of the next page; empty on the last one. */
  nextPageToken?: string;
}

/** Names the tenant to return. */
export interface GetTenantRequest {
  /** UUID of the tenant. */
  tenantId?: string;
}

/** New settings of a tenant. */
export interface UpdateTenantRequest {
  /** UUID of the tenant. */
  tenantId?: string;
  /** The new values. Changeable: display_name, default_region, time_zone, locale, user_limit. */
  tenant?: Tenant;
  /** Which fields of `tenant` to change; empty means all that are filled in. */
  updateMask?: string;
  /** The etag last seen; if set, an update in between is refused with ABORTED. */
  etag?: string;
}

/** Names the tenant to approve. */
export interface ApproveTenantRequest {
  /** UUID of the tenant. */
  tenantId?: string;
}

/** Names the tenant to suspend. */
export interface SuspendTenantRequest {
  /** UUID of the tenant. */
  tenantId?: string;
  /** Why, for the audit trail; at most 500 characters. */
  reason?: string;
}

/** Names the tenant to reactivate. */
export interface ReactivateTenantRequest {
  /** UUID of the tenant. */
  tenantId?: string;
}

/** What a new user starts with. */
export interface CreateUserRequest {
  /** UUID of the tenant; platform administrators must name it, for others it may be empty on gRPC. */
  tenantId?: string;
  /** E-mail address the user signs in with; unique on the platform. Required. */
  email: string;
  /** Name shown to people, at most 120 characters. */
  displayName?: string;
  /** CUSTOMER_ADMIN or CUSTOMER_USER. Required. */
  role: klinkeIdentityV1.UserRole;
  /** First password, 10 to 128 characters; never logged. Required. */
  password: string;
  /** UUID chosen by the caller; a repeat with the same id returns the first answer. */
  requestId?: string;
}

/** Selects a page of users. */
export interface ListUsersRequest {
  /** UUID of the tenant; platform administrators must name it. */
  tenantId?: string;
  /** Most users in the answer; 0 means 50, more than 500 means 500. */
  pageSize?: number;
  /** The `next_page_token` of the page before; empty for the first page. */
  pageToken?: string;
}

/** A page of users. */
export interface ListUsersResponse {
  /** The users of this page. */
  users?: klinkeIdentityV1.User[];
  /** Token of the next page; empty on the last one. */
  nextPageToken?: string;
}

/** Creates, reads and approves tenants. */
export class TenantServiceClient {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** Creates a tenant in state pending. */
  createTenant(request: CreateTenantRequest, options?: CallOptions): Promise<Tenant> {
    return this.#transport.call(
      { path: "/klinke.tenant.v1.TenantService/CreateTenant" },
      request, options);
  }

  /** Lists tenants, oldest first. */
  listTenants(request: ListTenantsRequest, options?: CallOptions): Promise<ListTenantsResponse> {
    return this.#transport.call(
      { path: "/klinke.tenant.v1.TenantService/ListTenants", isReadOnly: true },
      request, options);
  }

  /** Returns one tenant. */
  getTenant(request: GetTenantRequest, options?: CallOptions): Promise<Tenant> {
    return this.#transport.call(
      { path: "/klinke.tenant.v1.TenantService/GetTenant", isReadOnly: true },
      request, options);
  }

  /** Changes the settings of a tenant. */
  updateTenant(request: UpdateTenantRequest, options?: CallOptions): Promise<Tenant> {
    return this.#transport.call(
      { path: "/klinke.tenant.v1.TenantService/UpdateTenant" },
      request, options);
  }

  /** Lets a pending tenant use the platform. Approving an approved tenant changes nothing. */
  approveTenant(request: ApproveTenantRequest, options?: CallOptions): Promise<Tenant> {
    return this.#transport.call(
      { path: "/klinke.tenant.v1.TenantService/ApproveTenant" },
      request, options);
  }

  /** Stops an approved tenant: its users and telephone numbers are refused from now on. */
  suspendTenant(request: SuspendTenantRequest, options?: CallOptions): Promise<Tenant> {
    return this.#transport.call(
      { path: "/klinke.tenant.v1.TenantService/SuspendTenant" },
      request, options);
  }

  /** Lets a suspended tenant use the platform again. */
  reactivateTenant(request: ReactivateTenantRequest, options?: CallOptions): Promise<Tenant> {
    return this.#transport.call(
      { path: "/klinke.tenant.v1.TenantService/ReactivateTenant" },
      request, options);
  }
}

/** Creates and lists the users of a tenant. */
export class UserServiceClient {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** Creates a user in a tenant. The tenant's user limit counts active users only. */
  createUser(request: CreateUserRequest, options?: CallOptions): Promise<klinkeIdentityV1.User> {
    return this.#transport.call(
      { path: "/klinke.tenant.v1.UserService/CreateUser" },
      request, options);
  }

  /** Lists the users of a tenant, oldest first. */
  listUsers(request: ListUsersRequest, options?: CallOptions): Promise<ListUsersResponse> {
    return this.#transport.call(
      { path: "/klinke.tenant.v1.UserService/ListUsers", isReadOnly: true },
      request, options);
  }
}
