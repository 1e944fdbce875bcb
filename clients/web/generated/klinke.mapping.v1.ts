// Generated from klinke.mapping.v1. Do not edit: change the .proto and regenerate.

import type { CallOptions, Transport } from "../transport.js";

/** Connects a telephone number of the platform with the bot that answers it. */
export interface PhoneMapping {
  /** UUID; set by the server. */
  mappingId?: string;
  /** UUID of the tenant that owns the mapping. */
  tenantId?: string;
  /** UUID of the bot that answers; belongs to the same tenant. */
  botId?: string;
  /** The number in E.164, for example +493023125000; set by the server from `raw_number`. */
  number?: string;
  /** The number as it was typed in. */
  rawNumber?: string;
  /** Region the number belongs to: AT, DE, CH, GB or US; set by the server. */
  region?: string;
  /** A name for people, at most 120 characters. */
  label?: string;
  /** Whether calls to the number are answered. One number has at most one active mapping. */
  active?: boolean;
  /** When the mapping was created; set by the server. */
  createTime?: string;
  /** When the mapping was last changed; set by the server. */
  updateTime?: string;
  /** Changes with every update; send it back to refuse lost updates. */
  etag?: string;
}

/** What a new mapping starts with. */
export interface CreateMappingRequest {
  /** UUID of the tenant; platform administrators must name it. */
  tenantId?: string;
  /** UUID of the bot that answers; must belong to the tenant. Required. */
  botId: string;
  /** The number, national or international; the tenant's region completes it. Required. */
  number: string;
  /** Region to read a national number in, instead of the tenant's: AT, DE, CH, GB or US. */
  region?: string;
  /** A name for people, at most 120 characters. */
  label?: string;
  /** Create the mapping without answering calls yet. */
  inactive?: boolean;
  /** UUID chosen by the caller; a repeat with the same id returns the first answer. */
  requestId?: string;
}

/** Selects a page of mappings. */
export interface ListMappingsRequest {
  /** UUID of the tenant; platform administrators must name it. */
  tenantId?: string;
  /** Most mappings in the answer; 0 means 50, more than 500 means 500. */
  pageSize?: number;
  /** The `next_page_token` of the page before; empty for the first page. */
  pageToken?: string;
  /** Only mappings of this bot, if set. */
  botId?: string;
}

/** A page of mappings. */
export interface ListMappingsResponse {
  /** The mappings of this page. */
  mappings?: PhoneMapping[];
  /** Token of the next page; empty on the last one. */
  nextPageToken?: string;
}

/** Names the mapping to return. */
export interface GetMappingRequest {
  /** UUID of the tenant; platform administrators must name it. */
  tenantId?: string;
  /** UUID of the mapping. */
  mappingId: string;
}

/** New values of a mapping. */
export interface UpdateMappingRequest {
  /** UUID of the tenant; platform administrators must name it. */
  tenantId?: string;
  /** UUID of the mapping. */
  mappingId: string;
  /** The new values. Changeable: bot_id, label, active. */
  mapping?: PhoneMapping;
  /** Which fields of `mapping` to change; empty means all that are filled in. */
  updateMask?: string;
  /** The etag last seen; if set, an update in between is refused with ABORTED. */
  etag?: string;
}

/** Names the mapping to delete. */
export interface DeleteMappingRequest {
  /** UUID of the tenant; platform administrators must name it. */
  tenantId?: string;
  /** UUID of the mapping. */
  mappingId: string;
}

/** A number to normalize. */
export interface NormalizeNumberRequest {
  /** The number as people write it. Required. */
  number: string;
  /** Region to read a national number in: AT, DE, CH, GB or US. Default DE. */
  region?: string;
}

/** A normalized number. */
export interface NormalizeNumberResponse {
  /** The number in E.164. */
  number?: string;
  /** Region the number belongs to. */
  region?: string;
  /** The number as people of that region write it abroad. */
  international?: string;
  /** The number as people of that region write it at home. */
  national?: string;
}

/** A number to look up. */
export interface ResolveNumberRequest {
  /** The number in E.164. Required. */
  number: string;
}

/** Who answers a number. */
export interface ResolveNumberResponse {
  /** UUID of the tenant. */
  tenantId?: string;
  /** UUID of the bot. */
  botId?: string;
  /** UUID of the mapping. */
  mappingId?: string;
  /** The number in E.164. */
  number?: string;
  /** False when the tenant may not take calls at the moment. */
  tenantApproved?: boolean;
}

/** Maps telephone numbers to bots. */
export class MappingServiceClient {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** Maps a number to a bot. A number that already has an active mapping is refused. */
  createMapping(request: CreateMappingRequest, options?: CallOptions): Promise<PhoneMapping> {
    return this.#transport.call(
      { path: "/klinke.mapping.v1.MappingService/CreateMapping" },
      request, options);
  }

  /** Lists mappings, oldest first. */
  listMappings(request: ListMappingsRequest, options?: CallOptions): Promise<ListMappingsResponse> {
    return this.#transport.call(
      { path: "/klinke.mapping.v1.MappingService/ListMappings", isReadOnly: true },
      request, options);
  }

  /** Returns one mapping. */
  getMapping(request: GetMappingRequest, options?: CallOptions): Promise<PhoneMapping> {
    return this.#transport.call(
      { path: "/klinke.mapping.v1.MappingService/GetMapping", isReadOnly: true },
      request, options);
  }

  /** Changes bot, label or activity of a mapping. The number itself cannot change. */
  updateMapping(request: UpdateMappingRequest, options?: CallOptions): Promise<PhoneMapping> {
    return this.#transport.call(
      { path: "/klinke.mapping.v1.MappingService/UpdateMapping" },
      request, options);
  }

  /** Deletes a mapping; calls to the number are refused from now on. */
  deleteMapping(
    request: DeleteMappingRequest, options?: CallOptions
  ): Promise<Record<string, never>> {
    return this.#transport.call(
      { path: "/klinke.mapping.v1.MappingService/DeleteMapping" },
      request, options);
  }

  /** Turns a number as people write it into E.164, or says why it is none. */
  normalizeNumber(
    request: NormalizeNumberRequest, options?: CallOptions
  ): Promise<NormalizeNumberResponse> {
    return this.#transport.call(
      { path: "/klinke.mapping.v1.MappingService/NormalizeNumber", isReadOnly: true },
      request, options);
  }

  /** Tells which tenant and bot answer a number. NOT_FOUND when no active mapping exists. */
  resolveNumber(
    request: ResolveNumberRequest, options?: CallOptions
  ): Promise<ResolveNumberResponse> {
    return this.#transport.call(
      { path: "/klinke.mapping.v1.MappingService/ResolveNumber", isReadOnly: true },
      request, options);
  }
}
