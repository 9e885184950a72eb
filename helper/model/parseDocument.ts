import * as v from 'valibot';
import type { SnapshotDocument } from './document.ts';
import { snapshotDocument } from './documentSchema.ts';

/** A text that is no snapshot: where it fails, and why. */
export class DocumentError extends Error {
  /** As `processes.3.ns.net`; '' for the whole text. */
  readonly where: string;

  constructor(where: string, why: string) {
    super(where === '' ? why : `${where}: ${why}`);
    this.name = 'DocumentError';
    this.where = where;
  }
}

/** Reads the text of a snapshot file. Throws `DocumentError` for anything that is not one. */
export function parseDocument(text: string): SnapshotDocument {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new DocumentError('', `this is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  const { format, version } = typeof value === 'object' && value !== null ? value as Record<string, unknown> : {};
  if (format !== 'nslab-snapshot') throw new DocumentError('', 'this is not a snapshot of Namespace Lab: "format" should be "nslab-snapshot"');
  if (version !== 1) throw new DocumentError('version', `this snapshot was written by another version of Namespace Lab (${JSON.stringify(version)}; known here: 1)`);
  const checked = v.safeParse(snapshotDocument, value, { abortEarly: true });
  if (!checked.success) {
    const [issue] = checked.issues;
    throw new DocumentError(v.getDotPath(issue) ?? '', issue.message);
  }
  const document = checked.output;
  rejectRepeated('processes', document.processes.map(({ pid }) => pid));
  rejectRepeated('namespaces', document.namespaces.map(({ type, inode }) => `${type}:[${inode}]`));
  rejectRepeated('containers', document.containers.map(({ key }) => key));
  return document;
}

function rejectRepeated(where: string, names: readonly (string | number)[]): void {
  const seen = new Set<string | number>();
  for (const [i, name] of names.entries()) {
    if (seen.has(name)) throw new DocumentError(`${where}.${i}`, `${name} is listed twice`);
    seen.add(name);
  }
}
