import { strict as assert } from 'node:assert';
import type { Image } from '../../../../simulator/machine/image.ts';
import { createMachineMemory } from '../../../../simulator/machine/memory/index.ts';
import type { Computer } from '../../../../simulator/machine/system/computer.ts';
import { outputOf } from '../../../../simulator/machine/system/console.ts';
import type { ComputerOptions } from '../../../../simulator/machine/system/options.ts';
import { startMachine } from '../../../../simulator/machine/system/start.ts';
import { DATA, program, scriptedCpu } from './scripted.ts';
import type { Script } from './scripted.ts';

const LIMITS = { statements: 1_000_000, instructions: 100_000_000, tasks: 100, memory: 1 << 28, output: 1 << 20 };

function start(image: Image, more: Partial<ComputerOptions> = {}): { computer: Computer; unknown: string[] } {
  const unknown: string[] = [];
  const options: ComputerOptions = {
    version: '6.18', uid: 0, privateRoot: false, tty: true, ttyStdin: false, program: image, with: [], args: [], before: [], command: () => null, limits: LIMITS, trace: 'off', ...more,
  };
  return { computer: startMachine(options, { cpu: scriptedCpu, ...createMachineMemory() }, (what) => unknown.push(what)), unknown };
}

/** Runs it to its end: status word and output. */
function run(script: Script, more: Partial<ComputerOptions> = {}): { end: unknown; status: number | null; out: string; unknown: string[] } {
  const { computer, unknown } = start(program('a.out', script), more);
  computer.console.close(computer.k);
  const end = computer.advance({ statements: Infinity, instructions: Infinity, stopAtStatement: false });
  return { end, status: computer.status, out: Buffer.from(outputOf(computer.machine.books, more.tty ?? true).stdout).toString(), unknown };
}

const say = (to: string, text: string): Script[string] => (t) => t.call(to, 'write', 1, t.text(text), text.length);
const quit = (code: number): Script[string] => (t) => t.call('never', 'exit_group', code);
const SIGCHLD = 17;

describe('the machine system, with scripted programs', () => {
  it('runs a program that writes and exits', () => {
    assert.deepEqual(run({ main: say('end', 'hello\n'), end: quit(3) }), { end: 'ended', status: 3 << 8, out: 'hello\n', unknown: [] });
    assert.deepEqual(run({ main: say('end', 'hello\n'), end: quit(3) }, { tty: false }), { end: 'ended', status: 3 << 8, out: 'hello\n', unknown: [] });
  });

  it('fork: the parent goes on until it waits, the child has its own memory', () => {
    const { status, out } = run({
      main: (t) => { t.space.write(DATA + 100, Uint8Array.of(65)); return t.call('forked', 'fork'); },
      forked: (t) => (t.result === 0 ? say('bye', 'child\n')(t) : t.call('waited', 'wait4', -1, 0, 0, 0)),
      bye: (t) => { t.space.write(DATA + 100, Uint8Array.of(66)); return quit(7)(t); },
      waited: (t) => { t.vars['pid'] = t.result; return say('end', `parent ${t.result} ${String.fromCharCode(t.space.read(DATA + 100, 1)![0]!)}\n`)(t); },
      end: quit(0),
    });
    assert.equal(out, 'child\nparent 7002 A\n');
    assert.equal(status, 0);
  });

  it('clone with a function, on a stack, sharing memory; CLONE_CHILD_CLEARTID wakes who waits for the thread', () => {
    const flags = 0x100 | 0x200 | 0x400 | 0x800 | 0x10000 | 0x40000 | 0x200000 | 0x100000;
    const { out } = run({
      main: (t) => { t.label = 'made'; return { why: 'clone', nr: 56, args: [flags, 0, DATA + 200, DATA + 200, 0], fn: 1, arg: 42, stack: DATA + 60000 }; },
      fn1: (t) => { t.space.write(DATA + 100, Uint8Array.of(t.vars['arg']!)); return t.call('never', 'exit', 0); },
      made: (t) => { const b = t.space.read(DATA + 200, 4)!; return t.call('joined', 'futex', DATA + 200, 0, b[0]! | b[1]! << 8 | b[2]! << 16, 0, 0, 0); },
      joined: (t) => say('end', `${t.result} ${t.space.read(DATA + 100, 1)![0]} ${t.space.read(DATA + 200, 4)!.join('')}\n`)(t),
      end: quit(0),
    });
    assert.equal(out, '0 42 0000\n');
  });

  it('vfork: the parent waits until the child has gone, and sees what it wrote', () => {
    const { out } = run({
      main: (t) => t.call('forked', 'vfork'),
      forked: (t) => { if (t.result !== 0) return say('end', `${t.space.read(DATA + 100, 1)![0]}\n`)(t); t.space.write(DATA + 100, Uint8Array.of(9)); return quit(0)(t); },
      end: quit(0),
    });
    assert.equal(out, '9\n');
  });

  it('exec: another program in the same process; a file that is none: ENOEXEC; a script names its interpreter', () => {
    const echo = program('echo', { main: (t) => { const sp = t.space.read(t.stackPointer, 8)![0]!; return say('end', `argc ${sp}\n`)(t); }, end: quit(5) });
    const put = (t: Parameters<Script[string]>[0], words: readonly string[]): number => {
      const table = new DataView(new ArrayBuffer(8 * (words.length + 1)));
      words.forEach((word, n) => table.setBigUint64(n * 8, BigInt(t.text(word, DATA + 4096 + n * 64)), true));
      t.space.write(DATA + 8192, new Uint8Array(table.buffer));
      return DATA + 8192;
    };
    const exec = (file: string, ...words: string[]): ReturnType<typeof run> => run({
      main: (t) => t.call('failed', 'execve', t.text(file), put(t, words), 0), failed: (t) => say('end', `${t.result}\n`)(t), end: quit(1),
    }, { command: (name) => (name === 'echo' ? echo : null) });
    assert.deepEqual(exec('/bin/echo', 'echo', 'x'), { end: 'ended', status: 5 << 8, out: 'argc 2\n', unknown: [] });
    assert.equal(exec('/etc/passwd', 'x').out, '-13\n');
    assert.equal(exec('/nowhere', 'x').out, '-2\n');
    assert.deepEqual(exec('/bin/ls', 'ls').unknown, ['the command ls']);
  });

  it('a handler interrupts a sleep, sees siginfo, and the mask comes back', () => {
    const { out } = run({
      main: (t) => {
        const action = new DataView(new ArrayBuffer(32));
        action.setBigUint64(0, 77n, true);
        action.setBigUint64(8, 4n, true);
        t.space.write(DATA + 300, new Uint8Array(action.buffer));
        return t.call('installed', 'rt_sigaction', SIGCHLD, DATA + 300, 0, 8);
      },
      installed: (t) => t.call('forked', 'fork'),
      forked: (t) => (t.result === 0 ? quit(4)(t) : t.call('woken', 'pause')),
      handler77: (t) => { const b = t.space.read(t.vars['info']!, 32)!; const v = new DataView(b.buffer); return say('handled', `signal ${t.vars['signo']} code ${v.getInt32(8, true)} status ${v.getInt32(24, true)}\n`)(t); },
      handled: () => ({ why: 'handled' }),
      woken: (t) => say('end', `pause ${t.result}\n`)(t),
      end: quit(0),
    });
    assert.equal(out, 'signal 17 code 1 status 4\npause -4\n');
  });

  it('a fault kills; everybody waiting for what cannot come is a deadlock; an endless loop reaches its limit', () => {
    assert.equal(run({ main: () => ({ why: 'fault', signo: 11, code: 1, address: 0 }) }).status, 11);
    assert.deepEqual(run({ main: (t) => t.call('never', 'pause') }).end, { limit: 'deadlock' });
    assert.deepEqual(run({ main: () => ({ why: 'goto', to: 'main' }) }).end, { limit: 'statements' });
    assert.deepEqual(run({ main: () => ({ why: 'missing', name: 'dlopen' }) }).end, { missing: 'dlopen' });
  });

  it('mmap, mprotect, munmap, brk; shared memory is one for parent and child', () => {
    const { out } = run({
      main: (t) => t.call('mapped', 'mmap', 0, 8192, 3, 0x21, -1, 0),
      mapped: (t) => { t.vars['at'] = t.result; return t.call('forked', 'fork'); },
      forked: (t) => { if (t.result !== 0) return t.call('waited', 'wait4', -1, 0, 0, 0); t.space.write(t.vars['at']!, Uint8Array.of(5)); return quit(0)(t); },
      waited: (t) => { t.vars['seen'] = t.space.read(t.vars['at']!, 1)![0]!; return t.call('protected', 'mprotect', t.vars['at']!, 4096, 1); },
      protected: (t) => { t.vars['written'] = Number(t.space.write(t.vars['at']!, Uint8Array.of(6))); return t.call('unmapped', 'munmap', t.vars['at']!, 8192); },
      unmapped: (t) => { t.vars['gone'] = Number(t.space.read(t.vars['at']!, 1) === null); return t.call('brk', 'brk', 0); },
      brk: (t) => { t.vars['brk'] = t.result; return t.call('grown', 'brk', t.result + 5000); },
      grown: (t) => say('end', `${t.vars['seen']} ${t.vars['written']} ${t.vars['gone']} ${t.result - t.vars['brk']!} ${Number(t.space.write(t.vars['brk']!, Uint8Array.of(1)))}\n`)(t),
      end: quit(0),
    });
    assert.equal(out, '5 0 1 5000 1\n');
  });

  it('names system calls that are not simulated', () => {
    assert.deepEqual(run({ main: (t) => t.call('end', 'bpf', 0, 0, 0), end: quit(0) }).unknown, ['bpf()']);
  });

  it('runs the companions first, until they wait; their pids begin with 6000', () => {
    const bash = program('bash', { main: (t) => t.call('end', 'pause'), end: quit(0) });
    const { computer } = start(program('a.out', { main: quit(0) }), { before: ['sleep 1', 'sleep 2'], command: (name) => (name === 'bash' ? bash : null) });
    const numbers = [...computer.k.tasks.values()].map((task) => task.thread_pid?.numbers[0]?.nr);
    assert.deepEqual(numbers.sort((a, b) => a! - b!), [0, 1, 6000, 6001, 7000, 7001]);
    computer.console.close(computer.k);
    assert.equal(computer.advance({ statements: Infinity, instructions: Infinity, stopAtStatement: false }), 'ended');
  });
});
