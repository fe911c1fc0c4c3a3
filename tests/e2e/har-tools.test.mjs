// HAR files of the demo hosts as Playwright (recordHar) and mitmproxy write them: the command must say of the file what the popup
// says of the page (hosts.mjs, which hosts.test.mjs shows to be so), or that the file does not hold what decides.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { VISITS } from './hosts.mjs';
import { command } from './lib/command.mjs';
import { startDemo } from './lib/demo.mjs';
import { expectedOf, shownOf, statuses } from './lib/har.mjs';
import { Recorder } from './lib/har-tools.mjs';

/** What a proxy's file does not hold besides, with what is said instead. */
const NOT_IN_PROXY = [
  {
    verdict: 'https',
    said: 'unknown',
    why: 'whether the proxy took a bad certificate',
    of: ({ expected }) => expected.https === 'pass',
  },
];

/** Without what only a visit before, or another path of the same host, makes different. */
const SHOWN = VISITS.filter(({ name }) => !/again$|void-hsts-demo\.org\//.test(name));
/** What OpenSSL says in mitmproxy's file, and the check that stands for it. */
const REFUSED = {
  'expired-demo.org': ['certificate has expired', 'https.certificate.expired'],
  'not-yet-valid-demo.org': ['certificate is not yet valid', 'https.certificate.not-yet-valid'],
  'untrusted-demo.org': ['unable to get local issuer certificate', 'https.certificate.untrusted'],
  'self-signed-demo.org': ['self-signed certificate', 'https.certificate.self-signed'],
  'name-mismatch-demo.org': ['hostname mismatch', 'https.certificate.name-mismatch'],
};

describe('HAR files of other tools', () => {
  let demo;
  let recorder;
  before(async () => {
    demo = await startDemo();
    recorder = await Recorder.open(demo);
  });
  after(async () => {
    await recorder?.close();
    await demo?.stop();
  });

  for (const visit of SHOWN) {
    test(visit.name, async () => {
      const [playwright, mitmproxy] = await Promise.all(['playwright', 'mitmproxy'].map((tool) => recorder.record(tool, visit.url)));
      const ofPlaywright = audited(playwright, visit, 'playwright');
      assert.deepEqual(statuses(ofPlaywright), expectedOf(visit), JSON.stringify(ofPlaywright.verdicts, null, 1));
      const ofProxy = audited(mitmproxy, visit, 'mitmproxy');
      assert.deepEqual(statuses(ofProxy), expectedOf(visit, NOT_IN_PROXY), JSON.stringify(ofProxy.verdicts, null, 1));

      // Nothing of certificates and TLS passes that the file does not hold: Playwright's has the version of TLS, mitmproxy's nothing.
      const passed = ({ checks }) => checks.filter(({ id, outcome }) => /^https\.(certificate|tls)\./.test(id) && outcome === 'pass').map(({ id }) => id);
      assert.deepEqual(passed(ofProxy), []);
      const encrypted = visit.expected.https !== 'fail' || /^(mixed|chain)-/.test(visit.host);
      assert.deepEqual(passed(ofPlaywright), encrypted ? ['https.tls.obsolete-version'] : []);
      const refused = REFUSED[visit.host];
      assert.equal(refused !== undefined, visit.refused === true);
      if (refused) {
        const [words, check] = refused;
        const finding = ofProxy.findings.find((finding) => finding.check === check);
        assert.ok(finding, JSON.stringify(ofProxy.findings.map((finding) => finding.check)));
        assert.ok(finding.message.includes(`The proxy that recorded it refused it: \`Certificate verify failed: ${words}\`.`), finding.message);
      }
    });
  }
});

/** The report on the site of the visit; with the visit's findings, where what they are about is in the file. */
function audited(har, visit, tool) {
  const { stdout, stderr } = command(['audit', '--format', 'json'], har);
  assert.equal(stderr, '');
  const report = shownOf(JSON.parse(stdout), visit);
  const ids = report.findings.map(({ check }) => check);
  const expected = visit.refused || report.verdicts.https.status !== visit.expected.https ? visit.findings.filter((id) => !id.startsWith('https.')) : visit.findings;
  for (const id of expected) assert.ok(ids.includes(id), `${tool}: ${id} is not among ${ids}`);
  return report;
}
