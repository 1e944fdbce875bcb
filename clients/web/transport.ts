// How the generated clients reach a server: by the Connect protocol in JSON, over fetch. Nothing
// else is needed.

/** One method of the server. */
export interface Method {
  /** Where it is, `/package.Service/Method`. */
  path: string;
  /** It changes nothing, so that it may be called by GET. */
  isReadOnly?: true;
}

/** What a single call asks for. */
export interface CallOptions {
  /** Ends the call early. */
  signal?: AbortSignal;
  /** The call fails with `deadline_exceeded` after it; the server hears of it and stops as well. */
  timeoutMilliseconds?: number;
  /** Language of messages to people, for example `de-DE`. */
  language?: string;
  /** A repeat with the same key gets the first answer. */
  idempotencyKey?: string;
}

/** Why a call failed, as Connect spells gRPC's codes. */
export type ConnectCode =
  | "canceled" | "unknown" | "invalid_argument" | "deadline_exceeded" | "not_found"
  | "already_exists" | "permission_denied" | "resource_exhausted" | "failed_precondition"
  | "aborted" | "out_of_range" | "unimplemented" | "internal" | "unavailable" | "data_loss"
  | "unauthenticated";

const codes: ReadonlySet<string> = new Set<ConnectCode>([
  "canceled", "unknown", "invalid_argument", "deadline_exceeded", "not_found", "already_exists",
  "permission_denied", "resource_exhausted", "failed_precondition", "aborted", "out_of_range",
  "unimplemented", "internal", "unavailable", "data_loss", "unauthenticated",
]);

/** One detail of an error, told apart by its type. */
export interface ErrorDetail {
  /** Full name of the message, for example `google.rpc.ErrorInfo`. */
  type: string;
  /** The message itself, protobuf in base64. */
  value: string;
  /** The same in JSON, where the server has it. For people to read. */
  debug?: unknown;
}

/** A field that is wrong, and why. */
export interface FieldViolation {
  field: string;
  description: string;
}

/** A call that the server refused or could not finish. */
export class ConnectError extends Error {
  override readonly name = "ConnectError";
  readonly code: ConnectCode;
  /** The HTTP status; 0 when no answer came. */
  readonly httpStatus: number;
  readonly details: ErrorDetail[];

  constructor(
    code: ConnectCode, httpStatus: number, message: string, details: ErrorDetail[] = []
  ) {
    super(message);
    this.code = code;
    this.httpStatus = httpStatus;
    this.details = details;
  }

  /** Why, for programs: the reason of the error's `google.rpc.ErrorInfo`. */
  get reason(): string {
    return this.#texts("google.rpc.ErrorInfo", 1)[0] ?? "";
  }

  /** What to show to people, in their language where the server knows it. */
  get localizedMessage(): string {
    return this.#texts("google.rpc.LocalizedMessage", 2)[0] || this.message;
  }

  /** Every field that is wrong. */
  get violations(): FieldViolation[] {
    return this.#values("google.rpc.BadRequest", 1).map((violation) => ({
      field: utf8(values(violation, 1)[0]),
      description: utf8(values(violation, 2)[0]),
    }));
  }

  #texts(type: string, field: number): string[] {
    return this.#values(type, field).map(utf8);
  }

  /** What a field of the detail of that type has. */
  #values(type: string, field: number): Uint8Array[] {
    const detail = this.details.find((one) => one.type === type);
    return detail === undefined ? [] : values(fromBase64(detail.value), field);
  }
}

/** Makes the calls of the generated clients. */
export interface Transport {
  call<Response>(method: Method, request: object, options?: CallOptions): Promise<Response>;
  stream<Response>(
    method: Method, request: object, options?: CallOptions): AsyncGenerator<Response>;
}

/** Calls a server by fetch, with a bearer token if there is one. */
export class FetchTransport implements Transport {
  /** A longer address might be refused on the way; such a call is a POST. */
  static readonly #targetLengthMax = 2_000;
  readonly #server: string;
  readonly #token: () => string;
  readonly #messageBytesMax: number;

  /**
   * `server` is its address, empty for the one that served the page. An answer of more than
   * `messageBytesMax` bytes, and a message of a stream, fails with `resource_exhausted` before it is
   * kept.
   */
  constructor(server = "", token: () => string = () => "", messageBytesMax = 4 << 20) {
    this.#server = server.replace(/\/+$/, "");
    this.#token = token;
    this.#messageBytesMax = messageBytesMax;
  }

  async call<Response>(method: Method, request: object, options?: CallOptions): Promise<Response> {
    const attempt = new Attempt(options);
    try {
      const answer = await this.#unary(method, JSON.stringify(request), attempt);
      const body = await text(answer, this.#messageBytesMax);
      if (!answer.ok) throw refusal(answer.status, body);
      try {
        return JSON.parse(body) as Response;
      } catch {
        throw new ConnectError("internal", answer.status, "the answer is not JSON");
      }
    } catch (error) {
      throw attempt.failure(error);
    } finally {
      attempt.end();
    }
  }

  async *stream<Response>(
    method: Method, request: object, options?: CallOptions
  ): AsyncGenerator<Response> {
    const attempt = new Attempt(options);
    try {
      const body = envelope(JSON.stringify(request));
      const answer = await this.#fetch(
        method.path, { method: "POST", body }, "application/connect+json", attempt);
      if (!answer.ok) {
        throw refusal(answer.status, await text(answer, this.#messageBytesMax));
      }
      for await (const { flags, text } of envelopes(answer, this.#messageBytesMax)) {
        if ((flags & 1) !== 0) {
          throw new ConnectError("internal", answer.status, "the answer is compressed, unasked");
        }
        if ((flags & 2) === 0) {
          yield JSON.parse(text) as Response;
          continue;
        }
        const { error } = JSON.parse(text) as { error?: unknown };
        if (error !== undefined) throw failure(answer.status, error, "unknown");
        return;
      }
      throw new ConnectError("unavailable", answer.status, "the answer broke off");
    } catch (error) {
      throw attempt.failure(error);
    } finally {
      // Also when nobody wants the rest.
      attempt.end();
    }
  }

  #unary(method: Method, message: string, attempt: Attempt): Promise<Response> {
    if (method.isReadOnly) {
      const query = new URLSearchParams({ connect: "v1", encoding: "json", message });
      const target = `${method.path}?${query}`;
      if (target.length <= FetchTransport.#targetLengthMax) {
        return this.#fetch(target, { method: "GET" }, "", attempt);
      }
    }
    return this.#fetch(
      method.path, { method: "POST", body: message }, "application/json", attempt);
  }

  #fetch(
    target: string, init: RequestInit, contentType: string, attempt: Attempt
  ): Promise<Response> {
    const headers = attempt.headers;
    if (contentType !== "") {
      headers["content-type"] = contentType;
      headers["connect-protocol-version"] = "1";
    }
    const token = this.#token();
    if (token !== "") headers["authorization"] = `Bearer ${token}`;
    return fetch(this.#server + target, { ...init, headers, signal: attempt.signal });
  }
}

/** One call on its way: what ends it early, and what its failure then means. */
class Attempt {
  readonly headers: Record<string, string> = {};
  readonly #controller = new AbortController();
  readonly #callers: AbortSignal | undefined;
  readonly #abort = (): void => this.#controller.abort();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isLate = false;

  constructor(options: CallOptions = {}) {
    if (options.language) this.headers["accept-language"] = options.language;
    if (options.idempotencyKey) this.headers["idempotency-key"] = options.idempotencyKey;
    const timeout = options.timeoutMilliseconds;
    if (timeout !== undefined) {
      // The header takes whole positive numbers of ten digits at most.
      const whole = Math.min(Math.max(1, Math.ceil(timeout)), 9_999_999_999);
      this.headers["connect-timeout-ms"] = String(whole);
      // A timer of more than 24 days would fire at once.
      this.#timer = setTimeout(() => {
        this.#isLate = true;
        this.#abort();
      }, Math.min(whole, 0x7fffffff));
    }
    this.#callers = options.signal;
    if (this.#callers?.aborted) this.#abort();
    this.#callers?.addEventListener("abort", this.#abort);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Lets go of everything, and of the answer if it has not ended. */
  end(): void {
    clearTimeout(this.#timer);
    this.#callers?.removeEventListener("abort", this.#abort);
    this.#abort();
  }

  /** What went wrong, in the words of the protocol. */
  failure(error: unknown): ConnectError {
    if (error instanceof ConnectError) return error;
    if (this.#isLate) return new ConnectError("deadline_exceeded", 0, "no answer in time");
    if (this.#callers?.aborted) return new ConnectError("canceled", 0, "the call was cancelled");
    if (error instanceof SyntaxError) {
      return new ConnectError("internal", 0, "the answer is not JSON");
    }
    return new ConnectError(
      "unavailable", 0, error instanceof Error ? error.message : "no answer");
  }
}

// MARK: Errors

/** Of an answer that is not 200. */
function refusal(httpStatus: number, body: string): ConnectError {
  let error: unknown;
  try {
    error = JSON.parse(body);
  } catch {
    // Not from our server: a proxy in between, which only has a status.
    error = {};
  }
  return failure(httpStatus, error, codeOf(httpStatus));
}

function failure(httpStatus: number, error: unknown, otherwise: ConnectCode): ConnectError {
  const { code, message, details } =
    (typeof error === "object" && error !== null ? error : {}) as Record<string, unknown>;
  return new ConnectError(
    typeof code === "string" && codes.has(code) ? code as ConnectCode : otherwise,
    httpStatus, typeof message === "string" ? message : `HTTP status ${httpStatus}`,
    Array.isArray(details) ? details.filter(isDetail) : []);
}

function isDetail(detail: unknown): detail is ErrorDetail {
  if (typeof detail !== "object" || detail === null) return false;
  const { type, value } = detail as Record<string, unknown>;
  return typeof type === "string" && typeof value === "string";
}

function codeOf(httpStatus: number): ConnectCode {
  switch (httpStatus) {
    case 400: return "internal";
    case 401: return "unauthenticated";
    case 403: return "permission_denied";
    case 404: return "unimplemented";
    case 429: case 502: case 503: case 504: return "unavailable";
    default: return "unknown";
  }
}

// MARK: Bodies

/** The whole body. The length that an answer says is no help: it may be that of a compressed body. */
async function text(answer: Response, bytesMax: number): Promise<string> {
  const reader = answer.body?.getReader();
  const pieces: Uint8Array[] = [];
  let count = 0;
  while (reader) {
    const { done, value } = await reader.read();
    if (done) break;
    count += value.length;
    if (count > bytesMax) {
      throw new ConnectError(
        "resource_exhausted", answer.status, `the answer is longer than ${bytesMax} bytes`);
    }
    pieces.push(value);
  }
  return new TextDecoder().decode(joined(pieces, count));
}

// MARK: Envelopes

/** A message of a stream: flags, length and text. */
function envelope(text: string): Uint8Array {
  const payload = new TextEncoder().encode(text);
  const bytes = new Uint8Array(5 + payload.length);
  new DataView(bytes.buffer).setUint32(1, payload.length);
  bytes.set(payload, 5);
  return bytes;
}

/** The messages of a stream as they come. What follows the last whole one is dropped. */
async function* envelopes(
  answer: Response, bytesMax: number
): AsyncGenerator<{ flags: number; text: string }> {
  const reader = answer.body?.getReader();
  if (!reader) return;
  const decoder = new TextDecoder();
  let pieces: Uint8Array[] = [];
  let count = 0;
  // Bytes without which the next step makes no sense: a long message is put together once.
  let needed = 5;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    pieces.push(value);
    count += value.length;
    if (count < needed) continue;
    let bytes = joined(pieces, count);
    needed = 5;
    while (bytes.length >= 5) {
      const length = new DataView(bytes.buffer, bytes.byteOffset + 1).getUint32(0);
      if (length > bytesMax) {
        throw new ConnectError(
          "resource_exhausted", answer.status,
          `a message of ${length} bytes is longer than ${bytesMax}`);
      }
      needed = 5 + length;
      if (bytes.length < needed) break;
      yield { flags: bytes[0] ?? 0, text: decoder.decode(bytes.subarray(5, needed)) };
      bytes = bytes.subarray(needed);
      needed = 5;
    }
    pieces = [bytes];
    count = bytes.length;
  }
}

function joined(pieces: Uint8Array[], count: number): Uint8Array {
  const [first] = pieces;
  if (first !== undefined && pieces.length === 1) return first;
  const all = new Uint8Array(count);
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

// MARK: Protobuf, as much of it as the details of errors need

/** What the fields of that number have, of those with a length. */
function values(message: Uint8Array, number: number): Uint8Array[] {
  const found: Uint8Array[] = [];
  let at = 0;
  const varint = (): number => {
    let result = 0;
    for (let scale = 1; at < message.length; scale *= 128) {
      const byte = message[at++] ?? 0;
      result += (byte & 0x7f) * scale;
      if (byte < 0x80) break;
    }
    return result;
  };
  while (at < message.length) {
    const tag = varint();
    switch (tag % 8) {
      case 0: varint(); break;
      case 1: at += 8; break;
      case 2: {
        const length = varint();
        if (Math.floor(tag / 8) === number) found.push(message.subarray(at, at + length));
        at += length;
        break;
      }
      case 5: at += 4; break;
      // Nothing can be known of what follows.
      default: return found;
    }
  }
  return found;
}

function fromBase64(text: string): Uint8Array {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return new Uint8Array();
  }
}

function utf8(bytes: Uint8Array | undefined): string {
  return bytes === undefined ? "" : new TextDecoder().decode(bytes);
}
