// `elevateAs.ts WAY VERSION HELPER PID PASSWORD…`: as the user who runs it, starts that helper with more rights that way, answering each question with the next password. Prints what
// became of it as one line of JSON, with the helper's hello and what it sees of process PID; then keeps it until standard input ends.
import fs from 'node:fs';
import process from 'node:process';
import { Askpass } from '../../extension/elevate/askpass.ts';
import { start } from '../../extension/elevate/starting.ts';
import { commandOf, reduced, waysToTry, type Way } from '../../extension/elevate/ways.ts';
import { helperCommand } from '../../extension/host/helperProcess.ts';
import { LIMITS, HelperRun } from '../../extension/host/helperRun.ts';
import { startOf } from './entering.ts';
import { findProgram } from '../../extension/searchPath.ts';

const [way = '', version = '', helper = '', pid = '', ...passwords] = process.argv.slice(2);
const command = helperCommand(helper, process.env, process.execPath);
const programs = { sudo: findProgram('sudo'), pkexec: null, run0: null, setpriv: findProgram('setpriv'), env: findProgram('env') };
const person = { uid: process.getuid?.() ?? -1, gid: process.getgid?.() ?? -1, pid: process.pid };
const inner = reduced(programs.setpriv ?? '', programs.env ?? '', person, command);
let asked = 0;
const askpass = await Askpass.open(process.execPath, (_question, attempt) => {
  asked = attempt;
  return Promise.resolve(passwords[attempt - 1]);
});
const noNewPrivs = /^NoNewPrivs:\s*1$/m.test(fs.readFileSync('/proc/self/status', 'utf8'));
const asRoot = commandOf(way as Way, programs, inner, command.env, askpass.env);
if (!asRoot) throw new Error(`${way}: not there`);
const started = await start(way === 'check' ? { ...command, args: [...command.args, '--check-elevation'] } : asRoot, AbortSignal.timeout(30_000));
askpass.close();
const told = { kind: started.kind, asked, declined: askpass.declined, tries: waysToTry(programs, noNewPrivs), left: fs.existsSync(String(askpass.env['SUDO_ASKPASS'])) };
if (started.kind === 'ready') {
  const quiet = { trace: () => undefined, debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
  const run = new HelperRun(started.process, LIMITS, quiet, { message: () => undefined, broke: () => undefined });
  const hello = await run.initialize(version);
  const target = { kind: 'process', pid: Number(pid), start: startOf(Number(pid)) } as const;
  const plan = await run.request('enterPlan', { target });
  console.log(JSON.stringify({ ...told, hello, caller: plan.caller, unread: plan.namespaces.filter(({ inode }) => inode === null).map(({ type }) => type) }));
  process.stdin.on('end', () => { void run.end().then(() => process.exit(0)); }).resume();
} else {
  console.log(JSON.stringify({ ...told, ...started }));
}
