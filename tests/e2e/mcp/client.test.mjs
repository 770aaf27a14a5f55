// The official TypeScript SDK as client of dockerhub-mcp: what most deployed clients are made with.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';

const require = createRequire(new URL('../../npm/package.json', import.meta.url));
const { Client } = require('@modelcontextprotocol/sdk/client/index.js');
const { StdioClientTransport } = require('@modelcontextprotocol/sdk/client/stdio.js');
const { StreamableHTTPClientTransport } =
  require('@modelcontextprotocol/sdk/client/streamableHttp.js');
const { SSEClientTransport } = require('@modelcontextprotocol/sdk/client/sse.js');
const { ElicitRequestSchema } = require('@modelcontextprotocol/sdk/types.js');

const home = mkdtempSync(path.join(tmpdir(), 'dockerhub-mcp-client-'));
after(() => rmSync(home, { recursive: true, force: true }));

const accept = (content) => () => ({ action: 'accept', content });
const decline = () => ({ action: 'decline' });

const program = {
  command: path.join(process.env.DOCKERHUB_PREFIX ?? process.env.DOCKERHUB_BUILD_DIR, 'bin', 'dockerhub-mcp'),
  env: { PATH: process.env.PATH, HOME: home, XDG_CONFIG_HOME: home, XDG_DATA_HOME: home },
  cwd: home,
};

// The server over HTTP, and the URL that it says it listens on.
async function listening(args) {
  const server = spawn(program.command, ['--port', '0', '--allow-unauthenticated', ...args],
    { env: program.env, cwd: home, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  for await (const chunk of server.stderr) {
    said += chunk;
    const found = /listening on (\S+)/.exec(said);
    if (found) return { server, url: new URL(found[1]) };
  }
  throw new Error(`the server did not start: ${said}`);
}

// Connects over HTTP, runs the body, and always ends the program again.
async function connectedByHttp(Transport, body, { args = [], answer } = {}) {
  const { server, url } = await listening(args);
  try {
    await speaking(new Transport(url), body, answer);
  } finally {
    server.kill();
    await once(server, 'exit');
  }
}

// Connects, runs the body, and always ends the program again.
const connected = (body, { args = [], answer } = {}) =>
  speaking(new StdioClientTransport({ ...program, args }), body, answer);

async function speaking(transport, body, answer) {
  const client = new Client(
    { name: 'test', version: '1' }, { capabilities: answer ? { elicitation: {} } : {} });
  if (answer) client.setRequestHandler(ElicitRequestSchema, answer);
  const problems = [];
  client.onerror = (error) => {
    // The SDK handles an answer before a progress notice that it read together with it.
    if (!/progress notification for an unknown token/.test(error.message)) problems.push(error);
  };
  await client.connect(transport);
  try {
    await body(client);
  } finally {
    await client.close();
  }
  assert.deepEqual(problems, []);
}

const call = (client, action, params, options) =>
  client.callTool({ name: 'demo', arguments: { action, params } }, undefined, options);

async function deleteNote(client) {
  await call(client, 'write', { key: 'n1', value: 'v' });
  return call(client, 'delete', { key: 'n1' });
}

test('lists tools with instructions and version', () => connected(async (client) => {
  const { tools } = await client.listTools();
  assert.ok(tools.some((tool) => tool.name === 'demo'));
  assert.match(client.getInstructions(), /demo/);
  assert.equal(client.getServerVersion().name, 'dockerhub-mcp');
}));

test('calls an action', () => connected(async (client) => {
  const result = await call(client, 'echo', { text: 'hi' });
  assert.equal(result.isError, false);
  assert.deepEqual(result.structuredContent.data, { text: 'hi' });
}));

test('tells a failure as a result and an unknown tool as an error', () => connected(async (client) => {
  const result = await call(client, 'fail', { message: 'no luck' });
  assert.equal(result.isError, true);
  assert.match(result.content[0].text, /no luck/);
  await assert.rejects(client.callTool({ name: 'nothing', arguments: { action: 'echo' } }),
    (error) => error.code === -32602);
}));

test('tells progress', () => connected(async (client) => {
  const steps = [];
  await call(client, 'slow', { steps: 4, milliseconds: 40 },
    { onprogress: ({ progress }) => steps.push(progress) });
  assert.ok(steps.length >= 3, `${steps}`);
  assert.deepEqual(steps, [...new Set(steps)].sort((a, b) => a - b));
}));

test('ends a call that the client gives up', () => connected(async (client) => {
  const abort = new AbortController();
  const running = call(client, 'slow', { steps: 10000, milliseconds: 1000 },
    { signal: abort.signal, onprogress: () => abort.abort() });
  await assert.rejects(running);
  assert.equal((await call(client, 'echo', { text: 'on' })).isError, false);
}));

test('destroys with the consent of the user', () => connected(async (client) => {
  const result = await deleteNote(client);
  assert.deepEqual(result.structuredContent.data, { deleted: 'n1' });
}, { args: ['--allow-destructive'], answer: accept({ confirm: 'n1' }) }));

test('destroys nothing when the user declines', () => connected(async (client) => {
  const result = await deleteNote(client);
  assert.equal(result.structuredContent.error.type, 'ApprovalError');
  assert.equal((await call(client, 'read', { key: 'n1' })).isError, false);
}, { args: ['--allow-destructive'], answer: decline }));

test('destroys nothing when the client cannot ask', () => connected(async (client) => {
  const result = await deleteNote(client);
  assert.equal(result.structuredContent.error.type, 'ApprovalError');
}, { args: ['--allow-destructive'] }));

test('asks the user for input', () => connected(async (client) => {
  const result = await call(client, 'ask');
  assert.deepEqual(result.structuredContent.data, { greeting: 'Hello, Ada!' });
}, { answer: accept({ name: 'Ada' }) }));

test('reads resources and prompts when there are any', () => connected(async (client) => {
  assert.ok(Array.isArray((await client.listResources()).resources));
  assert.ok(Array.isArray((await client.listResourceTemplates()).resourceTemplates));
  assert.ok(Array.isArray((await client.listPrompts()).prompts));
  await client.setLoggingLevel('warning');
}));

for (const [name, Transport] of Object.entries({
  'streamable-http': StreamableHTTPClientTransport, sse: SSEClientTransport })) {
  const over = (body, options = {}) => connectedByHttp(Transport, body,
    { ...options, args: ['--transport', name, ...(options.args ?? [])] });

  test(`${name}: lists and calls`, () => over(async (client) => {
    assert.ok((await client.listTools()).tools.some((tool) => tool.name === 'demo'));
    const result = await call(client, 'echo', { text: 'hi' });
    assert.deepEqual(result.structuredContent.data, { text: 'hi' });
  }));

  test(`${name}: tells progress`, () => over(async (client) => {
    const steps = [];
    await call(client, 'slow', { steps: 4, milliseconds: 100 },
      { onprogress: ({ progress }) => steps.push(progress) });
    assert.deepEqual(steps, [...new Set(steps)].sort((a, b) => a - b));
    assert.ok(steps.length >= 3, `${steps}`);
  }));

  test(`${name}: ends a call that the client gives up`, () => over(async (client) => {
    const abort = new AbortController();
    const running = call(client, 'slow', { steps: 10000, milliseconds: 1000 },
      { signal: abort.signal, onprogress: () => abort.abort() });
    await assert.rejects(running);
    assert.equal((await call(client, 'echo', { text: 'on' })).isError, false);
  }));

  test(`${name}: destroys with the consent of the user alone`, async () => {
    await over(async (client) => {
      assert.deepEqual((await deleteNote(client)).structuredContent.data, { deleted: 'n1' });
    }, { args: ['--allow-destructive'], answer: accept({ confirm: 'n1' }) });
    await over(async (client) => {
      assert.equal((await deleteNote(client)).structuredContent.error.type, 'ApprovalError');
    }, { args: ['--allow-destructive'], answer: decline });
  });
}
