// Looks at /docs in headless Chromium: node look.mjs CHROMIUM URL [TOKEN]. Prints what it saw as one JSON object, which
// test_browser.py judges. With a token the page is to ask for it, and is looked at once; else light and dark.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const require = createRequire(path.join(process.env.DOCKERHUB_SOURCE_DIR, 'tests', 'npm', 'package.json'));
const puppeteer = require('puppeteer-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const [executablePath, url, token] = process.argv.slice(2);
const DEADLINE = 240_000;
const OPERATION = '.opblock-get:has([data-path="/v1/tools/hub_repos/list_tags"])';
const VALUES = { namespace: 'sandbox', repository: 'tags' };

// Every machine may run this as root, in a container that has no sandbox for it.
const browser = await puppeteer.launch({
  executablePath, headless: true, timeout: DEADLINE, protocolTimeout: DEADLINE,
  args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
});

async function open(scheme) {
  const page = await browser.newPage();
  page.setDefaultTimeout(DEADLINE);
  const said = [];
  page.on('console', (message) => { if (message.type() !== 'log') said.push(message.text()); });
  page.on('pageerror', (error) => said.push(error.message));
  await page.setViewport({ width: 1200, height: 900 });
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
  await page.goto(`${url}/docs`);
  return { page, said };
}

async function findings(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run());
  return violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html.slice(0, 200)) }));
}

async function tryOperation(page) {
  await page.locator('.opblock-tag[data-tag="hub_repos"]').click();
  await page.locator(`${OPERATION} .opblock-summary-control`).click();
  await page.locator(`${OPERATION} .try-out__btn`).click();
  for (const [name, value] of Object.entries(VALUES)) {
    await page.locator(`${OPERATION} [data-param-name="${name}"] input:not([disabled])`).fill(value);
  }
  await page.locator(`${OPERATION} .execute`).click();
  const status = await page.waitForSelector(`${OPERATION} .live-responses-table tbody .response-col_status`);
  // Beside the number it may say that the document has no row for just this one.
  return status.evaluate((cell) => cell.textContent.trim().slice(0, 3));
}

async function look(scheme) {
  const { page, said } = await open(scheme);
  const seen = { said };
  if (token) {
    await page.locator('#token').fill(token);
    seen.asking = await findings(page);
    await page.locator('#log-in button').click();
  }
  await page.waitForSelector('.opblock-tag-section');
  seen.background = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  seen.closed = await findings(page);
  seen.answer = await tryOperation(page);
  seen.opened = await findings(page);
  await page.close();
  return seen;
}

const seen = {};
try {
  for (const scheme of token ? ['light'] : ['light', 'dark']) seen[scheme] = await look(scheme);
} finally {
  await browser.close();
}
console.log(JSON.stringify(seen));
