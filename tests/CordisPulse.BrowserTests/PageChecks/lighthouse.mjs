// Opens pages, one JSON array of { url, without }, as on a telephone, and says what Lighthouse makes of them: { isRobotsTextValid, pages }
// with { scores, failed, bytes, requests } for each. "without" names audits that do not apply to a page; "failed" is what was less than perfect.
import { createRequire } from 'node:module';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';

const installed = createRequire(`${process.argv[2]}/`);
const load = name => import(pathToFileURL(installed.resolve(name)));
const [{ default: lighthouse }, { launch }, { default: puppeteer }] = await Promise.all(['lighthouse', 'chrome-launcher', 'puppeteer-core'].map(load));
const asked = JSON.parse(await text(process.stdin));

// With a fresh profile, which goes with it.
const chrome = await launch({
  chromePath: '/usr/bin/chromium',
  chromeFlags: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  logLevel: 'silent',
});

// Chromium's own recording of a load, of which Lighthouse says itself that it is to be run again.
const lostRecordings = ['NO_NAVSTART', 'NO_TRACING_STARTED', 'NO_SCREENSHOTS', 'NO_FCP'];
const tries = 3;

const look = async (url, flags, page) => {
  for (let left = tries; ; ) {
    const { lhr } = await lighthouse(url, { port: chrome.port, logLevel: 'silent', output: [], ...flags }, undefined, page);
    if (!lhr.runtimeError)
      return lhr;
    if (--left === 0 || !lostRecordings.includes(lhr.runtimeError.code))
      throw new Error(`${url}: ${lhr.runtimeError.message}`);
  }
};

try {
  // Lighthouse asks for robots.txt through the page, whose content security policy lets it fetch nothing. So that audit alone goes without the policy.
  const browser = await puppeteer.connect({ browserURL: `http://127.0.0.1:${chrome.port}` });
  const free = await browser.newPage();
  await free.setBypassCSP(true);
  const robots = await look(new URL('/', asked[0].url).href, { onlyAudits: ['robots-txt'] }, free);
  await free.close();
  await browser.disconnect();

  const pages = [];
  for (const { url, without } of asked) {
    const { categories, audits } = await look(url, { skipAudits: ['robots-txt', ...without], ignoreStatusCode: true });
    pages.push({
      scores: Object.fromEntries(Object.values(categories).map(({ id, score }) => [id, Math.round(score * 100)])),
      failed: Object.values(audits).filter(({ score }) => score !== null && score < 1).map(({ id }) => id),
      bytes: audits['total-byte-weight']?.numericValue,
      requests: audits['network-requests']?.details?.items.map(item => `${item.resourceType} ${item.url}`) ?? [],
    });
  }

  process.stdout.write(JSON.stringify({ isRobotsTextValid: robots.audits['robots-txt'].score === 1, pages }));
} finally {
  await chrome.kill();
}
