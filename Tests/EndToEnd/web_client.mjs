// Drives the compiled TypeScript client against a server; prints what it saw as JSON.
//
// node web_client.mjs FOLDER URL E-MAIL PASSWORD

const [folder, url, email, password] = process.argv.slice(2);
const { ConnectError, FetchTransport } = await import(`${folder}/transport.js`);
const { AuthServiceClient } = await import(`${folder}/generated/klinke.identity.v1.js`);
const { TenantServiceClient } = await import(`${folder}/generated/klinke.tenant.v1.js`);
const real = globalThis.fetch;

async function refusal(call) {
  try {
    await call();
    return "none";
  } catch (error) {
    if (!(error instanceof ConnectError)) throw error;
    const { code, httpStatus, message, reason, localizedMessage, details, violations } = error;
    return {
      code, httpStatus, message, reason, localizedMessage, violations,
      types: details.map((detail) => detail.type),
    };
  }
}

/** The same with an answer that is played, and what was asked for. */
async function played(answer, call) {
  const asked = [];
  globalThis.fetch = async (target, init) => {
    asked.push({ target, method: init.method, headers: init.headers });
    return typeof answer === "function" ? answer(init) : answer;
  };
  try {
    return { asked, saw: await call() };
  } finally {
    globalThis.fetch = real;
  }
}

function envelope(flags, text) {
  const payload = new TextEncoder().encode(text);
  return [flags, 0, 0, payload.length >> 8, payload.length & 0xff, ...payload];
}

/** A stream that arrives in pieces of so many bytes. */
function stream(bytes, count) {
  return new Response(new ReadableStream({
    start(controller) {
      for (let at = 0; at < bytes.length; at += count) {
        controller.enqueue(Uint8Array.from(bytes.slice(at, at + count)));
      }
      controller.close();
    },
  }), { headers: { "content-type": "application/connect+json" } });
}

async function collect(transport, options) {
  const messages = [];
  const code = await refusal(async () => {
    for await (const one of transport.stream({ path: "/x/Y" }, {}, options)) messages.push(one.a);
  });
  return { messages, code: code === "none" ? "none" : code.code };
}

/** A call whose answer is that text, or has no end, where so many bytes are taken. */
async function bounded(status, text, bytesMax, call = (transport) => refusal(
  () => transport.call({ path: "/x/Y" }, {}))) {
  let pulls = 0;
  const body = text ?? new ReadableStream({
    pull(controller) {
      pulls += 1;
      // Ends a client that has no bound, so that the test does.
      if (pulls > 100) controller.close();
      else controller.enqueue(new Uint8Array(1_000).fill(32));
    },
  });
  const { saw } = await played(
    new Response(body, { status }), () => call(new FetchTransport(url, () => "", bytesMax)));
  return { code: saw.code ?? saw, message: saw.message ?? "", pulls };
}

const login = await new AuthServiceClient(new FetchTransport(url)).login({ email, password });
const transport = new FetchTransport(`${url}/`, () => login.accessToken);
const tenants = new TenantServiceClient(transport);
const made = await tenants.createTenant({ displayName: "Web & Söhne GmbH" });
const changed = await tenants.updateTenant({
  tenantId: made.tenantId, tenant: { displayName: "Web GmbH" }, etag: made.etag,
});
const page = await tenants.listTenants({ pageSize: 1, state: "TENANT_STATE_PENDING" });
const anonymous = new TenantServiceClient(new FetchTransport(url));
const error = (code) => JSON.stringify({ error: { code, message: "m" } });
const messages = [...envelope(0, '{"a":"ä"}'), ...envelope(0, `{"a":"${"b".repeat(300)}"}`)];
const streams = {};
for (const count of [1, 4, 7, 1_000]) {
  const answer = stream([...messages, ...envelope(2, "{}")], count);
  streams[count] = (await played(answer, () => collect(transport))).saw;
}

console.log(JSON.stringify({
  made, changed, page, streams,
  failed: (await played(
    stream([...messages, ...envelope(2, error("aborted"))], 9), () => collect(transport))).saw,
  cut: (await played(stream(messages, 9), () => collect(transport))).saw,
  halved: (await played(stream(messages.slice(0, -1), 9), () => collect(transport))).saw,
  compressed: (await played(stream(envelope(1, "{}"), 9), () => collect(transport))).saw,
  longest: (await played(
    stream([...messages, ...envelope(2, "{}")], 9),
    () => collect(new FetchTransport(url, () => "", 308)))).saw,
  tooLong: (await played(
    stream([...messages, ...envelope(2, "{}")], 9),
    () => collect(new FetchTransport(url, () => "", 307)))).saw,
  endless: (await played(
    stream([...envelope(0, '{"a":"ä"}'), 0, 255, 255, 255, 255], 9), () => collect(transport))).saw,
  bounds: {
    longest: await bounded(200, '{"a":"ä"}', 10),
    tooLong: await bounded(200, '{"a":"ä"}', 9),
    endless: await bounded(200, undefined, 5_000),
    refused: await bounded(503, undefined, 5_000),
    refusedStream: await bounded(503, undefined, 5_000, collect),
  },
  proxy: (await played(
    new Response("<html>", { status: 503 }), () => refusal(() => tenants.listTenants({})))).saw,
  garbage: (await played(
    new Response("<html>"), () => refusal(() => tenants.listTenants({})))).saw,
  read: (await played(() => new Response("{}"), () => tenants.listTenants(
    { pageSize: 1 }, { language: "de-DE", idempotencyKey: "k", timeoutMilliseconds: 1_500 }))).asked,
  written: (await played(
    () => new Response("{}"), () => tenants.createTenant({ displayName: "x" }))).asked,
  long: (await played(
    () => new Response("{}"), () => tenants.listTenants({ pageToken: "x".repeat(3_000) }))).asked,
  late: (await played(
    (init) => new Promise((_, reject) => init.signal.addEventListener("abort", reject)),
    () => refusal(() => tenants.listTenants({}, { timeoutMilliseconds: 20 })))).saw,
  cancelled: (await played(
    (init) => init.signal.aborted ? Promise.reject(new Error("aborted")) : new Response("{}"),
    () => refusal(() => tenants.listTenants({}, { signal: AbortSignal.abort() })))).saw,
  watched: await collect(
    { stream: (_, request, options) => transport.stream(
      { path: "/grpc.health.v1.Health/Watch" }, request, options) },
    { timeoutMilliseconds: 500 }),
  whoAmI: await new AuthServiceClient(transport).whoAmI(),
  missing: await refusal(
    () => tenants.getTenant(
      { tenantId: "00000000-0000-4000-8000-000000000000" }, { language: "de" })),
  stale: await refusal(() => tenants.updateTenant({
    tenantId: made.tenantId, tenant: { displayName: "Zu spät" }, etag: made.etag,
  })),
  anonymous: await refusal(() => anonymous.listTenants({})),
  unnamed: await refusal(() => tenants.getTenant({})),
  nobody: await refusal(() => new TenantServiceClient(
    new FetchTransport("http://127.0.0.1:1")).listTenants({})),
}));
