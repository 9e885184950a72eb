import assert from 'node:assert/strict';
import { nslab, nslabTable, type ScannedProcess } from './scan.ts';
import type { Actor } from './world/actor.ts';
import { World } from './world/world.ts';

/** Bytes that somebody might give a process for a name, and how the document must tell them. */
const NAMES: readonly { readonly what: string; readonly bytes: Uint8Array; readonly text: string }[] = [
  name('a newline', 'a\nb'),
  name('ANSI escapes', '\x1b[2J\x1b[31m'),
  name('a terminal title', '\x1b]0;pwned\x07'),
  name('HTML', '<img src=x>'),
  name('Markdown', '[a](b) **c** `d`'.slice(0, 15)),
  name('a command link', '[x](command:y)'),
  name('right-to-left override', '\u202egnp.exe'),
  name('parentheses and spaces', ') R 1 2 (x'),
  name('only a parenthesis', ')'),
  name('nothing', ''),
  name('backslashes that look like escapes', '\\x41\\n'),
  name('a carriage return and tabs', 'a\rb\tc\x7f'),
  { what: 'invalid UTF-8', bytes: Uint8Array.of(0x61, 0xff, 0xfe, 0xc3, 0x28), text: 'a\\xff\\xfe\\xc3(' },
  { what: 'UTF-8 cut in the middle', bytes: Uint8Array.of(0x61, 0xe2, 0x82), text: 'a\\xe2\\x82' },
  { what: 'an overlong encoding', bytes: Uint8Array.of(0xc0, 0xaf), text: '\\xc0\\xaf' },
  { what: 'a UTF-16 surrogate', bytes: Uint8Array.of(0xed, 0xa0, 0x80), text: '\\xed\\xa0\\x80' },
  { what: 'a C1 control in UTF-8', bytes: Uint8Array.of(0xc2, 0x9b, 0x33, 0x31, 0x6d), text: '\u009b31m' },
];

describe('processes with hostile names', function () {
  this.timeout(60_000);
  let world: World;
  const actors = new Map<string, Actor>();
  let processes: Map<number, ScannedProcess>;
  let long: Actor;
  let table: string;

  before(async () => {
    world = await World.start();
    for (const { what, bytes } of NAMES) {
      // each alone in a namespace of its own, so that it is the COMMAND of a line of the table
      const actor = await world.root.spawn('uts');
      await actor.setCmdline([bytes, Buffer.from('--'), bytes]);
      await actor.setComm(bytes);
      actors.set(what, actor);
    }
    long = await world.root.spawn('uts');
    await long.setCmdline([Buffer.from('long'), Buffer.alloc(4096 - 6, 'x'), Buffer.from('\u202etail')]);
    const zombie = await world.root.spawn('user');
    await zombie.setComm(Buffer.from(') Z (\n'));
    await world.root.makeZombie(zombie);
    actors.set('a zombie', zombie);
    await (await world.root.spawn('uts')).setHostname('a\n\x1b[31m<b>');
    processes = new Map(nslab().document.processes.map((process) => [process.pid, process]));
    table = nslabTable().stdout;
  });
  after(() => world.end());

  for (const { what, text } of NAMES) {
    it(`${what}: the document tells the name and the arguments as they are`, () => {
      const process = processes.get(actors.get(what)!.pid)!;
      assert.equal(process.comm, text);
      assert.deepEqual(process.cmdline, [text, '--', text]);
      assert.equal(process.state, 'S');
    });
  }

  it('a zombie keeps its name and has no command line', () => {
    const process = processes.get(actors.get('a zombie')!.pid)!;
    assert.equal(process.comm, ') Z (\n');
    assert.equal(process.state, 'Z');
    assert.deepEqual(process.cmdline, []);
  });

  it('a command line of 4 KB is told, at least its first kilobyte', () => {
    const { cmdline } = processes.get(long.pid)!;
    assert.equal(cmdline?.[0], 'long');
    assert.match(cmdline[1] ?? '', /^x{1000,}/);
  });

  it('the table has one line for each namespace and no control character', () => {
    // eslint-disable-next-line no-control-regex -- that is what is looked for
    assert.equal(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]/.exec(table), null);
    // remarks may follow after an empty line
    const [header, ...lines] = (table.split('\n\n')[0] ?? '').trimEnd().split('\n');
    assert.ok(lines.length > actors.size);
    assert.match(header!, /TYPE/);
    for (const line of lines) assert.match(line, /^\s*(?:\d{10}\s+(?:cgroup|ipc|mnt|net|pid|time|user|uts)\b|(?:cgroup|ipc|mnt|net|pid|time|user|uts)\s+\d{10}\b)/);
  });
});

function name(what: string, text: string): { what: string; bytes: Uint8Array; text: string } { return { what, bytes: Buffer.from(text), text }; }
