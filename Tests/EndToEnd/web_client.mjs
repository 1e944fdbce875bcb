// Drives the compiled TypeScript client against a server; prints what it saw as JSON.
//
// node web_client.mjs FOLDER URL E-MAIL PASSWORD

const [folder, url, email, password] = process.argv.slice(2);
const { FetchTransport, KlinkeError, place } = await import(`${folder}/transport.js`);
const { AuthServiceClient } = await import(`${folder}/generated/klinke.identity.v1.js`);
const { TenantServiceClient } = await import(`${folder}/generated/klinke.tenant.v1.js`);

async function refusal(call) {
  try {
    await call();
    return "none";
  } catch (error) {
    if (!(error instanceof KlinkeError)) throw error;
    const { status, httpStatus, reason, violations } = error;
    return { status, httpStatus, reason, fields: violations.map((violation) => violation.field) };
  }
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

// No method with a route streams yet, so that a server is played.
const real = globalThis.fetch;
globalThis.fetch = async () => new Response(new ReadableStream({
  start(controller) {
    const encoder = new TextEncoder();
    for (const part of ['{"result":{"a":1}}\n{"res', 'ult":{"a":2}}\n', '{"end":{}}\n']) {
      controller.enqueue(encoder.encode(part));
    }
    controller.close();
  },
}));
const streamed = [];
for await (const one of transport.stream({ verb: "GET", path: "/x" }, {})) streamed.push(one.a);
globalThis.fetch = async () => new Response('{"result":{"a":1}}\n');
const cut = await refusal(async () => {
  for await (const _ of transport.stream({ verb: "GET", path: "/x" }, {}));
});
globalThis.fetch = real;

console.log(JSON.stringify({
  made, changed, page, streamed, cut,
  whoAmI: await new AuthServiceClient(transport).whoAmI(),
  missing: await refusal(
    () => tenants.getTenant({ tenantId: "00000000-0000-4000-8000-000000000000" })),
  stale: await refusal(() => tenants.updateTenant({
    tenantId: made.tenantId, tenant: { displayName: "Zu spät" }, etag: made.etag,
  })),
  anonymous: await refusal(() => anonymous.listTenants({})),
  unnamed: await refusal(() => tenants.getTenant({})),
  nobody: await refusal(() => new TenantServiceClient(
    new FetchTransport("http://127.0.0.1:1")).listTenants({})),
  encoded: place({ verb: "GET", path: "/a/{b}/{c=**}:d" }, {
    b: "x/y ?", c: "p/q", list: ["1", "2"], nested: { deep: true }, absent: undefined,
  }),
}));
