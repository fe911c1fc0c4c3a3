// The command `https-audit live` against servers of this process: it runs beside the test, which goes on answering.
import { execFile } from 'node:child_process';
import net from 'node:net';
import path from 'node:path';
import { ROOT } from './demo.mjs';

/** Runs it: `{status, stdout, stderr, seconds}`. $HTTPS_AUDIT names another program, as for `command`. */
export function live(args) {
  const program = process.env.HTTPS_AUDIT ?? path.join(ROOT, 'target/release/https-audit');
  const began = performance.now();
  return new Promise((done, failed) => {
    execFile(program, ['live', ...args], { encoding: 'utf8', maxBuffer: 1 << 28 }, (error, stdout, stderr) => {
      if (error && typeof error.code !== 'number') return failed(new Error(`${program}: ${error.message}`));
      done({ status: error?.code ?? 0, stdout, stderr, seconds: (performance.now() - began) / 1000 });
    });
  });
}

/** The reports of its JSON, one or several. */
export function reports({ stdout, stderr }) {
  if (!stdout) throw new Error(`no report: ${stderr}`);
  const json = JSON.parse(stdout);
  return json.reports ?? [json];
}

/** A TCP server on a port of its own: `behave(socket)` for each connection. It counts them, and when they came. */
export async function tcp(behave) {
  const open = new Set();
  const counts = { connections: 0, times: [] };
  const server = net.createServer((socket) => {
    open.add(socket);
    counts.connections += 1;
    counts.times.push(performance.now());
    socket.on('error', () => {}).on('close', () => open.delete(socket));
    // Somebody who hangs up is noticed only where what was sent is read.
    socket.resume();
    behave(socket);
  });
  server.listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  const end = () => new Promise((done) => {
    server.close(done);
    for (const socket of open) socket.destroy();
  });
  return { port: server.address().port, counts, end };
}
