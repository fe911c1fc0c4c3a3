// Brings a situation about and reads what is said of it, in the popup and by the command on the exported evidence.
import { command } from '../lib/command.mjs';
import { alternatives, hostOf } from './index.mjs';

export const VERDICTS = ['https', 'hsts_preload', 'cookies'];

/** The sentences that give a reason, by the word that evidence has for it. */
export const SENTENCES = {
  'from-cache': 'The browser answered from its cache and kept not every field.',
  'service-worker': "The browser told of no answer from a server: most likely the site's own service worker gave it.",
  'back-forward-cache': 'The page came back by the back or forward button, without a request.',
  'loaded-before-install': 'The page was open before the extension watched.',
  'restricted-page': 'The browser keeps extensions out of this page.',
  'access-not-granted': 'The extension has no access to this site.',
  'not-exposed-by-this-browser': 'This browser does not tell extensions.',
  'hidden-by-hsts': "The browser knew the host's HSTS and asked no http server.",
  'https-upgrade': 'The browser itself went to https and asked no http server.',
  'not-probed': 'Nothing asked for it.',
  'load-failed': 'The load failed before it could be seen.',
  'over-limit': 'There was more than is kept.',
  'still-loading': 'The page is still loading.',
  'timed-out': 'It was asked, and did not answer in time.',
};

/**
 * What Firefox hides of every response with the field, whatever the situation: it hands out only the first of several.
 * It stands in no row of the table; the test asks for it wherever Firefox says `pass`.
 */
export const REPETITION = 'sends Strict-Transport-Security more than once';

const varies = (text) => !text.includes(REPETITION);

/** The words of the reasons in these texts, each once, sorted; a text without a known one is told whole. */
export function reasons(texts) {
  const word = (text) => Object.keys(SENTENCES).find((key) => text.includes(SENTENCES[key])) ?? text;
  return [...new Set(texts.map(word))].sort();
}

/** `unknown: from-cache, not-probed` taken apart. */
export function taken(said) {
  const [status, given = ''] = said.split(': ');
  return { status, reasons: given.split(', ').filter(Boolean).sort() };
}

/** Whether this is the site that is expected: a text, or a pattern where the name is another each time. */
export const isSite = (shown, expected) => (expected instanceof RegExp ? expected.test(shown) : shown === expected);

/** A status with its reasons as the table writes them. */
const written = (status, unknown) => [status, reasons(unknown.filter(({ what }) => varies(what)).map(({ why }) => why)).join(', ')].filter(Boolean).join(': ');

/** What a situation needs to be brought about. */
export function stageOf(situation, browser, demo, { tabs = 200 } = {}) {
  const forget = async () => {
    await browser.inExtension(() => (globalThis.browser ?? globalThis.chrome).storage.session.clear());
    // The worker still holds what it saw. Once ended, it reads what storage holds: nothing.
    await browser.killWorker();
  };
  return { browser, demo, host: hostOf(situation), forget, tabs };
}

/** Whether a popup shows what is expected: site, statuses, and exactly these reasons. */
function showsAll(view, expected) {
  const wanted = VERDICTS.map((verdict) => taken(expected[verdict]));
  const all = [...new Set(wanted.flatMap((one) => one.reasons))].sort();
  return isSite(view.site, expected.site)
    && VERDICTS.every((verdict, index) => view.statuses[verdict] === wanted[index].status)
    && reasons(view.unknown.filter(varies)).join() === all.join();
}

/** What the popup shows and what the report says, each in the words of the table, and what is expected of them. */
export async function observe(browser, tab, situation) {
  const all = alternatives(situation, browser.name);
  const view = await browser.popup(tab, { until: (seen) => all.some((expected) => showsAll(seen, expected)), evidence: true });
  const expected = all.find((one) => showsAll(view, one)) ?? all[0];
  const { status, stdout, stderr } = command(['audit', '-', '--format', 'json', '--fail-on', 'never'], view.evidence);
  if (status !== 0) throw new Error(`https-audit audit: ${stderr}`);
  const report = JSON.parse(stdout);
  const said = Object.fromEntries(VERDICTS.map((verdict) => {
    const { status: word, unknown } = report.verdicts[verdict];
    return [verdict, written(word, unknown)];
  }));
  return {
    expected,
    popup: { site: view.site, statuses: view.statuses, reasons: reasons(view.unknown.filter(varies)), findings: view.findings },
    report: { site: report.site.host, ...said },
    hidesRepetition: view.unknown.some((text) => !varies(text)),
    findings: report.findings.map(({ check }) => check),
    view,
  };
}
