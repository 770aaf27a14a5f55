// The Inspector's command line as client: what people look at a server with, in both eras and over all transports.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';

import { listening, program, require, stopped } from './client_server.mjs';

const INSPECTOR = path.join(path.dirname(require.resolve('@modelcontextprotocol/inspector/package.json')),
  'clients', 'launcher', 'build', 'index.js');
const BAD_SCHEMA = 6;
const TOOL_FAILED = 5;

async function inspect(...args) {
  const child = spawn(process.execPath, [INSPECTOR, '--cli', ...args, '--format', 'json', '-q'],
    { env: program.env, cwd: program.cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  const texts = ['', ''];
  child.stdout.on('data', (chunk) => { texts[0] += chunk; });
  child.stderr.on('data', (chunk) => { texts[1] += chunk; });
  const [code] = await once(child, 'close');
  return { code, out: texts[0], err: texts[1] };
}

const RUNS = {
  'stdio, legacy': { era: 'legacy' },
  'stdio, modern': { era: 'modern' },
  'streamable HTTP, legacy': { era: 'legacy', transport: 'streamable-http', named: 'http' },
  'streamable HTTP, modern': { era: 'modern', transport: 'streamable-http', named: 'http' },
  'HTTP+SSE, legacy': { era: 'legacy', transport: 'sse', named: 'sse' },
};

for (const [name, { era, transport, named }] of Object.entries(RUNS)) {
  describe(name, { concurrency: 1 }, () => {
    let server;
    let target = [program.command];
    before(async () => {
      if (!transport) return;
      const started = await listening(['--transport', transport]);
      server = started.server;
      target = [started.url.href, '--transport', named];
    });
    after(() => (server ? stopped(server) : undefined));

    const run = (...args) => inspect(...target, '--protocol-era', era, ...args);
    const echo = (json) => run('--method', 'tools/call', '--tool-name', 'demo', '--tool-args-json', json);

    test('finds no schema that a model service would refuse', async () => {
      const done = await run('--method', 'tools/list', '--strict');
      assert.notEqual(done.code, BAD_SCHEMA, done.err);
      assert.equal(done.code, 0, done.err);
      assert.ok(JSON.parse(done.out).result.tools.some((tool) => tool.name === 'demo'));
    });

    test('calls a tool', async () => {
      const done = await echo('{"action": "echo", "params": {"text": "hi"}}');
      assert.equal(done.code, 0, done.err);
      assert.deepEqual(JSON.parse(done.out).result.structuredContent.data, { text: 'hi' });
    });

    test('tells a failure by its status', async () => {
      const done = await echo('{"action": "fail", "params": {"message": "no luck"}}');
      assert.equal(done.code, TOOL_FAILED, done.err);
      assert.match(done.out + done.err, /no luck/);
    });
  });
}
