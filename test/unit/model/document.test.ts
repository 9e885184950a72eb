import assert from 'node:assert/strict';
import fs from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { DocumentError, documentText, modelFromDocument, parseDocument, toDocument } from '../../../helper/model/document.ts';
import type { SnapshotDocument } from '../../../helper/model/document.ts';
import type { Part } from '../../../helper/protocol.ts';
import { readHello } from '../../../helper/hello.ts';
import { loadNative } from '../../../helper/kernel/native.ts';
import { liveSources } from '../../../helper/scan/liveSources.ts';
import { Scanner } from '../../../helper/scan/scanner.ts';
import { property } from '../property.ts';
import { contentsOf, HELLO, modelOf, wholePart } from './arbitraries.ts';

const TAKEN = new Date('2026-01-31T12:00:00Z');
const schema = JSON.parse(fs.readFileSync(new URL('../../../helper/snapshot.schema.json', import.meta.url), 'utf8')) as object;
const validate = new Ajv2020({ strict: true, allowUnionTypes: true, strictRequired: false, allErrors: false }).compile(schema);

function documentOf(parts: Part): SnapshotDocument {
  return toDocument(modelOf(parts), HELLO, TAKEN, { identity: 'complete', details: 'complete', relations: 'complete', descriptors: 'complete', mounts: 'EPERM', sockets: 'ENOSYS', containers: 'complete' });
}

/** Every place in a JSON value, as a path. */
function* places(value: unknown, path: (string | number)[] = []): Generator<(string | number)[]> {
  if (path.length > 0) yield path;
  if (typeof value !== 'object' || value === null) return;
  for (const [name, member] of Object.entries(value)) yield* places(member, [...path, Array.isArray(value) ? Number(name) : name]);
}

/** A copy in which the value at this place is another, or is gone. */
function damaged(document: unknown, path: readonly (string | number)[], replacement: unknown): unknown {
  const copy = structuredClone(document) as Record<string | number, unknown>;
  let at = copy;
  for (const step of path.slice(0, -1)) at = at[step] as Record<string | number, unknown>;
  const last = path.at(-1)!;
  if (replacement !== undefined) at[last] = replacement;
  else if (Array.isArray(at)) at.splice(last as number, 1);
  else Reflect.deleteProperty(at, last);
  return copy;
}

describe('snapshot documents', () => {
  it('hold all that the model holds', () => property(fc.property(wholePart, (parts) => {
    const model = modelOf(parts);
    const text = documentText(toDocument(model, HELLO, TAKEN));
    assert.deepEqual(contentsOf(modelFromDocument(parseDocument(text))), contentsOf(model));
  })));

  it('keep to the JSON schema', () => property(fc.property(wholePart, (parts) => {
    const document = documentOf(parts);
    assert.ok(validate(JSON.parse(JSON.stringify(document))), JSON.stringify(validate.errors));
  })));

  it('a scan of this very host keeps to it too, and comes back whole', () => {
    const native = loadNative();
    const scanner = new Scanner(liveSources(native));
    scanner.full();
    const model = modelOf(...scanner.snapshot());
    const document = toDocument(model, readHello(native), new Date(), scanner.status.phases);
    assert.ok(validate(JSON.parse(JSON.stringify(document))), JSON.stringify(validate.errors));
    assert.ok(document.processes.some(({ pid }) => pid === process.pid), 'the scan sees itself');
    assert.deepEqual(contentsOf(modelFromDocument(parseDocument(documentText(document)))), contentsOf(model));
  });

  it('damaged ones are refused by the schema and by parseDocument alike', function () {
    this.timeout(20_000);
    const replacement = fc.constantFrom<unknown>(undefined, null, -1, 1.5, '', 'x', 'EACCES', [], {}, true, 2 ** 53, [null]);
    let refused = 0;
    property(fc.property(wholePart, fc.nat(), replacement, (parts, which, value) => {
      const document = JSON.parse(JSON.stringify(documentOf(parts))) as SnapshotDocument;
      const all = [...places(document)];
      const where = all[which % all.length]!;
      const copy = damaged(document, where, value);
      const bySchema = validate(copy);
      let byParser: string | null = null;
      try {
        parseDocument(JSON.stringify(copy));
      } catch (error) {
        assert.ok(error instanceof DocumentError, String(error));
        byParser = error.message;
      }
      if (!bySchema) refused++;
      // what is listed twice is beyond a schema
      if (byParser?.includes('listed twice')) return;
      assert.equal(byParser === null, bySchema, `${where.join('.')} = ${JSON.stringify(value)}: schema ${JSON.stringify(validate.errors)}, parser ${byParser}`);
    }), 600);
    assert.ok(refused > 300, `only ${refused} of 600 were refused`);
  });

  it('a member that is not known is refused, anywhere', () => property(fc.property(wholePart, fc.nat(), (parts, which) => {
    const document = JSON.parse(JSON.stringify(documentOf(parts))) as SnapshotDocument;
    const objects = [[], ...places(document)].filter((path) => {
      const value = path.reduce<unknown>((at, step) => (at as Record<string | number, unknown>)[step], document);
      return typeof value === 'object' && value !== null && !Array.isArray(value);
    });
    const copy = damaged(document, [...objects[which % objects.length]!, 'surprise'], 1);
    assert.equal(validate(copy), false);
    assert.throws(() => parseDocument(JSON.stringify(copy)), DocumentError);
  })));

  it('say where and why a text is none', () => {
    const text = documentText(documentOf({ tuples: [], endedProcesses: [], endedNamespaces: [], endedContainers: [], containers: [], namespaces: [], processes: [] }));
    const complaint = (changed: string): string => {
      try {
        parseDocument(changed);
      } catch (error) {
        if (error instanceof DocumentError) return error.message;
        throw error;
      }
      return 'none';
    };
    assert.equal(complaint(text), 'none');
    assert.match(complaint('{'), /^this is not JSON: /);
    assert.match(complaint('[]'), /"format" should be "nslab-snapshot"/);
    assert.match(complaint(text.replace('"version": 1', '"version": 2')), /^version: .*another version/);
    assert.match(complaint(text.replace('"clockTicks":100', '"clockTicks":"many"')), /^host\.clockTicks: /);
    assert.match(complaint(text.replace('"takenAt": "2026', '"takenAt": "yesterday')), /^takenAt: should be a time/);
  });

  it('has one record in a line', () => {
    const [line] = documentText(documentOf(fc.sample(wholePart, { seed: 7, numRuns: 40 }).find((parts) => parts.processes.length > 2)!)).split('\n').filter((l) => l.startsWith('  {"pid"'));
    assert.ok(JSON.parse(line!.replace(/,$/, '')));
  });
});
