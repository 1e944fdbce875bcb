// How the generated clients reach a server: over its REST routes, by fetch. Nothing else is needed.

/** Where a method is found. Names in braces are fields of the request. */
export interface Route {
  verb: "GET" | "PUT" | "POST" | "DELETE" | "PATCH";
  path: string;
  /** `*` when the request is the body, else the field that is; absent for none. */
  body?: string;
}

/** What a single call asks for. */
export interface CallOptions {
  /** Ends the call early. */
  signal?: AbortSignal;
  /** Language of messages to people, for example `de-DE`. */
  language?: string;
  /** A repeat with the same key gets the first answer. */
  idempotencyKey?: string;
}

/** One detail of an error, told apart by its type. */
export interface ErrorDetail {
  "@type": string;
  [name: string]: unknown;
}

/** A field that is wrong, and why. */
export interface FieldViolation {
  field: string;
  description: string;
}

/** A call that the server refused or could not finish. */
export class KlinkeError extends Error {
  override readonly name = "KlinkeError";
  /** The gRPC status, for example `PERMISSION_DENIED`. */
  readonly status: string;
  /** The HTTP status; 0 when no answer came. */
  readonly httpStatus: number;
  readonly details: ErrorDetail[];

  constructor(status: string, httpStatus: number, message: string, details: ErrorDetail[] = []) {
    super(message);
    this.status = status;
    this.httpStatus = httpStatus;
    this.details = details;
  }

  /** Why, for programs: the reason of the error's `google.rpc.ErrorInfo`. */
  get reason(): string {
    return text(this.#detail("google.rpc.ErrorInfo")?.["reason"]);
  }

  /** What to show to people, in their language where the server knows it. */
  get localizedMessage(): string {
    return text(this.#detail("google.rpc.LocalizedMessage")?.["message"]) || this.message;
  }

  /** Every field that is wrong. */
  get violations(): FieldViolation[] {
    const list = this.#detail("google.rpc.BadRequest")?.["fieldViolations"];
    if (!Array.isArray(list)) return [];
    return list.map((one: { field?: unknown; description?: unknown }) => ({
      field: text(one.field),
      description: text(one.description),
    }));
  }

  #detail(type: string): ErrorDetail | undefined {
    return this.details.find((detail) => detail["@type"].endsWith("/" + type));
  }
}

/** Makes the calls of the generated clients. */
export interface Transport {
  call<Response>(route: Route, request: object, options?: CallOptions): Promise<Response>;
  stream<Response>(
    route: Route, request: object, options?: CallOptions): AsyncGenerator<Response>;
}

/** Calls a server by fetch, with a bearer token if there is one. */
export class FetchTransport implements Transport {
  readonly #server: string;
  readonly #token: () => string;

  /** `server` is its address, empty for the one that served the page. */
  constructor(server = "", token: () => string = () => "") {
    this.#server = server.replace(/\/+$/, "");
    this.#token = token;
  }

  async call<Response>(route: Route, request: object, options?: CallOptions): Promise<Response> {
    const answer = await this.#fetch(route, request, "application/json", options);
    return await answer.json() as Response;
  }

  async *stream<Response>(
    route: Route, request: object, options?: CallOptions
  ): AsyncGenerator<Response> {
    const answer = await this.#fetch(route, request, "application/x-ndjson", options);
    for await (const line of lines(answer)) {
      const event = JSON.parse(line) as { result?: Response; error?: unknown; end?: unknown };
      if (event.error !== undefined) throw failure(event, 200);
      if (event.end !== undefined) return;
      if (event.result !== undefined) yield event.result;
    }
    throw new KlinkeError("UNAVAILABLE", 0, "the answer broke off");
  }

  async #fetch(
    route: Route, request: object, accept: string, options: CallOptions = {}
  ): Promise<Response> {
    const { target, body } = place(route, request);
    const headers: Record<string, string> = { accept };
    const token = this.#token();
    if (token !== "") headers["authorization"] = `Bearer ${token}`;
    if (body !== undefined) headers["content-type"] = "application/json";
    if (options.language) headers["accept-language"] = options.language;
    if (options.idempotencyKey) headers["idempotency-key"] = options.idempotencyKey;
    const init: RequestInit = { method: route.verb, headers };
    if (body !== undefined) init.body = body;
    if (options.signal) init.signal = options.signal;
    let answer: Response;
    try {
      answer = await fetch(this.#server + target, init);
    } catch (error) {
      if (options.signal?.aborted) throw new KlinkeError("CANCELLED", 0, "the call was cancelled");
      throw new KlinkeError("UNAVAILABLE", 0, error instanceof Error ? error.message : "no answer");
    }
    if (answer.ok) return answer;
    throw failure(await answer.json().catch(() => ({})), answer.status);
  }
}

/** Spreads a request over path, query and body, as the route says. */
export function place(route: Route, request: object): { target: string; body?: string } {
  const rest: Record<string, unknown> = { ...request };
  const path = route.path.replace(/\{([^}=]+)(=[^}]*)?\}/g, (_, name: string, pattern?: string) => {
    const value = take(rest, name.split("."));
    if (value === "") {
      throw new KlinkeError("INVALID_ARGUMENT", 0, `the request needs ${name}`);
    }
    const encoded = encodeURIComponent(value);
    // A template of several segments keeps its slashes.
    return pattern?.includes("/") || pattern === "=**" ? encoded.replace(/%2F/gi, "/") : encoded;
  });
  if (route.body === "*") return { target: path, body: JSON.stringify(rest) };
  let body: string | undefined;
  if (route.body !== undefined) {
    body = JSON.stringify(rest[route.body] ?? {});
    delete rest[route.body];
  }
  const query = new URLSearchParams();
  addQuery(query, "", rest);
  const words = query.toString();
  const target = words === "" ? path : `${path}?${words}`;
  return body === undefined ? { target } : { target, body };
}

/** Takes a field out of the request, so that it does not come twice. */
function take(fields: Record<string, unknown>, names: string[]): string {
  const [name, ...inner] = names;
  if (name === undefined) return "";
  const value = fields[name];
  if (inner.length === 0) {
    delete fields[name];
    return value === undefined || value === null ? "" : String(value);
  }
  if (typeof value !== "object" || value === null) return "";
  const copy: Record<string, unknown> = { ...value };
  fields[name] = copy;
  return take(copy, inner);
}

function addQuery(query: URLSearchParams, prefix: string, fields: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined || value === null) continue;
    if (Array.isArray(value)) {
      for (const one of value) query.append(prefix + name, String(one));
    } else if (typeof value === "object") {
      addQuery(query, `${prefix}${name}.`, value as Record<string, unknown>);
    } else {
      query.append(prefix + name, String(value));
    }
  }
}

async function* lines(answer: Response): AsyncGenerator<string> {
  const reader = answer.body?.getReader();
  if (!reader) return;
  const decoder = new TextDecoder();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const parts = (rest + decoder.decode(value, { stream: true })).split("\n");
    // What follows the last line break is not a whole line yet.
    rest = parts.pop() ?? "";
    for (const line of parts) if (line !== "") yield line;
  }
}

function failure(body: unknown, httpStatus: number): KlinkeError {
  const error = (body as { error?: Record<string, unknown> }).error ?? {};
  const details = Array.isArray(error["details"]) ? error["details"] as ErrorDetail[] : [];
  return new KlinkeError(
    text(error["status"]) || "UNKNOWN", httpStatus,
    text(error["message"]) || `HTTP status ${httpStatus}`, details);
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
