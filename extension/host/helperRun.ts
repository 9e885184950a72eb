import type { CancellationToken, MessageConnection } from 'vscode-jsonrpc/node';
import { createMessageConnection, ErrorCodes, ResponseError, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node';
import type { Hello, Notifications, Requests } from '../../helper/protocol.ts';
import { PROTOCOL_VERSION } from '../../helper/protocol.ts';
import { visible } from '../../helper/model/text.ts';
import type { Log } from '../log.ts';
import { HelperError } from './helperError.ts';
import type { Ending, HelperProcess } from './helperProcess.ts';
import type { Versions } from './liveHost.ts';
import type { ModelMethod } from './schema/messages.ts';
import { MODEL_METHODS, notifications } from './schema/messages.ts';
import { check, describe, sentenceOf } from './schema/refusal.ts';
import { helloVersion, results } from './schema/results.ts';

/** Limits of patience with a helper. */
export interface RunLimits {
  /** Milliseconds until it must have said hello. */
  readonly handshakeMs: number;
  /** Milliseconds until any other request must be answered: it is taken to hang after that. */
  readonly requestMs: number;
  /** Bytes without a complete message among them: it writes something else, or one that is too large to be taken. */
  readonly messageBytes: number;
}
export const LIMITS: RunLimits = { handshakeMs: 10_000, requestMs: 30_000, messageBytes: 32 << 20 };

export interface RunEvents {
  /** A message about the model, not looked into yet. */
  message(method: ModelMethod, params: unknown): void;
  /** It sent something that breaks the protocol. The run goes on. */
  broke(reason: string): void;
}

/** Lines of its standard error are cut here. */
const STDERR_LINE = 2000;

/** One life of the helper: its process, the connection to it, and what can go wrong with either. */
export class HelperRun {
  readonly #process: HelperProcess;
  readonly #connection: MessageConnection;
  readonly #limits: RunLimits;
  readonly #log: Log;
  readonly #events: RunEvents;
  #failed: Ending | undefined;
  /** Resolves when it has ended, with our reason when we ended it for one. */
  readonly ended: Promise<Ending>;

  constructor(process: HelperProcess, limits: RunLimits, log: Log, events: RunEvents) {
    this.#limits = limits;
    this.#log = log;
    this.#events = events;
    this.#process = process;
    this.#listenToStderr();
    const reader = new StreamMessageReader(this.#process.stdout);
    // after half a message it would report that every 10 s for ever, even when the helper has ended; our own alarms watch for silence
    reader.partialMessageTimeout = 0;
    this.#limitBytes(reader);
    const broke = (text: string): void => this.#broke(visible(text, 300));
    this.#connection = createMessageConnection(reader, new StreamMessageWriter(this.#process.stdin), {
      error: broke, warn: (text) => log.warn(visible(text, 300)), info: (text) => log.info(visible(text, 300)), log: (text) => log.debug(visible(text, 300)),
    });
    this.#connection.onError(([error]) => {
      // the frame was right and only its content was not JSON: the next frame can be read
      if (error instanceof SyntaxError) this.#broke(`a message is not JSON: ${visible(error.message, 200)}`);
      else this.fail({ kind: 'protocol', reason: visible(error.message, 200) });
    });
    this.#connection.onNotification((method: string, params: unknown) => this.#notified(method, params));
    this.#connection.listen();
    this.ended = this.#process.ended.then((ending) => {
      this.#connection.dispose();
      return this.#failed ?? ending;
    });
  }

  get pid(): number | undefined { return this.#process.pid; }

  /** The handshake. Returns the versions when they do not fit. Rejects with `HelperError`. */
  async initialize(version: string): Promise<Hello | { readonly mismatch: Versions }> {
    const answer = await this.#send('initialize', { protocol: PROTOCOL_VERSION, version }, this.#limits.handshakeMs);
    const versions = check(helloVersion, answer, 'initialize', 'result');
    if ('ok' in versions && (versions.ok.protocol !== PROTOCOL_VERSION || versions.ok.version !== version)) return { mismatch: versions.ok };
    return this.#checked('initialize', answer);
  }

  /** Asks, and checks the answer. Rejects with `HelperError`. */
  async request<M extends keyof Requests>(method: M, params: Requests[M]['params'], token?: CancellationToken): Promise<Requests[M]['result']> {
    return this.#checked(method, await this.#send(method, params, this.#limits.requestMs, token));
  }

  /** Ends it at once because of what it did; `ended` will tell. */
  fail(ending: Ending): void {
    if (this.#failed) return;
    this.#failed = ending;
    this.#process.kill();
  }

  /** Ends it in good order. */
  end(): Promise<void> {
    this.#connection.dispose();
    return this.#process.end();
  }

  #checked<M extends keyof Requests>(method: M, answer: unknown): Requests[M]['result'] {
    const checked = check(results[method], answer, method, 'result');
    if ('ok' in checked) return checked.ok;
    const reason = sentenceOf(checked.refusal);
    this.#broke(reason);
    throw new HelperError({ kind: 'refused', reason });
  }

  async #send(method: string, params: object, limitMs: number, token?: CancellationToken): Promise<unknown> {
    this.#log.trace(`→ ${method} ${JSON.stringify(params)}`);
    const start = performance.now();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        this.fail({ kind: 'silent', ms: limitMs });
        reject(new HelperError({ kind: 'silent', ms: limitMs }));
      }, limitMs);
    });
    try {
      const answer = token ? this.#connection.sendRequest(method, params, token) : this.#connection.sendRequest(method, params);
      const result: unknown = await Promise.race([answer, late]);
      this.#log.trace(`← ${method} answered after ${Math.round(performance.now() - start)} ms`);
      return result;
    } catch (error) {
      throw asHelperError(error, token);
    } finally {
      clearTimeout(timer);
    }
  }

  #notified(method: string, params: unknown): void {
    if ((MODEL_METHODS as readonly string[]).includes(method)) {
      this.#events.message(method as ModelMethod, params);
    } else if (method === 'log') {
      const checked = check(notifications.log, params, method, 'params');
      if ('ok' in checked) this.#logged(checked.ok);
      else this.#broke(sentenceOf(checked.refusal));
    } else {
      this.#broke(`${visible(method, 60)}: this notification is not known, its params are ${describe(params)}`);
    }
  }

  #logged({ level, text }: Notifications['log']): void {
    this.#log[level](`helper: ${visible(text, STDERR_LINE)}`);
  }

  #broke(reason: string): void {
    if (!this.#failed) this.#events.broke(reason);
  }

  #listenToStderr(): void {
    let rest = '';
    const say = (line: string): void => { if (line !== '') this.#log.warn(`helper (stderr): ${visible(line, STDERR_LINE)}`); };
    this.#process.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      const lines = (rest + chunk).split('\n');
      rest = (lines.pop() ?? '').slice(0, STDERR_LINE + 1);
      for (const line of lines) say(line);
    }).on('end', () => { say(rest); });
  }

  /** vscode-jsonrpc waits for ever for the end of a message, however large it is. */
  #limitBytes(reader: StreamMessageReader): void {
    let waiting = 0;
    this.#process.stdout.on('data', (chunk: Buffer) => {
      waiting += chunk.length;
      if (waiting > this.#limits.messageBytes) this.fail({ kind: 'protocol', reason: `${waiting} bytes without a complete message` });
    });
    const listen = reader.listen.bind(reader);
    reader.listen = (callback) => listen((message) => {
      waiting = 0;
      callback(message);
    });
  }
}

function asHelperError(error: unknown, token?: CancellationToken): HelperError {
  if (error instanceof HelperError) return error;
  if (token?.isCancellationRequested) return new HelperError({ kind: 'cancelled' });
  if (error instanceof ResponseError) {
    if (error.code !== ErrorCodes.PendingResponseRejected && error.code !== ErrorCodes.MessageWriteError) return new HelperError({ kind: 'answer', text: visible(error.message, 500) });
  }
  return new HelperError({ kind: 'ended' });
}
