#!/usr/bin/env node
// Writes docs/what-we-see.md from the table of situations; with --check, says whether it is as it would be written.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../lib/demo.mjs';
import { SITUATIONS, THEMES, expectedIn } from './index.mjs';
import { SENTENCES, VERDICTS, taken } from './observe.mjs';

const FILE = 'docs/what-we-see.md';
const NAMES = { chromium: 'Chromium', firefox: 'Firefox' };
const WORDS = { pass: 'pass', warn: 'warning', fail: '**fail**', unknown: '*unknown*', 'not-applicable': 'not applicable' };

const INTRO = `# What we see, situation by situation

Made from the tests (\`tests/e2e/situations/\`) by \`node tests/e2e/situations/doc.mjs\`; do not
edit. Every row is brought about in real browsers (Chromium 156, Firefox 153) on the demo site, and what popup and report
say is compared with this very table. The events of each are recorded in \`tests/traces/\` and replayed by \`cargo test\`.

No row says *pass* or *fail* without having seen what decides. What was not observed stands behind the status by the word
that evidence has for the reason. One thing stands in no row: Firefox hands extensions only the first
Strict-Transport-Security field of a response, so that there popup and report always say that a second one was not
observed, and call no domain eligible (\`eligible\` is null).

| reason | in popup and report |
| --- | --- |
`;

/** A cell: \`unknown: from-cache\` in words. */
function cell(said) {
  const { status, reasons } = taken(said);
  return [WORDS[status], reasons.map((reason) => `\`${reason}\``).join(', ')].filter(Boolean).join('<br>');
}

/** The row of what else may be said. */
const other = ({ or }) => (or ? [['or', or]] : []);

/** The table's rows of a situation: one for both browsers where they say the same. */
function rows(situation) {
  const [chromium, firefox] = ['chromium', 'firefox'].map((browser) => expectedIn(situation, browser));
  const same = !chromium.cannot && !firefox.cannot && VERDICTS.every((verdict) => chromium[verdict] === firefox[verdict]);
  const told = same ? [['both', chromium]] : [[NAMES.chromium, chromium], ...other(chromium), [NAMES.firefox, firefox], ...other(firefox)];
  return told.map(([browser, expected], index) => {
    const said = expected.cannot ? ['cannot be produced', '', ''] : VERDICTS.map((verdict) => cell(expected[verdict]));
    const why = [index === 0 ? situation.why : '', expected.cannot].filter(Boolean).join('; ');
    return `| ${[index === 0 ? situation.title : '', browser, ...said, why].join(' | ')} |`;
  });
}

function written() {
  const used = new Set(SITUATIONS.flatMap((situation) => ['chromium', 'firefox'].flatMap((browser) => VERDICTS.flatMap((verdict) => {
    const said = expectedIn(situation, browser)[verdict];
    return said ? taken(said).reasons : [];
  }))));
  const reasons = Object.entries(SENTENCES).filter(([word]) => used.has(word)).map(([word, sentence]) => `| \`${word}\` | ${sentence} |\n`).join('');
  const parts = Object.entries(THEMES).map(([theme, situations]) => (
    `\n## ${theme}\n\n| situation | browser | https | hsts_preload | cookies | why |\n| --- | --- | --- | --- | --- | --- |\n`
    + situations.flatMap(rows).map((row) => `${row}\n`).join('')));
  return INTRO + reasons + parts.join('');
}

const file = path.join(ROOT, FILE);
if (process.argv.includes('--check')) {
  if (readFileSync(file, 'utf8') !== written()) {
    console.error(`${FILE} is not as the table of situations says: node tests/e2e/situations/doc.mjs`);
    process.exit(1);
  }
} else {
  writeFileSync(file, written());
}
