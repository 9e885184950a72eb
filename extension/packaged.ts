import * as vscode from 'vscode';

/** What the build writes into `dist/files.json`. */
interface Index { readonly examples: readonly string[]; readonly lessons: Readonly<Record<string, readonly string[]>> }

/**
 * The files that come with the extension: in a browser they are web addresses, which can be read but neither listed nor copied, so the build leaves a list
 * of them. Rejects with the file system's error.
 */
export class Packaged {
  readonly #root: vscode.Uri;
  #index: Promise<Index> | undefined;

  constructor(root: vscode.Uri) { this.#root = root; }

  /** Names of the programs in the gallery. */
  async examples(): Promise<readonly string[]> { return (await this.#read()).examples; }
  example(name: string): vscode.Uri { return vscode.Uri.joinPath(this.#root, 'dist', 'examples', name); }

  /** Names of the lessons' folders. */
  async lessons(): Promise<readonly string[]> { return Object.keys((await this.#read()).lessons); }
  lesson(id: string): vscode.Uri { return vscode.Uri.joinPath(this.#root, 'lessons', id); }
  /** Files of a lesson, relative to its folder: `.vscode/tasks.json`. */
  async filesOf(id: string): Promise<readonly string[]> { return (await this.#read()).lessons[id] ?? []; }

  #read(): Promise<Index> {
    this.#index ??= Promise.resolve(vscode.workspace.fs.readFile(vscode.Uri.joinPath(this.#root, 'dist', 'files.json')))
      .then((bytes) => JSON.parse(new TextDecoder().decode(bytes)) as Index);
    // what failed once may work the next time
    this.#index.catch(() => { this.#index = undefined; });
    return this.#index;
  }
}
