// Generated from klinke.identity.v1. Do not edit: change the .proto and regenerate.

import type { CallOptions, Transport } from "../transport.js";

/** The role of a user. */
export type UserRole =
  /** Not set. */
  | "USER_ROLE_UNSPECIFIED"
  /** Runs the platform; sees every tenant. */
  | "USER_ROLE_PLATFORM_ADMIN"
  /** Administers one tenant. */
  | "USER_ROLE_CUSTOMER_ADMIN"
  /** Uses one tenant without administering it. */
  | "USER_ROLE_CUSTOMER_USER"
  /** Answers support tickets. */
  | "USER_ROLE_SUPPORT";

/** A person who signs in; belongs to exactly one tenant. */
export interface User {
  /** UUID; set by the server. */
  userId?: string;
  /** UUID of the tenant the user belongs to; empty for platform administrators. */
  tenantId?: string;
  /** E-mail address the user signs in with; unique on the platform, stored in lower case. */
  email?: string;
  /** Name shown to people, at most 120 characters. */
  displayName?: string;
  /** What the user may do. */
  role?: UserRole;
  /** False once the user has been deactivated; such a user cannot sign in. */
  active?: boolean;
  /** When the user was created; set by the server. */
  createTime?: string;
}

/** The credentials of a person. */
export interface LoginRequest {
  /** E-mail address of the user. */
  email?: string;
  /** Password in clear; never logged. */
  password?: string;
}

/** A fresh access token and what it stands for. */
export interface LoginResponse {
  /** JWT (Ed25519) for the header `authorization: Bearer …`. */
  accessToken?: string;
  /** How long the access token is valid from now. */
  expiresIn?: string;
  /** The user who signed in. */
  user?: User;
  /** The user's tenant; absent for platform administrators. */
  tenant?: TenantSummary;
  /** True when the password must be changed before anything else is allowed. */
  mustChangePassword?: boolean;
}

/** What a user needs to know about their own tenant. */
export interface TenantSummary {
  /** UUID of the tenant. */
  tenantId?: string;
  /** Company name of the tenant. */
  displayName?: string;
}

/** Asks who the caller is. */
export type WhoAmIRequest = Record<string, never>;

/** Who the caller is. */
export interface WhoAmIResponse {
  /** The signed-in user. */
  user?: User;
  /** The user's tenant; absent for platform administrators. */
  tenant?: TenantSummary;
}

/** Signs people in and tells them who they are. */
export class AuthServiceClient {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /**
   * Exchanges an e-mail address and a password for an access token.
   *
   * Wrong credentials, unknown users and deactivated users all answer UNAUTHENTICATED with the
   * same message; a user of a tenant that is not approved gets PERMISSION_DENIED.
   */
  login(request: LoginRequest, options?: CallOptions): Promise<LoginResponse> {
    return this.#transport.call(
      { path: "/klinke.identity.v1.AuthService/Login" },
      request, options);
  }

  /** Returns the caller's user, role and tenant. */
  whoAmI(request: WhoAmIRequest = {}, options?: CallOptions): Promise<WhoAmIResponse> {
    return this.#transport.call(
      { path: "/klinke.identity.v1.AuthService/WhoAmI", isReadOnly: true },
      request, options);
  }
}
