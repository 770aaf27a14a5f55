// The official TypeScript SDK as client of dockerhub-mcp: what most deployed clients are made with.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { givesUp, listening, passage, program, require, stopped, testWhatWasSaid, until } from './client_server.mjs';

const { Client } = require('@modelcontextprotocol/sdk/client/index.js');
const { StdioClientTransport } = require('@modelcontextprotocol/sdk/client/stdio.js');
const { StreamableHTTPClientTransport } =
  require('@modelcontextprotocol/sdk/client/streamableHttp.js');
const { SSEClientTransport } = require('@modelcontextprotocol/sdk/client/sse.js');
const { ElicitRequestSchema, ToolListChangedNotificationSchema } = require('@modelcontextprotocol/sdk/types.js');

const ENDLESS = { steps: 10000, milliseconds: 1000 };
const accept = (content) => () => ({ action: 'accept', content });
const decline = () => ({ action: 'decline' });

// Connects over HTTP, runs the body, and always ends the program again.
async function connectedByHttp(Transport, body, { args = [], answer } = {}) {
  const { server, url } = await listening(args);
  try {
    await speaking(new Transport(url), body, answer);
  } finally {
    await stopped(server);
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
  let closes = false;
  client.onerror = (error) => {
    // Its streams, and its tries to open them again, end with it.
    if (closes && /This operation was aborted/.test(error.message)) return;
    // The SDK handles an answer before a progress notice that it read together with it.
    if (!/progress notification for an unknown token/.test(error.message)) problems.push(error);
  };
  await client.connect(transport);
  try {
    await body(client);
  } finally {
    closes = true;
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

async function tellsFailures(client) {
  const result = await call(client, 'fail', { message: 'no luck' });
  assert.equal(result.isError, true);
  assert.match(result.content[0].text, /no luck/);
  await assert.rejects(client.callTool({ name: 'nothing', arguments: { action: 'echo' } }),
    (error) => error.code === -32602);
}

test('tells a failure as a result and an unknown tool as an error', () => connected(tellsFailures));

test('tells progress', () => connected(async (client) => {
  const steps = [];
  await call(client, 'slow', { steps: 4, milliseconds: 40 },
    { onprogress: ({ progress }) => steps.push(progress) });
  assert.ok(steps.length >= 2, `${steps}`);
  assert.deepEqual(steps, [...new Set(steps)].sort((a, b) => a - b));
}));

test('ends a call that the client gives up', () => connected(async (client) => {
  await givesUp((options) => call(client, 'slow', ENDLESS, options));
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

// Calls for changes until one was heard of: a stream may take a moment to be open. broken: a call may go out on
// a connection that is no more.
async function hearsOfChanges(client, { broken = false } = {}) {
  let heard = 0;
  client.setNotificationHandler(ToolListChangedNotificationSchema, () => { heard += 1; });
  await until(() => heard > 0, () =>
    client.callTool({ name: 'mcp_fixture', arguments: { action: 'test_trigger_tool_change', params: {} } })
      .catch((error) => { if (!broken) throw error; }));
}

test('connects again, to a server that it starts anew', async () => {
  for (const text of ['first', 'second']) {
    await connected(async (client) => {
      assert.deepEqual((await call(client, 'echo', { text })).structuredContent.data, { text });
    });
  }
});

test('hears that the list of tools changed', () => connected((client) => hearsOfChanges(client)));

test('streamable-http: hears of changes again after its connections broke', async () => {
  const { server, url } = await listening(['--transport', 'streamable-http']);
  const through = await passage(url);
  const client = new Client({ name: 'test', version: '1' });
  try {
    await client.connect(new StreamableHTTPClientTransport(through.url, { reconnectionOptions: {
      initialReconnectionDelay: 20, maxReconnectionDelay: 200, reconnectionDelayGrowFactor: 1.5, maxRetries: 20 } }));
    await hearsOfChanges(client);
    through.cut();
    await hearsOfChanges(client, { broken: true });
    await client.close();
  } finally {
    through.close();
    await stopped(server);
  }
});

test('streamable-http: a session that the server lost is refused, and a new one begins', async () => {
  const args = ['--transport', 'streamable-http'];
  const { server, url } = await listening(args);
  const through = await passage(url);
  const client = new Client({ name: 'test', version: '1' });
  await client.connect(new StreamableHTTPClientTransport(through.url));
  await stopped(server);
  const again = await listening(args);
  through.lead(again.url);
  try {
    await assert.rejects(call(client, 'echo', { text: 'a' }), (error) => error.code === 404);
    await client.close();
    await speaking(new StreamableHTTPClientTransport(through.url), async (anew) => {
      assert.equal((await call(anew, 'echo', { text: 'b' })).isError, false);
    });
  } finally {
    through.close();
    await stopped(again.server);
  }
});

for (const [name, Transport] of Object.entries({
  'streamable-http': StreamableHTTPClientTransport, sse: SSEClientTransport })) {
  const over = (body, options = {}) => connectedByHttp(Transport, body,
    { ...options, args: ['--transport', name, ...(options.args ?? [])] });

  test(`${name}: lists and calls`, () => over(async (client) => {
    assert.ok((await client.listTools()).tools.some((tool) => tool.name === 'demo'));
    const result = await call(client, 'echo', { text: 'hi' });
    assert.deepEqual(result.structuredContent.data, { text: 'hi' });
  }));

  test(`${name}: tells a failure as a result and an unknown tool as an error`, () => over(tellsFailures));

  test(`${name}: connects again to the same server`, async () => {
    const { server, url } = await listening(['--transport', name]);
    try {
      for (const text of ['first', 'second']) {
        await speaking(new Transport(url), async (client) => {
          assert.deepEqual((await call(client, 'echo', { text })).structuredContent.data, { text });
        });
      }
    } finally {
      await stopped(server);
    }
  });

  test(`${name}: tells progress`, () => over(async (client) => {
    const steps = [];
    await call(client, 'slow', { steps: 4, milliseconds: 100 },
      { onprogress: ({ progress }) => steps.push(progress) });
    assert.deepEqual(steps, [...new Set(steps)].sort((a, b) => a - b));
    assert.ok(steps.length >= 2, `${steps}`);
  }));

  test(`${name}: ends a call that the client gives up`, () => over(async (client) => {
    await givesUp((options) => call(client, 'slow', ENDLESS, options));
    assert.equal((await call(client, 'echo', { text: 'on' })).isError, false);
  }));

  test(`${name}: hears that the list of tools changed`, () => over((client) => hearsOfChanges(client)));

  test(`${name}: destroys nothing when the client cannot ask`, () => over(async (client) => {
    assert.equal((await deleteNote(client)).structuredContent.error.type, 'ApprovalError');
  }, { args: ['--allow-destructive'] }));

  test(`${name}: destroys with the consent of the user alone`, async () => {
    await over(async (client) => {
      assert.deepEqual((await deleteNote(client)).structuredContent.data, { deleted: 'n1' });
    }, { args: ['--allow-destructive'], answer: accept({ confirm: 'n1' }) });
    await over(async (client) => {
      assert.equal((await deleteNote(client)).structuredContent.error.type, 'ApprovalError');
    }, { args: ['--allow-destructive'], answer: decline });
  });
}

testWhatWasSaid();
