import * as vscode from 'vscode';
import type { SnapshotDocument } from '../../helper/model/document.ts';
import { DocumentError, parseDocument } from '../../helper/model/document.ts';
import { visible } from '../../helper/model/text.ts';

/** Both dots belong to it: `host.nslab.json` is JSON for every other program. */
export const EXTENSION = 'nslab.json';
/** What is larger is no snapshot of a host that this extension could show. Ten thousand processes make about 10 MB. */
const LARGEST = 256 << 20;

/** The snapshot in a file. Throws an `Error` that says which file, where in it, and why. */
export async function readSnapshot(file: vscode.Uri): Promise<SnapshotDocument> {
  const name = fileName(file);
  const bytes = await readBytes(file, name);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Error(vscode.l10n.t('{0} is not a snapshot: it is not text in UTF-8.', name));
  }
  try {
    return parseDocument(text);
  } catch (error) {
    if (error instanceof DocumentError) throw new Error(vscode.l10n.t('{0} could not be opened as a snapshot: {1}', name, visible(error.message, 400)), { cause: error });
    throw error;
  }
}

async function readBytes(file: vscode.Uri, name: string): Promise<Uint8Array> {
  try {
    const { size, type } = await vscode.workspace.fs.stat(file);
    if ((type & vscode.FileType.Directory) !== 0) throw new Error(vscode.l10n.t('it is a folder'));
    if (size > LARGEST) throw new Error(vscode.l10n.t('it has {0} MB; a snapshot has at most {1}', Math.round(size / (1 << 20)), LARGEST >> 20));
    return await vscode.workspace.fs.readFile(file);
  } catch (error) {
    throw new Error(vscode.l10n.t('{0} could not be read: {1}', name, visible(error instanceof Error ? error.message : String(error), 300)), { cause: error });
  }
}

/** The last part of its path, as it may be shown. */
export function fileName(file: vscode.Uri): string {
  return visible(file.path.split('/').at(-1) ?? file.path, 100);
}

/** `db-2026-03-01-1402.nslab.json`: where and when, with nothing in it that a file system could mind. */
export function suggestedName(hostname: string, at: Date): string {
  const two = (n: number): string => String(n).padStart(2, '0');
  const host = hostname.replace(/[^A-Za-z0-9_-]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 60) || 'host';
  return `${host}-${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}-${two(at.getHours())}${two(at.getMinutes())}.${EXTENSION}`;
}
