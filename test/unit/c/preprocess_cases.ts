import { readFileSync } from 'node:fs';
import path from 'node:path';

export interface PreprocessCase { readonly name: string; readonly text: string; /** What gcc 12 makes of it: its tokens with a space between two. */ readonly tokens: string }

/** `preprocess/cases.txt`: `--- name`, the text, `===`, the tokens. */
export function preprocessCases(): readonly PreprocessCase[] {
  const all = readFileSync(path.join(import.meta.dirname, 'preprocess/cases.txt'), 'utf8');
  return all.split(/^--- /m).slice(1).map((part) => {
    const [head = '', tokens = ''] = part.split('\n===\n');
    const end = head.indexOf('\n');
    return { name: head.slice(0, end), text: `${head.slice(end + 1)}\n`, tokens: tokens.trim() };
  });
}
