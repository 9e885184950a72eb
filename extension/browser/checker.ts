import * as vscode from 'vscode';
import type { Result } from '../../lessons/checks/check.ts';
import type { Checked, ToCheck } from '../../lessons/checks/wire.ts';
import type { LessonFolder } from '../lessons/lessonFolder.ts';
import { noLook } from './reasons.ts';

/** What browsers have and the types of Node do not. */
interface Worker {
  postMessage(message: unknown): void;
  terminate(): void;
  addEventListener(type: 'message', listener: (event: { readonly data: Checked | { readonly type: 'ready' } }) => void): void;
  addEventListener(type: 'error', listener: (event: { readonly message: string }) => void): void;
}
declare const Worker: new (address: string) => Worker;

/** A check that takes longer is ended: the simulator has limits of its own, which come first. */
const LONGEST_MS = 60_000;
/** What a lesson's programs could include is small, and beside them. */
const MOST_BYTES = 1 << 20, MOST_FILES = 200, DEEPEST = 3;

/** Checks lessons in a worker of its own, the notebooks' one, so that a program that runs for long keeps the extension host from nothing. */
export class Checker implements vscode.Disposable {
  readonly #dist: vscode.Uri;
  #worker: Promise<Worker> | undefined;

  constructor(extensionUri: vscode.Uri) { this.#dist = vscode.Uri.joinPath(extensionUri, 'dist'); }

  /** Rejects with what a person can read. One at a time. */
  async check({ lesson }: LessonFolder, folder: vscode.Uri): Promise<readonly Result[]> {
    const files = new Map<string, Uint8Array>();
    await gather(folder, '', files, DEEPEST);
    this.#worker ??= this.#start();
    try {
      return await judged(await this.#worker, { type: 'check', lesson, files, noHost: noLook() });
    } catch (error) {
      // nobody knows what it is about now: the next check begins with a new one
      this.dispose();
      throw new Error(vscode.l10n.t('The check could not run: {0}', error instanceof Error ? error.message : String(error)), { cause: error });
    }
  }

  dispose(): void {
    void this.#worker?.then((worker) => { worker.terminate(); }, () => undefined);
    this.#worker = undefined;
  }

  async #start(): Promise<Worker> {
    const read = (...name: string[]): Thenable<Uint8Array> => vscode.workspace.fs.readFile(vscode.Uri.joinPath(this.#dist, ...name));
    const [script, bytes] = await Promise.all([read('webview', 'worker.js'), read('system.bin')]);
    const address = URL.createObjectURL(new Blob([new Uint8Array(script)], { type: 'text/javascript' }));
    const worker = new Worker(address);
    worker.postMessage({ type: 'system', bytes, listings: null, words: null });
    return worker;
  }
}

function judged(worker: Worker, message: ToCheck): Promise<readonly Result[]> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => { reject(new Error(vscode.l10n.t('it took more than {0} seconds', LONGEST_MS / 1_000))); }, LONGEST_MS);
    worker.addEventListener('message', ({ data }) => {
      if (data.type === 'ready') return;
      clearTimeout(timer);
      if (data.type === 'checked') resolve(data.results);
      else reject(new Error(data.why));
    });
    worker.addEventListener('error', ({ message: why }) => {
      clearTimeout(timer);
      reject(new Error(why));
    });
    worker.postMessage(message);
  });
}

/** The files of a learner's folder and of the folders in it, by their names from there: a virtual file system has nothing else that could be read while a program is compiled. */
async function gather(folder: vscode.Uri, prefix: string, into: Map<string, Uint8Array>, deeper: number): Promise<void> {
  for (const [name, type] of await vscode.workspace.fs.readDirectory(folder)) {
    if (name.startsWith('.') || into.size >= MOST_FILES) continue;
    const uri = vscode.Uri.joinPath(folder, name);
    if ((type & vscode.FileType.Directory) !== 0) {
      if (deeper > 0) await gather(uri, `${prefix}${name}/`, into, deeper - 1);
    } else if (/\.(?:c|h|json)$/.test(name) && (await vscode.workspace.fs.stat(uri)).size <= MOST_BYTES) into.set(`${prefix}${name}`, await vscode.workspace.fs.readFile(uri));
  }
}
