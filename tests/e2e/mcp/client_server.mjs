// dockerhub-mcp for clients from npm: a home of its own with the fixture module in it, and the server over HTTP.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import net from 'node:net';
import { constants, tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';

export const require = createRequire(new URL('../../npm/package.json', import.meta.url));

const build = process.env.DOCKERHUB_BUILD_DIR;
const bin = path.join(process.env.DOCKERHUB_PREFIX ?? build, 'bin');
const home = mkdtempSync(path.join(tmpdir(), 'dockerhub-mcp-client-'));
after(() => rmSync(home, { recursive: true, force: true }));

const plugins = path.join(home, 'plugins');
const fixture = path.join(plugins, 'mcp_fixture.so');
const sanitizers = Object.entries(process.env).filter(([name]) => name.endsWith('SAN_OPTIONS'));

const binary = path.join(bin, 'dockerhub-mcp');
const transcripts = path.join(home, 'transcripts');

// Over stdio: what either side says is written down.
export const program = {
  command: path.join(home, 'recorded-mcp'),
  env: {
    PATH: process.env.PATH, HOME: home, XDG_CONFIG_HOME: path.join(home, 'config'),
    XDG_DATA_HOME: path.join(home, 'data'), XDG_STATE_HOME: path.join(home, 'state'),
    DOCKERHUB_PLUGIN_PATH: plugins, ...Object.fromEntries(sanitizers),
  },
  cwd: home,
};

mkdirSync(transcripts);
writeFileSync(program.command, `#!/bin/sh
folder=$(mktemp -d '${transcripts}/XXXXXX')
tee "$folder/client" | '${binary}' "$@" | tee "$folder/server"
`, { mode: 0o755 });
mkdirSync(plugins, { mode: 0o755 });
copyFileSync(path.join(build, 'tests', 'modules', 'mcp_fixture.so'), fixture);
chmodSync(fixture, 0o644);
execFileSync(path.join(bin, 'dockerhub'), ['plugin', 'trust', fixture], { env: program.env, stdio: 'ignore' });

// The last test of a file: all that the servers said over stdio is of the published form.
export function testWhatWasSaid() {
  test('what was said over stdio is of the published form', () => {
    const checker = fileURLToPath(new URL('check_transcripts.py', import.meta.url));
    execFileSync('python3', ['-B', checker, transcripts], { stdio: 'pipe' });
  });
}

const said = new WeakMap(); // by server, what stands on its standard error

// The server over HTTP and the URL that it says it listens on.
export async function listening(args) {
  const server = spawn(binary, ['--port', '0', '--allow-unauthenticated', ...args],
    { env: program.env, cwd: home, stdio: ['ignore', 'ignore', 'pipe'] });
  said.set(server, '');
  const url = await new Promise((resolve, reject) => {
    server.stderr.on('data', (chunk) => {
      said.set(server, said.get(server) + chunk);
      const found = /listening on (\S+)\n/.exec(said.get(server));
      if (found) resolve(new URL(found[1]));
    });
    server.on('error', reject);
    server.on('close', () => reject(new Error(`the server did not start: ${said.get(server)}`)));
  });
  return { server, url };
}

// Asks it to end, which it does as it says; one that is dead already did not.
export async function stopped(server) {
  const closed = once(server, 'close');
  assert.ok(server.kill(), `the server is dead: ${said.get(server)}`);
  await closed;
  assert.equal(server.exitCode, 128 + constants.signals.SIGTERM, said.get(server));
}

// Everything that goes to the server passes through; cut() breaks what is open, lead() leads elsewhere what comes.
export async function passage(target) {
  const open = new Set();
  let { hostname, port } = target;
  const server = net.createServer((near) => {
    const far = net.connect(port, hostname);
    for (const [one, other] of [[near, far], [far, near]]) {
      open.add(one);
      one.on('data', (bytes) => other.write(bytes));
      one.on('error', () => {});
      one.on('close', () => { open.delete(one); other.destroy(); });
    }
  });
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const url = new URL(target);
  url.port = server.address().port;
  const cut = () => { for (const socket of open) socket.destroy(); };
  const lead = (other) => { ({ hostname, port } = other); };
  return { url, cut, lead, close: () => { server.close(); cut(); } };
}

// Begins endless calls and gives each up when it runs: one more than may run at a time, so that calls which went on
// would leave no room. begin: takes the options of a call; most: how many may run, of one client unless said.
export async function givesUp(begin, most = 64) {
  for (let round = 0; round <= most; ++round) {
    const abort = new AbortController();
    const ended = begin({ signal: abort.signal, onprogress: () => abort.abort() });
    await assert.rejects(ended, (error) => abort.signal.aborted || assert.fail(error));
  }
}

// Does it again until `seen` says that it had its effect; what takes a while to be in place needs that.
export async function until(seen, again = async () => {}) {
  const end = Date.now() + 30_000;
  while (!seen()) {
    if (Date.now() > end) throw new Error('did not happen in time');
    await again();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
