// What the sandbox answers to each question of hub_scout could be the answer of a server with Docker's own
// schema: GraphQL's reference implementation, given the answer as its data, gives the same answer. So its
// types, its enums and what may be null are those of the schema, and no member is missing or too many.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { graphql, operations, runScout, schema, start } from './schema.mjs';

const home = mkdtempSync(path.join(tmpdir(), 'dockerhub-scout-'));
const asked = [];
const seen = new Set();
let sandbox, server, ready;

// Hands a question to the sandbox and keeps it with its answer.
async function passOn(request, response) {
  let question = '';
  for await (const piece of request) question += piece;
  const { host, connection, 'content-length': _, ...headers } = request.headers;
  const answer = await fetch(ready.urls.scout + request.url, { method: request.method, headers, body: question });
  const text = await answer.text();
  if (request.url === '/v1/graphql') asked.push({ ...JSON.parse(question), answer: JSON.parse(text) });
  response.writeHead(answer.status, { 'Content-Type': answer.headers.get('Content-Type') });
  response.end(text);
}

before(async () => {
  sandbox = start('dockerhub-sandbox', ['--json', '--exit-with-stdin'], home, {}, 'pipe');
  sandbox.stderr.pipe(process.stderr);
  for await (const line of createInterface({ input: sandbox.stdout })) {
    ready = JSON.parse(line);
    break;
  }
  server = createServer(passOn);
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
});
after(async () => {
  server.close();
  sandbox.stdin.end();
  await new Promise((resolve) => { sandbox.on('close', resolve); });
  rmSync(home, { recursive: true, force: true });
});

async function call(action, params, account = {}) {
  const environment = { ...ready.environment, ...account, DOCKER_SCOUT_URL: `http://127.0.0.1:${server.address().port}` };
  const { code, out, problems } = await runScout(action, params, home, environment);
  return { code, told: out + problems };
}

function account(name) {
  const { secrets } = ready.users.find((user) => user.name === name);
  return { DOCKER_HUB_USER: name, DOCKER_HUB_TOKEN: secrets[0].secret };
}

// Where the question does not ask for the type, any of those that there are has its fields.
const typeOf = (value, _, { schema: from }, type) => value.__typename ?? from.getPossibleTypes(type)[0].name;

// The answer that a server of the schema gives which has this one for its data; where it failed, that fails.
function answerOfSchema({ query, variables, operationName, answer }) {
  const failures = (answer.errors ?? []).map((error) => [error.path[0], new Error(error.message)]);
  const done = graphql.executeSync({
    schema, document: graphql.parse(query), variableValues: variables, operationName, typeResolver: typeOf,
    rootValue: { ...answer.data, ...Object.fromEntries(failures) },
  });
  return JSON.parse(JSON.stringify(done));
}

const multi = { repo: 'sandbox/multi', reference: '1.0' };
const calls = [
  ['summary', multi], ['summary', { ...multi, details: true }], ['summary', { ...multi, reference: '1.1' }],
  ['summary', { ...multi, platform: 'linux/arm64', details: true }], ['summary', { repo: 'sandbox/single' }],
  ['cves', multi], ['cves', { ...multi, details: true, include_excepted: true, epss_above: 0.1 }],
  ['cves', { ...multi, platform: 'linux/arm64' }], ['cves', { repo: 'sandbox-org/tools', org: 'sandbox-org' }],
  ['sbom', { repo: 'sandbox-org/tools', org: 'sandbox-org' }],
  ['compare', { repo: 'sandbox/multi', base_ref: '1.0', target_ref: '1.1' }],
  ['attestations', { ...multi, scout: true }], ['attestations', { repo: 'sandbox/single', scout: true }],
  ['policies', { org: 'sandbox-org' }], ['policies', { org: 'sandbox-org', stream: 'another' }],
  ['policy_evaluation', multi], ['policy_evaluation', { ...multi, reference: '1.1' }],
  ['policy_evaluation', { repo: 'library/alpine', reference: '3.20' }],
  ['recommendations', multi], ['recommendations', { repo: 'sandbox/single' }],
  ['purl', { purl: ['pkg:npm/express@4.17.1', 'pkg:npm/none@1', 'pkg:apk/alpine/zlib@1.3.1-r0'], details: true }],
];

for (const [action, params] of calls) {
  test(`${action} ${JSON.stringify(params)} is answered as the schema says`, async () => {
    asked.length = 0;
    const { told } = await call(action, params);
    assert.ok(asked.length > 0, told);
    for (const one of asked) {
      seen.add(one.operationName);
      const { data, errors } = answerOfSchema(one);
      assert.deepEqual({ data, errors }, { data: one.answer.data, errors: undefined }, one.operationName);
    }
  });
}

test('an organization of others is refused as the schema says', async () => {
  asked.length = 0;
  const { code, told } = await call('policies', { org: 'sandbox-org' }, account('sandbox-guest'));
  assert.equal(code, 5, told);
  const [one] = asked;
  const { data, errors } = answerOfSchema(one);
  assert.deepEqual(data, one.answer.data);
  assert.deepEqual(errors.map(({ message, path: at }) => [message, at]), one.answer.errors.map(({ message, path: at }) => [message, at]));
});

test('every operation was asked', () => {
  assert.deepEqual([...seen].sort(), operations.map(({ name }) => name).sort());
});

test('the check finds a wrong type, a wrong word and what is not there', () => {
  const { query, variables, operationName } = asked[0];
  const item = (change) => ({
    policy: {
      definitionName: 'a', configurationName: 'a', displayName: 'a', description: 'a', resultType: 'a', owner: 'DOCKER',
      enabled: true, remediationLink: null,
    },
    stream: 'a', totalImages: 1, compliantImages: 1, unknownImages: 0, totalDeviations: 0,
    delta: { compliantImages: 0, totalDeviations: 0, totalImages: 0, unknownImages: 0, timestamp: 'a' }, ...change,
  });
  const fits = (change) => {
    const answer = { data: { goalResultSummaries: { items: [item(change)] } } };
    const { data, errors } = answerOfSchema({ query, variables, operationName, answer });
    return errors === undefined && isDeepStrictEqual(data, answer.data);
  };
  assert.equal(fits({}), true);
  for (const change of [{ totalImages: 'one' }, { totalImages: null }, { policy: { ...item({}).policy, owner: 'NOBODY' } }, { more: 1 }]) {
    assert.equal(fits(change), false, JSON.stringify(change));
  }
});
