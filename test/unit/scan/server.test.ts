import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { MessageConnection } from 'vscode-jsonrpc/node';
import { createMessageConnection, ErrorCodes, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node';
import type { Hello } from '../../../helper/protocol.ts';
import { PROTOCOL_VERSION } from '../../../helper/protocol.ts';

const MAIN = fileURLToPath(new URL('../../../helper/main.ts', import.meta.url));

describe('helper process', function () {
  this.timeout(20_000);
  let child: ChildProcess;
  let client: MessageConnection;
  let errors: string;

  beforeEach(() => {
    child = spawn(process.execPath, [MAIN], { stdio: ['pipe', 'pipe', 'pipe'] });
    errors = '';
    child.stderr!.setEncoding('utf8').on('data', (text: string) => { errors += text; });
    const reader = new StreamMessageReader(child.stdout!);
    // a helper that ends in the middle of a message would leave its timer behind, and the test run would never end
    reader.partialMessageTimeout = 0;
    client = createMessageConnection(reader, new StreamMessageWriter(child.stdin!));
    client.onNotification('log', () => undefined);
    client.listen();
  });
  afterEach(async () => {
    client.dispose();
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exit = once(child, 'exit');
    child.kill('SIGKILL');
    await exit;
  });

  async function rejection(method: string, params: unknown): Promise<{ code: number; message: string }> {
    try {
      await client.sendRequest(method, params);
    } catch (error) {
      return error as { code: number; message: string };
    }
    return assert.fail(`${method} was answered`);
  }

  it('says hello, to a client of another version too', async () => {
    const hello = await client.sendRequest<Hello>('initialize', { protocol: 99, version: '0.0.0' });
    assert.deepEqual([hello.protocol, hello.pid, hello.platform], [PROTOCOL_VERSION, child.pid, 'linux']);
    assert.equal(hello.ns.length, 10);
  });

  it('refuses what it was not made for, says where, and goes on', async () => {
    const watch = { visible: true, focusPids: [], focusNamespaces: [], intervalMs: 1000 };
    for (const [method, params, where] of [
      ['watch', { ...watch, visible: 'yes' }, /params\.visible/], ['watch', { ...watch, focusPids: [1, -1] }, /params\.focusPids\.1/], ['watch', { ...watch, intervalMs: 0 }, /params\.intervalMs/],
      ['watch', { ...watch, focusNamespaces: ['net'] }, /params\.focusNamespaces\.0.*key/], ['details', {}, /params\.key/], ['initialize', {}, /params\.protocol/], ['refresh', { reason: 7 }, /params\.reason/],
    ] as const) {
      const { code, message } = await rejection(method, params);
      assert.equal(code, ErrorCodes.InvalidParams, method);
      assert.match(message, where);
    }
    assert.equal((await rejection('details', { key: 'net:1:1' })).code, -32001);
    assert.equal((await rejection('unheard-of', {})).code, ErrorCodes.MethodNotFound);
    assert.equal((await client.sendRequest<Hello>('initialize', { protocol: 1, version: 'x' })).pid, child.pid);
  });

  it('survives frames that are no JSON', async () => {
    child.stdin!.write('Content-Length: 7\r\n\r\n{"a": 1');
    assert.equal((await client.sendRequest<Hello>('initialize', { protocol: 1, version: 'x' })).pid, child.pid);
    assert.match(errors, /^helper: .+/);
  });

  it('ends when its input ends', async () => {
    await client.sendRequest('initialize', { protocol: 1, version: 'x' });
    const exit = once(child, 'exit');
    child.stdin!.end();
    assert.deepEqual(await exit, [0, null]);
    assert.equal(errors, '');
  });

  it('ends when nobody reads any more', async () => {
    await client.sendRequest('initialize', { protocol: 1, version: 'x' });
    const exit = once(child, 'exit');
    child.stdout!.destroy();
    child.stdin!.write(`Content-Length: 47\r\n\r\n${JSON.stringify({ jsonrpc: '2.0', id: 9, method: 'initialize' }).padEnd(47)}`);
    child.stdin!.on('error', () => undefined);
    assert.deepEqual(await exit, [0, null]);
  });
});

describe('helper arguments', () => {
  const run = (...args: string[]) => spawnSync(process.execPath, [MAIN, ...args], { encoding: 'utf8', timeout: 20_000 });

  it('--version, --help, and anything else', function () {
    this.timeout(20_000);
    assert.match(run('--version').stdout, /^\d+\.\d+\.\d+\n$/);
    assert.match(run('--help').stdout, /^Usage: /);
    const { status, stdout, stderr } = run('--frob');
    assert.deepEqual([status, stdout], [2, '']);
    assert.match(stderr, /unknown argument "--frob"/);
  });
});
