import assert from 'node:assert/strict';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import type { ModelChange } from '../../../helper/model/model.ts';
import type { ScanStatus } from '../../../helper/protocol.ts';
import { CrashPolicy } from '../../../extension/host/crashPolicy.ts';
import type { ClientOptions, ClientState } from '../../../extension/host/helperClient.ts';
import { HelperClient } from '../../../extension/host/helperClient.ts';
import { helperCommand } from '../../../extension/host/helperProcess.ts';
import type { Log } from '../../../extension/log.ts';

/** Keeps what is logged, one line per message: `warn the helper broke …`. */
export class KeptLog implements Log {
  readonly lines: string[] = [];
  /** Called after each line. */
  kept: () => void = () => undefined;
  trace(message: string): void { this.#keep(`trace ${message}`); }
  debug(message: string): void { this.#keep(`debug ${message}`); }
  info(message: string): void { this.#keep(`info ${message}`); }
  warn(message: string): void { this.#keep(`warn ${message}`); }
  error(message: string): void { this.#keep(`error ${message}`); }
  has(text: string | RegExp): boolean { return this.lines.some((line) => (typeof text === 'string' ? line.includes(text) : text.test(line))); }
  #keep(line: string): void {
    this.lines.push(line);
    this.kept();
  }
}

export const VERSION = '0.0.0-test';
const FAKE = fileURLToPath(new URL('fakeHelper.ts', import.meta.url));

/** A client, what it told, and a way to wait for something without sleeping. */
export class Bench {
  readonly log = new KeptLog();
  readonly changes: ModelChange[] = [];
  readonly states: ClientState[] = [];
  readonly scans: ScanStatus[] = [];
  readonly client: HelperClient;
  #look: (() => void)[] = [];

  /** `script` says what the fake helper does: see `fakeHelper.ts`. */
  constructor(script: readonly string[], options: Partial<ClientOptions> = {}) {
    const command = helperCommand(FAKE, process.env, process.execPath);
    const happened = (): void => { for (const look of this.#look.splice(0)) look(); };
    this.log.kept = happened;
    this.client = new HelperClient({
      command: { ...command, args: [...command.args, ...script] }, version: VERSION,
      follow: { focusPids: [], focusNamespaces: [], intervalMs: 1000 }, log: this.log, policy: new CrashPolicy(), ...options,
    }, {
      changed: (change) => { this.changes.push(change); happened(); },
      scanned: (status) => { this.scans.push(status); happened(); },
      stateChanged: (state) => { this.states.push(state); happened(); },
    });
  }

  get kinds(): string[] { return this.states.map((state) => state.kind); }

  /** Resolves when `condition` holds; looked at again with every event of the client and every line of its log. mocha's own limit ends what never holds. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise<void>((resolve) => { this.#look.push(resolve); });
  }

  async untilState(kind: ClientState['kind']): Promise<ClientState> {
    await this.until(() => this.client.state.kind === kind);
    return this.client.state;
  }

  /** Asserts that the process is gone: a helper must never outlive its client. */
  async end(): Promise<void> {
    const { pid } = this.client;
    await this.client.dispose();
    if (pid !== undefined) assert.throws(() => process.kill(pid, 0), { code: 'ESRCH' });
  }
}
