// What is read in a page, once the person has opened the popup on it: the lines of `https_audit_core::evidence::Document`.
// It runs in a world of its own, where it sees the document and the page sees nothing of it, and it writes nothing.
//
// The page may be hostile. Of each kind of element a bounded number is looked at and fewer are kept, the rest is
// counted, and texts are cut before anything is done with them. Elements inside a form can take the place of its
// properties (HTML, "LegacyOverrideBuiltIns"), so what a form or the document says is asked by way of the prototypes.
(() => {
  const LOOKED_AT = 5000;
  const DOCUMENTS = 20;
  const LONGEST = 2048;
  const TEXT = 50_000;
  const KEPT = { forms: 50, parts: 50, metas: 16, references: 100 };
  const EQUIVALENTS = ['content-security-policy', 'content-security-policy-report-only', 'permissions-policy', 'refresh',
    'strict-transport-security', 'x-content-type-options', 'x-frame-options'];
  const TOKENS = ['csrfmiddlewaretoken', 'authenticity_token', '__RequestVerificationToken', '_token', '_csrf', '_csrf_token', 'csrf_token'];
  const REFERENCES = {
    script: ['script[src]', 'src'],
    stylesheet: ['link[rel~="stylesheet" i][href]', 'href'],
    'sub-frame': ['iframe[src], frame[src]', 'src'],
    object: ['object[data]', 'data'],
    other: ['embed[src]', 'src'],
    image: ['img[src], input[type="image" i][src]', 'src'],
    media: ['audio[src], video[src], source[src], track[src]', 'src'],
  };
  const PARTS = { script: REFERENCES.script, stylesheet: REFERENCES.stylesheet };

  /** @param {any} prototype @param {string} property @returns {(of: Node) => any} */
  const getter = (prototype, property) => {
    const { get } = /** @type {PropertyDescriptor} */ (Object.getOwnPropertyDescriptor(prototype, property));
    return (of) => get?.call(of);
  };
  /** @param {Document} root @param {string} selector @returns {NodeListOf<Element>} */
  const every = (root, selector) => Document.prototype.querySelectorAll.call(root, selector);
  /** @param {Element} element @param {string} name @returns {string | null} */
  const attribute = (element, name) => Element.prototype.getAttribute.call(element, name);
  const rootOf = getter(Node.prototype, 'ownerDocument');
  const baseOf = getter(Node.prototype, 'baseURI');
  const urlOf = getter(Document.prototype, 'URL');

  /** The page's document and those of its frames that are of the same origin. */
  const documents = [document];
  for (const root of documents) {
    const frames = every(root, 'iframe, frame');
    for (let index = 0; index < Math.min(frames.length, LOOKED_AT) && documents.length < DOCUMENTS; index += 1) {
      const inner = /** @type {HTMLIFrameElement} */ (frames[index]).contentDocument;
      if (inner) documents.push(inner);
    }
  }

  /** The first elements of a selector in all documents, and how many more there are. @param {string} selector */
  const find = (selector, roots = documents) => {
    /** @type {Element[]} */
    const elements = [];
    let more = 0;
    for (const root of roots) {
      const found = every(root, selector);
      for (let index = 0; index < found.length && elements.length < LOOKED_AT; index += 1) elements.push(found[index]);
      more += found.length;
    }
    return { elements, more: more - elements.length };
  };

  /** The bases of the documents, each made once; one that is overlong is the origin alone. @type {Map<Document, string>} */
  const bases = new Map(documents.map((root) => {
    const base = baseOf(root);
    return [root, base.length > LONGEST ? `${location.origin}/` : base];
  }));

  /** The address of what an element names; none for what is no address. @param {Element} element @param {string} text */
  const resolved = (element, text) => {
    return URL.parse(text.slice(0, LONGEST), bases.get(rootOf(element)));
  };

  /** Without user, query and fragment; of what leads to no host the scheme alone. @param {URL} url */
  const place = ({ protocol, origin, pathname }) => (/^(https?|ftp|wss?):$/.test(protocol) ? `${origin}${pathname}`.slice(0, LONGEST) : protocol);

  /**
   * Each line once, those that matter most first; and how many more there are.
   * @param {string[]} lines @param {number} most @param {number} more @param {(line: string) => number} rank
   * @returns {[string[], number]}
   */
  const kept = (lines, most, more, rank) => {
    const once = [...new Set(lines)].sort((a, b) => rank(b) - rank(a));
    return [once.slice(0, most), more + Math.max(0, once.length - most)];
  };

  const passwords = find('input[type="password" i]');
  const withPassword = new Set(passwords.elements.map((field) => /** @type {HTMLInputElement} */ (field).form));

  const buttons = find('button[formaction], input[formaction]');
  const ownForms = find('form');
  const senders = [
    ...ownForms.elements.map((form) => ({ form, action: attribute(form, 'action'), method: attribute(form, 'method') })),
    ...buttons.elements.map((button) => {
      const form = /** @type {HTMLButtonElement} */ (button).form;
      const method = attribute(button, 'formmethod') ?? (form && attribute(form, 'method'));
      return { form: form ?? button, action: attribute(button, 'formaction'), method };
    }),
  ];
  const [forms, moreForms] = kept(senders.flatMap(({ form, action, method }) => {
    const text = (action ?? '').slice(0, LONGEST).trim();
    // Without an action a form leads to its document, whatever the base is.
    const url = resolved(form, text === '' ? urlOf(rootOf(form)) : text);
    const how = (method ?? '').slice(0, 10).toLowerCase();
    const password = withPassword.has(/** @type {HTMLFormElement} */ (form));
    return url ? [`form ${['post', 'dialog'].includes(how) ? how : 'get'} ${place(url)}${password ? ' password' : ''}`] : [];
  }), KEPT.forms, ownForms.more + buttons.more, (line) => (line.includes(' http:') ? 2 : 0) + (line.endsWith(' password') ? 1 : 0));

  // Of the page itself: what its frames say holds for them alone. A policy outside the head is none (HTML,
  // "http-equiv=content-security-policy"). `referrer-policy` is no http-equiv that browsers know, `name=referrer` is.
  const equivalents = find('meta[http-equiv], meta[name="referrer" i]', [document]);
  const named = equivalents.elements.map((meta) => {
    const equivalent = (attribute(meta, 'http-equiv') ?? '').slice(0, 64).trim().toLowerCase();
    const referrer = (attribute(meta, 'name') ?? '').toLowerCase() === 'referrer' && !EQUIVALENTS.includes(equivalent);
    return {
      name: referrer ? 'referrer-policy' : equivalent,
      text: (attribute(meta, 'content') ?? '').slice(0, 1024).replace(/\s+/g, ' ').trim(),
      there: referrer || EQUIVALENTS.includes(equivalent) && (!equivalent.startsWith('content-') || meta.parentElement?.localName === 'head'),
    };
  }).filter(({ there }) => there);
  // One character is one octet, as in every field of evidence.
  const octets = (/** @type {string} */ text) => String.fromCharCode(...new TextEncoder().encode(text));
  const metas = named.slice(0, KEPT.metas).map(({ name, text }) => `meta ${name} ${octets(text)}`);

  const hasIntegrity = (/** @type {Element} */ element) => (attribute(element, 'integrity') ?? '').slice(0, 64).trim() !== '';
  /** Whether the address was written without a scheme. @param {Element} element @param {string} property */
  const isRelative = (element, property) => /^\s*\/\/[^/]/.test((attribute(element, property) ?? '').slice(0, 64));
  const resources = Object.entries(PARTS).map(([kind, [selector, property]]) => ({ kind, property, ...find(selector) }));
  const [parts, moreParts] = kept(resources.flatMap(({ kind, property, elements }) => elements.flatMap((element) => {
    const url = resolved(element, attribute(element, property) ?? '');
    if (!url || !/^https?:$/.test(url.protocol) || url.origin === location.origin) return [];
    return [`part ${kind} ${place(url)}${hasIntegrity(element) ? ' integrity' : ''}${isRelative(element, property) ? ' relative-scheme' : ''}`];
  })), KEPT.parts, resources.reduce((sum, { more }) => sum + more, 0), (line) => (/ integrity( |$)/.test(line) ? 0 : 1));

  const everyScript = find('script');
  const own = everyScript.elements.filter((element) => {
    const text = (attribute(element, 'src') ?? '').slice(0, LONGEST).trim();
    return text !== '' && resolved(element, text)?.origin === location.origin;
  });
  const ownRelative = own.filter((element) => isRelative(element, 'src'));
  const scripts = Object.entries({
    all: everyScript.elements.length + everyScript.more,
    own: own.length,
    'own-integrity': own.filter(hasIntegrity).length,
    'own-relative': ownRelative.length,
    'own-relative-integrity': ownRelative.filter(hasIntegrity).length,
  });

  // An address over http that stands in an https document was written out, unless the base is over http too.
  const overHttp = (/** @type {Element} */ element, /** @type {string} */ text) => (
    bases.get(rootOf(element))?.startsWith('http:') || /^http:/i.test(text.slice(0, 64).replace(/[\t\n\r]/g, '').trimStart()));
  const sources = location.protocol === 'https:' ? Object.entries(REFERENCES) : [];
  const all = sources.map(([kind, [selector, property]]) => ({ kind, property, ...find(selector) }));
  const [insecure, moreReferences] = kept(all.flatMap(({ kind, property, elements }) => elements.flatMap((element) => {
    const text = attribute(element, property) ?? '';
    const url = overHttp(element, text) ? resolved(element, text) : null;
    if (url?.protocol !== 'http:') return [];
    url.username = url.password = url.hash = '';
    return [`insecure ${kind} ${url.href.slice(0, LONGEST)}`];
  })), KEPT.references, all.reduce((sum, { more }) => sum + more, 0), () => 0);

  /** @param {string} selector */
  const has = (selector) => every(document, selector).length > 0;
  /** The beginning of the first text in an element. @param {string} selector */
  const textIn = (selector) => {
    const first = every(document, selector)[0]?.firstChild;
    return first instanceof Text ? first.data.slice(0, 200).trim() : '';
  };
  const title = textIn('head > title');
  const django = textIn('#explanation code').startsWith('DEBUG = True');
  const traceback = has('#traceback, #pastebinTraceback');
  const marks = {
    'django-404': django && !traceback,
    'django-500': django && traceback,
    werkzeug: title.includes('Werkzeug Debugger'),
    rails: title === 'Action Controller: Exception caught',
    whoops: has('div.Whoops.container'),
    symfony: has('.exception-summary .exception-message-wrapper'),
    'asp-net': textIn('body > span > h1').startsWith("Server Error in '"),
  };

  // A stack trace in the beginning of the page's text. The text is taken apart into lines, so that no pattern has much
  // to go over again, and it goes nowhere.
  const walker = Document.prototype.createTreeWalker.call(document, document.documentElement, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT, (node) => (
    /^(script|style|noscript|template)$/i.test(node.nodeName) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT));
  let text = '';
  for (let looked = 0, node = walker.nextNode(); node && looked < 4 * LOOKED_AT && text.length < TEXT; looked += 1, node = walker.nextNode()) {
    if (node instanceof Text) text += node.data.slice(0, TEXT - text.length);
    else if (!/^(a|b|code|em|i|span|strong)$/i.test(node.nodeName)) text += '\n';
  }
  const textLines = text.split(/[\r\n]+/, LOOKED_AT).map((line) => line.slice(0, 500).trim());
  /** Whether a line is of the first pattern, and one of those after it of the second. @param {RegExp} first @param {RegExp} then */
  const told = (first, then) => {
    const at = textLines.findIndex((line) => first.test(line));
    return at >= 0 && textLines.slice(at).some((line) => then.test(line));
  };
  const frame = (/** @type {RegExp} */ pattern) => told(pattern, pattern);
  const traces = {
    python: told(/^Traceback \(most recent call last\)/, /^File "[^"]+", line \d+/),
    java: frame(/^at [\w$.<>/]+\((?:[\w$]+\.(?:java|kt|scala|groovy):\d+|Native Method|Unknown Source)\)/),
    php: told(/^(?:PHP )?(?:Fatal|Parse) error ?: /, / in \S+(?:\.php:| on line )\d/) || frame(/^#\d+ \S+\.php\(\d+\): /),
    'dot-net': frame(/^at [^()]+\([^()]*\) in [^()]+\.(?:cs|vb|fs):line \d/) || told(/^\[?(?:System|Microsoft)\.[\w.]*Exception\b/, /^at [\w.`[\]<>]+\(/)
      || told(/^\[\w+Exception\b/, /^[\w.`<>]+\(.*\) (?:\+\d+|in .+\.(?:cs|vb):\d+)$/),
    node: frame(/^at (?:[^()]+ \()?(?:file:\/\/|node:|\/|[A-Z]:\\)[^()]*:\d+:\d+\)?$/),
    ruby: frame(/^(?:from )?[^\s:]+\.rb:\d+:in ['`]/),
  };

  const beyond = { form: moreForms, meta: equivalents.more + named.length - metas.length, part: moreParts, insecure: moreReferences };
  const lines = [
    ...forms, ...metas, ...parts, ...insecure,
    ...scripts.flatMap(([what, number]) => (number > 0 ? [`scripts ${what} ${number}`] : [])),
    ...TOKENS.filter((name) => documents.some((root) => every(root, `input[name="${name}"]`).length > 0)).map((name) => `csrf ${name}`),
    ...Object.entries(marks).flatMap(([mark, there]) => (there ? [`debug ${mark}`] : [])),
    ...Object.entries(traces).flatMap(([language, there]) => (there ? [`trace ${language}`] : [])),
    `passwords ${passwords.elements.length + passwords.more}`,
    ...Object.entries(beyond).flatMap(([what, more]) => (more > 0 ? [`beyond ${what} ${more}`] : [])),
  ];
  return { url: location.href.slice(0, 65_536), holds: lines.join('\n') };
})();
