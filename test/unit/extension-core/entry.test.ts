import assert from 'node:assert/strict';
import { Entry } from '../../../extension/host/entry.ts';
import type { HelperClient } from '../../../extension/host/helperClient.ts';

/** A helper that plans what is in `sees`, and remembers what it was asked. */
class Helper {
  readonly asked: string[] = [];
  readonly #sees: readonly string[];
  disposed = false;
  constructor(...sees: readonly string[]) { this.#sees = sees; }
  load(): Promise<void> { this.asked.push('load'); return Promise.resolve(); }
  request(method: string, params: { readonly target?: { readonly pid?: number; readonly key?: string }; readonly pin?: string }): Promise<unknown> {
    const what = String(params.target?.pid ?? params.target?.key ?? params.pin);
    this.asked.push(`${method} ${what}`);
    const namespaces = [{ unread: this.#sees.includes(`closed ${what}`) ? 'EACCES' : null }];
    return method === 'unpin' || this.#sees.some((one) => one === what || one === `closed ${what}`) ? Promise.resolve(method === 'unpin' ? null : { pin: `pin of ${what}`, namespaces }) : Promise.reject(new Error(`${what} is gone`));
  }
  dispose(): Promise<void> { this.disposed = true; return Promise.resolve(); }
}

const client = (helper: Helper): HelperClient => helper as unknown as HelperClient;
const process = (pid: number) => ({ target: { kind: 'process', pid, start: '1' } }) as const;
const namespace = (key: string) => ({ target: { kind: 'namespace', key } }) as const;

describe('plans of entering while the helper has more rights', () => {
  it('are made by an ordinary helper, whose pins a terminal of the person can open', async () => {
    const ordinary = new Helper('7', 'uts:1'), elevated = new Helper('7', 'uts:1', 'uts:2');
    const entry = new Entry(() => Promise.resolve(client(ordinary)), client(elevated));
    const { pin } = await entry.plan(process(7));
    await entry.unpin({ pin });
    await entry.unpin({ pin: (await entry.plan(namespace('uts:1'))).pin });
    assert.deepEqual(ordinary.asked, ['enterPlan 7', 'unpin pin of 7', 'load', 'enterPlan uts:1', 'unpin pin of uts:1']);
    assert.deepEqual(elevated.asked, []);
    await entry.dispose();
    assert.ok(ordinary.disposed && !elevated.disposed);
  });

  it('are made by the elevated one where only that sees the namespace; a process that has ended has ended', async () => {
    const ordinary = new Helper(), elevated = new Helper('7', 'uts:2');
    const entry = new Entry(() => Promise.resolve(client(ordinary)), client(elevated));
    const { pin } = await entry.plan(namespace('uts:2'));
    await entry.unpin({ pin });
    assert.deepEqual(elevated.asked, ['enterPlan uts:2', 'unpin pin of uts:2']);
    await assert.rejects(entry.plan(process(7)), /7 is gone/);
  });

  it('are made by the elevated one of a process that the ordinary one may not look into', async () => {
    const ordinary = new Helper('closed 7'), elevated = new Helper('7');
    const { pin } = await new Entry(() => Promise.resolve(client(ordinary)), client(elevated)).plan(process(7));
    assert.equal(pin, 'pin of 7');
    assert.deepEqual([ordinary.asked, elevated.asked], [['enterPlan 7', 'unpin pin of 7'], ['enterPlan 7']]);
  });
});
