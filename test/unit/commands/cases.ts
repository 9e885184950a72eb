import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Where the command lines and what Debian's programs made of them lie. */
export const CASES = fileURLToPath(new URL('cases/', import.meta.url));

/** What a command line gave. */
export interface Outcome { readonly stdout: string; readonly stderr: string; readonly status: number }

/** The command lines of a file: separated by lines that are empty; lines that begin with `##` are remarks. */
export function commandLines(name: string): string[] {
  const text = readFileSync(`${CASES}${name}.txt`, 'utf8').split('\n').filter((line) => !line.startsWith('##')).join('\n');
  return text.split(/\n\n+/u).map((each) => each.replace(/^\n+|\n+$/gu, '')).filter((each) => each !== '');
}

/** What Debian's programs made of a file's command lines (`compare.ts --record` writes it). */
export function recorded(name: string): [line: string, outcome: Outcome][] {
  return Object.entries(JSON.parse(readFileSync(`${CASES}${name}.json`, 'utf8')) as Record<string, Outcome>);
}

/** The files there are. */
export function caseFiles(): string[] {
  return readdirSync(CASES).filter((name) => name.endsWith('.txt')).map((name) => name.slice(0, -4)).sort();
}

/** Which shell a file's command lines are given to: `dash.txt` and `dash-….txt` to sh, all others to bash. */
export function shellOf(name: string): 'bash' | 'sh' {
  return name.startsWith('dash') ? 'sh' : 'bash';
}

/** What each command line meets in its working directory: regular files with their text; a trailing slash makes a directory, ` -> ` a link. */
export const FIXTURE: Readonly<Record<string, string>> = {
  'fruit.txt': 'apple 3 red\nbanana 12 yellow\ncherry 7 red\ndate 40 brown\nelderberry 1 black\nfig 12 green\n',
  'numbers.txt': '10\n9\n2\n33\n1\n-4\n2\n',
  'words.txt': 'the quick brown fox\njumps over\n\nthe lazy dog\n\n\nThe End\n',
  'passwd': 'root:x:0:0:root:/root:/bin/bash\ndaemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin\nlearner:x:1000:1000:learner,,,:/home/learner:/bin/bash\n',
  'empty': '',
  'no-newline': 'one\ntwo',
  'tabs.txt': 'a\tb\tc\n1\t2\t3\n',
  'crlf.txt': 'one\r\ntwo\r\n',
  'utf8.txt': 'grün\nnaïve café\n日本\n',
  'script.sh': '#!/bin/bash\necho "$0" "$#" "$@"\n',
  'lib.sh': 'lib_value=7\nlib_function() { echo "lib: $1"; return 3; }\n',
  'dir/': '', 'dir/inner.txt': 'inner\n', 'dir/sub/': '', 'dir/sub/deep.c': 'int main(void) { return 0; }\n', '.hidden': 'hidden\n',
  'a b.txt': 'blank in the name\n', 'link': ' -> fruit.txt', 'dangling': ' -> nowhere',
};

/** How a command line is given to its shell: `$0` the shell's name, `$1` its program, `$2` the line. The shell is process 2 of a new pid namespace. */
export const WRAPPER = 'umask 022; (exec -a "$0" "$1" -c "$2") <&0; exit $?';
