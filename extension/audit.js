// Starts the audit page, in a tab or in the panel of the developer tools. One module makes reports, the other shows them
// (crate/web/src/auditor.rs and audit/); what goes between them is JSON.
import initAuditor, { Auditor } from './wasm/auditor.js';
import initAudit, { AuditPage } from './wasm/audit.js';
import { fill } from './bridge.js';

const api = globalThis.browser ?? globalThis.chrome;
/** The tab that the developer tools inspect. */
const inspected = api.devtools?.inspectedWindow?.tabId;
if (inspected !== undefined) {
  document.documentElement.dataset.embed = 'devtools';
  fill(globalThis.chrome);
}

/** @type {AuditPage | undefined} */
let page;
// What changes while the first view is made is in the next.
let stale = false;
const changed = (/** @type {boolean | undefined} */ anew) => (page ? page.changed(anew) : (stale = true));

Promise.all([initAuditor(), initAudit()])
  .then(async () => {
    const auditor = await Auditor.of(inspected, changed);
    const source = {
      tab: auditor.tab,
      audit: () => auditor.audit(),
      evidence: () => auditor.evidence(),
      /** @param {unknown} evidence */
      reports: (evidence) => Auditor.reports(evidence),
    };
    page = await AuditPage.open(source, inspected !== undefined);
    if (stale) page.changed();
  })
  .catch((error) => {
    console.error('https-audit: the audit page could not start:', error);
    const words = document.createElement('p');
    words.setAttribute('role', 'alert');
    words.textContent = `HTTPS Audit could not start: ${error?.message ?? error}. Load this page again, or reload the extension.`;
    document.body.replaceChildren(words);
    document.documentElement.dataset.ready = '';
  });
