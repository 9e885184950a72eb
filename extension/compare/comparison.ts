import * as vscode from 'vscode';
import { visible } from '../../helper/model/text.ts';
import type { HostModel } from '../../helper/model/model.ts';
import { processKey } from '../../helper/model/model.ts';
import { pickProcesses } from '../commands/processPick.ts';
import type { LiveHost } from '../host/liveHost.ts';
import type { Onlooker } from '../host/onlookers.ts';
import { sentenceOfState } from '../host/sentences.ts';
import type { Subject, ToPage } from '../../webview/protocol.ts';
import { ToHost, parse } from '../../webview/protocol.ts';
import { pageHtml, pageMessages } from './page.ts';
import type { Surroundings } from './panel.ts';
import { pageRoot } from './panel.ts';
import type { Extra, Member } from './subject.ts';
import { extraOf, pidOf, subjectOf } from './subject.ts';

/** More rows than this are no comparison any more. */
export const MAX_PROCESSES = 60;

/** What a panel begins with: processes, and what was shown of them before the window was reloaded. */
export interface Start {
  readonly members: readonly Member[];
  readonly before: Subject | undefined;
}

/** One panel "Compare Processes": follows the host that was shown when it was opened. */
export class Comparison implements vscode.Disposable {
  readonly #panel: vscode.WebviewPanel;
  readonly #around: Surroundings;
  /** The host it is about; the sidebar may show another one later. */
  readonly #host: LiveHost;
  readonly #watch: Onlooker;
  readonly #extras = new Map<string, Extra>();
  /** Namespaces whose details were asked for. */
  readonly #asked = new Set<string>();
  readonly #subscriptions: vscode.Disposable[];
  #members: Member[];
  #subject: Subject | undefined;
  #sent = '';
  #ready = false;
  #disposed = false;

  constructor(panel: vscode.WebviewPanel, around: Surroundings, start: Start) {
    this.#panel = panel;
    this.#around = around;
    this.#host = around.host.source.host;
    this.#members = [...start.members];
    this.#subject = start.before;
    this.#watch = around.host.join();
    this.#subscriptions = [
      panel.onDidDispose(() => { this.dispose(); }),
      panel.onDidChangeViewState(() => { this.#look(); }),
      panel.webview.onDidReceiveMessage((message: unknown) => { this.#receive(message); }),
      this.#host.onDidChange(() => { this.#update(); }),
      this.#host.onDidChangeState(() => { this.#update(); this.#tellConnection(); }),
      around.host.onDidChangeSource(() => { this.#tellConnection(); }),
      around.host.onDidChangeFrozen(() => { this.#tellConnection(); }),
    ];
    panel.webview.options = { enableScripts: true, localResourceRoots: [pageRoot(around.extensionUri)] };
    panel.webview.html = pageHtml(panel.webview, around.extensionUri);
    this.#update();
    this.#look();
    void around.users.load().then(() => { this.#update(); });
    // the sidebar may be hidden, and the helper not started yet
    this.#host.load('a comparison was opened').then(() => { this.#update(); }, (error: unknown) => { this.#say(false, error instanceof Error ? error.message : String(error)); });
  }

  get keys(): readonly string[] { return this.#members.map((member) => member.key); }
  /** What the page shows now. */
  get subject(): Subject | undefined { return this.#subject; }
  /** The page has started and was sent everything. */
  get ready(): boolean { return this.#ready; }

  reveal(): void { this.#panel.reveal(); }

  /** Adds processes by key; unknown ones are left out. */
  add(keys: readonly string[]): void {
    const have = new Set(this.keys);
    const added = keys.filter((key) => !have.has(key)).slice(0, MAX_PROCESSES - have.size);
    this.#members = [...this.#members, ...added.map((key) => ({ key, last: [] }))];
    this.#update();
    this.#look();
  }

  /** As if the page had sent it. */
  receive(message: unknown): void { this.#receive(message); }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#watch.dispose();
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#panel.dispose();
  }

  #receive(received: unknown): void {
    const message = parse(ToHost, received);
    if (!message.ok) {
      this.#around.log.warn(`comparison: a message of the page was refused: ${message.why}`);
      return;
    }
    switch (message.value.type) {
      case 'ready':
        this.#ready = true;
        this.#sent = '';
        this.#post({ type: 'texts', language: vscode.env.language, messages: pageMessages() });
        this.#tellConnection();
        this.#update();
        break;
      case 'add': void this.#ask(); break;
      case 'remove': {
        const { key } = message.value;
        // a thread's row belongs to its process: both go
        this.#members = this.#members.filter((member) => key !== member.key && !key.startsWith(`${member.key}/`));
        this.#update();
        this.#look();
        break;
      }
      case 'revealNamespace':
        if (this.#subject?.namespaces.some((n) => n.key === (message.value as { key: string }).key)) this.#around.reveal({ kind: 'namespace', key: message.value.key });
        break;
      case 'revealProcess': this.#around.reveal({ kind: 'process', key: message.value.key.replace(/\/.*/, '') }); break;
      case 'copy': void vscode.env.clipboard.writeText(message.value.text); break;
    }
  }

  async #ask(): Promise<void> {
    try {
      await this.#host.load('a process is chosen');
    } catch (error) {
      void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
      return;
    }
    const chosen = await pickProcesses(() => this.#host.model, { title: vscode.l10n.t('Add to the comparison'), placeholder: vscode.l10n.t('Name, number, container or command line'), many: true });
    if (chosen && !this.#disposed) this.add(chosen.map(processKey));
  }

  #update(): void {
    if (this.#disposed) return;
    const { model, hello, state } = this.#host;
    const { subject, members } = subjectOf({
      model, hello, members: this.#members, settled: state.kind === 'live', before: this.#subject, extras: this.#extras,
      userName: (uid) => this.#around.users.get(uid),
    });
    this.#members = members;
    this.#subject = subject;
    this.#panel.title = titleOf(subject);
    // most ticks change other processes: the page hears nothing of those
    const text = JSON.stringify(subject);
    if (!this.#ready || text === this.#sent) return;
    this.#sent = text;
    this.#post({ type: 'subject', subject: { ...subject, tasks: [...subject.tasks], namespaces: [...subject.namespaces] } });
    void this.#askDetails(model);
  }

  /** Interfaces, mounts and roots are dear to read: asked once for each namespace of the table, one after the other. */
  async #askDetails(model: HostModel): Promise<void> {
    if (this.#around.host.source.host !== this.#host || this.#host.state.kind !== 'live') return;
    const wanted = (this.#subject?.namespaces ?? []).filter((n) => !n.gone && !this.#asked.has(n.key) && ['net', 'mnt', 'cgroup'].includes(n.type) && model.namespaces.has(n.key));
    for (const { key } of wanted) this.#asked.add(key);
    for (const { key } of wanted) {
      try {
        const extra = extraOf(await this.#host.request('details', { key }));
        if (Object.keys(extra).length > 0) this.#extras.set(key, extra);
      } catch (error) {
        // it ended meanwhile, or may not be read: the table shows how many processes are in it instead
        this.#around.log.debug(`comparison: no details of ${key}: ${visible(String(error), 200)}`);
      }
    }
    if (wanted.length > 0) this.#update();
  }

  #look(): void {
    this.#watch.setFocus(this.keys.map(pidOf), []);
    this.#watch.setVisible(this.#panel.visible);
  }

  /** Does what is shown follow the host? */
  #tellConnection(): void {
    const { source, frozen } = this.#around.host;
    if (source.host !== this.#host) this.#say(false, vscode.l10n.t('the sidebar shows another host or snapshot'));
    else if (frozen) this.#say(false, vscode.l10n.t('the view is frozen'));
    else this.#say(this.#host.state.kind === 'live' || this.#host.state.kind === 'starting', sentenceOfState(this.#host.state) ?? '');
  }

  #say(live: boolean, why: string): void {
    this.#post({ type: 'connection', live: live || why === '', why: why.slice(0, 4096) });
  }

  #post(message: ToPage): void {
    if (this.#ready && !this.#disposed) void this.#panel.webview.postMessage(message);
  }
}

/** `postgres 2417 ↔ make 3310`, or how many there are. */
export function titleOf(subject: Subject): string {
  const processes = subject.tasks.filter((task) => task.tid === null);
  if (processes.length === 0 || processes.length > 2) return vscode.l10n.t('Compare Processes');
  return processes.map((task) => `${visible(task.name, 24)} ${task.pid}`).join(' ↔ ');
}

/** Members for pids that are in the model now; others are left out. */
export function membersOf(model: HostModel, pids: readonly number[]): Member[] {
  const keys = new Set(pids.flatMap((pid) => { const process = model.processes.get(pid); return process ? [processKey(process)] : []; }));
  return [...keys].slice(0, MAX_PROCESSES).map((key) => ({ key, last: [] }));
}
