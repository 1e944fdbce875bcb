// What a page of another origin makes of the doors, by the browser's own fetch.

const query = new URLSearchParams(location.search);
const server = query.get("server");
const token = query.get("token");
const tenants = "/klinke.tenant.v1.TenantService";
const nobody = "00000000-0000-4000-8000-000000000000";
const authorization = `Bearer ${token}`;

/** Cuts a body into its pieces: flags and bytes. */
function envelopes(bytes) {
  const pieces = [];
  for (let at = 0; at < bytes.length;) {
    const end = at + 5 + new DataView(bytes.buffer, bytes.byteOffset + at + 1).getUint32(0);
    pieces.push({ flags: bytes[at], payload: bytes.slice(at + 5, end) });
    at = end;
  }
  return pieces;
}

function envelope(payload) {
  const bytes = new Uint8Array(5 + payload.length);
  new DataView(bytes.buffer).setUint32(1, payload.length);
  bytes.set(payload, 5);
  return bytes;
}

/** Base64 in pieces, each with its own padding. */
function fromBase64(text) {
  const parts = text.match(/[^=]+=*/g) ?? [];
  return Uint8Array.from(parts.flatMap((part) => [...atob(part)].map((c) => c.charCodeAt(0))));
}

const text = (bytes) => new TextDecoder().decode(bytes);
// GetTenantRequest: the tenant_id is field 1.
const request = (id) => envelope(Uint8Array.of(10, id.length, ...new TextEncoder().encode(id)));

async function connect(method, message, headers = { authorization }) {
  const answer = await fetch(`${server}${tenants}/${method}`, {
    method: "POST", body: JSON.stringify(message),
    headers: { "content-type": "application/json", "connect-protocol-version": "1", ...headers },
  });
  return {
    status: answer.status, body: await answer.json(), requestID: answer.headers.get("x-request-id"),
  };
}

async function connectGet(message) {
  const parameters = new URLSearchParams({
    encoding: "json", connect: "v1", message: JSON.stringify(message),
  });
  const answer = await fetch(
    `${server}${tenants}/ListTenants?${parameters}`, { headers: { authorization } });
  return { status: answer.status, body: await answer.json() };
}

async function connectStream() {
  const answer = await fetch(`${server}/grpc.health.v1.Health/Watch`, {
    method: "POST", body: envelope(new TextEncoder().encode("{}")),
    headers: { "content-type": "application/connect+json", "connect-timeout-ms": "700" },
  });
  // The first message comes while the call goes on.
  const reader = answer.body.getReader();
  const first = await reader.read();
  const bytes = [...first.value];
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    bytes.push(...value);
  }
  return {
    first: envelopes(first.value).map((piece) => JSON.parse(text(piece.payload))),
    all: envelopes(Uint8Array.from(bytes))
      .map((piece) => ({ flags: piece.flags, message: JSON.parse(text(piece.payload)) })),
  };
}

async function grpcWeb(id, asText = false) {
  const kind = asText ? "application/grpc-web-text" : "application/grpc-web+proto";
  const bytes = request(id);
  const answer = await fetch(`${server}${tenants}/GetTenant`, {
    method: "POST", body: asText ? btoa(String.fromCharCode(...bytes)) : bytes,
    headers: {
      "content-type": kind, accept: kind, "x-grpc-web": "1", "x-user-agent": "page",
      "grpc-timeout": "20S", authorization,
    },
  });
  const body = asText
    ? fromBase64(await answer.text()) : new Uint8Array(await answer.arrayBuffer());
  const pieces = envelopes(body);
  return {
    status: answer.headers.get("grpc-status"), message: answer.headers.get("grpc-message"),
    hasDetails: answer.headers.has("grpc-status-details-bin"), flags: pieces.map((p) => p.flags),
    trailers: pieces.filter((p) => p.flags === 0x80).map((p) => text(p.payload)),
    names: pieces.filter((p) => p.flags === 0).map((p) => text(p.payload).includes("Seite GmbH")),
  };
}

/** The generated client, as a page would import it. */
async function generated() {
  const { ConnectError, FetchTransport } = await import("/client/transport.js");
  const { TenantServiceClient } = await import("/client/generated/klinke.tenant.v1.js");
  const transport = new FetchTransport(server, () => token);
  const client = new TenantServiceClient(transport);
  const page = await client.listTenants({ pageSize: 1 });
  const made = await client.createTenant({ displayName: "Klient GmbH" });
  const watched = [];
  const saw = { tenants: page.tenants.length, made: made.displayName, watched };
  try {
    const watch = transport.stream(
      { path: "/grpc.health.v1.Health/Watch" }, {}, { timeoutMilliseconds: 700 });
    for await (const answer of watch) watched.push(answer.status);
  } catch (error) {
    if (!(error instanceof ConnectError)) throw error;
    watched.push(error.code);
  }
  try {
    await client.getTenant({ tenantId: nobody });
  } catch (error) {
    if (!(error instanceof ConnectError)) throw error;
    saw.code = error.code;
    saw.reason = error.reason;
  }
  return saw;
}

async function all() {
  const made = await connect("CreateTenant", { displayName: "Seite GmbH" });
  return {
    made, missing: await connect("GetTenant", { tenantId: nobody }),
    read: await connectGet({ pageSize: 1 }), stream: await connectStream(),
    binary: await grpcWeb(made.body.tenantId), text: await grpcWeb(made.body.tenantId, true),
    refused: await grpcWeb(nobody), refusedText: await grpcWeb(nobody, true),
    generated: await generated(),
  };
}

/** Every call, each of which the browser must refuse. */
async function none() {
  const calls = {
    connect: () => connect("ListTenants", {}), get: () => connectGet({}),
    grpcWeb: () => grpcWeb(nobody),
    rest: () => fetch(`${server}/api/tenants`), stream: () => connectStream(),
  };
  const saw = {};
  for (const [name, call] of Object.entries(calls)) {
    saw[name] = await call().then(() => "answered", (error) => error.name);
  }
  return saw;
}

const work = query.get("work") === "none" ? none : all;
const result = await work().catch((error) => ({ failed: `${error.name}: ${error.message}` }));
await fetch("/result", { method: "POST", body: JSON.stringify(result) });
