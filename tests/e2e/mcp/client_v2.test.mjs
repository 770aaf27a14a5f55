// The second TypeScript SDK as client, which speaks both eras: the same journey over each transport and in each
// revision that it has.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { givesUp, listening, passage, program, require, stopped, testWhatWasSaid, until } from './client_server.mjs';

const { Client, SSEClientTransport, StreamableHTTPClientTransport } =
  require('@modelcontextprotocol/client');
const { StdioClientTransport } = require('@modelcontextprotocol/client/stdio');

const MODERN = '2026-07-28';
const OF_ALL = 256; // calls that run at a time; without a session clients are not told apart
const DESTRUCTIVE = ['--allow-destructive'];

const stdio = {
  start: async () => ({ transport: () => new StdioClientTransport({ ...program, args: DESTRUCTIVE, stderr: 'ignore' }), end: async () => {} }),
};
const overHttp = (name, Transport) => ({
  start: async () => {
    const { server, url } = await listening(['--transport', name, ...DESTRUCTIVE]);
    return { transport: () => new Transport(url), end: () => stopped(server) };
  },
});

const CONNECTIONS = {
  'stdio, legacy': { ...stdio, mode: 'legacy', revision: '2025-11-25' },
  'stdio, modern': { ...stdio, mode: { pin: MODERN }, revision: MODERN },
  'stdio, negotiated': { ...stdio, mode: 'auto', revision: MODERN },
  'streamable HTTP, legacy': { ...overHttp('streamable-http', StreamableHTTPClientTransport), mode: 'legacy', revision: '2025-11-25' },
  'streamable HTTP, modern': { ...overHttp('streamable-http', StreamableHTTPClientTransport), mode: { pin: MODERN }, revision: MODERN, most: OF_ALL },
  'HTTP+SSE, legacy': { ...overHttp('sse', SSEClientTransport), mode: 'legacy', revision: '2025-11-25' },
};

const call = (client, action, params = {}, options = {}) =>
  client.callTool({ name: 'demo', arguments: { action, params } }, options);

async function deleteNote(client) {
  await call(client, 'write', { key: 'n1', value: 'v' });
  return call(client, 'delete', { key: 'n1' });
}

for (const [name, { start, mode, revision, most }] of Object.entries(CONNECTIONS)) {
  describe(name, () => {
    let served;
    before(async () => { served = await start(); });
    after(() => served.end());

    async function speaking(body, { answer, listChanged } = {}) {
      const client = new Client({ name: 'test', version: '1' }, {
        capabilities: answer ? { elicitation: {} } : {},
        versionNegotiation: { mode }, ...(listChanged ? { listChanged } : {}),
      });
      if (answer) client.setRequestHandler('elicitation/create', async () => answer);
      await client.connect(served.transport());
      try {
        await body(client);
      } finally {
        await client.close();
      }
    }

    test('lists and calls', () => speaking(async (client) => {
      assert.equal(client.getNegotiatedProtocolVersion(), revision);
      assert.match(client.getInstructions(), /demo/);
      assert.ok((await client.listTools()).tools.some((tool) => tool.name === 'demo'));
      const result = await call(client, 'echo', { text: 'hi' });
      assert.deepEqual(result.structuredContent.data, { text: 'hi' });
    }));

    test('tells a failure as a result and an unknown tool as an error', () => speaking(async (client) => {
      const result = await call(client, 'fail', { message: 'no luck' });
      assert.equal(result.isError, true);
      assert.match(result.content[0].text, /no luck/);
      await assert.rejects(client.callTool({ name: 'nothing', arguments: {} }),
        (error) => error.code === -32602);
    }));

    test('tells progress, which rises', () => speaking(async (client) => {
      const steps = [];
      await call(client, 'slow', { steps: 4, milliseconds: 100 },
        { onprogress: ({ progress }) => steps.push(progress) });
      assert.ok(steps.length >= 2, `${steps}`);
      assert.deepEqual(steps, [...new Set(steps)].sort((a, b) => a - b));
    }));

    test('ends a call that the client gives up, and goes on', () => speaking(async (client) => {
      await givesUp((options) => call(client, 'slow', { steps: 10000, milliseconds: 1000 }, options), most);
      assert.equal((await call(client, 'echo', { text: 'on' })).isError, false);
    }));

    test('destroys with the consent of the user', () => speaking(async (client) => {
      assert.deepEqual((await deleteNote(client)).structuredContent.data, { deleted: 'n1' });
    }, { answer: { action: 'accept', content: { confirm: 'n1' } } }));

    test('destroys nothing when the user declines', () => speaking(async (client) => {
      assert.equal((await deleteNote(client)).structuredContent.error.type, 'ApprovalError');
      assert.equal((await call(client, 'read', { key: 'n1' })).isError, false);
    }, { answer: { action: 'decline' } }));

    test('destroys nothing when the client cannot ask', () => speaking(async (client) => {
      assert.equal((await deleteNote(client)).structuredContent.error.type, 'ApprovalError');
    }));

    test('hears that the list of tools changed', async () => {
      let changes = 0;
      await speaking(async (client) => {
        await until(() => changes > 0, () =>
          client.callTool({ name: 'mcp_fixture', arguments: { action: 'test_trigger_tool_change', params: {} } }));
      }, { listChanged: { tools: { autoRefresh: false, debounceMs: 0, onChanged: () => { changes += 1; } } } });
    });

    test('connects again', async () => {
      for (let round = 0; round < 2; ++round) {
        await speaking(async (client) => {
          assert.equal((await call(client, 'echo', { text: `${round}` })).structuredContent.data.text, `${round}`);
        });
      }
    });
  });
}

test('a client without a session goes on where the server was started anew', async () => {
  const args = ['--transport', 'streamable-http'];
  const { server, url } = await listening(args);
  const client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode: { pin: MODERN } } });
  const through = await passage(url);
  await client.connect(new StreamableHTTPClientTransport(through.url));
  assert.equal((await call(client, 'echo', { text: 'a' })).isError, false);
  await stopped(server);
  const again = await listening(args);
  through.lead(again.url);
  try {
    assert.equal((await call(client, 'echo', { text: 'b' })).isError, false);
    await client.close();
  } finally {
    through.close();
    await stopped(again.server);
  }
});

// In the newest revision the library does not listen again by itself.
test('a client with a session hears of changes again after its connections broke', async () => {
  const { server, url } = await listening(['--transport', 'streamable-http']);
  const through = await passage(url);
  let changes = 0;
  const client = new Client({ name: 'test', version: '1' }, {
    versionNegotiation: { mode: 'legacy' },
    listChanged: { tools: { autoRefresh: false, debounceMs: 0, onChanged: () => { changes += 1; } } },
  });
  // A call may go out on a connection that is no more.
  const change = () => client.callTool({
    name: 'mcp_fixture', arguments: { action: 'test_trigger_tool_change', params: {} } }).catch(() => {});
  try {
    await client.connect(new StreamableHTTPClientTransport(through.url, { reconnectionOptions: {
      initialReconnectionDelay: 20, maxReconnectionDelay: 200, reconnectionDelayGrowFactor: 1.5, maxRetries: 20 } }));
    await until(() => changes > 0, change);
    through.cut();
    changes = 0;
    await until(() => changes > 0, change);
    await client.close();
  } finally {
    through.close();
    await stopped(server);
  }
});

testWhatWasSaid();
