import * as vscode from 'vscode';
import type { Details } from '../../helper/protocol.ts';
import { VIEW_ID } from '../contribution/context.ts';
import type { HostSource } from '../host/hostSource.ts';
import type { NamespaceTree } from '../tree/namespaceTree.ts';
import { namespaceOf } from './argument.ts';
import { detailsText } from './detailsText.ts';

/** Documents of this scheme are read-only text about one namespace: `nslab:/uts 4026532601?key`. */
const SCHEME = 'nslab';
/** Texts of documents that are closed are dropped when more than this are kept. */
const MOST = 50;

/** Shows everything known of a namespace in a read-only document; asking again reads it again. */
export class NamespaceDetails implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changed.event;
  readonly #texts = new Map<string, string>();
  readonly #tree: NamespaceTree;
  readonly #host: HostSource;
  readonly #registered: vscode.Disposable;

  constructor(tree: NamespaceTree, host: HostSource) {
    this.#tree = tree;
    this.#host = host;
    this.#registered = vscode.workspace.registerTextDocumentContentProvider(SCHEME, this);
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    // a document that VS Code brings back after a restart is of another time: its text is gone
    return this.#texts.get(uri.toString()) ?? vscode.l10n.t('This was about a namespace at another time. Show its contents again from the tree.\n');
  }

  async show(argument: unknown): Promise<void> {
    const namespace = namespaceOf(this.#tree, argument);
    const details = await vscode.window.withProgress({ location: { viewId: VIEW_ID } }, () => this.#read(namespace.key));
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${namespace.type} ${namespace.inode}`, query: namespace.key });
    const known = this.#texts.has(uri.toString());
    this.#texts.set(uri.toString(), detailsText(this.#tree.picture.scene, namespace, details, new Date()));
    this.#forget();
    if (known) this.#changed.fire(uri);
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: true });
  }

  async #read(key: string): Promise<Details | string> {
    try {
      return await this.#host.request('details', { key });
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  #forget(): void {
    const open = new Set(vscode.workspace.textDocuments.map((document) => document.uri.toString()));
    for (const name of [...this.#texts.keys()].slice(0, -1)) if (this.#texts.size > MOST && !open.has(name)) this.#texts.delete(name);
  }

  dispose(): void {
    this.#registered.dispose();
    this.#changed.dispose();
  }
}
