import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** A piece of C and whether gcc 12 takes it (`-std=gnu17 -w`). `not supported`: it does, and our front end says that it does not know it. */
export interface Verdict { readonly file: string; readonly verdict: 'accepted' | 'rejected' | 'not supported'; readonly text: string }

const DIR = path.join(import.meta.dirname, 'verdicts');
const HEAD = /^--- (accepted|rejected|not supported)$/;

/** The snippets of `verdicts/*.txt`: each begins with its verdict on a line of its own. */
export function verdicts(): readonly Verdict[] {
  return readdirSync(DIR).filter((name) => name.endsWith('.txt')).flatMap((file) => parse(file, readFileSync(path.join(DIR, file), 'utf8')));
}

function parse(file: string, text: string): readonly Verdict[] {
  const found: { file: string; verdict: Verdict['verdict']; text: string }[] = [];
  for (const line of text.split('\n')) {
    const head = HEAD.exec(line);
    const last = found.at(-1);
    if (head) found.push({ file, verdict: head[1] as Verdict['verdict'], text: '' });
    else if (last) last.text += `${line}\n`;
  }
  return found;
}
