// Pages without scripts, as both browsers make a document of them and as the command reads them in a HAR file: both must
// say the same. Of pages that scripts or frames may have changed the command must say that it does not know.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { BROWSERS } from './lib/browser.mjs';
import { command } from './lib/command.mjs';
import { withBrowser } from './lib/suite.mjs';
import { orderSite } from './situations/site.mjs';

const IMAGE = 'http://plain-demo.org/pixel.gif';
const PYTHON = 'Traceback (most recent call last):\n  File "/srv/app.py", line 3, in view\nValueError: x';
const PAGES = {
  'well formed': `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title>
    <meta http-equiv="Content-Security-Policy" content="default-src 'self' https:"><meta name="referrer" content="origin">
    <link rel="stylesheet" href="https://cdn-demo.org/a.css" integrity="sha384-x"><link rel="alternate stylesheet" href="//cdn-demo.org/b.css?v=1"></head>
    <body><form action="/login?next=/#top" method="POST"><input type="hidden" name="csrfmiddlewaretoken" value="x"><input type="password"></form>
    <form method="dialog"></form><img src="${IMAGE}"></body></html>`,
  'tags that are left out, in capitals, without quotes': `<TITLE>x</TITLE><META HTTP-EQUIV=refresh CONTENT=900><P>a<FORM ACTION=save METHOD=Post><INPUT TYPE=PassWord><P>b
    <BUTTON FORMACTION=//pay-demo.org/ FORMMETHOD=get>Pay</BUTTON><INPUT TYPE=image SRC=${IMAGE}><INPUT FORMACTION="">`,
  'a head that ends early': `<!doctype html><meta http-equiv=content-security-policy content="img-src *">
    text<meta http-equiv=content-security-policy content="script-src 'none'"><meta http-equiv=strict-transport-security content="max-age=1"><title>Werkzeug Debugger</title>`,
  'forms in forms and tables, and ends without a beginning': `<form action=/a><div><form action=/b><input type=password></form></div></form></form>
    <table><form action=/c><tr><td><input type=password></td></tr></form></table><table><tr><td><form action=/d></td></tr></table><input type=password>
    <p><form action=/e></p><button formaction=/button></button><input type=password></form><form action=/f></form>`,
  'a base of another site, and one too many': `<base href="http://base-demo.org/deep/"><base href="https://other-demo.org/"><form action=up></form><form></form>
    <img src=a.png><img src="//cdn-demo.org/b.png"><img src=" https://cdn-demo.org/c.png "><link rel=stylesheet href="">`,
  'what is no element': `<!-- <img src=${IMAGE}?comment> --><![CDATA[<img src=${IMAGE}?cdata>]]><textarea><img src=${IMAGE}?textarea></textarea>
    <title><img src=${IMAGE}?title></title><noscript><img src=${IMAGE}?noscript></noscript><template><form action=http://plain-demo.org/></form><template></template><img src=${IMAGE}?template></template>
    <style><img src=${IMAGE}?style></style><xmp><img src=${IMAGE}?xmp></xmp><? <img src=${IMAGE}?question ?><p title="<img src=${IMAGE}?attribute>"><img alt='>' src=${IMAGE}?last>`,
  'characters by name, and addresses in disguise': `<meta charset=utf-8><img src="ht&#x74;p://plain-demo.org/?a=1&amp;b=2"><img src="h\ntt\tp:/plain-demo.org/slash"><img src="http:\\\\plain-demo.org\\back"><img src="HTTP://PLAIN-DEMO.org:80/case">
    <img src="http://plain-demo.org/%7e/../ü"><img src="http://user:secret@plain-demo.org/#secret"><img src="http://"><img src="javascriptx:"><video src=${IMAGE}?v><source src=${IMAGE}?s></video><audio><track src=${IMAGE}?t></audio>`,
  'a stack trace over several elements': `<h1>Error</h1><pre><code>${PYTHON}</code></pre><p>PHP Fatal error:  x in /srv/www/index.php:3<br>app/models/user.rb:12:in \`name'`,
  'Django without the page': '<div id="summary"><h1>Page not found</h1></div><div id="explanation"><p>You see this because <code>DEBUG = True</code> is in <code>settings</code></div>',
  'Django with an exception': '<div id="traceback"><h2>Traceback</h2></div><div id=explanation><p><code>DEBUG = True</code></p></div>',
  'other debug pages': `<html><head><title>Action Controller: Exception caught</title></head><body bgcolor="white"><span><H1>Server Error in '/' Application.<hr></H1></span>
    <div class="Whoops x container"></div><div class="exception-summary"><div class="exception-message-wrapper"></div></div></body></html>`,
  'more than is kept': `${Array.from({ length: 80 }, (_, at) => `<form action="${at === 70 ? 'http' : 'https'}://plain-demo.org/${at}"></form><img src="${IMAGE}?${at}">`).join('')}${Array.from({ length: 60 }, (_, at) => `<img src="${IMAGE}?more=${at}"><link rel=stylesheet href="https://cdn-demo.org/${at}.css">`).join('')}`,
  'nothing at all': '<p>Hello',
};
const CHANGED = { 'a script': '<script>/* */</script>', 'a handler': '<p onclick="void 0">x', 'an address that runs': '<a href=" java\nscript:void 0">x</a>', 'a frame': '<iframe srcdoc="<form></form>"></iframe>', 'a drawing': '<svg></svg>' };

/** A HAR file with the page's text. */
function harOf(url, text) {
  const content = { size: Buffer.byteLength(text), mimeType: 'text/html; charset=utf-8', text };
  const entry = { startedDateTime: new Date().toISOString(), _resourceType: 'document', request: { method: 'GET', url, headers: [] }, response: { status: 200, headers: [], content } };
  return JSON.stringify({ log: { version: '1.2', creator: { name: 'WebInspector', version: '1' }, entries: [entry] } });
}

/** What the command says that a page holds. */
function heldBy(input) {
  const { status, stdout, stderr } = command(['audit', '-', '--format', 'json', '--fail-on', 'never'], input);
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout).facts.page;
}

for (const name of BROWSERS) {
  describe(`documents in ${name} and in HAR files`, () => {
    let demo;
    let browser;
    withBrowser(name, (opened) => ({ demo, browser } = opened));

    /** What the popup reads of a page, and what the command reads of its text. The demo site sends a character as an octet. */
    async function both(at, text) {
      const host = `har-document-${at}-demo.org`;
      await orderSite(demo, host, { pages: { '/shop/': { body: Buffer.from(text).toString('latin1') } } });
      const url = `https://${host}/shop/`;
      const tab = await browser.newTab();
      await browser.visit(tab, url);
      const view = await browser.popup(tab, { evidence: true });
      await browser.closeTab(tab);
      return { shown: heldBy(view.evidence), read: heldBy(harOf(url, text)) };
    }

    for (const [at, [situation, text]] of Object.entries(PAGES).entries()) {
      test(situation, async () => {
        const { shown, read } = await both(at, text);
        assert.ok(shown, 'the popup read it');
        assert.deepEqual(read, shown);
      });
    }

    for (const [at, [situation, text]] of Object.entries(CHANGED).entries()) {
      test(`with ${situation} it is unknown`, async () => {
        const { shown, read } = await both(`changed-${at}`, text);
        assert.ok(shown, 'the popup read it');
        assert.equal(read, undefined);
      });
    }
  });
}
