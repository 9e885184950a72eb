import * as vscode from 'vscode';
import type { Result } from '../../lessons/checks/check.ts';
import { inOurs } from './lessonFolder.ts';
import type { LessonFolder } from './lessonFolder.ts';
import type { Progress } from './progress.ts';

export type LessonRow = { readonly kind: 'lesson'; readonly of: LessonFolder } | { readonly kind: 'task'; readonly of: LessonFolder; readonly index: number };

const ICONS = { passed: new vscode.ThemeIcon('pass', new vscode.ThemeColor('testing.iconPassed')), 'not yet': new vscode.ThemeIcon('circle-large-outline'), broken: new vscode.ThemeIcon('error', new vscode.ThemeColor('testing.iconFailed')) } as const;

/** The course under the tree: a row for each lesson, below it its tasks with what is missing. */
export class LessonsView implements vscode.TreeDataProvider<LessonRow> {
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #lessons: () => Promise<readonly LessonFolder[]>;
  readonly #progress: Progress;
  readonly #view: vscode.TreeView<LessonRow>;

  constructor(lessons: () => Promise<readonly LessonFolder[]>, progress: Progress) {
    this.#lessons = lessons;
    this.#progress = progress;
    this.#view = vscode.window.createTreeView('nslab.lessons', { treeDataProvider: this });
  }

  get view(): vscode.TreeView<LessonRow> { return this.#view; }
  refresh(): void { this.#changed.fire(undefined); }
  dispose(): void {
    this.#view.dispose();
    this.#changed.dispose();
  }

  async getChildren(row?: LessonRow): Promise<LessonRow[]> {
    if (row?.kind === 'task') return [];
    if (row) return row.of.lesson.tasks.map((_, index) => ({ kind: 'task', of: row.of, index }));
    const all = await this.#lessons();
    this.#view.description = vscode.l10n.t('{0} of {1}', all.filter(({ id }) => this.#progress.of(id).finished).length, all.length);
    return all.map((of) => ({ kind: 'lesson', of }));
  }

  getParent(row: LessonRow): LessonRow | undefined { return row.kind === 'task' ? { kind: 'lesson', of: row.of } : undefined; }

  getTreeItem(row: LessonRow): vscode.TreeItem {
    const { of: { id, lesson } } = row;
    const { results, finished, folder } = this.#progress.of(id);
    const solved = lesson.tasks.filter((task) => results.some((result) => result.id === task.id && result.state === 'passed')).length;
    if (row.kind === 'lesson') {
      const item = new vscode.TreeItem(`${String(Number(id.slice(0, 2)) || id)}. ${inOurs(lesson.title)}`, vscode.TreeItemCollapsibleState.Collapsed);
      item.id = id;
      item.contextValue = 'lesson';
      item.iconPath = finished ? ICONS.passed : new vscode.ThemeIcon(folder === '' && solved === 0 ? 'circle-large-outline' : 'circle-large-filled');
      item.description = finished ? vscode.l10n.t('done') : solved > 0 || folder !== '' ? vscode.l10n.t('{0} of {1} tasks', solved, lesson.tasks.length) : vscode.l10n.t('{0} min', lesson.minutes);
      item.tooltip = lesson.goals.map(inOurs).join('\n');
      item.accessibilityInformation = { label: `${inOurs(lesson.title)}, ${finished ? vscode.l10n.t('done') : folder === '' ? vscode.l10n.t('not begun') : vscode.l10n.t('{0} of {1} tasks', solved, lesson.tasks.length)}` };
      return item;
    }
    const task = lesson.tasks[row.index];
    const result: Result | undefined = results.find((one) => one.id === task?.id);
    const item = new vscode.TreeItem(task ? inOurs(task.text) : '');
    item.id = `${id}/${task?.id ?? ''}`;
    item.contextValue = 'lessonTask';
    item.iconPath = ICONS[result?.state ?? 'not yet'];
    item.description = (result?.what ?? []).map(inOurs).join(' ');
    // plain text: it quotes what a program printed
    item.tooltip = [task ? inOurs(task.text) : '', ...(result?.what ?? []).map(inOurs)].join('\n\n');
    return item;
  }
}
