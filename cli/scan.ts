import { readHello } from '../helper/hello.ts';
import { loadNative } from '../helper/kernel/native.ts';
import { documentText, toDocument } from '../helper/model/document.ts';
import { HostModel } from '../helper/model/model.ts';
import type { NsType } from '../helper/protocol.ts';
import { liveSources } from '../helper/scan/liveSources.ts';
import { Scanner } from '../helper/scan/scanner.ts';
import { closingLines } from './closing.ts';
import { namespaceRows } from './rows.ts';
import { formatTable } from './table.ts';
import { FAILED, OK } from './usage.ts';
import { readUserNames } from './users.ts';

export interface ScanOptions {
  readonly json: boolean;
  readonly headings: boolean;
  readonly types: readonly NsType[];
}

/** Reads the host once and prints what it found. The answer is the exit status. */
export function scan({ json, headings, types }: ScanOptions): number {
  const native = loadNative();
  const scanner = new Scanner(liveSources(native));
  scanner.full();
  const { phases } = scanner.status;
  if (phases.identity !== 'complete') {
    process.stderr.write(`nslab: /proc cannot be read: ${phases.identity}\n`);
    return FAILED;
  }
  const model = new HostModel();
  for (const part of scanner.snapshot()) model.apply(part);
  const hello = readHello(native);
  if (json) {
    const document = toDocument(model, hello, new Date(), phases);
    process.stdout.write(documentText({ ...document, namespaces: document.namespaces.filter(({ type }) => types.includes(type)) }));
    return OK;
  }
  const rows = namespaceRows(model, types, readUserNames());
  const width = process.stdout.isTTY ? process.stdout.columns : Infinity;
  const closing = closingLines(model, hello, phases);
  process.stdout.write(formatTable(rows, { headings, width }));
  if (headings) process.stdout.write(`\n${closing.join('\n')}\n`);
  return OK;
}
