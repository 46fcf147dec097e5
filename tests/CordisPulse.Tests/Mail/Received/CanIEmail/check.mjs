// Reads mails, one JSON array of { name, html }, and says what caniemail.com knows of their HTML and CSS: one JSON array of
// { name, feature, level, client, notes }, level "none" for what a program does not support and "partial" for what it does in part.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const installed = createRequire(`${process.argv[2]}/`);
const { caniemail, rawData } = await import(pathToFileURL(installed.resolve('caniemail')));

const clients = [
  'outlook.windows', 'outlook.outlook-com', 'outlook.macos', 'outlook.ios', 'outlook.android',
  'gmail.desktop-webmail', 'gmail.mobile-webmail', 'gmail.ios', 'gmail.android',
  'apple-mail.macos', 'apple-mail.ios',
  'yahoo.desktop-webmail', 'yahoo.ios', 'yahoo.android',
  'samsung-email.android',
];

// Where nobody has tested a program yet, the checker would stop: nothing is known, so nothing is listed.
for (const feature of rawData.data)
  for (const client of clients) {
    const [family, platform] = client.split('.');
    (feature.stats[family] ??= {})[platform] ??= { untested: 'y' };
  }

const findings = new Map();
for (const { name, html } of JSON.parse(readFileSync(0, 'utf8'))) {
  const { issues } = caniemail({ clients, html });
  for (const [level, found] of [['none', issues.errors], ['partial', issues.warnings]])
    for (const [client, list] of found)
      for (const { title, notes } of list)
        findings.set(`${name} ${title} ${client}`, { name, feature: title, level, client, notes: notes.join(' ') });
}

process.stdout.write(JSON.stringify([...findings.values()]));
