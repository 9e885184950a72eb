import { strict as assert } from 'node:assert';
import { Reader } from '../../../simulator/kernel/uaccess.ts';
import { Program } from './program.ts';

// As seen on 6.18.
const IN_NONBLOCK = 0o4000;
const IN_MODIFY = 0x2;
const IN_ALL_EVENTS = 0xfff;
const IN_MASK_ADD = 0x20000000;
const IN_MASK_CREATE = 0x10000000;
const O_CREAT_WRONLY = 0o101;
const ROOM = 4096;

/** What was not read yet: `watch:mask:name`. */
function events(m: Program, fd: number, room = ROOM): string[] {
  const at = m.room(room);
  const size = m.do('read', fd, at, room);
  if (typeof size !== 'number') return [size];
  const reader = new Reader(m.bytes(at, size));
  const found: string[] = [];
  for (let left = size; left > 0;) {
    const [wd, mask] = [reader.i32(), reader.u32()];
    reader.u32();
    const length = reader.u32();
    const name = new TextDecoder().decode(m.bytes(at + size - left + 16, length));
    reader.skip(length);
    found.push(`${wd}:${mask.toString(16)}:${name.replaceAll('\0', '')}`);
    left -= 16 + length;
  }
  return found;
}

function watching(m: Program, name: string, mask = IN_ALL_EVENTS): number {
  const fd = Number(m.do('inotify_init1', IN_NONBLOCK));
  assert.equal(m.do('inotify_add_watch', fd, m.text(name), mask), 1);
  return fd;
}

const create = (m: Program, name: string): number => Number(m.do('open', m.text(name), O_CREAT_WRONLY, 0o644));

describe('inotify', () => {
  it('tells the same change again only when something else came in between', () => {
    const m = new Program({ level: 'off' });
    const fd = watching(m, '/tmp');
    const of = create(m, '/tmp/a');
    for (let i = 0; i < 3; i++) m.do('write', of, m.text('x'), 1);
    m.do('close', of);
    assert.deepEqual(events(m, fd), ['1:100:a', '1:20:a', '1:2:a', '1:8:a']);
    assert.deepEqual(events(m, fd), ['EAGAIN']);
  });

  it('reads whole events only, and refuses room for less than one', () => {
    const m = new Program({ level: 'off' });
    const fd = watching(m, '/tmp');
    m.do('close', create(m, '/tmp/a'));
    assert.deepEqual(events(m, fd, 31), ['EINVAL']);
    assert.deepEqual(events(m, fd, 63), ['1:100:a']);
    assert.deepEqual(events(m, fd), ['1:20:a', '1:8:a']);
  });

  it('a watched file that loses its last name is told as gone when its last descriptor is closed', () => {
    const m = new Program({ level: 'off' });
    const of = create(m, '/tmp/a');
    const fd = watching(m, '/tmp/a');
    m.do('unlink', m.text('/tmp/a'));
    assert.deepEqual(events(m, fd), ['1:4:']);
    m.do('close', of);
    assert.deepEqual(events(m, fd), ['1:8:', '1:400:', '1:8000:']);
    assert.equal(m.do('inotify_rm_watch', fd, 1), 'EINVAL');
  });

  it('is woken, and tells of what another task did', () => {
    const m = new Program({ level: 'off' });
    const fd = Number(m.do('inotify_init'));
    m.do('inotify_add_watch', fd, m.text('/tmp'), 0x100);
    const child = m.fork();
    assert.equal(m.do('read', fd, m.room(64), 64), 'blocked');
    m.call(child, 'mkdir', m.text('/tmp/d'), 0o755);
    assert.deepEqual(m.resume(m.me), { what: 'value', value: 32 });
  });

  it('adds to a watch, replaces it, or refuses what is there', () => {
    const m = new Program({ level: 'off' });
    const fd = watching(m, '/tmp', IN_MODIFY);
    const add = (mask: number): number | string => m.do('inotify_add_watch', fd, m.text('/tmp'), mask);
    assert.deepEqual([add(0x100 | IN_MASK_ADD), add(0x100 | IN_MASK_CREATE), add(IN_MASK_ADD | IN_MASK_CREATE | 1), add(0)], [1, 'EEXIST', 'EINVAL', 'EINVAL']);
    const of = create(m, '/tmp/a');
    m.do('write', of, m.text('x'), 1);
    assert.deepEqual(events(m, fd), ['1:100:a', '1:2:a']);
    add(0x100);
    m.do('write', of, m.text('x'), 1);
    assert.deepEqual(events(m, fd), ['EAGAIN']);
  });

  it('ends with the file system, and leaves nothing behind', () => {
    const m = new Program({ level: 'off' });
    m.do('mkdir', m.text('/tmp/m'), 0o755);
    m.do('mount', m.text('none'), m.text('/tmp/m'), m.text('tmpfs'), 0, 0);
    const fd = watching(m, '/tmp/m');
    m.do('umount2', m.text('/tmp/m'), 0);
    assert.deepEqual(events(m, fd), ['1:2000:', '1:8000:']);
    m.do('inotify_add_watch', fd, m.text('/tmp'), 1);
    m.do('close', fd);
    assert.equal(m.k.fsnotify_marks.size, 0);
  });
});
