// The statuses that many situations share.

/** TLS details (Chromium) and blocked mixed content (both) are told to no extension; neither decides. */
export const HIDDEN = 'not-exposed-by-this-browser';

/** Everything was seen, and is right; the www sub-domain, which hstspreload.org asks for, was not visited. */
export const WELL = { https: `pass: ${HIDDEN}`, hsts_preload: 'pass: not-probed', cookies: 'pass' };
/** The same, and the session cookie lacks Secure. */
export const WEAK = { ...WELL, cookies: 'fail', findings: ['cookie.secure.missing'] };
/** The page was seen, but never how http answers. */
export const DIRECT = { https: `pass: ${HIDDEN}, not-probed`, hsts_preload: 'unknown: not-probed', cookies: 'pass' };
/** The question does not arise. */
export const NONE = { https: 'not-applicable', hsts_preload: 'not-applicable', cookies: 'not-applicable' };
/** Nothing was seen of the page, for one reason. */
export const unseen = (reason) => ({ https: `unknown: ${reason}`, hsts_preload: `unknown: ${reason}`, cookies: `unknown: ${reason}` });
/** The same as `seen`, but the page's document could not be read, for one reason. */
export const unread = (seen, reason) => ({ ...seen, https: `${seen.https}, ${reason}`, hsts_preload: `${seen.hsts_preload}, ${reason}` });
