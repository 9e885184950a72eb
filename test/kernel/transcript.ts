import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';

/** A command that a text shows, and the output that the text says it has. */
export interface Step {
  readonly command: string;
  readonly output: readonly string[];
}

/** The ```` ```console ```` blocks of a Markdown text: `$ ` begins a command, what follows is its output. */
export function consoleBlocks(markdown: string): Step[][] {
  return [...markdown.matchAll(/^```console\n(.*?)^```$/gms)].map(([, block = '']) => {
    const steps: { command: string; output: string[] }[] = [];
    for (const line of block.trimEnd().split('\n')) {
      if (line.startsWith('$ ')) steps.push({ command: line.slice(2), output: [] });
      else steps.at(-1)?.output.push(line);
    }
    return steps;
  });
}

/** What an interactive shell says of its jobs, and what one without a terminal says instead: not the command's output. */
export function isJobNotice(line: string): boolean {
  return /^\[\d+\]/.test(line) || /^bash: line \d+: +\d+ Terminated /.test(line);
}

const END = '\u001e';

/** A bash that is given one line after the other, as a person would. */
export class Shell {
  readonly #bash;
  #text = '';
  #ended: string | undefined;

  /** `before` goes before `bash` on the command line: who runs it, in which namespaces. */
  constructor(before: readonly string[], cwd: string) {
    const [file, ...args] = [...before, 'bash', '--noprofile', '--norc'];
    this.#bash = spawn(file, args, { cwd, env: { PATH: process.env['PATH'] ?? '/usr/bin:/bin:/usr/sbin:/sbin', HOME: cwd, LC_ALL: 'C', TERM: 'dumb' }, stdio: ['pipe', 'pipe', 'pipe'] });
    for (const stream of [this.#bash.stdout, this.#bash.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => { this.#text += text; this.#bash.emit('text'); });
    }
    this.#bash.on('exit', (code, signal) => { this.#ended = `bash ended (${String(code ?? signal)})`; this.#bash.emit('text'); });
    this.#bash.stdin.on('error', () => undefined);
    this.#bash.stdin.write('exec 2>&1\n');
  }

  /** Runs a line and returns the lines it printed, job notices left out. */
  async run(command: string): Promise<{ lines: string[]; status: number }> {
    this.#bash.stdin.write(`${command}\nprintf '${END}%d\\n' $?\n`);
    const end = new RegExp(`${END}(\\d+)\\n`);
    for (;;) {
      const found = end.exec(this.#text);
      if (found) {
        const printed = this.#text.slice(0, found.index);
        this.#text = this.#text.slice(found.index + found[0].length);
        return { lines: printed.split('\n').filter((line, i, all) => !(i === all.length - 1 && line === '') && !isJobNotice(line)), status: Number(found[1]) };
      }
      if (this.#ended !== undefined) throw new Error(`${this.#ended} while it ran: ${command}\n${this.#text}`);
      await once(this.#bash, 'text');
    }
  }

  /** Waits until the job last put into the background is the program it will stay, as a person who types has to as well. */
  async jobRuns(program: string): Promise<void> {
    const { lines: [pid = ''] } = await this.run('echo $!');
    while (readFileSync(`/proc/${pid}/comm`, 'utf8').trim() !== program) await new Promise((resolve) => setImmediate(resolve));
  }

  /** Ends the shell and, should a test have failed half-way, its last job. */
  async end(): Promise<void> {
    if (this.#ended !== undefined) return;
    this.#bash.stdin.end('kill $! 2>/dev/null; exit\n');
    await once(this.#bash, 'exit');
  }
}
