// What runs inside a page: it sees the document and nothing else of this extension, so it uses nothing from
// outside of its function.

/** What the page's elements name by an http address: at most 100 of them. */
export function insecureReferences() {
  const elements = {
    script: ['script[src]', 'src'],
    stylesheet: ['link[rel~="stylesheet" i][href]', 'href'],
    sub_frame: ['iframe[src], frame[src]', 'src'],
    object: ['object[data]', 'data'],
    other: ['embed[src]', 'src'],
    image: ['img[src], input[type="image" i][src]', 'src'],
    media: ['audio[src], video[src], source[src], track[src]', 'src'],
  };
  const found = [];
  for (const [kind, [selector, property]] of Object.entries(elements)) {
    for (const element of document.querySelectorAll(selector)) {
      const url = String(/** @type {any} */ (element)[property]);
      if (url.startsWith('http:') && url.length <= 4096 && found.length < 100) found.push({ url, kind });
    }
  }
  return found;
}
