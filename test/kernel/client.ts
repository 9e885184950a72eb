import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter, type MessageConnection } from 'vscode-jsonrpc/node';
import { HostModel } from '../../helper/model/model.ts';
import { PROTOCOL_VERSION, type Hello, type Notifications, type Requests, type ScanStatus } from '../../helper/protocol.ts';
import { until } from './world/until.ts';

/** The helper as it is shipped. */
export const HELPER = path.join(import.meta.dirname, '../../dist/helper.mjs');

/** A client of one real helper process: keeps the model as the extension does, and checks the numbering of every message. */
export class Client {
  readonly child: ChildProcess;
  readonly connection: MessageConnection;
  readonly model = new HostModel();
  hello: Hello | undefined;
  status: ScanStatus | undefined;
  /** Snapshots that came whole. */
  snapshots = 0;
  deltas = 0;
  /** Breaches of the protocol: gaps, parts outside a snapshot. */
  readonly faults: string[] = [];
  readonly log: string[] = [];
  readonly stderr: string[] = [];
  #seq = 0;

  private constructor(child: ChildProcess) {
    this.child = child;
    child.stderr!.setEncoding('utf8').on('data', (text: string) => this.stderr.push(text));
    const reader = new StreamMessageReader(child.stdout!);
    // a helper that ends in the middle of a message would leave its timer behind, and the test run would never end
    reader.partialMessageTimeout = 0;
    this.connection = createMessageConnection(reader, new StreamMessageWriter(child.stdin!));
    this.connection.onError(([error]) => this.faults.push(`connection: ${error.message}`));
    this.#on('snapshot/begin', ({ seq }) => {
      this.#count(seq);
      this.model.clear();
    });
    this.#on('snapshot/chunk', ({ seq, part }) => {
      this.#count(seq);
      this.model.apply(part);
    });
    this.#on('snapshot/end', ({ seq, status }) => {
      this.#count(seq);
      this.status = status;
      this.snapshots++;
    });
    this.#on('delta', ({ seq, part, status }) => {
      this.#count(seq);
      this.model.apply(part);
      this.status = status;
      this.deltas++;
    });
    this.#on('log', ({ level, text }) => this.log.push(`${level}: ${text}`));
    this.connection.listen();
  }

  /** Starts a helper, perhaps by other words in front (`nsenter …`), and says hello. */
  static async start(before: readonly string[] = []): Promise<Client> {
    const client = Client.spawn(before);
    client.hello = await client.request('initialize', { protocol: PROTOCOL_VERSION, version: 'test' });
    return client;
  }

  /** Starts a helper and says nothing yet. */
  static spawn(before: readonly string[] = [], helper = HELPER): Client {
    const [program, ...words] = [...before, process.execPath, helper];
    return new Client(spawn(program, words, { stdio: ['pipe', 'pipe', 'pipe'] }));
  }

  request<M extends keyof Requests>(method: M, params: Requests[M]['params']): Promise<Requests[M]['result']> {
    return this.connection.sendRequest(method, params);
  }

  async watch(visible: boolean, intervalMs = 200): Promise<void> {
    await this.request('watch', { visible, focusPids: [], focusNamespaces: [], intervalMs });
  }

  /** Watches, and waits for the first snapshot. */
  async watchFromStart(intervalMs?: number): Promise<void> {
    const before = this.snapshots;
    await this.watch(true, intervalMs);
    await until('the first snapshot', () => this.snapshots > before, 30_000);
  }

  refresh(): Promise<ScanStatus> { return this.request('refresh', { reason: 'test' }); }

  /** Ends the helper by closing its input, as VS Code does when it goes. */
  async end(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const exit = once(this.child, 'exit');
    this.child.stdin!.end();
    await exit;
    this.connection.dispose();
  }

  #on<N extends keyof Notifications>(method: N, handle: (params: Notifications[N]) => void): void {
    this.connection.onNotification(method, (params: Notifications[N]) => {
      try {
        handle(params);
      } catch (error) {
        this.faults.push(`${method}: ${String(error)}`);
      }
    });
  }

  #count(seq: number): void {
    if (seq !== this.#seq + 1) this.faults.push(`message ${seq} after ${this.#seq}`);
    this.#seq = seq;
  }
}
