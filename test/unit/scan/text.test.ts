import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseCgroup } from '../../../helper/scan/cgroup.ts';
import { MOST_CMDLINE_BYTES, parseCmdline } from '../../../helper/scan/cmdline.ts';
import { hostText } from '../../../helper/scan/hostText.ts';
import { parseStat } from '../../../helper/scan/stat.ts';
import { parseStatus } from '../../../helper/scan/status.ts';
import { parseLinks } from '../../../helper/scan/tuple.ts';
import { hidepid } from '../../../helper/hello.ts';
import { NS_LINKS } from '../../../helper/protocol.ts';
import { property } from '../property.ts';

const REST = 'S 1 77 77 0 -1 4194560 0 0 0 0 0 0 0 0 20 0 3 0 123456789012345678901 1 2 3';

describe('text of /proc', () => {
  describe('hostText', () => {
    it('leaves well-formed UTF-8 as it is and writes every other byte as \\xHH', () => {
      const of = (...bytes: number[]): string => hostText(Buffer.from(bytes).toString('latin1'));
      assert.equal(of(0x67, 0xc3, 0xbc), 'gü');
      assert.equal(of(0xf0, 0x9f, 0x90, 0xa7), '🐧');
      assert.equal(of(0x61, 0xff, 0xfe, 0x62), 'a\\xff\\xfeb');
      assert.equal(of(0xc0, 0xaf), '\\xc0\\xaf', 'overlong forms are not UTF-8');
      assert.equal(of(0xed, 0xa0, 0x80), '\\xed\\xa0\\x80', 'nor are surrogates');
      assert.equal(of(0xe2, 0x82), '\\xe2\\x82', 'nor a sequence that was cut');
    });

    it('agrees with Node about all text', () => property(fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => {
      assert.equal(hostText(Buffer.from(text, 'utf8').toString('latin1')), text);
    })));

    it('gives well-formed text for any bytes', () => property(fc.property(fc.uint8Array(), (bytes) => {
      const text = hostText(Buffer.from(bytes).toString('latin1'));
      assert.doesNotMatch(text, /\p{Cs}/u);
      assert.equal(text.includes('\ufffd'), Buffer.from(bytes).includes(Buffer.from('\ufffd')));
    })));
  });

  describe('stat', () => {
    it('reads the fields after the last parenthesis, whatever the name holds', () => {
      for (const comm of ['sleep', '', 'a b', ') S 1 (', '))))', '\n', '\x1b[31mred', '(sd-pam)', ') Z 99 1 1 0 -1 2097152']) {
        const stat = parseStat(`77 (${comm}) ${REST}`);
        assert.deepEqual(stat, { comm, state: 'S', ppid: 1, kernelThread: false, threads: 3, start: '123456789012345678901' }, JSON.stringify(comm));
      }
    });

    it('knows kernel threads by their flag', () => {
      assert.equal(parseStat(`2 (kthreadd) S 0 0 0 0 -1 2129984 0 0 0 0 0 0 0 0 20 0 1 0 5 0 0`)?.kernelThread, true);
    });

    it('refuses what was cut or is something else', () => {
      for (const text of ['', '77', '77 (sleep', '77 (sleep) S', `77 (sleep) ${REST.slice(0, 40)}`, ') S ('] ) assert.equal(parseStat(text), null, JSON.stringify(text));
    });

    it('never throws', () => property(fc.property(fc.string(), (text) => { parseStat(text); parseStatus(text); parseCgroup(text); parseCmdline(text); })));
  });

  it('status: uids, and the pid at each level', () => {
    const text = 'Name:\tUid:\\nx\nUmask:\t0022\nState:\tS (sleeping)\nUid:\t1000\t1001\t1002\t1003\nNSpid:\t77\t5\t1\nThreads:\t1\n';
    assert.deepEqual(parseStatus(text), { uid: 1000, euid: 1001, nsPids: [77, 5, 1] });
    assert.deepEqual(parseStatus('Name:\tx\nUid:\t0\t0\t0\t0\n'), { uid: 0, euid: 0, nsPids: null });
    assert.equal(parseStatus('Name:\tx\n'), null);
  });

  it('cgroup: the unified path, else systemd’s, else the first that says something', () => {
    assert.equal(parseCgroup('0::/system.slice/docker-abc.scope\n'), '/system.slice/docker-abc.scope');
    assert.equal(parseCgroup('12:pids:/docker/abc\n1:name=systemd:/docker/abc/x:y\n0::/\n'), '/docker/abc/x:y');
    assert.equal(parseCgroup('4:memory:/lxc/web\n1:name=systemd:/\n0::/\n'), '/lxc/web');
    assert.equal(parseCgroup('1:name=systemd:/\n0::/\n'), '/');
    assert.equal(parseCgroup(''), null);
  });

  describe('cmdline', () => {
    it('parts arguments at NUL and keeps an empty last one', () => {
      assert.deepEqual(parseCmdline('sh\0-c\0\0'), ['sh', '-c', '']);
      assert.deepEqual(parseCmdline('nginx: master process'), ['nginx: master process']);
      assert.deepEqual(parseCmdline('nginx: worker\0\0\0\0\0\0'), ['nginx: worker']);
      assert.deepEqual(parseCmdline(''), []);
    });

    it('marks what was cut', () => {
      const args = parseCmdline('a'.repeat(MOST_CMDLINE_BYTES));
      assert.equal(args[0], `${'a'.repeat(MOST_CMDLINE_BYTES)}…`);
    });
  });

  describe('links', () => {
    const all = NS_LINKS.map((link, i) => `${link.replace('_for_children', '')}:[${4026531840 + i}]`);

    it('gives inodes in the order of NS_LINKS', () => {
      assert.deepEqual(parseLinks(all.join('|')), { ns: NS_LINKS.map((_, i) => 4026531840 + i), unread: {} });
    });

    it('gives a reason for each that is missing', () => {
      assert.deepEqual(parseLinks(all.with(8, '!ENOENT').with(3, 'nonsense').join('|')).unread, { net: 'EFORMAT', pid_for_children: 'ENOENT' });
    });

    it('gives one reason when there is one for all', () => {
      assert.deepEqual(parseLinks('!EACCES'), { ns: NS_LINKS.map(() => null), unread: { ns: 'EACCES' } });
      assert.deepEqual(parseLinks(all.map(() => '!ENOENT').join('|')).unread, { ns: 'ENOENT' });
    });
  });

  it('hidepid: of the mount that covers the others', () => {
    assert.equal(hidepid('proc /proc proc rw,nosuid 0 0\n'), null);
    assert.equal(hidepid('proc /proc proc rw 0 0\nproc /proc proc rw,hidepid=invisible,gid=5 0 0\nproc /srv/proc proc rw,hidepid=1 0 0\n'), 'invisible');
  });
});
