import { execFile } from 'node:child_process';
import path from 'node:path';
import * as vscode from 'vscode';
import type { Result } from '../../lessons/checks/check.ts';
import { helperCommand } from '../host/helperProcess.ts';

/** A check that takes longer is ended: the simulator has limits of its own, which come first. */
const LONGEST_MS = 60_000;

/**
 * Checks a lesson's folder by `nslab lesson check --json` in a process of its own, so that neither a program that runs for long nor a look at the host
 * keeps the extension host from other work. Rejects with what a person can read.
 */
export async function check(extensionPath: string, folder: vscode.Uri): Promise<readonly Result[]> {
  if (folder.scheme !== 'file') throw new Error(vscode.l10n.t('Open the lesson first (Namespaces: Open Lesson…).'));
  const { execPath, args, env } = helperCommand(path.join(extensionPath, 'dist', 'nslab.cjs'), process.env, process.execPath);
  const text = await new Promise<string>((resolve, reject) => {
    execFile(execPath, [...args, 'lesson', 'check', '--json', folder.fsPath], { env, timeout: LONGEST_MS, maxBuffer: 16 << 20 }, (error, stdout, stderr) => {
      // 1: not all is solved yet
      if (error && error.code !== 1) reject(new Error(vscode.l10n.t('The check could not run: {0}', stderr.trim().slice(0, 500) || error.message)));
      else resolve(stdout);
    });
  });
  try {
    return JSON.parse(text) as readonly Result[];
  } catch {
    throw new Error(vscode.l10n.t('The check could not run: {0}', text.trim().slice(0, 500)));
  }
}
