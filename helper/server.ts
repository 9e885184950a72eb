import type { MessageConnection } from 'vscode-jsonrpc/node';
import { ErrorCodes, ResponseError } from 'vscode-jsonrpc/node';
import * as v from 'valibot';
import { Pins } from './enter/pins.ts';
import type { Route } from './enter/plan.ts';
import { readPlan, TargetGone } from './enter/plan.ts';
import { listFolder, readFile, statFile } from './files/files.ts';
import { readDetails, readListeners } from './details/details.ts';
import { Follower } from './follow.ts';
import { readHello } from './hello.ts';
import type { Native } from './kernel/native.ts';
import type { Errno, Notifications, Requests } from './protocol.ts';
import { PROTOCOL_VERSION } from './protocol.ts';
import { complaint, requestSchemas } from './requests.ts';
import { routeTo } from './scan/entry.ts';
import { liveSources } from './scan/liveSources.ts';
import { Scanner } from './scan/scanner.ts';
import { version } from './version.ts';

type Answers = { [M in keyof Requests]: (params: Requests[M]['params']) => Requests[M]['result'] | Promise<Requests[M]['result']> };

/** No namespace with that key is alive: `-32000` and below are ours by JSON-RPC 2.0. */
export const UNKNOWN_NAMESPACE = -32001;

/** What was to be entered has ended, or is another now. */
export const TARGET_GONE = -32002;

/** Serves one client until it goes away: answers its requests and tells it what changes. */
export class Server {
  readonly #connection: MessageConnection;
  readonly #native: Native | Errno;
  readonly #scanner: Scanner;
  readonly #follower: Follower;
  readonly #pins = new Pins();
  #seq = 0;

  /** `elevatedFor`: the process that it has more rights for; null: it has none but its own. */
  constructor(connection: MessageConnection, native: Native | Errno, elevatedFor: number | null = null) {
    this.#connection = connection;
    this.#native = native;
    this.#scanner = new Scanner(liveSources(native));
    this.#follower = new Follower(this.#scanner, {
      begin: (parts) => this.#notify('snapshot/begin', { seq: ++this.#seq, parts }),
      chunk: (part) => this.#notify('snapshot/chunk', { seq: ++this.#seq, part }),
      end: (status) => this.#notify('snapshot/end', { seq: ++this.#seq, status }),
      delta: (part, status) => this.#notify('delta', { seq: ++this.#seq, part, status }),
      log: (text) => { this.#log('debug', text); },
    });
    this.#answer({
      initialize: ({ protocol, version: theirs }) => {
        if (protocol !== PROTOCOL_VERSION || theirs !== version) this.#log('warn', `client ${theirs} speaks protocol ${protocol}; this helper is ${version} and speaks ${PROTOCOL_VERSION}`);
        return readHello(native, elevatedFor !== null);
      },
      watch: ({ visible, focusPids, focusNamespaces, intervalMs, slowScan = true }) => {
        this.#follower.watch({ visible, focus: { pids: focusPids, namespaces: focusNamespaces }, intervalMs, slowScan });
        return null;
      },
      refresh: ({ reason }) => {
        this.#log('debug', `refresh: ${reason}`);
        return this.#follower.refresh();
      },
      resync: async () => {
        await this.#follower.resync();
        return null;
      },
      details: ({ key }) => this.#details(key),
      enterPlan: ({ target }) => this.#enterPlan(target, elevatedFor),
      unpin: ({ pin }) => {
        this.#pins.release(pin);
        return null;
      },
      fileStat: (target) => unlessGone(() => statFile(target)),
      fileList: (target) => unlessGone(() => listFolder(target)),
      fileRead: (target) => unlessGone(() => readFile(target)),
      listeners: () => this.#listeners(),
    });
  }

  /** Serves until `stop`. Rejects when a scan fails in a way that was not foreseen. */
  async run(): Promise<void> {
    this.#connection.listen();
    await this.#follower.run();
  }

  stop(): void {
    this.#follower.stop();
    this.#pins.releaseAll();
  }

  #enterPlan(target: Requests['enterPlan']['params']['target'], caller: number | null): Requests['enterPlan']['result'] {
    return unlessGone(() => readPlan(target, this.#native, this.#pins, (key) => this.#route(key), caller ?? 'self'));
  }

  #route(key: string): Route | null {
    const entry = this.#scanner.find(key);
    if (!entry) return null;
    const { type, inode } = entry.facts;
    const route = routeTo(type, inode, entry.tuples, entry.held, '/proc');
    return { type, inode, path: route?.path ?? null, memberPid: route?.memberPid ?? null };
  }

  #details(key: string): Requests['details']['result'] {
    const entry = this.#scanner.find(key);
    if (!entry) throw new ResponseError(UNKNOWN_NAMESPACE, `no namespace ${key} is alive (any more)`);
    const { type, inode } = entry.facts;
    const route = routeTo(type, inode, entry.tuples, entry.held, '/proc');
    return readDetails({ key, type, inode }, route?.memberPid ?? null, route?.memberPid == null ? route?.path ?? null : null, this.#native, [...this.#scanner.processes.keys()]);
  }

  #listeners(): Requests['listeners']['result'] {
    const nets = [...this.#scanner.namespaces()].filter((entry) => entry.facts.type === 'net').map(({ facts, tuples, held }) => {
      const route = routeTo('net', facts.inode, tuples, held, '/proc');
      return { inode: facts.inode, pid: route?.memberPid ?? null, open: route?.memberPid == null ? route?.path ?? null : null };
    });
    return readListeners(nets, [...this.#scanner.processes.keys()], this.#native);
  }

  #answer(answers: Answers): void {
    for (const method of Object.keys(requestSchemas) as (keyof Requests)[]) {
      this.#connection.onRequest(method, (params: unknown) => {
        const checked = v.safeParse(requestSchemas[method], params ?? {});
        if (!checked.success) return new ResponseError(ErrorCodes.InvalidParams, complaint(method, checked.issues));
        // the schema of this very method has passed, which TypeScript cannot follow through the table
        return (answers[method] as (params: unknown) => unknown)(checked.output);
      });
    }
  }

  #notify<M extends keyof Notifications>(method: M, params: Notifications[M]): Promise<void> {
    return this.#connection.sendNotification(method, params);
  }

  #log(level: Notifications['log']['level'], text: string): void {
    // whoever cannot be told is gone, and the end of its pipe ends us
    this.#notify('log', { level, text }).catch(() => undefined);
  }
}

/** What was meant has ended: an error that says so to people. */
function unlessGone<T>(ask: () => T): T {
  try {
    return ask();
  } catch (error) {
    if (error instanceof TargetGone) throw new ResponseError(TARGET_GONE, error.message);
    throw error;
  }
}
