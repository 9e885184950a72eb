import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { HelperClient } from '../../extension/host/helperClient.ts';
import { helperCommand } from '../../extension/host/helperProcess.ts';
import { Forest } from '../../extension/tree/forest.ts';
import { rootRows } from '../../extension/tree/nodes/roots.ts';
import { Scene, type SceneInput } from '../../extension/tree/nodes/scene.ts';
import { HELPER } from '../kernel/client.ts';
import { until } from '../kernel/world/until.ts';
import { World } from '../kernel/world/world.ts';
import { countProcesses } from './programs.ts';
import { median, type Row } from './report.ts';

/** Longest time that our code may keep the extension host from other work: milliseconds. */
const BLOCKING_MS = 16;
const MEMORY_MB = 150;
/** From the making of a namespace to its row: milliseconds. */
const LATENCY_MS = 1_500;

/** The real helper process and the extension's own client of it, with nothing of VS Code. */
export async function measureLiving(withBudgets: boolean): Promise<Row[]> {
  const rows: Row[] = [];
  const { version } = JSON.parse(fs.readFileSync(path.join(import.meta.dirname, '../../package.json'), 'utf8')) as { version: string };
  const quiet = (): void => undefined;
  let scans = 0;
  const client = new HelperClient({
    command: helperCommand(HELPER, process.env, process.execPath),
    version, follow: { focusPids: [], focusNamespaces: [], intervalMs: 1_000 },
    log: { error: console.error, warn: console.error, info: quiet, debug: quiet, trace: quiet },
    policy: { crashed: () => null, forget: quiet },
  }, { changed: quiet, scanned: () => { scans++; }, stateChanged: quiet });
  try {
    const began = performance.now();
    client.setVisible(true);
    await until('the first snapshot', () => scans > 0, 60_000);
    const firstMs = performance.now() - began;
    await client.request('refresh', { reason: 'bench' });
    const size = countProcesses();
    const add = (what: string, figure: number, unit: Row['unit'], budget: number | null, against = ''): void => {
      rows.push({ size, what, measured: '', against, figure, unit, budget: withBudgets ? budget : null });
    };
    add('from start to the first snapshot in the model', firstMs, ' ms', null);

    const { trees, blocking } = await buildTrees(client);
    add('tree: top rows and the largest list, slowest grouping', trees, ' ms', BLOCKING_MS);
    add('tree: longest step of an update', blocking, ' ms', BLOCKING_MS);

    const latencies = await newNamespaces(client);
    add('a new namespace is in the model, worst of 8', Math.max(...latencies), ' ms', LATENCY_MS, `median ${median(latencies).toFixed(0)} ms`);
    add('longest slice of the client', client.longestSliceMs, ' ms', BLOCKING_MS);
    add('memory of the helper, greatest', residentMb(client.pid!), ' MB', MEMORY_MB);
  } finally {
    await client.dispose();
  }
  return rows;
}

/** Milliseconds that the tree's rows take, and the longest step of bringing an unfolded tree up to date. */
async function buildTrees(client: HelperClient): Promise<{ trees: number; blocking: number }> {
  let trees = 0, blocking = 0;
  for (const grouping of ['type', 'owner', 'process'] as const) {
    const input: SceneInput = {
      model: client.model, hello: client.hello, status: client.status, grouping, showUnreadable: true, filter: null,
      isNew: () => false, userName: () => null, limit: () => 500,
    };
    const forest = new Forest(() => rootRows(new Scene(input)));
    const began = performance.now();
    const open = [...forest.roots()];
    trees = Math.max(trees, performance.now() - began);
    // unfold three levels, as a person who looks for something does
    for (let level = 0; level < 3; level++) {
      for (const entry of open.splice(0).slice(0, 200)) {
        const start = performance.now();
        open.push(...forest.children(entry));
        trees = Math.max(trees, performance.now() - start);
      }
      await setImmediate();
    }
    const update = forest.update();
    for (;;) {
      const start = performance.now();
      const { done } = update.next();
      blocking = Math.max(blocking, performance.now() - start);
      if (done === true) break;
    }
  }
  return { trees, blocking };
}

/** Milliseconds from when a process in a new namespace has reported itself to when the model has the namespace. */
async function newNamespaces(client: HelperClient): Promise<number[]> {
  const world = await World.start();
  try {
    const latencies: number[] = [];
    for (const type of ['uts', 'ipc', 'net', 'user', 'mnt', 'cgroup', 'pid', 'time'] as const) {
      const actor = await world.root.spawn(type);
      const began = performance.now();
      const { ns } = await actor.links();
      await until(`a new ${type} namespace`, () => client.model.find(type, ns[type]) !== undefined, 30_000);
      latencies.push(performance.now() - began);
    }
    return latencies;
  } finally {
    await world.end();
  }
}

function residentMb(pid: number): number {
  const status = fs.readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmHWM:\s*(\d+) kB/m.exec(status)?.[1]) / 1024;
}

/** The built helper is what is measured. */
export function build(): void {
  execFileSync(process.execPath, ['esbuild.mjs', '--production'], { cwd: path.join(import.meta.dirname, '../..'), stdio: ['ignore', 'ignore', 'inherit'] });
}
