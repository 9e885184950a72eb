import { strict as assert } from 'node:assert';
import { bytesAt, sightOf, viewTask } from '../../../simulator/machine/inspect/task_view.ts';
import type { Part } from '../../../simulator/machine/inspect/value.ts';
import { recorded } from '../timeline/recorded.ts';
import { statementPosition } from '../../../simulator/timeline/steps.ts';

const PROGRAM = `
struct point { int x, y; };
enum colour { RED, GREEN = 5 };
union both { int i; float f; };
struct all { char name[8]; struct point at[2]; unsigned flag : 3; int low : 4; enum colour colour; const char *text; struct all *next; int (*fn)(int); _Bool yes; double d; union both both; };
static struct all first = { "ab", { { 1, 2 }, { 3, 4 } }, 5, -2, GREEN, "hello\\n", &first, 0, 1, 0.5, { 7 } };
int numbers[100] = { 1, 2, 3 };
static int twice(int n) { static int calls; calls++; int result = n * 2; { int inner = result + 1; calls += inner - inner; } return result; }
int main(void) {
  char *bad = (char *)0x123456;
  int *null = 0;
  long far = 0x123456789abcdef0;
  unsigned char c = 'A';
  first.fn = twice;
  int value = twice(21);
  *(long *)&null = far;
  return value + c + (bad == 0);
}`;

const texts = (parts: readonly Part[]): Record<string, string> => Object.fromEntries(parts.map(({ name, value }) => [name, value.text]));

describe('what a task’s program knows', function () {
  this.timeout(60_000);

  it('call stack, arguments, locals in scope, globals, descriptors, by type and whatever the bytes are', () => {
    const recording = recorded(PROGRAM);
    const { k, computer: { machine } } = recording;
    recording.seek(recording.start);
    const task = k.current;
    const seen = new Map<string, ReturnType<typeof viewTask>>();
    for (let n = 0; n <= recording.end.statement; n++) {
      recording.seek(statementPosition(recording, n));
      const view = viewTask(k, machine, task);
      if (view?.frames[0]?.place) seen.set(`${view.frames[0].function}:${view.frames[0].place.line}`, view);
    }
    const inside = seen.get('twice:8');
    assert.ok(inside);
    assert.deepEqual(inside.frames.map((frame) => frame.function), ['twice', 'main', '_start']);
    assert.deepEqual(texts(inside.frames[0]!.arguments), { n: '21' });
    assert.equal(inside.frames[1]!.place?.line, 15);
    const end = seen.get('main:17');
    assert.ok(end);
    const locals = texts(end.frames[0]!.locals);
    assert.deepEqual(locals, { bad: '0x123456 <not readable>', null: '0x123456789abcdef0 <bad address>', far: '1311768467463790320', c: "65 'A'", value: '42' });
    const { first, numbers, 'twice.calls': calls } = Object.fromEntries(end.globals.map(({ name, value }) => [name, value]));
    assert.equal(calls?.text, '1');
    assert.equal(numbers?.text, `{1, 2, 3${', 0'.repeat(25)}, …}`);
    assert.deepEqual([numbers.parts?.length, numbers.more, numbers.parts?.[2]?.name], [64, 36, '[2]']);
    const fields = texts(first?.parts ?? []);
    assert.match(fields['next'] ?? '', /^0x[0-9a-f]+$/);
    assert.match(fields['fn'] ?? '', /^0x[0-9a-f]+ <twice>$/);
    assert.match(fields['text'] ?? '', /^0x[0-9a-f]+ "hello\\n"$/);
    const others = Object.entries(fields).filter(([name]) => !['next', 'fn', 'text'].includes(name));
    assert.deepEqual(Object.fromEntries(others), { name: '"ab"', at: '{{x = 1, y = 2}, {x = 3, y = 4}}', flag: '5', low: '-2', colour: 'GREEN (5)', yes: 'true', d: '0.5', both: '{i = 7, f = 9.80909e-45}' });
    assert.deepEqual(end.descriptors.map(({ fd, path }) => [fd, path.replace(/\d+/, 'N')]), [[0, 'pipe:[N]'], [1, '/dev/pts/N'], [2, '/dev/pts/N']]);
  });

  it('bytes of memory, with holes; nothing of a task that ended', () => {
    const recording = recorded('char text[4096] = "abc"; int main(void) { return 0; }');
    recording.seek(statementPosition(recording, 1));
    const { k, computer: { machine } } = recording;
    const task = k.current;
    const sight = sightOf(machine, task);
    assert.ok(sight);
    const at = sight.image.variables.find(({ name }) => name === 'text')!.address;
    assert.deepEqual(bytesAt(sight, at, 4), [97, 98, 99, 0]);
    assert.deepEqual(bytesAt(sight, 0xffff0000, 2), [null, null]);
    recording.seek(recording.end);
    assert.equal(viewTask(k, machine, task), null);
  });
});
