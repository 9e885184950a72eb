import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { PROTOCOL_VERSION } from '../../helper/protocol.ts';
import { Client, HELPER } from './client.ts';
import { isAlive } from './world/proc.ts';
import { until } from './world/until.ts';
import { World } from './world/world.ts';

describe('faults of the helper\'s surroundings', function () {
  this.timeout(60_000);
  const clients: Client[] = [];
  const started = async (): Promise<Client> => {
    const client = await Client.start();
    clients.push(client);
    return client;
  };
  afterEach(async () => {
    for (const client of clients.splice(0)) {
      client.child.kill('SIGKILL');
      if (client.child.exitCode === null && client.child.signalCode === null) await once(client.child, 'exit');
    }
  });

  it('killed while it scans, it leaves nothing behind, and the next one works', async () => {
    const client = await started();
    const fallen = client.request('watch', { visible: true, focusPids: [], focusNamespaces: [], intervalMs: 1 });
    const outcome = fallen.then(() => 'answered', () => 'refused');
    client.child.kill('SIGKILL');
    const [, signal] = await once(client.child, 'exit') as [number | null, string | null];
    assert.equal(signal, 'SIGKILL');
    client.connection.dispose();
    await outcome;
    const next = await started();
    await next.watchFromStart();
    assert.ok(next.model.processes.has(process.pid));
  });

  it('its input is closed: it ends by itself, with status 0', async () => {
    const client = await started();
    await client.watchFromStart(100);
    const exit = once(client.child, 'exit');
    client.child.stdin!.end();
    assert.deepEqual(await exit, [0, null]);
    assert.equal(client.stderr.join(''), '');
  });

  it('nobody reads its output any more: it ends', async () => {
    const client = await started();
    await client.watchFromStart(100);
    const exit = once(client.child, 'exit');
    client.child.stdout!.destroy();
    const world = await World.start();
    try {
      await world.root.spawn('uts'); // news that it will want to send
      await exit;
    } finally {
      await world.end();
    }
  });

  it('whoever started it is killed: it ends', async () => {
    // the parent has the helper's input open, says hello to it, and is killed
    const parent = spawn(process.execPath, ['-e', `
      const helper = require('node:child_process').spawn(process.execPath, [${JSON.stringify(HELPER)}], { stdio: ['pipe', 'pipe', 'inherit'] });
      const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params: { protocol: ${PROTOCOL_VERSION}, version: 'test' } });
      helper.stdin.write('Content-Length: ' + body.length + '\\r\\n\\r\\n' + body);
      helper.stdout.once('data', () => console.log(helper.pid));
    `], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [text] = await once(parent.stdout, 'data') as [Buffer];
    const helper = Number(text.toString());
    assert.ok(isAlive(helper));
    parent.kill('SIGKILL');
    await until(`the helper ${helper} has ended`, () => !isAlive(helper));
  });

  const refused: readonly [string, string, unknown][] = [
    ['an unknown method', 'no/such/method', {}],
    ['watch without anything', 'watch', {}],
    ['watch with words for numbers', 'watch', { visible: 'yes', focusPids: ['1'], focusNamespaces: [7], intervalMs: 'fast' }],
    ['watch with an interval below zero', 'watch', { visible: true, focusPids: [], focusNamespaces: [], intervalMs: -1 }],
    ['watch with pids that are none', 'watch', { visible: true, focusPids: [1.5, -1, 2 ** 60], focusNamespaces: [], intervalMs: 1000 }],
    ['watch with null', 'watch', null],
    ['details of nothing', 'details', {}],
    ['details of a key that is a path', 'details', { key: '../../etc/passwd' }],
    ['details of a namespace that is not there', 'details', { key: 'net:1:1' }],
    ['initialize with a text for a number', 'initialize', { protocol: 'one', version: 1 }],
    ['refresh with an array', 'refresh', []],
  ];
  for (const [what, method, params] of refused) {
    it(`${what}: refused with a message, and it goes on working`, async () => {
      const client = await started();
      await assert.rejects(client.connection.sendRequest(method, params), (error: Error) => error.message.length > 20 && !/\[object|at .*:\d+:\d+/.test(error.message));
      await client.watchFromStart();
      assert.ok(client.model.processes.has(process.pid));
    });
  }

  it('messages that are no JSON-RPC: it ends or goes on, but never hangs and says why', async () => {
    for (const garbage of ['Content-Length: 5\r\n\r\n{"a":', 'Content-Length: x\r\n\r\n', 'hello\r\n\r\n', 'Content-Length: 4\r\n\r\nnull']) {
      const client = await started();
      client.child.stdin!.write(garbage);
      client.child.stdin!.end();
      if (client.child.exitCode === null) await once(client.child, 'exit');
      assert.equal(client.child.signalCode, null, `${JSON.stringify(garbage)}: ${client.stderr.join('')}`);
    }
  });

  it('another protocol version is answered, so that the client can say so', async () => {
    const client = Client.spawn();
    clients.push(client);
    const hello = await client.request('initialize', { protocol: PROTOCOL_VERSION + 1, version: '99.0.0' });
    assert.equal(hello.protocol, PROTOCOL_VERSION);
  });

  it('five at once tell the same', async () => {
    const world = await World.start();
    try {
      const actor = await world.root.spawn('user', 'pid', 'net', 'uts');
      const { ns, pid } = await actor.links();
      const five = await Promise.all(Array.from({ length: 5 }, started));
      await Promise.all(five.map((client) => client.watchFromStart()));
      for (const client of five) {
        assert.deepEqual(client.faults, []);
        for (const type of ['user', 'pid', 'net', 'uts'] as const) {
          const namespace = client.model.find(type, ns[type])!;
          assert.deepEqual(client.model.members(namespace).map((process) => process.pid), [pid]);
          assert.equal(namespace.key, five[0]!.model.find(type, ns[type])!.key, 'the same identity in each');
        }
      }
    } finally {
      await world.end();
    }
  });

  it('without koffi it still tells everything but relations, and says why those are missing', async () => {
    // the file alone, where no node_modules is above it
    const alone = fs.mkdtempSync(path.join(os.tmpdir(), 'nslab-alone-'));
    try {
      fs.copyFileSync(HELPER, path.join(alone, 'helper.mjs'));
      const client = Client.spawn([], path.join(alone, 'helper.mjs'));
      clients.push(client);
      const hello = await client.request('initialize', { protocol: PROTOCOL_VERSION, version: 'test' });
      assert.equal(hello.features.koffi, 'ENOKOFFI');
      await client.watchFromStart();
      const own = client.model.processes.get(process.pid)!;
      const user = client.model.namespaceOf(own, 'user')!;
      assert.equal(user.owner, null);
      assert.equal(user.unread.owner, 'ENOKOFFI');
      assert.deepEqual(client.faults, []);
    } finally {
      fs.rmSync(alone, { recursive: true });
    }
  });
});
