// What a browser has stored, asked from the browser itself and not from the extension: the oracle of the
// field parsers.

/**
 * The HSTS policy that a browser holds for each host after it was visited.
 * @param {{host: string, site: string, field: string}[]} visited field: the first field line's value, octets as U+0000 to U+00FF
 * @returns {Promise<({in_force: false} | {in_force: true, max_age: number, include_subdomains: boolean})[]>}
 */
export function storedHsts(browser, visited) {
  return browser.name === 'chromium' ? chromiumHsts(browser, visited) : firefoxHsts(browser, visited);
}

/** Chromium tells on chrome://net-internals/#hsts. */
async function chromiumHsts({ puppeteer }, visited) {
  const page = await puppeteer.newPage();
  try {
    await page.goto('chrome://net-internals/#hsts');
    return await page.evaluate(async (hosts) => {
      const { sendWithPromise } = await import('chrome://resources/js/cr.js');
      const answers = [];
      for (const host of hosts) {
        const found = await sendWithPromise('hstsQuery', host);
        const own = found.dynamic_sts_domain === host && found.dynamic_upgrade_mode === 0;
        answers.push(
          own
            ? {
                in_force: true,
                max_age: Math.round(found.dynamic_sts_expiry - found.dynamic_sts_observed),
                include_subdomains: found.dynamic_sts_include_subdomains,
              }
            : { in_force: false },
        );
      }
      return answers;
    }, visited.map(({ host }) => host));
  } finally {
    await page.close();
  }
}

/**
 * Firefox tells whether the host and a sub-domain of it are covered, within the partition of the top-level site.
 * It does not tell the stored max-age: for that its own parser reads the same octets again, in a container
 * (userContextId) of its own.
 */
async function firefoxHsts(firefox, visited) {
  return firefox.chrome(
    `const service = Cc['@mozilla.org/ssservice;1'].getService(Ci.nsISiteSecurityService);
     return arguments[0].map(({ host, site, field }) => {
       const within = { partitionKey: '(https,' + site + ')' };
       const covered = (name) => service.isSecureURI(Services.io.newURI('https://' + name + '/'), within);
       if (!covered(host)) return { in_force: false };
       const maxAge = {};
       const subdomains = {};
       service.processHeader(Services.io.newURI('https://' + host + '/'), field, { userContextId: 7 }, maxAge, subdomains);
       return { in_force: true, max_age: maxAge.value, include_subdomains: covered('sub.' + host) };
     });`,
    visited,
  );
}

/** The words of `https-audit cookie --format json` for what Chromium says. */
const SAME_SITE = { Strict: 'strict', Lax: 'lax', None: 'none' };

/**
 * The cookies that a browser holds, with the host or domain (without dot) that they are for. `name` and
 * `path` are octets, one a character; `value` is text; `expires` is in seconds since the epoch, null for a session cookie.
 */
export async function storedCookies(browser) {
  return browser.name === 'chromium' ? chromiumCookies(browser) : firefoxCookies(browser);
}

/** The UTF-8 octets of a text, one a character. */
const octets = (text) => String.fromCharCode(...new TextEncoder().encode(text));

async function chromiumCookies({ puppeteer }) {
  const session = await puppeteer.target().createCDPSession();
  try {
    const { cookies } = await session.send('Storage.getCookies');
    return cookies.map((cookie) => ({
      name: octets(cookie.name),
      value: cookie.value,
      domain: cookie.domain.replace(/^\./, ''),
      host_only: !cookie.domain.startsWith('.'),
      path: octets(cookie.path),
      secure: cookie.secure,
      http_only: cookie.httpOnly,
      same_site: SAME_SITE[cookie.sameSite] ?? 'unspecified',
      partitioned: cookie.partitionKey !== undefined,
      expires: cookie.session ? null : cookie.expires,
    }));
  } finally {
    await session.detach();
  }
}

async function firefoxCookies(firefox) {
  const cookies = await firefox.chrome(
    `const { SAMESITE_NONE, SAMESITE_LAX, SAMESITE_STRICT } = Ci.nsICookie;
     const sameSite = new Map([[SAMESITE_NONE, 'none'], [SAMESITE_LAX, 'lax'], [SAMESITE_STRICT, 'strict']]);
     return Services.cookies.cookies.map((cookie) => ({
       name: cookie.name,
       value: cookie.value,
       domain: cookie.rawHost,
       host_only: !cookie.isDomain,
       path: cookie.path,
       secure: cookie.isSecure,
       http_only: cookie.isHttpOnly,
       same_site: sameSite.get(cookie.sameSite) ?? 'unspecified',
       partitioned: cookie.isPartitioned,
       // Milliseconds since 140, seconds before.
       expires: cookie.isSession ? null : cookie.expiry > 1e11 ? cookie.expiry / 1000 : cookie.expiry,
     }));`,
  );
  // Firefox tells the name as octets and the path as text.
  return cookies.map((cookie) => ({ ...cookie, path: octets(cookie.path) }));
}
