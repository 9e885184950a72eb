import path from 'node:path';
import * as vscode from 'vscode';
import { helperCommand } from '../host/helperProcess.ts';
import { language } from './lessonFolder.ts';
import type { LessonFolder } from './lessonFolder.ts';

/** `"type"` of a lesson's task in its workspace file; the only one is `"task": "check"`. */
export const TASK_TYPE = 'nslab-lesson';
const CHECK = 'check';

/** The check as a task beside “build” and “run”: it prints what is solved and what is missing, and fails while something is. */
export function checkTasks(extensionPath: string, here: () => Promise<LessonFolder | null>): vscode.TaskProvider {
  const taskOf = (definition: vscode.TaskDefinition, { uri }: LessonFolder): vscode.Task => {
    const { execPath, args, env } = helperCommand(path.join(extensionPath, 'dist', 'nslab.cjs'), process.env, process.execPath);
    const words: Record<string, string> = { LANG: language() === 'zh-cn' ? 'zh_CN.UTF-8' : 'C.UTF-8' };
    for (const [name, value] of Object.entries(env)) if (value !== undefined && name !== 'LANG') words[name] = value;
    const execution = new vscode.ProcessExecution(execPath, [...args, 'lesson', 'check', uri.fsPath], { cwd: uri.fsPath, env: words });
    const task = new vscode.Task(definition, vscode.TaskScope.Workspace, CHECK, 'Namespace Lab', execution, []);
    task.group = vscode.TaskGroup.Test;
    return task;
  };
  const lessonHere = async (): Promise<LessonFolder | null> => {
    const lesson = await here().catch(() => null);
    return lesson?.uri.scheme === 'file' ? lesson : null;
  };
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
