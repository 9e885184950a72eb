import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseDocument } from '../../../helper/model/document.ts';

const MAIN = fileURLToPath(new URL('../../../cli/main.ts', import.meta.url));
const nslab = (...args: string[]) => spawnSync(process.execPath, [MAIN, ...args], { encoding: 'utf8', timeout: 20_000, maxBuffer: 64 * 1024 * 1024 });

describe('nslab', function () {
  this.timeout(30_000);

  it('--help and --version', () => {
    assert.match(nslab('--help').stdout, /^Usage: nslab scan/);
    assert.match(nslab('scan', '-h').stdout, /^Usage: nslab scan/);
    assert.match(nslab('--version').stdout, /^nslab \d+\.\d+\.\d+\n$/);
  });

  it('arguments that make no sense: what is wrong, the usage, exit status 2, nothing on stdout', () => {
    for (const [args, why] of [
      [[], /a command is missing/], [['frob'], /unknown command 'frob'/], [['scan', '--frob'], /'--frob'/], [['scan', 'x'], /unexpected argument 'x'/],
      [['scan', '--type', 'nett'], /unknown type 'nett' \(known: cgroup, /], [['scan', '--type'], /--type/], [['scan', '\x1b[31m'], /unexpected argument '\\e\[31m'/],
    ] as const) {
      const { status, stdout, stderr } = nslab(...args);
      assert.deepEqual([status, stdout], [2, ''], args.join(' '));
      assert.match(stderr, why);
      assert.match(stderr, /Usage: nslab scan/);
    }
  });

  it('scan prints a heading, this process’s namespaces, and says that it counted itself', () => {
    const { status, stdout, stderr } = nslab('scan');
    assert.deepEqual([status, stderr], [0, '']);
    assert.match(stdout, /^ +NS TYPE +NPROCS +PID USER/);
    const own = /\[(\d+)\]/.exec(fs.readlinkSync('/proc/self/ns/uts'))?.[1];
    assert.match(stdout, new RegExp(`^ *${own} uts +[1-9]`, 'm'));
    assert.match(stdout, /^This scan's own process, \d+, is counted\.$/m);
  });

  it('--no-headings and --type: rows only, of these types only', () => {
    const { stdout } = nslab('scan', '-n', '-t', 'net,uts', '--type', 'ipc');
    const types = new Set(stdout.trimEnd().split('\n').map((line) => line.trim().split(/\s+/)[1]));
    assert.deepEqual([...types], ['ipc', 'net', 'uts']);
  });

  it('--json prints the document, with itself in it', () => {
    const { stdout, pid } = nslab('scan', '--json');
    const document = parseDocument(stdout);
    const self = document.processes.find((process) => process.pid === pid);
    assert.ok(self);
    const net = document.namespaces.find(({ type, inode }) => type === 'net' && inode === self.ns.net);
    assert.ok(net);
    assert.ok(net.processes.includes(pid));
    assert.ok(net.owner !== null || net.ownerReason !== undefined);
    assert.deepEqual(document.namespaces.flatMap(({ heldBy }) => heldBy).filter((held) => 'pid' in held && held.pid === pid), [], 'it holds nothing open itself');
    assert.ok(parseDocument(nslab('scan', '--json', '-t', 'user').stdout).namespaces.every(({ type }) => type === 'user'));
  });

  it('a reader that stops early is no failure', async () => {
    const child = spawn(process.execPath, [MAIN, 'scan', '--json'], { stdio: ['ignore', 'pipe', 'pipe'] });
    let errors = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => { errors += text; });
    const exit = once(child, 'exit');
    child.stdout.destroy();
    assert.deepEqual(await exit, [0, null]);
    assert.equal(errors, '');
  });
});
