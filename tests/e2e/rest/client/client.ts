// What a user's program does with the types that openapi-typescript makes of /openapi.json (schema.d.ts) and with
// openapi-fetch. Prints what it got as one JSON object; test_client.py judges it. tsc checks it, Node runs it as it is.
import createClient from 'openapi-fetch';
import type { components, paths } from './schema.d.ts';

declare const process: { argv: string[] };

type Approval = components['schemas']['Approval'];

const [url, token] = process.argv.slice(2);
// Lists come as lines, too, whose items the document does not describe: these two are what this program reads.
const client = createClient<paths, 'application/json' | 'application/problem+json'>({
  baseUrl: url, headers: { Authorization: `Bearer ${token}` },
});
const place = { namespace: 'sandbox', repository: 'app' };

async function list() {
  const { data, response } = await client.GET('/v1/hub_repos/{namespace}/{repository}/tags', {
    params: { path: place, query: { page_size: 2, _fields: ['name', 'id'] } },
  });
  return { status: response.status, data: data?.data };
}

async function get() {
  const { data } = await client.GET('/v1/hub_registry/{repo}/manifests/{reference}', {
    params: { path: { repo: 'library/alpine', reference: 'latest' } },
  });
  return { status: data?.status_code, data: data?.data };
}

async function create() {
  const { data, response } = await client.POST('/v1/tools/hub_repos/create', {
    params: { header: { 'Idempotency-Key': 'one' } },
    body: { namespace: 'sandbox-org', name: 'app', is_private: true },
  });
  return { status: response.status, data: data?.data };
}

async function fail() {
  const { data, error } = await client.GET('/v1/hub_repos/{namespace}/{repository}', {
    params: { path: { namespace: 'sandbox', repository: 'nothing' } },
  });
  return { data, status: error?.status, type: error?.error?.type, hint: error?.error?.hint };
}

// With the header of the consent, where there is one.
async function remove(confirm?: string) {
  const { data, error, response } = await client.DELETE('/v1/hub_repos/{namespace}/{repository}/tags/{tag}', {
    params: { path: { ...place, tag: 'v1' }, header: { Confirm: confirm } },
  });
  const approval: Approval | undefined = error?.approval;
  return { status: response.status, isDone: data !== undefined, approval };
}

const asked = await remove();
console.log(JSON.stringify({
  list: await list(),
  get: await get(),
  create: await create(),
  fail: await fail(),
  asked,
  removed: await remove(asked.approval?.id),
  left: await list(),
}));
