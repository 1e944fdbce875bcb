// Generated from klinke.flow.v1. Do not edit: change the .proto and regenerate.

import type { CallOptions, Transport } from "../transport.js";

/** The states of a version. */
export type VersionState =
  /** Not set. */
  | "VERSION_STATE_UNSPECIFIED"
  /** Being edited; a flow has at most one draft. */
  | "VERSION_STATE_DRAFT"
  /** Fixed and ready to publish; a flow has at most one staged version. */
  | "VERSION_STATE_STAGED"
  /** Answers calls; a flow has at most one live version. */
  | "VERSION_STATE_LIVE"
  /** Was staged or live before. */
  | "VERSION_STATE_ARCHIVED";

/** Kinds of input of a caller. */
export type InputKind =
  /** Not set. */
  | "INPUT_KIND_UNSPECIFIED"
  /** Keys of the telephone. */
  | "INPUT_KIND_DIGITS"
  /** Spoken words. */
  | "INPUT_KIND_SPEECH";

/** How a condition compares; letters count the same in upper and lower case. */
export type ConditionOperator =
  /** Not set. */
  | "CONDITION_OPERATOR_UNSPECIFIED"
  /** The variable is the value. */
  | "CONDITION_OPERATOR_EQUALS"
  /** The variable has the value in it. */
  | "CONDITION_OPERATOR_CONTAINS"
  /** The variable begins with the value. */
  | "CONDITION_OPERATOR_STARTS_WITH"
  /** The variable is there and not empty; the value is not looked at. */
  | "CONDITION_OPERATOR_EXISTS";

/** A voice agent of a tenant; what it does is its flow. */
export interface Bot {
  /** UUID; set by the server. */
  botId?: string;
  /** UUID of the tenant that owns the bot. */
  tenantId?: string;
  /** A name for people, 1 to 120 characters. */
  displayName?: string;
  /**
   * Who the bot is and how it behaves, at most 16,000 characters. A flow cannot be published
   * while this is empty.
   */
  systemPrompt?: string;
  /** BCP 47 language the bot speaks and hears. Default de-DE. */
  locale?: string;
  /** When the bot was created; set by the server. */
  createTime?: string;
  /** When the bot was last changed; set by the server. */
  updateTime?: string;
  /** Changes with every update; send it back to refuse lost updates. */
  etag?: string;
}

/** What a new bot starts with. */
export interface CreateBotRequest {
  /** UUID of the tenant; platform administrators must name it. */
  tenantId?: string;
  /** A name for people, 1 to 120 characters. Required. */
  displayName: string;
  /** Who the bot is and how it behaves, at most 16,000 characters. */
  systemPrompt?: string;
  /** BCP 47 language the bot speaks and hears. Default de-DE. */
  locale?: string;
  /** UUID chosen by the caller; a repeat with the same id returns the first answer. */
  requestId?: string;
}

/** Selects a page of bots. */
export interface ListBotsRequest {
  /** UUID of the tenant; platform administrators must name it. */
  tenantId?: string;
  /** Most bots in the answer; 0 means 50, more than 500 means 500. */
  pageSize?: number;
  /** The `next_page_token` of the page before; empty for the first page. */
  pageToken?: string;
}

/** A page of bots. */
export interface ListBotsResponse {
  /** The bots of this page. */
  bots?: Bot[];
  /** Token of the next page; empty on the last one. */
  nextPageToken?: string;
}

/** Names the bot to return. */
export interface GetBotRequest {
  /** UUID of the tenant; platform administrators must name it. */
  tenantId?: string;
  /** UUID of the bot. */
  botId: string;
}

/** New values of a bot. */
export interface UpdateBotRequest {
  /** UUID of the tenant; platform administrators must name it. */
  tenantId?: string;
  /** UUID of the bot. */
  botId: string;
  /** The new values. Changeable: display_name, system_prompt, locale. */
  bot?: Bot;
  /** Which fields of `bot` to change; empty means all that are filled in. */
  updateMask?: string;
  /** The etag last seen; if set, an update in between is refused with ABORTED. */
  etag?: string;
}

/** What a bot does in a call; its graph is kept in versions. */
export interface Flow {
  /** UUID; set by the server. */
  flowId?: string;
  /** UUID of the tenant that owns the flow. */
  tenantId?: string;
  /** UUID of the bot that runs the flow; a bot has one flow. */
  botId?: string;
  /** A name for people, 1 to 120 characters. */
  displayName?: string;
  /** Number of the live version; 0 while none is live. */
  liveVersion?: number;
  /** Number of the newest version; 0 while none was saved. */
  latestVersion?: number;
  /** When the flow was created; set by the server. */
  createTime?: string;
}

/** One state of a flow's graph. Only drafts change. */
export interface FlowVersion {
  /** UUID of the flow. */
  flowId?: string;
  /** Counts up from 1 within the flow. */
  version?: number;
  /** Where the version stands. */
  state?: VersionState;
  /** What the version does; left out of lists. */
  graph?: FlowGraph;
  /** When the version was created; set by the server. */
  createTime?: string;
  /** When the version last changed its content or state; set by the server. */
  updateTime?: string;
  /** Changes with every saved draft; send it back to refuse lost updates. */
  etag?: string;
}

/** Nodes and the edges between their ports. */
export interface FlowGraph {
  /** The nodes, at most 500. */
  nodes?: FlowNode[];
  /** The edges, at most one from each port of a node. */
  edges?: FlowEdge[];
  /** The node a call begins with. */
  entryNodeId?: string;
}

/** One step of a flow. */
export interface FlowNode {
  /** Unique in the graph: 1 to 64 of a-z, A-Z, 0-9, `_` and `-`. */
  nodeId?: string;
  /** Where the builder draws the node. */
  position?: NodePosition;
  /**
   * Speaks a text. Port: next.
   * At most one of `kind` is given.
   */
  say?: SayNode;
  /**
   * Speaks a text and waits for digits or speech. Ports: input, no_input.
   * At most one of `kind` is given.
   */
  gather?: GatherNode;
  /**
   * Chooses a port by what is known about the call. Ports: those of its cases, else.
   * At most one of `kind` is given.
   */
  condition?: ConditionNode;
  /**
   * Connects the caller with a person. Ports: completed, failed.
   * At most one of `kind` is given.
   */
  transfer?: TransferNode;
  /**
   * Ends the call. No port.
   * At most one of `kind` is given.
   */
  hangup?: HangupNode;
}

/** A point in the builder's drawing. */
export interface NodePosition {
  /** Pixels from the left. */
  x?: number | "NaN" | "Infinity" | "-Infinity";
  /** Pixels from the top. */
  y?: number | "NaN" | "Infinity" | "-Infinity";
}

/** Speaks a text. */
export interface SayNode {
  /** What is said, 1 to 4,096 characters; `{{name}}` is replaced by the variable of that name. */
  text?: string;
}

/** Speaks a text and waits for the caller. */
export interface GatherNode {
  /** What is said, 1 to 4,096 characters; `{{name}}` is replaced by the variable of that name. */
  text?: string;
  /** Which kinds of input count; at least one. */
  inputs?: InputKind[];
  /** Variable that gets the input: 1 to 40 of a-z, 0-9 and `_`, a letter first. */
  variable?: string;
  /** Number of digits that ends the input; 0 means until `#` or silence. At most 32. */
  digits?: number;
  /** Silence before the input counts as missing: 1 to 60 s, default 5 s. */
  timeout?: string;
  /** How often the question is repeated when nothing was heard, 0 to 5. */
  retries?: number;
}

/** Chooses a port; the first case that holds wins. */
export interface ConditionNode {
  /** The cases in order, 1 to 20; when none holds, port `else` is taken. */
  cases?: ConditionCase[];
}

/** One choice of a condition. */
export interface ConditionCase {
  /** Port that is taken: 1 to 40 of a-z, 0-9 and `_`; not `else`. */
  port?: string;
  /** Variable that is looked at; `caller` and `called` are always there. */
  variable?: string;
  /** How it is compared. */
  operator?: ConditionOperator;
  /** What it is compared with, at most 200 characters. */
  value?: string;
}

/** Connects the caller with a person. */
export interface TransferNode {
  /** Number to call, in E.164. */
  number?: string;
  /** What is said before, at most 4,096 characters. */
  text?: string;
  /** How long it rings: 5 to 120 s, default 30 s. */
  timeout?: string;
}

/** Ends the call. */
export interface HangupNode {
  /** What is said before, at most 4,096 characters. */
  text?: string;
}

/** Leads from a port of a node to the next node. */
export interface FlowEdge {
  /** The node the edge leaves. */
  fromNodeId?: string;
  /** The port it leaves from. */
  port?: string;
  /** The node it leads to. */
  toNodeId?: string;
}

/** What a new flow starts with. */
export interface CreateFlowRequest {
  /** UUID of the tenant; platform administrators must name it. */
  tenantId?: string;
  /** UUID of the bot that runs the flow. Required. */
  botId: string;
  /** A name for people, 1 to 120 characters. Required. */
  displayName: string;
  /** UUID chosen by the caller; a repeat with the same id returns the first answer. */
  requestId?: string;
}

/** Selects a page of flows. */
export interface ListFlowsRequest {
  /** UUID of the tenant; platform administrators must name it. */
  tenantId?: string;
  /** Most flows in the answer; 0 means 50, more than 500 means 500. */
  pageSize?: number;
  /** The `next_page_token` of the page before; empty for the first page. */
  pageToken?: string;
}

/** A page of flows. */
export interface ListFlowsResponse {
  /** The flows of this page. */
  flows?: Flow[];
  /** Token of the next page; empty on the last one. */
  nextPageToken?: string;
}

/** Names the flow to return. */
export interface GetFlowRequest {
  /** UUID of the tenant; platform administrators must name it. */
  tenantId?: string;
  /** UUID of the flow. */
  flowId: string;
}

/** A graph to save. */
export interface SaveDraftRequest {
  /** UUID of the tenant; platform administrators must name it. */
  tenantId?: string;
  /** UUID of the flow. */
  flowId: string;
  /** The whole graph. Required. */
  graph: FlowGraph;
  /** The draft's etag last seen; if set, an update in between is refused with ABORTED. */
  etag?: string;
}

/** Selects a page of versions. */
export interface ListVersionsRequest {
  /** UUID of the tenant; platform administrators must name it. */
  tenantId?: string;
  /** UUID of the flow. */
  flowId: string;
  /** Most versions in the answer; 0 means 50, more than 500 means 500. */
  pageSize?: number;
  /** The `next_page_token` of the page before; empty for the first page. */
  pageToken?: string;
}

/** A page of versions. */
export interface ListVersionsResponse {
  /** The versions of this page. */
  versions?: FlowVersion[];
  /** Token of the next page; empty on the last one. */
  nextPageToken?: string;
}

/** Names the version to return. */
export interface GetVersionRequest {
  /** UUID of the tenant; platform administrators must name it. */
  tenantId?: string;
  /** UUID of the flow. */
  flowId: string;
  /** Number of the version. */
  version?: number;
}

/** Names the draft to stage. */
export interface StageVersionRequest {
  /** UUID of the tenant; platform administrators must name it. */
  tenantId?: string;
  /** UUID of the flow. */
  flowId: string;
  /** Number of the draft. */
  version?: number;
}

/** Names the version to publish. */
export interface PublishVersionRequest {
  /** UUID of the tenant; platform administrators must name it. */
  tenantId?: string;
  /** UUID of the flow. */
  flowId: string;
  /** Number of the staged version. */
  version?: number;
}

/** Names the bot whose live version is wanted. */
export interface GetLiveVersionRequest {
  /** UUID of the tenant. */
  tenantId?: string;
  /** UUID of the bot. */
  botId: string;
  /** The version a running call is pinned to, whatever its state is now; 0 means the live one. */
  version?: number;
}

/** A version and what the runtime needs of its bot. */
export interface GetLiveVersionResponse {
  /** The version with its graph. */
  version?: FlowVersion;
  /** BCP 47 language the bot speaks and hears. */
  locale?: string;
}

/** Creates and reads bots. */
export class BotServiceClient {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** Creates a bot. */
  createBot(request: CreateBotRequest, options?: CallOptions): Promise<Bot> {
    return this.#transport.call(
      { path: "/klinke.flow.v1.BotService/CreateBot" },
      request, options);
  }

  /** Lists bots, oldest first. */
  listBots(request: ListBotsRequest, options?: CallOptions): Promise<ListBotsResponse> {
    return this.#transport.call(
      { path: "/klinke.flow.v1.BotService/ListBots", isReadOnly: true },
      request, options);
  }

  /** Returns one bot. */
  getBot(request: GetBotRequest, options?: CallOptions): Promise<Bot> {
    return this.#transport.call(
      { path: "/klinke.flow.v1.BotService/GetBot", isReadOnly: true },
      request, options);
  }

  /** Changes a bot. */
  updateBot(request: UpdateBotRequest, options?: CallOptions): Promise<Bot> {
    return this.#transport.call(
      { path: "/klinke.flow.v1.BotService/UpdateBot" },
      request, options);
  }
}

/** Edits, stages and publishes flows. */
export class FlowServiceClient {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** Creates the flow of a bot, without a version. */
  createFlow(request: CreateFlowRequest, options?: CallOptions): Promise<Flow> {
    return this.#transport.call(
      { path: "/klinke.flow.v1.FlowService/CreateFlow" },
      request, options);
  }

  /** Lists flows, oldest first. */
  listFlows(request: ListFlowsRequest, options?: CallOptions): Promise<ListFlowsResponse> {
    return this.#transport.call(
      { path: "/klinke.flow.v1.FlowService/ListFlows", isReadOnly: true },
      request, options);
  }

  /** Returns one flow. */
  getFlow(request: GetFlowRequest, options?: CallOptions): Promise<Flow> {
    return this.#transport.call(
      { path: "/klinke.flow.v1.FlowService/GetFlow", isReadOnly: true },
      request, options);
  }

  /**
   * Saves the graph as the flow's draft; the first save after staging begins a new version.
   *
   * A graph that breaks a rule is refused with one violation for each fault and where it is.
   */
  saveDraft(request: SaveDraftRequest, options?: CallOptions): Promise<FlowVersion> {
    return this.#transport.call(
      { path: "/klinke.flow.v1.FlowService/SaveDraft" },
      request, options);
  }

  /** Lists the versions of a flow, newest first, without their graphs. */
  listVersions(request: ListVersionsRequest, options?: CallOptions): Promise<ListVersionsResponse> {
    return this.#transport.call(
      { path: "/klinke.flow.v1.FlowService/ListVersions", isReadOnly: true },
      request, options);
  }

  /** Returns one version with its graph. */
  getVersion(request: GetVersionRequest, options?: CallOptions): Promise<FlowVersion> {
    return this.#transport.call(
      { path: "/klinke.flow.v1.FlowService/GetVersion", isReadOnly: true },
      request, options);
  }

  /** Fixes a draft so that it can be published; the version staged before is archived. */
  stageVersion(request: StageVersionRequest, options?: CallOptions): Promise<FlowVersion> {
    return this.#transport.call(
      { path: "/klinke.flow.v1.FlowService/StageVersion" },
      request, options);
  }

  /**
   * Makes a staged version the one that answers calls; the version live before is archived.
   *
   * Refused with FAILED_PRECONDITION while the bot's system prompt is empty.
   */
  publishVersion(request: PublishVersionRequest, options?: CallOptions): Promise<FlowVersion> {
    return this.#transport.call(
      { path: "/klinke.flow.v1.FlowService/PublishVersion" },
      request, options);
  }
}
