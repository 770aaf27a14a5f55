// The Inspector's command line as client: what people look at a server with, in both eras and over all transports.
// Each run is a connection of its own; over HTTP all of them are with one server.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';

import { listening, program, require, stopped, testWhatWasSaid } from './client_server.mjs';

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
  'stdio, modern': { era: 'modern', whole: true },
  'streamable HTTP, legacy': { era: 'legacy', whole: true, transport: 'streamable-http', named: 'http' },
  'streamable HTTP, modern': { era: 'modern', transport: 'streamable-http', named: 'http' },
  'HTTP+SSE, legacy': { era: 'legacy', transport: 'sse', named: 'sse' },
};

// It starts a server with few variables of its own environment.
const VARIABLES = Object.entries({ ...program.env, DOCKERHUB_ALLOW_DESTRUCTIVE: 'true' })
  .flatMap(([variable, value]) => ['-e', `${variable}=${value}`]);

for (const [name, { era, whole, transport, named }] of Object.entries(RUNS)) {
  describe(name, { concurrency: 1 }, () => {
    let server;
    let target;
    before(async () => {
      if (!transport) {
        target = [program.command, ...VARIABLES];
        return;
      }
      const started = await listening(['--transport', transport, '--allow-destructive']);
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

    if (!whole) return; // once an era: each run takes seconds

    test('destroys nothing, since it cannot ask', async () => {
      const done = await echo('{"action": "delete", "params": {"key": "n1"}}');
      assert.equal(done.code, TOOL_FAILED, done.err);
      assert.match(done.out + done.err, /ApprovalError/);
    });

    test('reads a resource and a prompt', async () => {
      const [read, prompt] = await Promise.all([
        run('--method', 'resources/read', '--uri', 'test://static-text'),
        run('--method', 'prompts/get', '--prompt-name', 'test_simple_prompt'),
      ]);
      assert.equal(read.code, 0, read.err);
      assert.equal(JSON.parse(read.out).result.contents[0].uri, 'test://static-text');
      assert.equal(prompt.code, 0, prompt.err);
      assert.equal(JSON.parse(prompt.out).result.messages[0].role, 'user');
    });

    test('sets the level of log lines', { skip: era === 'modern' && 'each request says it there' }, async () => {
      const done = await run('--method', 'logging/setLevel', '--log-level', 'warning');
      assert.equal(done.code, 0, done.err);
    });
  });
}

testWhatWasSaid();
