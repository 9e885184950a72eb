/**
 * `npm run soak [-- MINUTES]`: a real VS Code, its side bar open, while 50 namespaces a second come and go, a notebook runs
 * again and again, and the helper is killed now and then. Fails when memory grows beyond a bound, a log has an unhandled
 * fault, a namespace that was kept is missing, or one that ended is still shown. Default: 30 minutes.
 */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { until } from '../kernel/world/until.ts';
import { descendantWith, descendants, helperOf } from '../ui/helperPid.ts';
import { make, type Made } from '../ui/made.ts';
import { NotebookPage } from '../ui/notebookPage.ts';
import { Session } from '../ui/session.ts';
import { faultsIn } from './faults.ts';
import { MemoryCurve, residentMb } from './memory.ts';

const PER_SECOND = 50, HOLD_MS = 1_500, ROUND_MS = 5_000;
/** Rounds between two kills: fewer would count as repeated crashes, after which the extension rightly gives up. */
const KILL_EVERY = 8;

const minutes = Number(process.argv[2] ?? 30);
if (!(minutes > 0)) {
  console.error('usage: run.ts [MINUTES]');
  process.exit(2);
}

const scratch = mkdtempSync(path.join(os.tmpdir(), 'nslab-soak-'));
const stormProgram = path.join(scratch, 'storm');
execFileSync('cc', ['-O2', '-Wall', '-Wextra', '-Werror', '-o', stormProgram, path.join(import.meta.dirname, 'storm.c')]);

const failures: string[] = [];
const vs = new Session({ size: { width: 1600, height: 1000 } });
const kept: Made[] = [];
const helper = new MemoryCurve('helper'), host = new MemoryCurve('extension host'), pages = new MemoryCurve('the browser\'s pages');

/** UTS namespaces that processes are in, read by ourselves. */
function utsNamespaces(): Set<string> {
  const found = new Set<string>();
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      found.add(readlinkSync(`/proc/${pid}/ns/uts`));
    } catch {
      // it ended, or may not be read
    }
  }
  return found;
}

function sample(): void {
  helper.add(residentMb(helperOf(vs.server.pid) ?? -1));
  host.add(residentMb(descendantWith(vs.server.pid, '--type=extensionHost') ?? -1));
  const renderers = descendants(process.pid).filter((pid) => descendantIsRenderer(pid));
  pages.add(renderers.reduce((sum, pid) => sum + (residentMb(pid) || 0), 0));
}

const rendererPids = new Map<number, boolean>();
function descendantIsRenderer(pid: number): boolean {
  if (!rendererPids.has(pid)) rendererPids.set(pid, commandLine(pid).includes('--type=renderer'));
  return rendererPids.get(pid)!;
}

function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

async function runNotebook(): Promise<void> {
  const page = new NotebookPage(vs);
  await page.run();
  await page.status('exit status 0');
}

try {
  for (const hostname of ['kept-one', 'kept-two', 'kept-three']) kept.push(await make({ unshare: ['--uts'], hostname }));
  await vs.start();
  vs.page.on('pageerror', (error) => { failures.push(`the page threw: ${error.message}`); });
  await vs.tree.row(`uts ${kept[0]!.inode('uts')}`).waitFor();
  await vs.workbench.command('Namespaces: New Simulator Notebook');
  await runNotebook();

  const storm = spawn(stormProgram, [String(PER_SECOND), String(HOLD_MS)], { stdio: ['pipe', 'pipe', 'inherit'] });
  let made = 0;
  storm.stdout.on('data', (text: Buffer) => { made = Number(text.toString().trim().split('\n').at(-1)); });
  const end = Date.now() + minutes * 60_000;
  let kills = 0;
  for (let round = 1; Date.now() < end; round++) {
    await delay(ROUND_MS); // the length of the soak itself, not a wait for something
    if (storm.exitCode !== null) throw new Error('the storm ended by itself');
    if (round % KILL_EVERY === 0) {
      const pid = await until('a helper runs', () => helperOf(vs.server.pid), 60_000);
      process.kill(pid, 'SIGKILL');
      kills++;
      await until('another helper runs', () => { const now = helperOf(vs.server.pid); return now !== undefined && now !== pid; }, 60_000);
    }
    await runNotebook();
    sample();
  }
  storm.stdin.end();
  await until('the storm is over', () => storm.exitCode !== null || storm.signalCode !== null);
  console.log(`${made} namespaces came and went in ${minutes} minutes; the helper was killed ${kills} times.`);

  // nothing lost, nothing left: the side bar agrees with what we read ourselves
  // (host names, for the kernel gives an inode number to the next namespace when its own has ended)
  kept.push(await make({ unshare: ['--uts'], hostname: 'afterwards' }));
  for (const hostname of ['kept-one', 'kept-two', 'kept-three', 'afterwards']) await vs.tree.row(`“${hostname}”`).first().waitFor({ timeout: 60_000 });
  const now = (): number => utsNamespaces().size;
  await vs.tree.row(new RegExp(`^uts\\s*${now()}\\b`)).first().waitFor({ timeout: 60_000 }).catch(() => {
    failures.push(`the side bar does not show ${now()} uts namespaces`);
  });
  await vs.shot('soak-end');

  for (const curve of [helper, host, pages]) {
    const { grown, text } = curve.verdict();
    console.log(text);
    if (grown) failures.push(`memory grows: ${text}`);
  }
  // that the helper was killed is told in the log, as it should be
  failures.push(...faultsIn(path.join(vs.server.dataDir, 'user', 'logs'), /helper.*(SIGKILL|ended|killed)/i));
} catch (error) {
  failures.push(error instanceof Error ? error.stack ?? error.message : String(error));
  await vs.keepEvidence('soak').catch(() => undefined);
} finally {
  await vs.stop();
  for (const one of kept) await one.end();
  rmSync(scratch, { recursive: true, force: true });
}
for (const failure of failures) console.error(`FAILED: ${failure}`);
console.log(failures.length === 0 ? 'the soak found nothing' : `${failures.length} faults`);
process.exitCode = failures.length === 0 ? 0 : 1;
