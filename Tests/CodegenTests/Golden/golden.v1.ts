// Generated from golden.v1. Do not edit: change the .proto and regenerate.

import type { CallOptions, Transport } from "../transport.js";

/** The states of an item. */
export type Item_State =
  /** Not set. */
  | "STATE_UNSPECIFIED"
  /** In store. */
  | "STATE_IN_STORE"
  /** A word that Swift keeps for itself. */
  | "STATE_DEFAULT"
  /** What it was once. */
  | "STATE_LENT";

/** A thing that is sold. */
export interface Item {
  /** UUID; set by the server. */
  itemId?: string;
  /** Price in cents. */
  price?: string;
  /** Where it stands. */
  state?: Item_State;
  /** What it is made of, by name. */
  parts?: { [key: string]: Item };
  /** What it lies in. */
  box?: Item;
  /**
   * A number of layers.
   * At most one of `packing` is given.
   */
  layers?: number;
  /**
   * Another item around it.
   * At most one of `packing` is given.
   */
  wrapping?: Item;
  /**
   * A name it had.
   * @deprecated
   */
  oldName?: string;
}

/** A new item. */
export interface CreateItemRequest {
  /** UUID of the tenant. */
  tenantId?: string;
  /** The item. Required. */
  item: Item;
  /** UUID chosen by the caller. */
  requestId?: string;
}

/** Selects items. */
export interface ListItemsRequest {
  /** Which ones. */
  filter?: Item;
  /** Only those that are newer. */
  newerThan?: string;
  /** Most items in the answer. */
  pageSize?: number;
  /** The `next_page_token` of the page before. */
  pageToken?: string;
}

/** Items. */
export interface ListItemsResponse {
  /** All of them. */
  items?: Item[];
  /** Token of the next page. */
  nextPageToken?: string;
}

/** Names an item. */
export interface DeleteItemRequest {
  /** UUID. */
  itemId: string;
}

/** News. */
export interface TakeNewsRequest {
  /** The body as it came. */
  body?: string;
}

/** Sells things. */
export class ShopServiceClient {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** Creates an item. Its id is new. */
  createItem(request: CreateItemRequest, options?: CallOptions): Promise<Item> {
    return this.#transport.call(
      { path: "/golden.v1.ShopService/CreateItem" },
      request, options);
  }

  /** Lists items. */
  listItems(request: ListItemsRequest, options?: CallOptions): Promise<ListItemsResponse> {
    return this.#transport.call(
      { path: "/golden.v1.ShopService/ListItems", isReadOnly: true },
      request, options);
  }

  /** Deletes an item. */
  deleteItem(request: DeleteItemRequest, options?: CallOptions): Promise<Record<string, never>> {
    return this.#transport.call(
      { path: "/golden.v1.ShopService/DeleteItem" },
      request, options);
  }

  /**
   * Finds an item. Use ListItems.
   * @deprecated
   */
  findItem(request: DeleteItemRequest, options?: CallOptions): Promise<Item> {
    return this.#transport.call(
      { path: "/golden.v1.ShopService/FindItem", isReadOnly: true },
      request, options);
  }

  /** Watches items. */
  watchItems(request: ListItemsRequest, options?: CallOptions): AsyncGenerator<Item> {
    return this.#transport.stream(
      { path: "/golden.v1.ShopService/WatchItems" },
      request, options);
  }
}
