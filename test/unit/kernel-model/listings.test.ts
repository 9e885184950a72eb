import { strict as assert } from 'node:assert';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Context, Suite } from 'mocha';
import { call_tree, function_graph } from '../../../simulator/kernel/calltree.ts';
import * as flags from '../../../simulator/kernel/flags.ts';
import { LISTINGS, linesOf } from '../../../simulator/kernel/listing.ts';
import { fill, flags_text, tell } from '../../../simulator/kernel/sentence.ts';
import type { Told } from '../../../simulator/kernel/sentence.ts';
import { VERSIONS, atLeast } from '../../../simulator/kernel/version.ts';
import { caller } from './caller.ts';
import { reached, reachedByCalls, watchLines, wrong } from './lines.ts';

watchLines();

/** Lines that no system call of a program can reach, and why. */
const UNREACHABLE: Readonly<Record<string, string>> = {
  'create_ipc_ns: again': 'the model\'s workers run after each call, so no dead namespace waits to be freed when the next call begins',
  'copy_tree: unbindable': 'everybody who calls it for one mount tests that first, as in the real kernel',
  'mntns_install: anon': 'no call gives a descriptor for an anonymous mount namespace',
  'copy_cgroup_ns: capable': 'the same capability was tested at the beginning of the call',
};

/** Did all tests of the kernel model run, and pass? Only then can be said what none of them reached. */
function allRan(root: Suite | undefined): boolean {
  const suites = root?.suites ?? [];
  const here = fileURLToPath(new URL('.', import.meta.url));
  const ran = new Set(suites.flatMap(({ file }) => (file === undefined ? [] : [file])));
  if (readdirSync(here).some((name) => name.endsWith('.test.ts') && !ran.has(join(here, name)))) return false;
  const passed = (suite: Suite): boolean => suite.tests.every((test) => test.isPassed()) && suite.suites.every(passed);
  return suites.filter(({ file }) => file?.startsWith(here)).every(passed);
}

after('every line that any test of this run executed, and whether system calls of programs reached them all', function told(this: Context) {
  assert.deepEqual([...wrong], []);
  if (!allRan(this.test?.parent)) return;
  const unreached = LISTINGS.flatMap((of) => of.lines.filter((line) => !reachedByCalls.has(line)).map(({ label }) => `${of.fn}: ${label}`));
  assert.deepEqual(unreached.sort(), Object.keys(UNREACHABLE).sort());
});

describe('listings', () => {
  it('have lines whose depth grows one by one, and begin at the margin', () => {
    for (const { fn, lines } of LISTINGS) {
      let depth = -1;
      for (const { indent, label } of lines) {
        assert.ok(Number.isInteger(indent) && indent >= 0 && indent <= depth + 1, `${fn}: ${label} is ${indent} deep below ${depth}`);
        depth = indent;
      }
    }
  });

  it('have a label, a text and two sentences on each line', () => {
    for (const { fn, file, lines } of LISTINGS) {
      assert.match(file, /^[a-z0-9_/-]+\.[chS]$/, fn);
      assert.ok(lines.length > 0, fn);
      for (const { label, text, what, why } of lines) {
        assert.match(label, /^[a-z][a-z0-9_]*$/, `${fn}: ${label}`);
        assert.ok(text.length > 0 && !text.endsWith(';'), `${fn}: ${label}: ${text}`);
        for (const sentence of [what, why]) {
          // A sentence may begin with a name of the kernel's, which keeps its small letter; an English word may not.
          assert.doesNotMatch(sentence, /^(the|an?|it|its|this|that|there|when|if|no|not|and|or|so|only|all|each|every|as|in|on|of|to|for)\b/, `${fn}: ${label}`);
          assert.match(sentence, /[.?…]$/, `${fn}: ${label}`);
        }
      }
    }
  });

  it('name each function once for a version', () => {
    for (const version of VERSIONS) {
      const seen = new Map<string, string>();
      for (const of of LISTINGS) {
        if (linesOf(of, version).length === 0) continue;
        const key = `${of.fn} ${of.file}`;
        const text = of.lines.map(({ text: line }) => line).join('\n');
        assert.notEqual(seen.get(key), text, `${key} is there twice`);
        seen.set(key, text);
      }
    }
  });

  it('have versions in order on each line', () => {
    for (const { fn, lines } of LISTINGS) {
      for (const { label, span } of lines) if (span?.since && span.until) assert.ok(atLeast(span.until, span.since), `${fn}: ${label}`);
    }
  });
});

/** The lines that one call executed, with their sentences. */
function toldBy(...[name, ...args]: [string, ...(number | string)[]]): Told[] {
  const { init, by, k } = caller();
  const start = k.trace.events.length;
  by.call(init, name, ...args);
  const { events } = k.trace;
  return events.flatMap(({ op }, at) => (at >= start && op === 'line' ? [tell(k, events, at)] : []));
}

describe('sentences', () => {
  it('say what a line did to which object, and why it was asked for', () => {
    const told = toldBy('unshare', flags.CLONE_NEWUTS);
    const of = (fn: string, label: string): Told => told.find(({ line }) => line.listing.fn === fn && line.label === label) ?? assert.fail(`${fn}: ${label} was not reached`);
    assert.equal(of('copy_utsname', 'get').what, 'uts A is held while it may be copied.');
    assert.equal(of('copy_utsname', 'test').why, 'unshare() was called with CLONE_NEWUTS.');
    assert.equal(of('copy_ipcs', 'test').why, 'unshare() was called without CLONE_NEWIPC.');
    assert.equal(of('clone_uts_ns', 'name').what, 'uts B starts with the names of uts A: host name host.');
    assert.ok(reached.has(of('copy_utsname', 'done').line));
  });

  it('have a value for everything that they speak of', () => {
    const all = Object.entries(flags).filter(([name, value]) => name.startsWith('CLONE_NEW') && typeof value === 'number');
    for (const [, value] of all) {
      for (const { what, why, line } of toldBy('unshare', value as number)) assert.doesNotMatch(`${what} ${why}`, /\{\w+\}|undefined|\[object/, `${line.listing.fn}: ${line.label}`);
    }
  });

  it('name errors, sets of flags, NULL and lists', () => {
    const operands = { result: -1, flags: flags.CLONE_NEWNS | flags.CLONE_VM | 0x11, none: null, list: [1, 'b'], off: { monotonic: 5n } };
    assert.equal(fill('{result} {none} {list} {off}', { call: null, operands }), '-EPERM NULL 1, b monotonic 5');
    assert.equal(fill('{call} took {flags}.', { call: 'clone()', operands }), 'clone() took CLONE_VM | CLONE_NEWNS | 0x11.');
    assert.equal(fill('{call} was called {with} CLONE_NEWIPC.', { call: null, operands }), 'the kernel was called without CLONE_NEWIPC.');
    assert.equal(fill('It was called {with} such a flag, and {what}.', { call: null, operands }), 'It was called with such a flag, and {what}.');
    assert.equal(flags_text(0), '0');
    assert.equal(flags_text(2 ** 33 + flags.CLONE_NEWTIME), 'CLONE_NEWTIME | CLONE_INTO_CGROUP');
  });
});

describe('call trees', () => {
  it('show calls nested as they were made, the task before each', () => {
    const { init, by, k } = caller();
    const start = k.trace.events.length;
    by.call(init, 'unshare', flags.CLONE_NEWUTS);
    const events = k.trace.events.slice(start);
    const text = function_graph(events, new Set(['ksys_unshare', 'unshare_nsproxy_namespaces', 'create_new_namespaces', 'copy_utsname', 'copy_ipcs', 'inc_ucount', 'proc_alloc_inum']));
    const task = 'swapper/0-1          | ';
    assert.equal(text, [
      'ksys_unshare() {', '  unshare_nsproxy_namespaces() {', '    create_new_namespaces() {', '      copy_utsname() {', '        inc_ucount();', '        proc_alloc_inum();',
      '      } /* copy_utsname */', '      copy_ipcs();', '    } /* create_new_namespaces */', '  } /* unshare_nsproxy_namespaces */', '} /* ksys_unshare */', '',
    ].map((line) => line && task + line).join('\n'));
    const [whole] = call_tree(events);
    assert.equal(whole?.fn, 'ksys_unshare');
    assert.equal(whole.value, 0);
  });

  it('are kept by a trace of calls alone', () => {
    const { init, by, k } = caller('6.18', 'calls');
    by.call(init, 'unshare', flags.CLONE_NEWIPC);
    assert.ok(k.trace.events.every(({ op }) => op === 'enter' || op === 'return'));
    assert.ok(call_tree(k.trace.events).some(({ fn }) => fn === 'ksys_unshare'));
  });
});
