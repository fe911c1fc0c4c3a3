// The lines of a report's fix, put where a person would put them.
import { NGINX_LINES } from './server.mjs';

/** Lines without what is only a remark; empty where nothing remains to paste. */
export function pasted(lines) {
  return lines.split('\n').filter((line) => line.trim() && !line.trimStart().startsWith('#')).join('\n');
}

/** What a scenario serves, before any fix. */
export function bad({ settings = {}, lines = '', without = [], view = '', html = '', http = [], https = [] }) {
  return {
    settings: { ...settings, ...(view ? { VIEW_LINES: view } : {}), ...(html ? { EXTRA_HTML: html } : {}) },
    without, lines, nginx: { http: merged(NGINX_LINES.http, http), https: merged(NGINX_LINES.https, https) },
  };
}

/** The same with lines of Django's: code of a view goes into the view, a middleware into MIDDLEWARE, settings to the settings. */
export function withDjango(site, lines) {
  const text = pasted(lines);
  const middleware = /^def (\w+)\(get_response\)/m.exec(text);
  if (middleware) return { ...site, lines: `${site.lines}\n${inModule(text)}\nMIDDLEWARE.append("pasted.${middleware[1]}")\n` };
  if (/^response\b/.test(text)) {
    return { ...site, settings: { ...site.settings, VIEW_LINES: `${site.settings.VIEW_LINES ?? ''}\n${text}` } };
  }
  return { ...site, lines: `${site.lines}\n${text}\n` };
}

/** Python that makes a module `pasted` of these lines. */
const inModule = (text) => 'import sys, types\nsys.modules.setdefault("pasted", types.ModuleType("pasted"))\n'
  + `exec(${JSON.stringify(text)}, sys.modules["pasted"].__dict__)`;

/** The same with lines of nginx's: a redirect goes into the server of http, the rest into that of https. */
export function withNginx(site, lines) {
  const [inside, outside] = split(lines);
  const target = /^return 30\d /m.test(inside) ? 'http' : 'https';
  const statements = inside ? [...inside.matchAll(/(?:"[^"]*"|'[^']*'|[^;{}"'])+(?:;|\{[^}]*\})/g)].map(([one]) => one.trim()) : [];
  const nginx = { ...site.nginx, outside: [...(site.nginx.outside ?? []), ...(outside ? [outside] : [])], [target]: merged(site.nginx[target], statements) };
  // What tells Django the scheme is wanted of both servers.
  if (statements.some((one) => one.startsWith('proxy_set_header'))) nginx.http = merged(site.nginx.http, statements.filter((one) => one.startsWith('proxy_set_header')));
  return { ...site, nginx };
}

/** What stands inside of a server, and what a remark puts outside. */
function split(lines) {
  const parts = { inside: [], outside: [] };
  let where = 'inside';
  for (const line of lines.split('\n')) {
    if (/^# outside/.test(line)) where = 'outside';
    else if (/^# inside/.test(line)) where = 'inside';
    else parts[where].push(line.replace(/\s+# .*$/, ''));
  }
  return [pasted(parts.inside.join('\n')), pasted(parts.outside.join('\n'))];
}

/** A line takes the place of one that says the same thing otherwise. */
function merged(before, added) {
  const subject = (line) => {
    const [directive, first = ''] = line.replace(/;$/, '').split(/\s+/);
    if (/\breturn\b/.test(line) && directive !== 'location') return 'return';
    return ['add_header', 'proxy_set_header', 'proxy_hide_header'].includes(directive) ? `${directive} ${first.toLowerCase()}` : directive;
  };
  const many = (line) => /^(proxy_cookie_flags|location|error_page)\b/.test(line);
  const replaced = new Set(added.filter((line) => !many(line)).map(subject));
  return [...before.filter((line) => !replaced.has(subject(line))), ...added];
}
