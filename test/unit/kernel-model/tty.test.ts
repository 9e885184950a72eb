import { strict as assert } from 'node:assert';
import { decode } from '../../../simulator/kernel/text.ts';
import { Reader, Writer } from '../../../simulator/kernel/uaccess.ts';
import { Program } from './program.ts';

// Everything here was seen on 6.18.
const O_RDWR = 2;
const O_NOCTTY = 0o400;
const O_NONBLOCK = 0o4000;
const TIOCSPTLCK = 0x40045431;
const TIOCGPTN = 0x80045430;
const TIOCSCTTY = 0x540e;
const TIOCGPGRP = 0x540f;
const TIOCSPGRP = 0x5410;
const TIOCGWINSZ = 0x5413;
const TIOCSWINSZ = 0x5414;
const TIOCNOTTY = 0x5422;
const TIOCGSID = 0x5429;
const TCGETS = 0x5401;
const TCSETS = 0x5402;
const FIONREAD = 0x541b;
const [SIGHUP, SIGINT, SIGQUIT, SIGCONT, SIGTSTP, SIGTTIN, SIGTTOU, SIGWINCH] = [1, 2, 3, 18, 20, 21, 22, 28];

/** A pair of pseudo terminals of a program in a session of its own: what is typed and shown, and what is read. */
class Pty extends Program {
  readonly master: number;
  readonly slave: number;
  constructor() {
    super({ level: 'off' });
    assert.equal(this.do('setsid'), this.nr(this.me));
    this.master = this.open(this.me, '/dev/ptmx', O_RDWR | O_NOCTTY | O_NONBLOCK);
    const name = this.peer();
    assert.equal(this.do('open', name, O_RDWR | O_NOCTTY, 0), 'EIO', 'locked');
    assert.equal(this.do('ioctl', this.master, TIOCSPTLCK, this.put(new Writer().u32(0).done())), 0);
    this.slave = this.open(this.me, name, O_RDWR | O_NOCTTY | O_NONBLOCK);
  }

  peer(): string {
    const at = this.room(4);
    assert.equal(this.do('ioctl', this.master, TIOCGPTN, at), 0);
    return `/dev/pts/${this.int(at)}`;
  }

  #read(fd: number, max = 200): string {
    const at = this.room(max);
    const n = this.do('read', fd, at, max);
    return typeof n === 'number' ? decode(this.bytes(at, n)) : n;
  }
  shown(): string { return this.#read(this.master); }
  reads(max?: number): string { return this.#read(this.slave, max); }
  type(text: string): void { assert.equal(this.do('write', this.master, this.text(text), text.length), text.length); }

  ioctl(cmd: number, value = 0): number | string {
    const at = this.put(new Writer().u32(value >>> 0).done());
    const result = this.do('ioctl', this.slave, cmd, at);
    return result === 0 ? this.int(at) : result;
  }

  /** Sets and clears local and output flags. */
  set(lflag: (now: number) => number, oflag: (now: number) => number = (now) => now): void {
    const at = this.room(36);
    assert.equal(this.do('ioctl', this.slave, TCGETS, at), 0);
    this.memory.write(at + 12, new Writer().u32(lflag(this.int(at + 12))).done());
    this.memory.write(at + 4, new Writer().u32(oflag(this.int(at + 4))).done());
    assert.equal(this.do('ioctl', this.slave, TCSETS, at), 0);
  }
}

describe('the line discipline of a terminal', () => {
  it('begins as Linux sets it', () => {
    const m = new Pty();
    const at = m.room(36);
    assert.equal(m.do('ioctl', m.slave, TCGETS, at), 0);
    const reader = new Reader(m.bytes(at, 36));
    assert.deepEqual([reader.u32(), reader.u32(), reader.u32(), reader.u32()], [0x500, 5, 0xbf, 0x8a3b]);
    assert.deepEqual([...m.bytes(at + 17, 16)], [3, 28, 127, 21, 4, 0, 1, 0, 17, 19, 26, 0, 18, 15, 23, 22]);
  });

  it('adds carriage returns, edits lines and echoes', () => {
    const m = new Pty();
    m.do('write', m.slave, m.text('a\nb\tc\r\n'), 7);
    assert.equal(m.shown(), 'a\r\nb\tc\r\r\n');
    const line = (typed: string): [string, string] => {
      m.type(typed);
      return [m.shown(), m.reads()];
    };
    assert.deepEqual(line('hello\n'), ['hello\r\n', 'hello\n']);
    assert.deepEqual(line('ab\x7fc\n'), ['ab\b \bc\r\n', 'ac\n']);
    assert.deepEqual(line('one two\x17x\n'), ['one two\b \b\b \b\b \bx\r\n', 'one x\n']);
    assert.deepEqual(line('abc\x15d\n'), ['abc\b \b\b \b\b \bd\r\n', 'd\n']);
    assert.deepEqual(line('\x01\t\n'), ['^A\t\r\n', '\x01\t\n']);
    assert.deepEqual(line('ab\x04'), ['ab', 'ab']);
    assert.deepEqual([line('\x04'), m.reads()], [['EAGAIN', ''], 'EAGAIN']);
    assert.deepEqual(line('q\r'), ['q\r\n', 'q\n']);
    assert.deepEqual(line('\x7f'), ['EAGAIN', 'EAGAIN']);
    assert.deepEqual(line('a\x16\x03b\n'), ['a^\b^Cb\r\n', 'a\x03b\n']);
    assert.deepEqual(line('x\x12y\n'), ['x^R\r\nxy\r\n', 'xy\n']);
    assert.deepEqual(line('\x01\x7fz\n'), ['^A\b \b\b \bz\r\n', 'z\n']);
    m.type('line1\nline2\n');
    assert.deepEqual([m.reads(3), m.reads(), m.reads(), m.reads()], ['lin', 'e1\n', 'line2\n', 'EAGAIN']);
  });

  it('says what waits', () => {
    const m = new Pty();
    const poll = (fd: number): string => {
      const at = m.put(new Writer().u32(fd).u16(0x145).u16(0).done());
      m.do('poll', at, 1, 0);
      return new Reader(m.bytes(at + 6, 2)).u16().toString(16);
    };
    m.type('abc\nde');
    assert.deepEqual([m.ioctl(FIONREAD), m.reads(), poll(m.slave)], [4, 'abc\n', '104']);
    m.type('\n');
    assert.deepEqual([poll(m.slave), m.reads(), m.shown(), poll(m.master)], ['145', 'de\n', 'abc\r\nde\r\n', '104']);
  });

  it('is raw when a program wants that', () => {
    const m = new Pty();
    m.set((now) => now & ~0o12, (now) => now & ~1);
    m.type('abc');
    assert.deepEqual([m.shown(), m.reads(2), m.reads(), m.reads()], ['EAGAIN', 'ab', 'c', 'EAGAIN']);
    m.do('write', m.slave, m.text('x\n'), 2);
    assert.equal(m.shown(), 'x\n');
  });

  it('takes a megabyte without copying it again and again', () => {
    const m = new Pty();
    const at = m.room(4096);
    for (let n = 0; n < 256; n++) assert.equal(m.do('write', m.slave, at, 4096), 4096);
    let n = 0;
    for (let got = m.do('read', m.master, at, 8192); typeof got === 'number'; got = m.do('read', m.master, at, 8192)) n += got;
    assert.equal(n, 256 * 4096);
  });
});

describe('a controlling terminal', () => {
  /** The program leads the session of the terminal. */
  function leads(): Pty {
    const m = new Pty();
    assert.equal(m.do('ioctl', m.slave, TIOCSCTTY, 0), 0);
    return m;
  }

  it('belongs to a session', () => {
    const m = new Pty();
    const own = Number(m.do('getpid'));
    assert.deepEqual([m.ioctl(TIOCGPGRP), m.ioctl(TIOCGSID), m.ioctl(TIOCSPGRP, own), m.do('open', '/dev/tty', O_RDWR, 0)], ['ENOTTY', 'ENOTTY', 'ENOTTY', 'ENXIO']);
    assert.equal(m.do('ioctl', m.slave, TIOCSCTTY, 0), 0);
    assert.deepEqual([m.ioctl(TIOCGPGRP), m.ioctl(TIOCGSID)], [own, own]);
    assert.deepEqual([m.ioctl(TIOCSPGRP, 1), m.ioctl(TIOCSPGRP, -5), m.ioctl(TIOCSPGRP, 99999)], ['EPERM', 'EINVAL', 'ESRCH']);
    assert.equal(m.ok(m.me, 'open', '/dev/tty', O_RDWR, 0), 'OK');
    const other = m.fork();
    assert.equal(m.call(other, 'setsid'), m.nr(other));
    assert.deepEqual([m.call(other, 'ioctl', m.slave, TIOCGPGRP, m.room(4)), m.call(other, 'ioctl', m.slave, TIOCSCTTY, 0), m.call(other, 'ioctl', m.slave, TIOCNOTTY, 0)],
      ['ENOTTY', 'EPERM', 'ENOTTY']);
    m.sigaction(m.me, SIGHUP, 1);
    assert.equal(m.do('ioctl', m.slave, TIOCNOTTY, 0), 0);
    assert.equal(m.ioctl(TIOCGPGRP), 'ENOTTY');
  });

  it('sends the keys for signals, and its size, to the foreground', () => {
    const m = leads();
    const child = m.fork();
    for (const [key, sig, echo] of [['\x03', SIGINT, '^C'], ['\x1a', SIGTSTP, '^Z'], ['\x1c', SIGQUIT, '^\\']] as const) {
      for (const task of [m.me, child]) m.sigaction(task, sig, 0x4000);
      m.k.current = m.me;
      m.do('write', m.master, m.text(`ab${key}`), 3);
      assert.equal(m.shown(), `ab${echo}`);
      const step = m.resume(child);
      assert.equal(step?.what === 'handler' && step.signo, sig);
      m.sigmask(child, 1, sig);
    }
    m.type('\n');
    assert.equal(m.reads(), '\n', 'what was typed before is forgotten');
    m.sigaction(child, SIGWINCH, 0x4000);
    const size = m.put(new Writer().u16(30).u16(90).u32(0).done());
    assert.equal(m.do('ioctl', m.master, TIOCSWINSZ, size), 0);
    const step = m.resume(child);
    assert.equal(step?.what === 'handler' && step.signo, SIGWINCH);
    const now = m.room(8);
    assert.equal(m.do('ioctl', m.slave, TIOCGWINSZ, now), 0);
    assert.deepEqual([...m.bytes(now, 4)], [30, 0, 90, 0]);
    assert.equal(m.do('ioctl', m.slave, TIOCSWINSZ, size), 0);
    assert.equal(m.resume(child), null, 'nothing changed');
  });

  it('stops who reads from it in the background, and who writes when it is set so', () => {
    const m = leads();
    const job = (): ReturnType<Pty['fork']> => {
      const task = m.fork();
      assert.equal(m.call(task, 'setpgid', 0, 0), 0);
      return task;
    };
    const reader = job();
    assert.equal(m.call(reader, 'read', m.slave, m.room(1), 1), 'blocked');
    assert.equal(m.resume(reader)?.what, 'stopped');
    assert.equal(reader.signal.stop_code, SIGTTIN);
    m.type('x\n');
    assert.equal(m.ioctl(TIOCSPGRP, m.nr(reader)), m.nr(reader));
    assert.equal(m.do('kill', m.nr(reader), SIGCONT), 0);
    assert.deepEqual(m.resume(reader), { what: 'value', value: 1 }, 'it reads when it is in the foreground');
    const ignores = job();
    m.sigaction(ignores, SIGTTIN, 1);
    assert.equal(m.call(ignores, 'read', m.slave, m.room(1), 1), 'EIO');
    assert.equal(m.call(ignores, 'write', m.slave, m.text('y'), 1), 1);
    m.sigaction(ignores, SIGTTOU, 0);
    m.sigaction(m.me, SIGTTOU, 1);
    m.set((now) => now | 0o400);
    assert.equal(m.call(ignores, 'write', m.slave, m.text('y'), 1), 'blocked');
    assert.equal(m.resume(ignores)?.what, 'stopped');
    assert.equal(ignores.signal.stop_code, SIGTTOU);
    const takes = job();
    m.sigaction(takes, SIGTTOU, 0);
    assert.equal(m.call(takes, 'ioctl', m.slave, TIOCSPGRP, m.put(new Writer().u32(m.nr(takes)).done())), 'blocked');
    assert.equal(m.resume(takes)?.what, 'stopped');
  });

  it('hangs up when its session leader ends, and when the other side is closed', () => {
    const m = new Pty();
    const leader = m.fork();
    m.call(leader, 'setsid');
    assert.equal(m.call(leader, 'ioctl', m.slave, TIOCSCTTY, 0), 0);
    const child = m.fork(leader);
    m.sigaction(child, SIGHUP, 0x4000);
    assert.equal(m.call(leader, 'exit_group', 0), 'dead');
    const step = m.resume(child);
    assert.equal(step?.what === 'handler' && step.signo, SIGHUP);
    assert.deepEqual([m.call(child, 'read', m.slave, m.room(1), 1), m.call(child, 'write', m.slave, m.text('x'), 1)], [0, 'EIO']);
    const n = leads();
    n.sigaction(n.me, SIGHUP, 1);
    assert.equal(n.do('close', n.master), 0);
    assert.deepEqual([n.reads(), n.do('write', n.slave, n.text('x'), 1), n.do('access', '/dev/pts/1', 0)], ['EIO', 'EIO', 'ENOENT']);
    assert.equal(n.do('close', n.slave), 0);
    assert.equal(n.k.ttys.size, 1);
  });

  it('tells the other side when nobody has it open any more', () => {
    const m = new Pty();
    m.do('write', m.slave, m.text('z'), 1);
    m.do('close', m.slave);
    assert.deepEqual([m.shown(), m.shown()], ['z', 'EIO']);
  });
});
