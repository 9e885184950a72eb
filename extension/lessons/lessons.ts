import * as vscode from 'vscode';
import type { Result } from '../../lessons/checks/check.ts';
import { TASK_TYPE } from '../../lessons/checks/lesson.ts';
import type { Handlers, LessonCommand } from '../contribution/commands.ts';
import type { Log } from '../log.ts';
import { NOTEBOOK_VIEW } from '../notebook/notebookEditor.ts';
import type { Packaged } from '../packaged.ts';
import type { CheckLesson } from '../platform.ts';
import { AUTHOR, copyLesson, resetLesson } from './copyLesson.ts';
import { inOurs, language, readLesson, readmeOf, workspaceOf } from './lessonFolder.ts';
import type { LessonFolder } from './lessonFolder.ts';
import { checkTasks } from './checkTask.ts';
import { LessonsView } from './lessonsView.ts';
import type { LessonRow } from './lessonsView.ts';
import { Progress } from './progress.ts';

const OPENED = 'lessonToShow';
const PLACE = 'lessonsPlace';

/** What the course needs of the rest of the extension. */
export interface LessonNeeds { readonly context: vscode.ExtensionContext; readonly packaged: Packaged; readonly check: CheckLesson; readonly log: Log }

/** The course: its view, its commands, and the check on saving. */
export class Lessons {
  readonly #context: vscode.ExtensionContext;
  readonly #packaged: Packaged;
  readonly #judge: CheckLesson;
  readonly #log: Log;
  readonly #progress: Progress;
  readonly #view: LessonsView;
  readonly #status: vscode.StatusBarItem;
  #checking: Promise<void> = Promise.resolve();

  constructor({ context, packaged, check, log }: LessonNeeds) {
    this.#context = context;
    this.#packaged = packaged;
    this.#judge = check;
    this.#log = log;
    this.#progress = new Progress(context.globalState);
    this.#view = new LessonsView(() => this.#all(), this.#progress);
    this.#status = vscode.window.createStatusBarItem('nslab.lesson', vscode.StatusBarAlignment.Left);
    this.#status.name = vscode.l10n.t('Lesson');
    this.#status.command = 'nslab.checkLesson';
    context.subscriptions.push(this.#view, this.#status, vscode.tasks.registerTaskProvider(TASK_TYPE, checkTasks(() => this.#here(), (of) => this.#check(of, false))),
      vscode.workspace.onDidSaveTextDocument(({ uri }) => { void this.#saved(uri); }));
    void this.#begin();
  }

  readonly handlers: Handlers<LessonCommand> = {
    openLesson: async (argument) => { await this.#open(await this.#meant(argument, true)); },
    checkLesson: async (argument) => { await this.#check(await this.#meant(argument)); },
    lessonHint: async (argument) => { await this.#hint(await this.#meant(argument), taskOf(argument)); },
    resetLesson: async (argument) => { await this.#reset(await this.#meant(argument)); },
    nextLesson: async (argument) => { await this.#next(await this.#meant(argument)); },
    showSolution: async (argument) => { await this.#solution(await this.#meant(argument)); },
  };

  async #all(): Promise<readonly LessonFolder[]> {
    const names = await this.#packaged.lessons();
    const found = await Promise.all(names.map((name) => readLesson(this.#packaged.lesson(name)).catch((error: unknown) => {
      this.#log.error(`lesson ${name}: ${error instanceof Error ? error.message : String(error)}`);
      return null;
    })));
    return found.filter((one): one is LessonFolder => one !== null);
  }

  /** The lesson whose folder is open in this window; null: none. */
  async #here(): Promise<LessonFolder | null> {
    for (const { uri } of vscode.workspace.workspaceFolders ?? []) {
      const lesson = await readLesson(uri);
      if (lesson) return lesson;
    }
    return null;
  }

  /** What a command is about: the row it was called on, else the lesson in this window, else one that is chosen. */
  async #meant(argument: unknown, choose = false): Promise<LessonFolder> {
    const row = argument as Partial<LessonRow> | undefined;
    const all = await this.#all();
    const byId = typeof argument === 'string' ? argument : typeof row?.of?.id === 'string' ? row.of.id : null;
    const found = byId === null ? null : all.find(({ id }) => id === byId);
    if (found) return found;
    const here = choose ? null : await this.#here();
    if (here) return here;
    const items = all.map((of) => ({ label: `${of.id.slice(0, 2)} ${inOurs(of.lesson.title)}`, description: vscode.l10n.t('{0} min', of.lesson.minutes), detail: of.lesson.goals.map(inOurs).join('; '), of }));
    const chosen = await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Open Lesson'), placeHolder: vscode.l10n.t('A title or a word of its goals'), matchOnDetail: true });
    if (!chosen) throw new vscode.CancellationError();
    return chosen.of;
  }

  /** Where the learner's copy is: the open folder, or the one that was made; null: there is none. */
  async #copyOf({ id }: LessonFolder): Promise<vscode.Uri | null> {
    const here = await this.#here();
    if (here?.id === id) return here.uri;
    const { folder } = this.#progress.of(id);
    if (folder === '') return null;
    const uri = vscode.Uri.parse(folder);
    return await vscode.workspace.fs.stat(uri).then(() => uri, () => null);
  }

  async #open(of: LessonFolder): Promise<void> {
    const here = await this.#here();
    if (here?.id === of.id) { await this.#show(here); return; }
    let folder = await this.#copyOf(of);
    if (!folder) {
      folder = await this.#newCopy(of);
      if (!folder) return;
      await this.#progress.change(of.id, { folder: folder.toString() });
    }
    await this.#context.globalState.update(OPENED, folder.toString());
    // from lesson to lesson in one window; a folder that somebody works in stays open
    const busy = (vscode.workspace.workspaceFolders?.length ?? 0) > 0 && !here;
    await vscode.commands.executeCommand('vscode.openFolder', await workspaceOf(folder), busy ? { forceNewWindow: true } : { forceReuseWindow: true });
  }

  /** A copy in a folder that is asked for, and asked for again when it cannot be made there; null: none is wanted. */
  async #newCopy(of: LessonFolder): Promise<vscode.Uri | null> {
    for (;;) {
      const last = this.#context.globalState.get<string>(PLACE);
      const [place] = await vscode.window.showOpenDialog({
        title: vscode.l10n.t('Choose a folder: the lesson is copied into it'), openLabel: vscode.l10n.t('Copy the Lesson Here'), canSelectFolders: true, canSelectFiles: false,
        ...last === undefined ? {} : { defaultUri: vscode.Uri.parse(last) },
      }) ?? [];
      if (!place) return null;
      const folder = vscode.Uri.joinPath(place, of.id);
      try {
        await copyLesson(this.#packaged, of.id, folder);
        await this.#context.globalState.update(PLACE, place.toString());
        return folder;
      } catch (error) {
        const other = vscode.l10n.t('Choose Another Folder');
        const detail = `${error instanceof Error ? error.message : String(error)}\n\n${vscode.l10n.t('A lesson is files to change and save: it needs a folder that you may write to.')}`;
        if (await vscode.window.showErrorMessage(vscode.l10n.t('The lesson cannot be copied to {0}.', place.fsPath), { modal: true, detail }, other) !== other) return null;
      }
    }
  }

  /** In a window that has just opened a lesson: its text, and the notebook beside it. */
  async #begin(): Promise<void> {
    const here = await this.#here().catch(() => null);
    if (!here) return;
    await this.#tell(here);
    if (this.#context.globalState.get<string>(OPENED) !== here.uri.toString()) return;
    await this.#context.globalState.update(OPENED, undefined);
    await this.#show(here);
  }

  async #show({ uri }: LessonFolder): Promise<void> {
    await vscode.commands.executeCommand('markdown.showPreview', await readmeOf(uri));
    const suffix = language() === 'en' ? '.nsbook.md' : `.${language()}.nsbook.md`;
    const names = (await vscode.workspace.fs.readDirectory(uri)).map(([name]) => name);
    const notebook = names.find((name) => name.endsWith(suffix) && (suffix !== '.nsbook.md' || !/\.zh-cn\./.test(name)));
    if (notebook !== undefined) await vscode.commands.executeCommand('vscode.openWith', vscode.Uri.joinPath(uri, notebook), NOTEBOOK_VIEW, vscode.ViewColumn.Beside);
  }

  async #saved(uri: vscode.Uri): Promise<void> {
    const here = await this.#here().catch(() => null);
    if (here && uri.toString().startsWith(`${here.uri.toString()}/`) && /\.(?:c|h|json)$/.test(uri.path)) await this.#check(here, false);
  }

  /** One check at a time. `aloud`: somebody asked, so that the result is said. */
  async #check(of: LessonFolder, aloud = true): Promise<readonly Result[]> {
    const uri = await this.#copyOf(of);
    if (!uri) throw new Error(vscode.l10n.t('Open the lesson first (Namespaces: Open Lesson…).'));
    const run = this.#checking.then(async () => {
      this.#status.text = `$(loading~spin) ${vscode.l10n.t('Checking…')}`;
      this.#status.show();
      const results = await this.#judge(of, uri);
      const finished = results.length > 0 && results.every(({ state }) => state === 'passed');
      const before = this.#progress.of(of.id).finished;
      await this.#progress.change(of.id, { results, folder: uri.toString(), finished: finished || before });
      this.#view.refresh();
      await this.#tell(of);
      const open = results.filter(({ state }) => state !== 'passed');
      if (finished && (!before || aloud)) void this.#praise(of);
      else if (aloud && open.length > 0) void vscode.window.showInformationMessage(open.flatMap(({ what }) => what.map(inOurs)).slice(0, 3).join(' '));
      return results;
    });
    // a check that could not run must not keep the next from running
    this.#checking = run.then(() => undefined, () => undefined);
    try {
      return await run;
    } catch (error) {
      await this.#tell(of);
      throw error;
    }
  }

  async #praise(of: LessonFolder): Promise<void> {
    const next = vscode.l10n.t('Next Lesson');
    if (await vscode.window.showInformationMessage(vscode.l10n.t('Lesson solved: {0}', inOurs(of.lesson.title)), next) === next) await this.#next(of);
  }

  /** In the status bar: how far one is in the lesson of this window. */
  async #tell(of: LessonFolder): Promise<void> {
    const here = await this.#here().catch(() => null);
    if (here?.id !== of.id) { this.#status.hide(); return; }
    const { results } = this.#progress.of(of.id);
    const solved = results.filter(({ state }) => state === 'passed').length;
    const broken = results.some(({ state }) => state === 'broken');
    this.#status.text = `$(${broken ? 'error' : solved === of.lesson.tasks.length ? 'pass' : 'circle-large-outline'}) ${vscode.l10n.t('Lesson: {0} of {1}', solved, of.lesson.tasks.length)}`;
    this.#status.tooltip = results.flatMap(({ what }) => what.map(inOurs)).join('\n') || vscode.l10n.t('Checked on every save; click checks now');
    this.#status.show();
  }

  async #hint(of: LessonFolder, taskId: string | null): Promise<void> {
    const { results, hints } = this.#progress.of(of.id);
    const open = of.lesson.tasks.filter(({ id }) => !results.some((result) => result.id === id && result.state === 'passed'));
    const task = open.find(({ id }) => id === taskId) ?? open[0];
    if (!task) { void vscode.window.showInformationMessage(vscode.l10n.t('All tasks of this lesson are solved.')); return; }
    const at = Math.min(hints[task.id] ?? 0, task.hints.length - 1);
    await this.#progress.change(of.id, { hints: { ...hints, [task.id]: at + 1 } });
    const hint = task.hints[at];
    const more = vscode.l10n.t('One More Hint');
    const said = vscode.l10n.t('Hint {0} of {1}: {2}', at + 1, task.hints.length, hint ? inOurs(hint) : '');
    const chosen = at + 1 < task.hints.length ? await vscode.window.showInformationMessage(said, more) : await vscode.window.showInformationMessage(said);
    if (chosen === more) await this.#hint(of, task.id);
  }

  /** The files as they were at the start; those of the learner are kept beside them. */
  async #reset(of: LessonFolder): Promise<void> {
    const copyUri = await this.#copyOf(of);
    if (!copyUri || copyUri.toString() === this.#packaged.lesson(of.id).toString()) throw new Error(vscode.l10n.t('There is no copy of this lesson to reset.'));
    const reset = vscode.l10n.t('Reset');
    const detail = vscode.l10n.t('Its files become what they were at the start. Yours are kept in the folder “before-reset”.');
    if (await vscode.window.showWarningMessage(vscode.l10n.t('Reset the lesson “{0}”?', inOurs(of.lesson.title)), { modal: true, detail }, reset) !== reset) return;
    await resetLesson(this.#packaged, of.id, copyUri);
    await this.#progress.change(of.id, { results: [], hints: {}, finished: false });
    this.#view.refresh();
    await this.#tell(of);
  }

  async #next(of: LessonFolder): Promise<void> {
    const all = await this.#all();
    const next = all[all.findIndex(({ id }) => id === of.id) + 1];
    if (!next) { void vscode.window.showInformationMessage(vscode.l10n.t('That was the last lesson.')); return; }
    await this.#open(next);
  }

  /** After passing, or on insisting: beside the learner's own, as a comparison where there is one. */
  async #solution(of: LessonFolder): Promise<void> {
    const folder = vscode.Uri.joinPath(this.#packaged.lesson(of.id), AUTHOR, 'solution');
    const names = (await this.#packaged.filesOf(of.id)).filter((name) => name.startsWith(`${AUTHOR}/solution/`) && name.endsWith('.c')).map((name) => name.slice(name.lastIndexOf('/') + 1));
    if (names.length === 0) { void vscode.window.showInformationMessage(vscode.l10n.t('This lesson is done by hand: its text is the solution.')); return; }
    const insist = vscode.l10n.t('Show It');
    if (!this.#progress.of(of.id).finished && await vscode.window.showWarningMessage(vscode.l10n.t('It is not solved yet. Show the solution all the same?'), { modal: true, detail: vscode.l10n.t('A hint may be enough (Namespaces: Lesson Hint).') }, insist) !== insist) return;
    const name = names.length === 1 ? names[0] : await vscode.window.showQuickPick(names, { title: vscode.l10n.t('Which file?') });
    if (name === undefined) return;
    const copyUri = await this.#copyOf(of);
    const solution = vscode.Uri.joinPath(folder, name);
    if (copyUri) await vscode.commands.executeCommand('vscode.diff', vscode.Uri.joinPath(copyUri, name), solution, vscode.l10n.t('{0}: yours and the solution', name));
    else await vscode.window.showTextDocument(solution, { preview: true });
  }
}

function taskOf(argument: unknown): string | null {
  const row = argument as Partial<LessonRow> | undefined;
  return row?.kind === 'task' && row.of && typeof row.index === 'number' ? row.of.lesson.tasks[row.index]?.id ?? null : null;
}
