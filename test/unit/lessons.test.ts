import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { load, worldOf } from '../../cli/lesson.ts';
import { verify } from '../../cli/verify_lesson.ts';
import { checkLesson } from '../../lessons/checks/check.ts';
import { Fact, Predicate, parseLesson } from '../../lessons/checks/lesson.ts';
import { inRoot } from '../host/checkout.mjs';

const names = readdirSync(inRoot('lessons')).filter((name) => /^\d\d-/.test(name));

describe('the lessons', function () {
  this.timeout(60_000);

  it('are the course, one after another', () => {
    assert.ok(names.length >= 14, `${names.length}`);
    assert.deepEqual(names.map((name) => Number(name.slice(0, 2))), names.map((_, n) => n + 1));
  });

  for (const name of names) {
    it(`${name} is proven: unsolved at its start, solved in two ways, not by mistakes, complete in both languages`, () => {
      const lesson = load(inRoot('lessons', name));
      if (typeof lesson === 'string') assert.fail(lesson);
      assert.deepEqual(verify(inRoot('lessons', name), lesson, worldOf), []);
    });
  }
});

describe('lesson.schema.json', () => {
  it('knows what the checks know, so that the editor helps with every kind', () => {
    const schema = JSON.parse(readFileSync(inRoot('lessons', 'lesson.schema.json'), 'utf8')) as { properties: { tasks: { items: { properties: { check: { oneOf: { properties: Record<string, { items?: { oneOf: { required: string[] }[] }; properties?: Record<string, { oneOf?: { required: string[] }[] }> }> }[] } } } } } };
    const [run, , question] = schema.properties.tasks.items.properties.check.oneOf;
    assert.deepEqual(run?.properties['all']?.items?.oneOf.map(({ required: [key] }) => key), Predicate.options.map(({ entries }) => Object.keys(entries)[0]));
    assert.deepEqual(question?.properties['question']?.properties?.['fact']?.oneOf?.map(({ required: [key] }) => key), Fact.options.map(({ entries }) => Object.keys(entries)[0]));
  });
});

describe('the checks of a lesson', () => {
  const text = { en: 'a', 'zh-cn': 'b' };
  const lesson = (check: object): string => JSON.stringify({ title: text, minutes: 5, goals: [text], tasks: [{ id: 'a', text, check, hints: [text] }] });
  const run = { program: 'task.c' };

  it('tell "not yet" from "broken"', () => {
    const parsed = parseLesson(lesson({ run, all: [{ exit: 0 }] }));
    if (!parsed.ok) assert.fail(parsed.why);
    const result = (program: string | null) => checkLesson(parsed.lesson, worldOf((name) => (name === 'task.c' && program !== null ? new TextEncoder().encode(program) : null)))[0]!;
    assert.equal(result('int main(void) { return 0; }').state, 'passed');
    assert.equal(result('int main(void) { return 3; }').state, 'not yet');
    assert.match(result('int main(void) { return 3; }').what[0]!.en, /it ended with 3/);
    assert.match(result('int main(void) { return x; }').what[0]!.en, /task\.c:1:25: .*'x' undeclared/);
    assert.equal(result('int main(void) { return x; }').state, 'broken');
    assert.equal(result(null).state, 'broken');
    assert.equal(result('int main(void) { for (;;) ; }').state, 'not yet');
  });

  it('look at the host for live tasks, and say so where it cannot be read', () => {
    const parsed = parseLesson(lesson({ live: { process: 'sleeper', inNew: ['uts', 'net'] } }));
    if (!parsed.ok) assert.fail(parsed.why);
    const result = (host: Parameters<typeof checkLesson>[1]['host']) => checkLesson(parsed.lesson, { ...worldOf(() => null), host })[0]!;
    assert.equal(result(() => [{ comm: 'sleeper', inNew: ['uts', 'net', 'pid'] }]).state, 'passed');
    assert.match(result(() => [{ comm: 'sleeper', inNew: ['uts'] }]).what[0]!.en, /not in new namespaces of type uts, net/);
    assert.match(result(() => [{ comm: 'other', inNew: ['uts', 'net'] }]).what[0]!.en, /No process named “sleeper”/);
    assert.equal(result('no /proc').state, 'broken');
  });

  it('refuse files that are no lessons, saying where', () => {
    for (const [json, why] of [['{', /JSON/], ['{}', /title/], [lesson({ run, all: [] }), /tasks\.0\.check/], [lesson({ run: { program: '../x' }, all: [{ exit: 0 }] }), /tasks\.0\.check/]] as const) {
      const parsed = parseLesson(json);
      assert.ok(!parsed.ok && why.test(parsed.why), JSON.stringify(parsed));
    }
  });
});
