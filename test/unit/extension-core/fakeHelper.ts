/**
 * A helper that misbehaves as its arguments tell, one after the other, for the tests of its client. Run as a program.
 * Each argument is done when the request before it in this list was answered: `hello` waits for `initialize`, `snapshot` for `watch` …
 */
import process from 'node:process';
import type { Hello, Part, ScanStatus } from '../../../helper/protocol.ts';
import { NS_LINKS, PROTOCOL_VERSION } from '../../../helper/protocol.ts';

const VERSION = '0.0.0-test';
const tuple = NS_LINKS.map((_, i) => 4026531835 + i);
const hello: Hello = {
  protocol: PROTOCOL_VERSION, version: VERSION, pid: process.pid, platform: 'linux', kernel: '6.18.0', hostname: 'fake', bootId: 'b', clockTicks: 100,
  uid: 0, gid: 0, capabilities: [], noNewPrivs: false, hidepid: null, ns: tuple,
  features: { koffi: true, nsGetUserns: true, nsGetId: 'ENOTTY', nsMntGetNext: true, listmount: true, pidfdGetfd: true, procConnector: 'EPERM' }, inside: null,
};
const status = (processes: number): ScanStatus => ({
  phases: { identity: 'complete', details: 'complete', relations: 'complete', descriptors: 'complete', mounts: 'EPERM', sockets: 'pending', containers: 'complete' },
  processes, unreadable: 0, cpuMs: 1, at: 1,
});
const empty: Part = { tuples: [tuple], endedProcesses: [], endedNamespaces: [], endedContainers: [], containers: [], namespaces: [], processes: [] };
const processes = (from: number, n: number): Part => ({
  ...empty,
  processes: Array.from({ length: n }, (_, i) => ({
    pid: from + i, start: '7', ppid: 1, comm: 'fake', state: 'S', kernelThread: false, ns: 0, uid: 0, euid: 0, cmdline: ['fake', '--argument'], nsPids: [from + i],
    cgroup: '/fake', container: null, threads: [], unread: {},
  })),
});

let seq = 0;
/** Requests that came; a step may wait for one. */
const came: { id: number; method: string; params: unknown }[] = [];
let wake = (): void => undefined;

function write(body: string): void { process.stdout.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`); }
function notify(method: string, params: unknown): void { write(JSON.stringify({ jsonrpc: '2.0', method, params })); }
function answer(id: number, result: unknown): void { write(JSON.stringify({ jsonrpc: '2.0', id, result })); }
async function next(method: string): Promise<number> {
  for (;;) {
    const index = came.findIndex((request) => request.method === method);
    if (index >= 0) return came.splice(index, 1)[0]!.id;
    await new Promise<void>((resolve) => { wake = resolve; });
  }
}
function snapshot(n: number, chunk = 500): void {
  notify('snapshot/begin', { seq: ++seq, parts: 1 });
  for (let from = 1; from <= n; from += chunk) notify('snapshot/chunk', { seq: ++seq, part: processes(from, Math.min(chunk, n - from + 1)) });
  notify('snapshot/end', { seq: ++seq, status: status(n) });
}

const steps: Record<string, (argument: string) => Promise<void> | void> = {
  hello: async () => answer(await next('initialize'), hello),
  'hello-with': async (json) => answer(await next('initialize'), { ...hello, ...(JSON.parse(json) as object) }),
  'hello-error': async () => write(JSON.stringify({ jsonrpc: '2.0', id: await next('initialize'), error: { code: -32603, message: 'no\u001b[31m' } })),
  snapshot: async (n) => { answer(await next('watch'), null); snapshot(Number(n)); },
  /** Answers `watch` and tells nothing. */
  watch: async () => answer(await next('watch'), null),
  resync: async (n) => { answer(await next('resync'), null); snapshot(Number(n)); },
  refresh: async (n) => {
    const id = await next('refresh');
    notify('delta', { seq: ++seq, part: processes(1000, Number(n)), status: status(Number(n)) });
    answer(id, status(Number(n)));
  },
  'refresh-error': async () => write(JSON.stringify({ jsonrpc: '2.0', id: await next('refresh'), error: { code: -32001, message: 'gone\u001b[31m' } })),
  'details-wrong': async () => answer(await next('details'), { key: 7 }),
  delta: (n) => notify('delta', { seq: ++seq, part: processes(5000, Number(n)), status: status(Number(n)) }),
  gap: () => { seq++; },
  'bad-process': () => notify('delta', { seq: ++seq, part: { ...empty, processes: [{ ...processes(1, 1).processes[0], pid: '1\u001b[31m' }] }, status: status(1) }),
  'bad-tuple': () => notify('delta', { seq: ++seq, part: { ...processes(77, 1), tuples: [] }, status: status(1) }),
  'bad-status': () => notify('delta', { seq: ++seq, part: empty, status: null }),
  'bad-json': () => write('{"jsonrpc": "2.0", '),
  'no-rpc': () => write('[1, 2]'),
  'unknown-notification': () => notify('party', {}),
  'wrong-framing': () => { process.stdout.write('hello, world\r\n\r\n'); },
  garbage: (bytes) => { process.stdout.write('x'.repeat(Number(bytes))); },
  huge: (bytes) => { process.stdout.write(`Content-Length: ${bytes}\r\n\r\n`); for (let i = 0; i < 64; i++) process.stdout.write(Buffer.alloc(1 << 16, 32)); },
  stderr: (text) => { process.stderr.write(`${text}\u001b[31m\u202e\nsecond line\n`); },
  log: (text) => notify('log', { level: 'info', text }),
  exit: (code) => process.exit(Number(code)),
  kill: (signal) => { process.kill(process.pid, signal); },
  /** Neither the end of its input nor SIGTERM ends it. */
  stubborn: () => { process.on('SIGTERM', () => undefined); stubborn = true; },
  /** Says what it got: environment names, working directory. */
  tell: () => notify('log', { level: 'info', text: JSON.stringify({ env: Object.keys(process.env).sort(), cwd: process.cwd() }) }),
};
let stubborn = false;

let input = '';
process.stdin.setEncoding('utf8').on('data', (chunk: string) => {
  input += chunk;
  for (;;) {
    const head = /^Content-Length: (\d+)\r\n(?:.+\r\n)*\r\n/.exec(input);
    if (!head || input.length < head[0].length + Number(head[1])) return;
    came.push(JSON.parse(input.slice(head[0].length, head[0].length + Number(head[1]))) as (typeof came)[number]);
    input = input.slice(head[0].length + Number(head[1]));
    wake();
  }
}).on('end', () => { if (!stubborn) process.exit(0); });
// what a stubborn one lives on
setInterval(() => undefined, 60_000);

for (const step of process.argv.slice(2)) {
  const [name = '', ...rest] = step.split('=');
  await steps[name]!(rest.join('='));
}
