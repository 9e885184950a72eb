import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';

/** Answers sudo's question; undefined: nobody wants to. `attempt` counts from 1. */
export type Ask = (question: string, attempt: number) => Promise<string | undefined>;

/** What sudo runs for a password: it prints what the socket answers. All that differs comes through the environment, so that nothing needs quoting. */
const SCRIPT = `#!/bin/sh
ELECTRON_RUN_AS_NODE=1 exec "$NSLAB_NODE" -e "$NSLAB_ASK" -- "$1"
`;
const CLIENT = `
const socket = require('net').connect(process.env.NSLAB_SOCKET, () => socket.write(JSON.stringify([process.env.NSLAB_TOKEN, process.argv[1] || '']) + '\\n'));
let answer = '';
socket.setEncoding('utf8').on('data', (text) => { answer += text; }).on('end', () => { if (answer) process.stdout.write(answer); else process.exitCode = 1; }).on('error', () => { process.exitCode = 1; });
`;
/** A question is shorter. */
const QUESTION = 4096;

/**
 * Lets sudo ask for a password through this process: a program that it runs speaks to a socket which only this user can reach, and proves by a random token that it
 * was started with our environment. The password goes from the input to the socket and nowhere else.
 */
export class Askpass {
  readonly #server: net.Server;
  readonly #folder: string;
  readonly #open = new Set<net.Socket>();
  /** What sudo must find in its environment. */
  readonly env: NodeJS.ProcessEnv;
  /** Somebody was asked and did not answer. */
  declined = false;

  private constructor(server: net.Server, folder: string, env: NodeJS.ProcessEnv) {
    this.#server = server;
    this.#folder = folder;
    this.env = env;
  }

  /** `node`: what runs the program that asks. Rejects with the system's error when there is no place for the socket. */
  static async open(node: string, ask: Ask): Promise<Askpass> {
    // 0700, as mkdtemp makes it
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'nslab-askpass-'));
    const socket = path.join(folder, 'socket'), script = path.join(folder, 'askpass');
    fs.writeFileSync(script, SCRIPT, { mode: 0o700 });
    const token = randomBytes(32).toString('hex');
    const server = net.createServer();
    const askpass = new Askpass(server, folder, { SUDO_ASKPASS: script, NSLAB_NODE: node, NSLAB_ASK: CLIENT, NSLAB_SOCKET: socket, NSLAB_TOKEN: token });
    let attempt = 0;
    server.on('connection', (from) => { askpass.#answer(from, token, (question) => ask(question, ++attempt)); });
    try {
      await new Promise<void>((resolve, reject) => server.once('error', reject).listen(socket, resolve));
    } catch (error) {
      askpass.close();
      throw error;
    }
    return askpass;
  }

  /** Nobody can ask any more; a question that is open gets no answer. */
  close(): void {
    this.#server.close();
    for (const socket of this.#open) socket.destroy();
    fs.rmSync(this.#folder, { recursive: true, force: true });
  }

  #answer(from: net.Socket, token: string, ask: (question: string) => Promise<string | undefined>): void {
    this.#open.add(from);
    let text = '';
    from.setEncoding('utf8').on('error', () => undefined).on('close', () => this.#open.delete(from));
    const hear = (chunk: string): void => {
      text += chunk;
      if (text.length > QUESTION) from.destroy();
      else if (text.includes('\n')) {
        from.off('data', hear);
        const question = questionIn(text, token);
        if (question === null) from.destroy();
        else void ask(question).then((password) => {
          this.declined ||= password === undefined;
          from.end(password === undefined ? '' : `${password}\n`);
        }, () => from.destroy());
      }
    };
    from.on('data', hear);
  }
}

/** Null: it is not ours. */
function questionIn(line: string, token: string): string | null {
  try {
    const [theirs, question] = JSON.parse(line) as unknown[];
    return theirs === token && typeof question === 'string' ? question : null;
  } catch {
    return null;
  }
}
