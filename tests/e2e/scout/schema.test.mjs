// Docker's own schema, read by GraphQL's reference implementation: every question of hub_scout is valid,
// and a server that is made of the schema answers each action. Needs DOCKERHUB_SPECS (the folder with
// scout.graphql) and tests/npm.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { graphql as library, operationCount, operations, require, runScout, schema } from './schema.mjs';

const { graphql, parse, validate } = library;
const { addMocksToSchema } = require('@graphql-tools/mock');

test('every operation of the table is found here', () => {
  assert.equal(operations.length, operationCount);
  assert.ok(operations.length >= 9);
});

for (const { name, field, text } of operations) {
  test(`${name} fits the schema`, () => {
    const document = parse(text);
    assert.deepEqual(validate(schema, document).map(String), []);
    const [operation, ...others] = document.definitions;
    assert.deepEqual([operation.operation, operation.name.value, others], ['query', name, []]);
    assert.equal(operation.selectionSet.selections[0].name.value, field);
  });
}

test('the check finds a wrong field', () => {
  assert.notDeepEqual(validate(schema, parse(operations[0].text.replace('sbomState', 'sbomstate'))), []);
});

const digest = 'sha256:' + 'a'.repeat(64);
const home = mkdtempSync(path.join(tmpdir(), 'dockerhub-scout-'));
const mocked = addMocksToSchema({
  schema,
  mocks: { Int: () => 3, Float: () => 7.5, String: () => 'text', ID: () => digest, Boolean: () => true,
    SBOMState: () => 'INDEXED', CVSSSeverity: () => 'HIGH', VpVulnerability: () => ({ isExcepted: false }) },
});
let server;

before(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (piece) => { body += piece; });
    request.on('end', async () => {
      const { query, variables, operationName } = JSON.parse(body);
      const answer = await graphql({ schema: mocked, source: query, variableValues: variables, operationName });
      response.setHeader('Content-Type', 'application/json');
      response.end(JSON.stringify(answer));
    });
  });
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
});
after(() => {
  server.close();
  rmSync(home, { recursive: true, force: true });
});

// Runs the program; gives its envelope.
async function call(action, params) {
  const url = `http://127.0.0.1:${server.address().port}`;
  const { code, out, problems } = await runScout(action, params, home, { REGISTRYTOOL: 'false', DOCKER_SCOUT_URL: url, DOCKERHUB_URL: url });
  assert.equal(code, 0, problems + out);
  return JSON.parse(out);
}

const image = { repo: `acme/app@${digest}`, org: 'acme' };

test('summary is answered', async () => {
  // A made-up answer is about another digest, so the packages are counted.
  const { data } = await call('summary', { ...image, details: true });
  assert.equal(data.sbom.state, 'INDEXED');
  assert.equal(data.vulnerabilities.high, 1);
});

test('cves are answered', async () => {
  const { data, source: from } = await call('cves', { ...image, details: true, include_excepted: true });
  assert.equal(from, 'graphql');
  assert.ok(data.cves.length > 0);
  assert.deepEqual([data.cves[0].cve, data.cves[0].severity, data.cves[0].score], ['text', 'high', 7.5]);
});

test('an SBOM is derived', async () => {
  const { data, source: from } = await call('sbom', image);
  assert.equal(from, 'derived');
  assert.equal(data.spdxVersion, 'SPDX-2.3');
  assert.ok(data.packages.length > 0);
});

test('two images are compared', async () => {
  const { data } = await call('compare', { repo: 'acme/app', org: 'acme', base_ref: digest, target_ref: digest });
  assert.equal(data.comparable, true);
  assert.deepEqual([data.fixed, data.introduced], [[], []]);
});

test('policies are answered', async () => {
  const { data } = await call('policies', { org: 'acme' });
  assert.deepEqual([data.policies[0].id, data.policies[0].compliant], ['text', 3]);
});

test('an evaluation is answered, whatever the types of its policies', async () => {
  const { data, source: from } = await call('policy_evaluation', image);
  assert.equal(from, 'graphql');
  assert.ok(data.policies.length > 0);
});

test('recommendations are answered', async () => {
  const { data } = await call('recommendations', image);
  assert.deepEqual(data.recommendations[0].tags, ['text', 'text']);
});

test('attestations are answered', async () => {
  const { data } = await call('attestations', { ...image, scout: true });
  assert.equal(data.attestations[0].predicate_type, 'text');
});

test('packages are looked up', async () => {
  const { data } = await call('purl', { purl: ['pkg:npm/express@4.17.1'] });
  assert.equal(data.cves[0].severity, 'high');
});
