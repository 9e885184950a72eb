/**
 * Records running containers of a real engine as a fixture; fixtures/README.md lists the commands that made each.
 *
 *   node test/unit/containers/record.ts OUT.json --engine 'docker 20.10' --command 'docker run …' \
 *     --pid 1234 (with all its descendants; may be repeated) --only 99 (that process alone) --file /path (a state file) --list /dir (its state files, recursively)
 */
import { lstatSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { NS_LINKS } from '../../../helper/protocol.ts';
import type { RecordedProcess, Recording } from './recording.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    engine: { type: 'string', default: '' },
    command: { type: 'string', multiple: true, default: [] },
    pid: { type: 'string', multiple: true, default: [] },
    only: { type: 'string', multiple: true, default: [] },
    file: { type: 'string', multiple: true, default: [] },
    nspawn: { type: 'boolean', default: false },
    list: { type: 'string', multiple: true, default: [] },
  },
});
const out = positionals[0];
if (out === undefined) throw new Error('usage: record.ts OUT.json --engine … --command … --pid … --file …');

const pids = new Set(values.only.map(Number));
const running = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number);
const parents = new Map(running.map((pid) => [pid, parentOf(pid)]));
for (const pid of running) {
  for (let at: number | undefined = pid; at; at = parents.get(at)) if (values.pid.includes(String(at))) pids.add(pid);
}

const files: Record<string, string> = {};
const links: Record<string, string> = {};
for (const file of values.file) files[file] = slim(readFileSync(file, 'utf8'));
for (const dir of values.list) {
  for (const name of readdirSync(dir, { recursive: true, encoding: 'utf8' })) {
    const path = `${dir}/${name}`;
    const stat = lstatSync(path);
    // what an image unpacks to, and logs, are no state
    if (stat.isFile() && stat.size < 200_000 && !/\/(rootfs|merged|dir|diff|log\.json|shm)(\/|$)|-json\.log$|ctr\.log$/.test(path)) files[path] = slim(readFileSync(path, 'utf8'));
  }
}
const processes = [...pids].sort((a, b) => a - b).map((pid): RecordedProcess => {
  for (const link of ['cwd', 'root']) {
    try {
      const target = readlinkSync(`/proc/${pid}/${link}`);
      if (target !== '/') links[`/proc/${pid}/${link}`] = target;
    } catch { /* a zombie has none */ }
  }
  // nspawn's name and ID are only there
  if (values.nspawn) {
    const mounts = read(pid, 'mountinfo').split('\n').filter((line) => line.includes('/nspawn/propagate/'));
    if (mounts.length > 0) files[`/proc/${pid}/mountinfo`] = `${mounts.join('\n')}\n`;
    const id = read(pid, 'environ').split('\0').filter((entry) => entry.startsWith('container'));
    if (mounts.length > 0) files[`/proc/${pid}/environ`] = `${id.join('\0')}\0`;
  }
  return {
    pid,
    stat: read(pid, 'stat').trim(),
    status: read(pid, 'status').split('\n').filter((line) => /^(Name|Uid|NSpid):/.test(line)).join('\n'),
    // a rewritten title leaves a tail of NULs
    cmdline: read(pid, 'cmdline').replace(/\0+$/, '').split('\0'),
    cgroup: withoutSession(read(pid, 'cgroup')).trim().split('\n'),
    ns: Object.fromEntries(NS_LINKS.map((link) => [link, namespaceOf(pid, link)])),
  };
});
const recording: Recording = {
  engine: values.engine,
  command: values.command,
  hostNs: Object.fromEntries(NS_LINKS.map((link) => [link, namespaceOf('self', link)])),
  processes, files, links,
};
writeFileSync(out, `${JSON.stringify(recording, null, 1)}\n`);
console.log(`${out}: ${processes.length} processes, ${Object.keys(files).length} files`);

/** The recording machine's own memory cgroup is replaced: it says nothing about engines. */
function withoutSession(text: string): string {
  return text.replace(/(memory:?)\/\w+\/[0-9a-f]{32}(?=[/"\n]|$)/g, '$1/session');
}
/** Without what only fills pages: seccomp rules, device lists, mounts, capabilities. */
function slim(text: string): string {
  if (!text.startsWith('{')) return withoutSession(text);
  const bulk = new Set(['seccomp', 'devices', 'mounts', 'capabilities', 'maskedPaths', 'readonlyPaths', 'mask_paths', 'readonly_paths', 'rlimits']);
  return JSON.stringify(JSON.parse(withoutSession(text), (key, value: unknown) => (bulk.has(key) ? undefined : value)));
}
function parentOf(pid: number): number {
  const stat = read(pid, 'stat');
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1] ?? 0);
}
function read(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return '';
  }
}
function namespaceOf(pid: number | 'self', link: string): number | null {
  try {
    return Number(/\[(\d+)\]/.exec(readlinkSync(`/proc/${pid}/ns/${link}`))?.[1]);
  } catch {
    return null;
  }
}
