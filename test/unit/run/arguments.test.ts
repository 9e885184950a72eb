import { strict as assert } from 'node:assert';
import { DEFAULT_STEPS, runArguments } from '../../../cli/run_options.ts';
import { UsageError } from '../../../cli/usage.ts';

describe('the words after nslab run', () => {
  it('options come before the program; what follows is the program’s', () => {
    const { file, args, uid, kernel, tty, before, with: others, maxSteps, trace, json } = runArguments([
      '--uid', '1000', '--kernel=6.1', '--no-tty', '--before', 'sleep 9', '--before=sh -c x', '--with', 'a/echo.c', '--with=b.c=other', '--max-steps', '500', '--trace=t.txt', '--json',
      'dir/prog.c', '--uid', '-x', '@P',
    ]);
    assert.deepEqual({ file, args, uid, kernel, tty, before, others, maxSteps, trace, json }, {
      file: 'dir/prog.c', args: ['--uid', '-x', '@P'], uid: 1000, kernel: '6.1', tty: false, before: ['sleep 9', 'sh -c x'],
      others: [{ file: 'a/echo.c', name: 'echo' }, { file: 'b.c', name: 'other' }], maxSteps: 500, trace: 't.txt', json: true,
    });
  });

  it('defaults: root, the newest kernel, a terminal, nslab’s own standard input', () => {
    const { uid, kernel, tty, ttyStdin, stdin, privateRoot, maxSteps, trace, json } = runArguments(['--trace', 'p.c']);
    assert.deepEqual({ uid, kernel, tty, ttyStdin, stdin, privateRoot, maxSteps, trace, json },
      { uid: 0, kernel: '6.18', tty: true, ttyStdin: false, stdin: null, privateRoot: false, maxSteps: DEFAULT_STEPS, trace: '', json: false });
    assert.equal(runArguments(['--kernel', '4.19.0', '--', '-odd.c']).file, '-odd.c');
    assert.equal(runArguments(['--kernel', '4.19.0', 'p.c']).kernel, '4.19');
  });

  for (const [words, why] of [
    [[], /the program is missing/], [['--frob', 'p.c'], /unknown option '--frob'/], [['--uid', '5', 'p.c'], /--uid is 0 \(root\) or 1000/], [['--kernel', '5.9', 'p.c'], /there is no kernel '5.9' \(known: 2.6.24, /],
    [['--max-steps', '-1', 'p.c'], /--max-steps is a number/], [['--max-steps', '0', 'p.c'], /--max-steps is a number/], [['--with', 'x.c=a/b', 'p.c'], /--with is FILE.c/], [['--with', 'x.c', '--with', 'y.c=x', 'p.c'], /two programs are called 'x'/],
    [['--json=1', 'p.c'], /'--json' takes no value/], [['--stdin'], /'--stdin' needs a value/], [['--no-tty', '--tty-stdin', 'p.c'], /--tty-stdin needs a terminal/], [['--\x1b[31m', 'p.c'], /'--\\e\[31m'/],
  ] as const) {
    it(`refuses ${JSON.stringify(words)}`, () => {
      assert.throws(() => runArguments(words), (error) => error instanceof UsageError && why.test(error.message) && error.help.startsWith('Usage: nslab run'));
    });
  }
});
