import { strict as assert } from 'node:assert';
import { decode } from '../../../simulator/kernel/text.ts';
import { Reader, Writer } from '../../../simulator/kernel/uaccess.ts';
import { Program } from './program.ts';

// Everything here was seen on 6.18.
const AF_UNIX = 1;
const SOL_SOCKET = 1;

/** A pair of sockets, and messages on them with files and credentials. */
class Talk extends Program {
  readonly a: number;
  readonly b: number;
  constructor(type = 1) {
    super({ level: 'off' });
    const at = this.room(8);
    assert.equal(this.do('socketpair', AF_UNIX, type, 0, at), 0);
    [this.a, this.b] = [this.int(at), this.int(at + 4)];
  }

  #msghdr(iov: number, control: number, controllen: number): number {
    return this.put(new Writer().u64(0).u32(0).u32(0).u64(iov).u64(1).u64(control).u64(controllen).u32(0).u32(0).done());
  }

  send(data: string, fds: readonly number[] = []): number | string {
    const iov = this.put(new Writer().u64(this.text(data)).u64(data.length).done());
    const to = new Writer().u64(16 + 4 * fds.length).u32(SOL_SOCKET).u32(1);
    for (const fd of fds) to.u32(fd);
    const control = this.put(to.zeros(8).done());
    return this.do('sendmsg', this.b, this.#msghdr(iov, fds.length > 0 ? control : 0, fds.length > 0 ? Math.ceil((16 + 4 * fds.length) / 8) * 8 : 0), 0);
  }

  /** `data flags control {type: numbers}` */
  receive(room: number, controllen: number, flags = 0): string {
    const [at, control] = [this.room(Math.max(room, 1)), this.room(controllen)];
    const iov = this.put(new Writer().u64(at).u64(room).done());
    const msg = this.#msghdr(iov, controllen > 0 ? control : 0, controllen);
    const n = this.do('recvmsg', this.a, msg, flags);
    if (typeof n !== 'number') return n;
    const used = this.long(msg + 40);
    const parts: string[] = [];
    for (let pos = 0; pos + 16 <= used;) {
      const reader = new Reader(this.bytes(control + pos, used - pos));
      const length = reader.u64();
      const type = reader.skip(4).i32();
      parts.push(`{${type}:${Array.from({ length: Math.floor((length - 16) / 4) }, () => (type === 1 ? 'fd' : reader.i32())).join(' ')}}`);
      pos += Math.ceil(length / 8) * 8;
    }
    return `${decode(this.bytes(at, Math.min(n, room)))} ${this.int(msg + 48).toString(16)} ${used} ${parts.join('')}`.trim();
  }

  files(): number { return this.me.files?.fd.size ?? 0; }
}

describe('messages', () => {
  it('take open files along', () => {
    const m = new Talk();
    const fd = m.open(m.me, '/etc/hostname');
    const before = m.files();
    assert.equal(m.send('abc', [fd]), 3);
    assert.equal(m.receive(64, 1024), 'abc 0 24 {1:fd}');
    assert.equal(m.files(), before + 1);
    m.send('abc', [fd, fd]);
    assert.equal(m.receive(64, 24), 'abc 0 24 {1:fd fd}');
    m.send('abc', [fd, fd]);
    assert.equal(m.receive(64, 20), 'abc 8 20 {1:fd}', 'no room for the second');
    m.send('abc', [fd]);
    assert.equal(m.receive(64, 0), 'abc 8 0');
    m.send('abc', [fd]);
    assert.equal(m.receive(64, 100, 0x40000000), 'abc 40000000 24 {1:fd}');
    assert.equal(m.me.files?.close_on_exec.size, 1);
    m.send('abcdef', [fd]);
    assert.deepEqual([m.receive(2, 100), m.receive(64, 100)], ['ab 0 24 {1:fd}', 'cdef 0 0']);
    m.do('write', m.b, m.text('xy'), 2);
    m.send('abc', [fd]);
    m.do('write', m.b, m.text('zz'), 2);
    assert.deepEqual([m.receive(64, 100), m.receive(64, 100), m.receive(64, 100, 0x40)], ['xyabc 0 24 {1:fd}', 'zz 0 0', 'EAGAIN']);
    m.send('abc', [fd]);
    assert.deepEqual([m.receive(64, 100, 2), m.receive(64, 100)], ['abc 0 24 {1:fd}', 'abc 0 24 {1:fd}'], 'whoever only looks gets them, too');
    assert.deepEqual([m.send('x', [99]), m.send('x', Array.from({ length: 254 }, () => fd))], ['EBADF', 'EINVAL']);
    m.send('abc', [fd]);
    assert.equal(m.do('read', m.a, m.room(8), 8), 3, 'read takes no files');
    const child = m.fork();
    m.send('abc', [fd]);
    for (const task of [m.me, child]) for (const one of [m.a, m.b]) m.call(task, 'close', one);
    assert.equal(m.k.trace.live.get('socket')?.size ?? 0, 0);
  });

  it('tell who sent them, to those who ask', () => {
    const m = new Talk();
    const on = m.put(new Writer().u32(1).done());
    assert.equal(m.do('setsockopt', m.a, SOL_SOCKET, 16, on, 4), 0);
    m.do('write', m.b, m.text('q'), 1);
    assert.equal(m.receive(64, 1024), `q 0 32 {2:${m.nr(m.me)} 0 0}`);
    m.send('abc', [m.open(m.me, '/etc/hostname')]);
    assert.equal(m.receive(64, 1024), `abc 0 56 {2:${m.nr(m.me)} 0 0}{1:fd}`);
  });

  it('of datagrams are cut, and say so', () => {
    for (const type of [2, 5]) {
      const m = new Talk(type);
      m.do('write', m.b, m.text('hello world'), 11);
      assert.equal(m.receive(4, 0), 'hell 20 0');
    }
    const m = new Talk(2);
    m.do('write', m.b, m.text('hello world'), 11);
    assert.equal(m.do('recvfrom', m.a, m.room(4), 4, 0x20, 0, 0), 11);
  });

  it('are refused as the real kernel refuses them', () => {
    const m = new Talk();
    const at = m.room(64);
    assert.deepEqual([m.do('sendmsg', m.b, 8, 0), m.do('sendmsg', 99, 8, 0), m.do('sendmsg', m.open(m.me, '/etc/passwd'), 8, 0)], ['EFAULT', 'EBADF', 'ENOTSOCK']);
    const [stream, dgram, udp, tcp] = [[AF_UNIX, 1], [AF_UNIX, 2], [2, 2], [2, 1]].map(([family = 0, type = 0]) => Number(m.do('socket', family, type, 0)));
    assert.deepEqual([stream, dgram, udp].map((fd) => m.do('sendto', fd ?? -1, at, 1, 0, 0, 0)), ['ENOTCONN', 'ENOTCONN', 'EDESTADDRREQ']);
    m.sigaction(m.me, 13, 1);
    assert.equal(m.do('sendto', tcp ?? -1, at, 1, 0, 0, 0), 'EPIPE');
    assert.deepEqual([m.do('recvfrom', stream ?? -1, at, 1, 0, 0, 0), m.do('recvfrom', tcp ?? -1, at, 1, 0, 0, 0)], ['EINVAL', 'ENOTCONN']);
    const name = m.put(new Writer().u16(AF_UNIX).fixed(new TextEncoder().encode('/tmp/none')).u8(0).done());
    assert.equal(m.do('sendto', m.b, at, 1, 0, name, 12), 'EISCONN');
    assert.deepEqual([m.do('socket', 16, 1, 0), m.do('socket', 16, 3, 99), m.do('socket', 17, 3, 0), m.do('socketpair', 2, 1, 0, at)], ['ESOCKTNOSUPPORT', 'EPROTONOSUPPORT', 'EAFNOSUPPORT', 'EOPNOTSUPP']);
    assert.deepEqual([m.do('shutdown', m.a, 3), m.do('shutdown', m.a, 0), m.do('write', m.b, at, 1)], ['EINVAL', 0, 'EPIPE']);
  });

  it('fill a queue by what they cost, not by their bytes alone', () => {
    for (const [type, length, expected] of [[1, 1, 278], [1, 192, 278], [1, 193, 167], [1, 1000, 93], [1, 4000, 44], [1, 16000, 13], [2, 4000, 26], [2, 32768, 6]] as const) {
      const m = new Talk(type);
      m.do('fcntl', m.b, 4, 0o4000);
      let n = 0;
      while (m.do('write', m.b, m.memory.base, length) === length) n++;
      assert.equal(n, expected, `type ${type}, ${length} bytes`);
    }
  });
});

describe('options of sockets', () => {
  const get = (m: Program, fd: number, level: number, option: number): number | string => {
    const [at, length] = [m.room(16), m.put(new Writer().u32(4).done())];
    const result = m.do('getsockopt', fd, level, option, at, length);
    return result === 0 ? m.int(at) : result;
  };
  const set = (m: Program, fd: number, level: number, option: number, value: number): number | string =>
    m.do('setsockopt', fd, level, option, m.put(new Writer().u32(value).done()), 4);

  it('are what Linux says', () => {
    const m = new Talk();
    assert.deepEqual([3, 39, 38, 4, 30, 7, 8, 2, 9, 16, 6, 12, 99].map((option) => get(m, m.a, 1, option)), [1, 1, 0, 0, 0, 212992, 212992, 0, 0, 0, 0, 0, 'ENOPROTOOPT']);
    assert.deepEqual([get(m, m.a, 6, 1), get(m, m.a, 0, 1)], ['EOPNOTSUPP', 'EOPNOTSUPP']);
    const [tcp, udp, six] = [[2, 1], [2, 2], [10, 1]].map(([family = 0, type = 0]) => Number(m.do('socket', family, type, 0)));
    assert.deepEqual([[1, 3], [1, 39], [1, 38], [1, 7], [1, 8], [6, 1], [0, 2], [6, 999], [99, 1], [41, 26]].map(([level = 0, option = 0]) => get(m, tcp ?? -1, level, option)),
      [1, 2, 6, 16384, 131072, 0, 64, 'ENOPROTOOPT', 'EOPNOTSUPP', 'EOPNOTSUPP']);
    assert.deepEqual([get(m, udp ?? -1, 1, 38), get(m, six ?? -1, 41, 26)], [17, 0]);
    const cred = m.room(12);
    assert.equal(m.do('getsockopt', m.a, 1, 17, cred, m.put(new Writer().u32(12).done())), 0);
    assert.deepEqual([m.int(cred), m.int(cred + 4), m.int(cred + 8)], [m.nr(m.me), 0, 0]);
    assert.deepEqual([get(m, m.open(m.me, '/etc/passwd'), 1, 3), get(m, 99, 1, 3)], ['ENOTSOCK', 'EBADF']);
  });

  it('are kept, within their bounds', () => {
    const m = new Talk();
    assert.deepEqual([set(m, m.a, 1, 7, 10000), get(m, m.a, 1, 7), set(m, m.a, 1, 8, 1), get(m, m.a, 1, 8), set(m, m.a, 1, 8, 100_000_000), get(m, m.a, 1, 8)], [0, 20000, 0, 2304, 0, 8388608]);
    assert.deepEqual([set(m, m.a, 1, 99, 1), set(m, m.a, 6, 1, 1), set(m, m.a, 1, 3, 1), set(m, m.a, 1, 4, 1)], ['ENOPROTOOPT', 'EOPNOTSUPP', 'ENOPROTOOPT', 'ENOPROTOOPT']);
    assert.deepEqual([m.do('setsockopt', m.a, 1, 2, m.room(4), 2), m.do('setsockopt', m.a, 1, 2, 8, 4)], ['EINVAL', 'EFAULT']);
  });
});
