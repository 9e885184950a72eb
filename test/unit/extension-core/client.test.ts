import assert from 'node:assert/strict';
import process from 'node:process';
import type { CancellationToken } from 'vscode-jsonrpc';
import { CancellationTokenSource } from 'vscode-jsonrpc';
import { HelperError } from '../../../extension/host/helperError.ts';
import { PROTOCOL_VERSION } from '../../../helper/protocol.ts';
import { Bench, VERSION } from './clientBench.ts';

/** Starts again at once, as often as told, and then no more. */
function again(times: number) {
  return { crashed: () => (times-- > 0 ? 1 : null), forget: () => { times = 0; } };
}
const failure = (kind: string) => (error: unknown): boolean => error instanceof HelperError && error.failure.kind === kind;

describe('the client of a helper that', function () {
  this.timeout(20_000);
  let bench: Bench;
  const using = (...args: ConstructorParameters<typeof Bench>): Bench => { bench = new Bench(...args); return bench; };
  afterEach(async () => { await bench.end(); });

  describe('behaves', () => {
    it('starts nothing before somebody looks', () => {
      using(['hello', 'snapshot=3']);
      bench.client.setVisible(false);
      assert.equal(bench.client.pid, undefined);
      assert.deepEqual(bench.kinds, []);
    });

    it('is live after its first snapshot, and says hello before', async () => {
      using(['hello', 'snapshot=1200']);
      bench.client.setVisible(true);
      await bench.untilState('live');
      assert.deepEqual(bench.kinds, ['starting', 'live']);
      assert.equal(bench.client.hello?.hostname, 'fake');
      assert.equal(bench.client.model.processes.size, 1200);
      await bench.until(() => bench.changes.length > 0);
      assert.equal(bench.changes.reduce((n, change) => n + change.processesAdded.size, 0), 1200);
      assert.equal(bench.scans[0]?.processes, 1200);
    });

    it('takes the first snapshot for a command while nobody looks, then is told to rest', async () => {
      using(['hello', 'snapshot=4', 'watch', 'log=rests']);
      await bench.client.load('a test');
      assert.equal(bench.client.model.processes.size, 4);
      await bench.until(() => bench.log.has('helper: rests'));
    });

    it('answers a refresh only after what it found has been taken in', async () => {
      using(['hello', 'snapshot=2', 'refresh=7']);
      bench.client.setVisible(true);
      await bench.untilState('live');
      const status = await bench.client.request('refresh', { reason: 'a test' });
      assert.equal(status.processes, 7);
      assert.equal(bench.client.model.processes.size, 9);
    });

    it('gets a clean environment and no folder of its own', async () => {
      process.env['NODE_OPTIONS_OF_NOBODY'] = 'secret';
      using(['hello', 'tell', 'snapshot=1']);
      bench.client.setVisible(true);
      await bench.untilState('live');
      const told = JSON.parse(bench.log.lines.find((line) => line.includes('"cwd"'))!.replace('info helper: ', '')) as { env: string[]; cwd: string };
      assert.equal(told.cwd, '/');
      assert.ok(told.env.includes('ELECTRON_RUN_AS_NODE') && told.env.includes('PATH'));
      assert.ok(!told.env.includes('NODE_OPTIONS_OF_NOBODY'));
      delete process.env['NODE_OPTIONS_OF_NOBODY'];
    });

    it('has its standard error in the log, line by line, made visible', async () => {
      using(['hello', 'stderr=oops', 'log=\u001b]0;title\u0007', 'snapshot=1']);
      bench.client.setVisible(true);
      await bench.untilState('live');
      await bench.until(() => bench.log.has('second line'));
      assert.ok(bench.log.has(String.raw`helper (stderr): oops\e[31m\u{202e}`));
      assert.ok(bench.log.has(String.raw`helper: \e]0;title\x07`));
      assert.ok(!bench.log.lines.some((line) => line.includes('\u001b')));
    });
  });

  describe('breaks the protocol', () => {
    for (const [step, where] of [
      ['bad-process', String.raw`params.part.processes[0].pid: expected a number without a sign, received "1\u001b[31m"`],
      ['bad-tuple', 'params.part.processes[0].ns: expected one of 0 tuples, received 0'],
      ['bad-status', 'params.status: expected'],
    ] as const) {
      it(`with ${step} is refused with the reason, and sends everything again`, async () => {
        using(['hello', 'snapshot=3', step, 'resync=5']);
        bench.client.setVisible(true);
        await bench.until(() => bench.changes.some((change) => change.reset));
        assert.ok(bench.log.has(`delta: ${where}`), bench.log.lines.join('\n'));
        assert.equal(bench.client.model.processes.size, 5);
        assert.equal(bench.client.state.kind, 'live');
      });
    }

    it('by leaving out a message sends everything again; what came between is not taken', async () => {
      using(['hello', 'snapshot=3', 'gap', 'delta=50', 'delta=60', 'resync=4']);
      bench.client.setVisible(true);
      await bench.until(() => bench.changes.some((change) => change.reset));
      assert.ok(bench.log.has('message 4 is missing, 5 came'));
      assert.equal(bench.client.model.processes.size, 4);
      assert.ok(!bench.changes.some((change) => change.processesAdded.size >= 50));
    });

    for (const [step, text] of [['bad-json', 'not JSON'], ['no-rpc', 'neither a response nor a notification'], ['unknown-notification', 'party']] as const) {
      it(`with ${step} is reported, and goes on`, async () => {
        using(['hello', step, 'snapshot=3']);
        bench.client.setVisible(true);
        await bench.untilState('live');
        assert.ok(bench.log.has(text), bench.log.lines.join('\n'));
      });
    }

    it('again and again is ended and started anew', async () => {
      using(['hello', 'snapshot=3', ...Array.from({ length: 5 }, () => 'bad-json')], { policy: again(1) });
      bench.client.setVisible(true);
      const state = await bench.untilState('crashed');
      assert.ok(state.kind === 'crashed' && state.how.kind === 'protocol' && state.how.reason.includes('not JSON'));
      await bench.untilState('live');
    });

    it('with a wrong frame is ended: nothing after it could be read', async () => {
      using(['hello', 'wrong-framing'], { policy: again(0) });
      bench.client.setVisible(true);
      const state = await bench.untilState('crashed');
      assert.ok(state.kind === 'crashed' && state.how.kind === 'protocol', JSON.stringify(state));
    });

    for (const step of ['garbage=3000000', 'huge=99999999999']) {
      it(`with ${step} bytes and no end is ended`, async () => {
        using(['hello', step], { policy: again(0), limits: { messageBytes: 1 << 20 } });
        bench.client.setVisible(true);
        const state = await bench.untilState('crashed');
        assert.ok(state.kind === 'crashed' && state.how.kind === 'protocol' && /bytes without a complete message/.test(state.how.reason), JSON.stringify(state));
      });
    }

    it('with an answer of the wrong shape gives an error that says where', async () => {
      using(['hello', 'snapshot=1', 'details-wrong']);
      bench.client.setVisible(true);
      await bench.untilState('live');
      await assert.rejects(bench.client.request('details', { key: 'net:1:g1' }), (error) => failure('refused')(error)
        && (error as HelperError).failure.kind === 'refused' && JSON.stringify((error as HelperError).failure).includes('details: result.key'));
    });

    it('with an error as its answer gives that error, made visible', async () => {
      using(['hello', 'refresh-error']);
      await assert.rejects(bench.client.request('refresh', { reason: 'a test' }), (error) => error instanceof HelperError
        && error.failure.kind === 'answer' && error.failure.text === String.raw`gone\e[31m`);
    });
  });

  describe('does not fit', () => {
    for (const [what, json, expected] of [
      ['version', '{"version":"9.9.9"}', { version: '9.9.9', protocol: PROTOCOL_VERSION }],
      ['protocol', `{"protocol":${PROTOCOL_VERSION + 1},"uid":"a hello of the future"}`, { version: VERSION, protocol: PROTOCOL_VERSION + 1 }],
    ] as const) {
      it(`by its ${what} is ended, and both versions are told`, async () => {
        using([`hello-with=${json}`]);
        bench.client.setVisible(true);
        const state = await bench.untilState('versionMismatch');
        assert.deepEqual(state, { kind: 'versionMismatch', helper: expected, extension: { version: VERSION, protocol: PROTOCOL_VERSION } });
        assert.equal(bench.client.pid, undefined);
        await assert.rejects(bench.client.request('listeners', {}), failure('notRunning'));
        await assert.rejects(bench.client.load('a test'), failure('notRunning'));
      });
    }

    for (const step of ['hello-with={"uid":-1}', 'hello-error']) {
      it(`by ${step} has crashed`, async () => {
        using([step], { policy: again(0) });
        bench.client.setVisible(true);
        const state = await bench.untilState('crashed');
        assert.ok(state.kind === 'crashed' && state.how.kind === 'protocol', JSON.stringify(state));
      });
    }
  });

  describe('ends or hangs', () => {
    it('is started again, and the old picture stays until the new one is complete', async () => {
      using(['hello', 'snapshot=3'], { policy: again(1) });
      bench.client.setVisible(true);
      await bench.untilState('live');
      const first = bench.client.pid!;
      process.kill(first, 'SIGKILL');
      const state = await bench.untilState('crashed');
      assert.ok(state.kind === 'crashed');
      assert.deepEqual(state.how, { kind: 'signal', signal: 'SIGKILL' });
      assert.equal(state.retryInMs, 1);
      assert.equal(bench.client.model.processes.size, 3);
      await bench.untilState('live');
      assert.notEqual(bench.client.pid, first);
      await bench.until(() => bench.changes.some((change) => change.reset));
      assert.equal(bench.client.model.processes.size, 3);
    });

    it('again and again is given up, and the picture is emptied; a person can start it anew', async () => {
      let given = 0;
      using(['hello', 'snapshot=3', 'exit=3'], { policy: { crashed: () => (++given < 4 ? 1 : null), forget: () => { given = 0; } } });
      bench.client.setVisible(true);
      const gaveUp = (): boolean => bench.client.state.kind === 'crashed' && bench.client.state.retryInMs === null;
      await bench.until(gaveUp);
      assert.equal(bench.kinds.filter((kind) => kind === 'crashed').length, 4);
      assert.ok(bench.client.state.kind === 'crashed');
      assert.deepEqual(bench.client.state.how, { kind: 'exit', code: 3 });
      assert.equal(bench.client.model.processes.size, 0);
      await assert.rejects(bench.client.load('a test'), failure('notRunning'));
      bench.client.restart();
      assert.equal(bench.client.state.kind, 'starting');
    });

    it('before it answered rejects who asked', async () => {
      using(['hello', 'snapshot=1', 'kill=SIGSEGV'], { policy: again(0) });
      bench.client.setVisible(true);
      const asked = bench.client.request('listeners', {});
      await assert.rejects(asked, (error) => failure('ended')(error) || failure('notRunning')(error));
    });

    it('keeps silent instead of saying hello has crashed', async () => {
      using([], { policy: again(0), limits: { handshakeMs: 200 } });
      bench.client.setVisible(true);
      const state = await bench.untilState('crashed');
      assert.ok(state.kind === 'crashed');
      assert.deepEqual(state.how, { kind: 'silent', ms: 200 });
    });

    it('says hello and never tells the snapshot has crashed', async () => {
      using(['hello', 'watch'], { policy: again(0), limits: { requestMs: 300 } });
      bench.client.setVisible(true);
      const state = await bench.untilState('crashed');
      assert.ok(state.kind === 'crashed');
      assert.deepEqual(state.how, { kind: 'silent', ms: 300 });
    });

    it('does not answer a request in time has crashed, and who asked is told', async () => {
      using(['hello', 'snapshot=1'], { policy: again(0), limits: { requestMs: 300 } });
      bench.client.setVisible(true);
      await bench.untilState('live');
      await assert.rejects(bench.client.request('listeners', {}), failure('silent'));
      await bench.untilState('crashed');
    });

    it('cannot be started at all is not tried again', async () => {
      using([], { command: { execPath: '/nonexistent/node', args: [], env: {} } });
      bench.client.setVisible(true);
      const state = await bench.untilState('crashed');
      assert.ok(state.kind === 'crashed');
      assert.deepEqual(state.how, { kind: 'spawn', code: 'ENOENT' });
      assert.equal(state.retryInMs, null);
    });

    it('does not listen to its end is killed', async () => {
      using(['stubborn', 'hello', 'snapshot=1']);
      bench.client.setVisible(true);
      await bench.untilState('live');
      // `end` asserts that the process is gone
    });

    it('crashed while nobody looks is left alone until somebody does', async () => {
      using(['hello', 'snapshot=1'], { policy: again(9) });
      bench.client.setVisible(true);
      await bench.untilState('live');
      bench.client.setVisible(false);
      process.kill(bench.client.pid!, 'SIGKILL');
      await bench.untilState('idle');
      bench.client.setVisible(true);
      await bench.untilState('live');
    });
  });

  describe('is waited for', () => {
    it('no longer than the person does', async () => {
      using(['hello']);
      const source = new CancellationTokenSource();
      const loaded = bench.client.load('a test', source.token);
      bench.client.request('listeners', {}, source.token).catch(() => undefined);
      await bench.untilState('starting');
      source.cancel();
      await assert.rejects(loaded, failure('cancelled'));
    });

    it('not at all by who has already gone away', async () => {
      using(['hello']);
      const cancelled: CancellationToken = { isCancellationRequested: true, onCancellationRequested: () => ({ dispose: () => undefined }) };
      await assert.rejects(bench.client.request('listeners', {}, cancelled), failure('cancelled'));
      assert.equal(bench.client.pid, undefined);
    });
  });
});
