import type { CancellationToken } from 'vscode-jsonrpc';
import type { EnterPlan, Requests } from '../../helper/protocol.ts';
import type { HelperClient } from './helperClient.ts';

/** Marks the pins of the ordinary helper. */
const OWN = 'own:';

/**
 * Plans of entering, while the helper has more rights than we: terminals are ours, and could not open what that helper holds open. So an ordinary helper beside it
 * makes the plan; only of what that one cannot open the elevated one does, and then no terminal enters without root anyway, who can open what it holds.
 */
export class Entry {
  readonly #make: () => Promise<HelperClient>;
  readonly #elevated: HelperClient;
  #ordinary: Promise<HelperClient> | undefined;

  constructor(make: () => Promise<HelperClient>, elevated: HelperClient) {
    this.#make = make;
    this.#elevated = elevated;
  }

  async plan(params: Requests['enterPlan']['params'], token?: CancellationToken): Promise<EnterPlan> {
    this.#ordinary ??= this.#make();
    const ordinary = await this.#ordinary;
    try {
      if (params.target.kind === 'namespace') await ordinary.load('entering', token);
      const plan = await ordinary.request('enterPlan', params, token);
      if (plan.namespaces.every(({ unread }) => unread === null)) return { ...plan, pin: OWN + plan.pin };
      await ordinary.request('unpin', { pin: plan.pin });
    } catch (error) {
      if (params.target.kind === 'process' || token?.isCancellationRequested === true) throw error;
    }
    return this.#elevated.request('enterPlan', params, token);
  }

  async unpin({ pin }: Requests['unpin']['params']): Promise<null> {
    if (!pin.startsWith(OWN)) return this.#elevated.request('unpin', { pin });
    return (await this.#ordinary)?.request('unpin', { pin: pin.slice(OWN.length) }) ?? null;
  }

  async dispose(): Promise<void> {
    await (await this.#ordinary)?.dispose();
  }
}
