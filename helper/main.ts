// The helper: a process of its own, started by the extension, that answers over standard input and output.
import fs from 'node:fs';
import process from 'node:process';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node';
import { distrust, refusal } from './elevation/elevated.ts';
import { loadNative } from './kernel/native.ts';
import { READY_LINE, REFUSED_LINE, type Refusal } from './model/elevation.ts';
import { PROTOCOL_VERSION } from './protocol.ts';
import { Server } from './server.ts';
import { version } from './version.ts';

/** Exit statuses: bad arguments (as most commands), and EX_SOFTWARE of sysexits.h. */
const USAGE = 2;
const BUG = 70;
/** EX_NOPERM: it does not run with more rights. */
const REFUSED = 77;

const HELP = `Usage: helper.mjs [--version] [--help] [--check-elevation] [--elevated PID]

The helper of Namespace Lab ${version}. It speaks JSON-RPC 2.0 with Content-Length framing over its standard
input and output (protocol ${PROTOCOL_VERSION}) and ends when its input ends. People want the command line: nslab scan.
--check-elevation says on standard error whether it may be run with more rights; --elevated: it was, to serve that process.
`;

function main(args: readonly string[]): void {
  const [first, second] = args;
  if (first === '--version') process.stdout.write(`${version}\n`);
  else if (first === '--help') process.stdout.write(HELP);
  else if (first === '--check-elevation' && second === undefined) tell(distrust(process.getuid?.() ?? -1));
  else if (first === '--elevated' && /^\d+$/.test(second ?? '')) {
    const host = Number(second);
    if (tell(refusal(host))) serve(host);
  } else if (first !== undefined) {
    process.stderr.write(`helper: unknown argument ${JSON.stringify(first)}\n${HELP}`);
    process.exitCode = USAGE;
  } else if (process.platform !== 'linux') {
    process.stderr.write(`helper: namespaces are a part of Linux; this is ${process.platform}\n`);
    process.exitCode = 1;
  } else serve(null);
}

/** Says whether it runs, or may run, with more rights. */
function tell(refused: Refusal | null): boolean {
  process.stderr.write(refused ? `${REFUSED_LINE}${JSON.stringify(refused)}\n` : `${READY_LINE}\n`);
  if (refused) process.exitCode = REFUSED;
  return refused === null;
}

/** `host`: the process whose rights are raised for; null: those are its own. */
function serve(host: number | null): void {
  const die = (error: unknown): void => {
    process.stderr.write(`helper: ${error instanceof Error ? error.stack ?? error.message : String(error)}\n`, () => process.exit(BUG));
  };
  process.on('uncaughtException', die);
  process.on('unhandledRejection', die);

  const connection = createMessageConnection(new StreamMessageReader(process.stdin), new StreamMessageWriter(process.stdout));
  // frames that are no JSON, or answers to nothing: the client is told by JSON-RPC where it can be, and the log has it
  connection.onError(([error]) => { process.stderr.write(`helper: ${error.message}\n`); });
  const server = new Server(connection, loadNative(), host);

  const leave = (): void => {
    server.stop();
    process.exit(0);
  };
  process.stdin.on('end', leave);
  process.stdin.on('close', leave);
  process.stdout.on('error', leave); // nobody reads any more
  process.on('SIGTERM', leave);
  process.on('SIGHUP', leave);
  // another process may keep our input open although the parent was killed
  const parent = process.ppid;
  // between us and the process that we serve with more rights is sudo, which may outlive it
  const abandoned = (): boolean => process.ppid !== parent || (host !== null && !fs.existsSync(`/proc/${host}`));
  setInterval(() => { if (abandoned()) leave(); }, 2000).unref();

  server.run().catch(die);
}

main(process.argv.slice(2));
