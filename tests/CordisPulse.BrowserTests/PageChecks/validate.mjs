// Reads pages, one JSON array of { name, html }, and says what html-validate finds in them: one JSON array of strings.
import { createRequire } from 'node:module';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';

const installed = createRequire(`${process.argv[2]}/`);
const { HtmlValidate, StaticConfigLoader } = await import(pathToFileURL(installed.resolve('html-validate')));

const checker = new HtmlValidate(new StaticConfigLoader({
  root: true,
  extends: ['html-validate:recommended', 'html-validate:a11y', 'html-validate:document'],
  rules: {
    // Both ways of writing are HTML; this is ours.
    'doctype-style': ['error', { style: 'lowercase' }],
    // What a text in Markdown becomes has the one, views have the other, and HTML reads them alike.
    'void-style': 'off',
    // Views leave some where a line of theirs writes nothing. No reader gets to know, and compression takes it.
    'no-trailing-whitespace': 'off',
    // Style sheets and scripts come from the site itself, over the connection that the page came by.
    'require-sri': ['error', { target: 'crossorigin' }],
    // Ticks of one question share its name, and ASP.NET ends a form with what it reads where one is not ticked.
    'form-dup-name': 'off',
    // HTML's own defaults, a button that submits and a field for text, are what is meant where none is named.
    'no-implicit-button-type': 'off',
    'no-implicit-input-type': 'off',
    // ASP.NET writes selected="selected", which is HTML as well.
    'attribute-boolean-style': 'off',
    // A list may have a name, by ARIA, and screen readers say it.
    'aria-label-misuse': ['error', { allowAnyNamable: true }],
    // At the desk, the progress of a mailing comes by itself also where there is no script.
    'meta-refresh': 'off',
  },
}));

const found = [];
for (const { name, html } of JSON.parse(await text(process.stdin))) {
  const lines = html.split('\n');
  for (const { messages } of (await checker.validateString(html, name)).results)
    for (const { ruleId, message, line, column } of messages)
      found.push(`${name}:${line}:${column} ${ruleId}: ${message} ${lines[line - 1].trim().slice(0, 200)}`);
}

process.stdout.write(JSON.stringify(found));
