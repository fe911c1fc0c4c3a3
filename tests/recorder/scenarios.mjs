// What is done in each browser, one trace each. `b` is a driver of record.mjs.
export const SCENARIOS = {
  'https-plain': async (b) => { await b.go('https://plain.test/'); },
  'http-redirect': async (b) => { await b.go('http://redirect.test/'); },
  'hsts-upgrade': async (b) => { await b.go('https://hsts.test/'); await b.go('http://hsts.test/again'); },
  'certificate-failure': async (b) => { await b.go('https://wrong.test/'); },
  cached: async (b) => { await b.go('https://cached.test/'); await b.go('about:blank'); await b.go('https://cached.test/'); },
  'not-modified': async (b) => { await b.go('https://fresh.test/'); await b.go('about:blank'); await b.go('https://fresh.test/'); },
  'service-worker': async (b) => {
    await b.go('https://worker.test/');
    await b.titled('registered');
    await b.go('https://worker.test/page');
  },
  bfcache: async (b) => { await b.go('https://one.test/'); await b.go('https://two.test/'); await b.back(); },
  'redirect-chain': async (b) => { await b.go('https://chain.test/'); },
  'mixed-content': async (b) => { await b.go('https://mixed.test/'); },
  download: async (b) => { await b.go('https://files.test/'); await b.click('#nothing'); await b.click('#file'); },
  'push-state': async (b) => { await b.go('https://app.test/'); },
  frames: async (b) => { await b.go('https://outer.test/'); },
  octets: async (b) => { await b.go('https://octets.test/'); },
  'http-page': async (b) => { await b.go('http://open.test/'); },
  unreachable: async (b) => { await b.go('https://open.test:9/'); },
  'browser-page': async (b) => { await b.go('https://two.test/'); await b.go(b.settings); },
  'certificate-overridden': async (b) => { await b.go('https://wrong.test/'); await b.override('https://wrong.test/'); },
};
