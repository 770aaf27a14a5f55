// Docker's schema, the operations of hub_scout and the program, for the tests beside it. Ends the process
// with 77 where DOCKERHUB_SPECS names no folder with scout.graphql, or tests/npm is not installed.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const source = process.env.DOCKERHUB_SOURCE_DIR;
const specs = process.env.DOCKERHUB_SPECS ?? '';
const file = path.join(specs, 'scout.graphql');
const missing = [
  [Boolean(specs) && existsSync(file), 'set DOCKERHUB_SPECS to the folder with scout.graphql'],
  [existsSync(path.join(source, 'tests', 'npm', 'node_modules', 'graphql')), 'run npm ci in tests/npm'],
].flatMap(([isThere, remedy]) => (isThere ? [] : [remedy]));
if (missing.length > 0) {
  console.error(`NOT CHECKED against Docker Scout's schema: ${missing.join('; ')}`);
  process.exit(77);
}

// Of tests/npm.
export const require = createRequire(path.join(source, 'tests', 'npm', 'package.json'));
export const graphql = require('graphql');
export const schema = graphql.buildSchema(readFileSync(file, 'utf8'));

const table = readFileSync(path.join(source, 'plugins', 'scout', 'operations.hpp'), 'utf8');
export const operations = [...table.matchAll(/Operation \w+\{"(\w+)",\s*"(\w+)",\s*R"graphql\(([^]*?)\)graphql"/g)]
  .map(([, name, field, text]) => ({ name, field, text }));
export const operationCount = [...table.matchAll(/^inline constexpr Operation /gm)].length;

const bin = path.join(process.env.DOCKERHUB_PREFIX ?? process.env.DOCKERHUB_BUILD_DIR, 'bin');

// An installed program with this environment and no other; its working directory is `home`.
export function start(program, args, home, environment, stdin = 'ignore') {
  const kept = Object.fromEntries(['PATH', 'ASAN_OPTIONS', 'UBSAN_OPTIONS', 'TSAN_OPTIONS', 'LLVM_PROFILE_FILE']
    .filter((name) => name in process.env).map((name) => [name, process.env[name]]));
  return spawn(path.join(bin, program), args, {
    cwd: home, stdio: [stdin, 'pipe', 'pipe'],
    env: { ...kept, HOME: home, XDG_CONFIG_HOME: home, XDG_DATA_HOME: home, ...environment },
  });
}

// {code, out, problems} of an action of hub_scout, as JSON.
export async function runScout(action, params, home, environment) {
  const child = start('dockerhub', ['-o', 'json', 'hub_scout', action, '--params', JSON.stringify(params)], home, environment);
  const told = { code: null, out: '', problems: '' };
  child.stdout.on('data', (piece) => { told.out += piece; });
  child.stderr.on('data', (piece) => { told.problems += piece; });
  told.code = await new Promise((resolve) => { child.on('close', resolve); });
  return told;
}
