// dockerhub-mcp for clients from npm: a home of its own with the fixture module in it, and the server over HTTP.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after } from 'node:test';

export const require = createRequire(new URL('../../npm/package.json', import.meta.url));

const build = process.env.DOCKERHUB_BUILD_DIR;
const bin = path.join(process.env.DOCKERHUB_PREFIX ?? build, 'bin');
const home = mkdtempSync(path.join(tmpdir(), 'dockerhub-mcp-client-'));
after(() => rmSync(home, { recursive: true, force: true }));

const plugins = path.join(home, 'plugins');
const fixture = path.join(plugins, 'mcp_fixture.so');
const sanitizers = Object.entries(process.env).filter(([name]) => name.endsWith('SAN_OPTIONS'));

export const program = {
  command: path.join(bin, 'dockerhub-mcp'),
  env: {
    PATH: process.env.PATH, HOME: home, XDG_CONFIG_HOME: path.join(home, 'config'),
    XDG_DATA_HOME: path.join(home, 'data'), XDG_STATE_HOME: path.join(home, 'state'),
    DOCKERHUB_PLUGIN_PATH: plugins, ...Object.fromEntries(sanitizers),
  },
  cwd: home,
};

mkdirSync(plugins, { mode: 0o755 });
copyFileSync(path.join(build, 'tests', 'modules', 'mcp_fixture.so'), fixture);
chmodSync(fixture, 0o644);
execFileSync(path.join(bin, 'dockerhub'), ['plugin', 'trust', fixture], { env: program.env, stdio: 'ignore' });

// The server over HTTP and the URL that it says it listens on. port: 0 for one that is free.
export async function listening(args, port = 0) {
  const server = spawn(program.command, ['--port', `${port}`, '--allow-unauthenticated', ...args],
    { env: program.env, cwd: home, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  for await (const chunk of server.stderr) {
    said += chunk;
    const found = /listening on (\S+)/.exec(said);
    if (found) return { server, url: new URL(found[1]) };
  }
  throw new Error(`the server did not start: ${said}`);
}

export async function stopped(server) {
  if (server.exitCode !== null || server.signalCode !== null) return;
  server.kill();
  await once(server, 'exit');
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
