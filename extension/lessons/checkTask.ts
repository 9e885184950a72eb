import * as vscode from 'vscode';
import { visible } from '../../helper/model/text.ts';
import type { Result } from '../../lessons/checks/check.ts';
import { TASK_TYPE } from '../../lessons/checks/lesson.ts';
import { resultsText } from '../../lessons/checks/results_text.ts';
import { language } from './lessonFolder.ts';
import type { LessonFolder } from './lessonFolder.ts';

const CHECK = 'check';

/** The check as a task beside “build” and “run”: it prints what is solved and what is missing, and fails while something is. `check` is the one of the view and the status bar. */
export function checkTasks(here: () => Promise<LessonFolder | null>, check: (of: LessonFolder) => Promise<readonly Result[]>): vscode.TaskProvider {
  const taskOf = (definition: vscode.TaskDefinition, of: LessonFolder): vscode.Task => {
    const execution = new vscode.CustomExecution(() => Promise.resolve(terminalOf(of, check)));
    const task = new vscode.Task(definition, vscode.TaskScope.Workspace, CHECK, 'Namespace Lab', execution, []);
    task.group = vscode.TaskGroup.Test;
    return task;
  };
  const lessonHere = (): Promise<LessonFolder | null> => here().catch(() => null);
  return {
    provideTasks: async () => {
      const lesson = await lessonHere();
      return lesson ? [taskOf({ type: TASK_TYPE, task: CHECK }, lesson)] : [];
    },
    resolveTask: async ({ definition }) => {
      const lesson = await lessonHere();
      return lesson && definition['task'] === CHECK ? taskOf(definition, lesson) : undefined;
    },
  };
}

function terminalOf(of: LessonFolder, check: (of: LessonFolder) => Promise<readonly Result[]>): vscode.Pseudoterminal {
  const written = new vscode.EventEmitter<string>();
  const ended = new vscode.EventEmitter<number>();
  const print = (text: string): void => { written.fire(text.replaceAll('\n', '\r\n')); };
  return {
    onDidWrite: written.event,
    onDidClose: ended.event,
    open: () => {
      check(of).then((results) => {
        print(resultsText(of.lesson, results, language()));
        ended.fire(results.every(({ state }) => state === 'passed') ? 0 : 1);
      }, (error: unknown) => {
        print(`${visible(error instanceof Error ? error.message : String(error))}\n`);
        ended.fire(1);
      });
    },
    close: () => undefined,
  };
}
