/** What came out of one run. `output` is what the terminal shows, or the piped standard output. */
export interface Outcome {
  /** `exit 0`, `signal 11`. */
  readonly end: string;
  readonly output: string;
  /** Only of a run into pipes. */
  readonly errors?: string;
}

export interface Golden {
  /** `kernel`, `gcc`, `source` (SHA-256). */
  readonly header: ReadonlyMap<string, string>;
  readonly outcomes: ReadonlyMap<string, Outcome>;
}

/** A golden as a text that reads well: each line of output behind a bar, bytes that are not text as \xNN. */
export function format({ header, outcomes }: Golden): string {
  const lines = [...header].map(([key, value]) => `${key}: ${value}`);
  for (const [title, { end, output, errors }] of outcomes) {
    lines.push('', `== ${title}: ${end}`, ...bars('|', output));
    if (errors) lines.push(...bars('!', errors));
  }
  return `${lines.join('\n')}\n`;
}

/** The opposite of `format`. Throws when a line is none that it writes. */
export function parse(text: string): Golden {
  const header = new Map<string, string>();
  const outcomes = new Map<string, Outcome>();
  let title = '';
  let now = { end: '', output: '', errors: '' };
  const keep = (): void => {
    if (title !== '') outcomes.set(title, now.errors === '' ? { end: now.end, output: now.output } : now);
  };
  for (const line of text.split('\n')) {
    const section = /^== (.*): ([^:]*)$/.exec(line);
    const field = /^(\w+): (.*)$/.exec(line);
    if (section) {
      keep();
      title = section[1] ?? '';
      now = { end: section[2] ?? '', output: '', errors: '' };
    } else if (line.startsWith('|')) now.output += unbar(line);
    else if (line.startsWith('!')) now.errors += unbar(line);
    else if (field && title === '') header.set(field[1] ?? '', field[2] ?? '');
    else if (line !== '') throw new Error(`not a line of a golden: ${line}`);
  }
  keep();
  return { header, outcomes };
}

/** `| text` for a whole line, `|~text` for one without its newline. */
function bars(bar: string, text: string): string[] {
  const lines = text.split('\n');
  const last = lines.pop() ?? '';
  const out = lines.map((line) => `${bar} ${escaped(line)}`);
  return last === '' ? out : [...out, `${bar}~${escaped(last)}`];
}

function unbar(line: string): string {
  const text = line.slice(2).replaceAll(/\\(\\|x[0-9a-f]{2})/g, (_, code: string) => (code === '\\' ? '\\' : String.fromCharCode(parseInt(code.slice(1), 16))));
  return line[1] === '~' ? text : `${text}\n`;
}

function escaped(line: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what is escaped
  return line.replaceAll(/[\\\u0000-\u001f\u007f-\u009f]|\s(?=$)/g, (char) => (char === '\\' ? '\\\\' : `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`));
}
