import type { Engine } from '../protocol.ts';
import { numberIn, objectIn, textIn } from './json.ts';
import type { Sighting } from './sighting.ts';
import { NOTHING_SEEN } from './sighting.ts';
import type { StateFiles } from './stateFiles.ts';

/** Where OCI runtimes keep `ID/state.json` (runc) or `ID/status` (crun), and for whom. `*` is any one name. */
const ROOTS = [
  '/run/runc', '/run/crun', '/run/user/*/runc', '/run/user/*/crun',
  '/run/docker/runtime-runc/*', '/run/containerd/runc/*', '/run/user/*/docker/runtime-runc/*',
];

interface RuntimeState {
  readonly pid: number;
  /** Start time in clock ticks since boot, null where the runtime does not keep it. */
  readonly start: string | null;
  readonly engine: Engine;
  readonly rootless: boolean | null;
  readonly bundle: string | null;
}

/**
 * Containers known to the low-level runtimes, by their first process. It finds a detached `runc run -d`, which leaves
 * neither a parent process nor a telling cgroup, and says whose it is: most are made by docker, podman or containerd.
 */
export class RuntimeStates {
  readonly #files: StateFiles;
  readonly #extraRoots = new Set<string>();
  #byPid = new Map<number, { readonly start: string | null; readonly sighting: Sighting }>();
  #signature = '';

  constructor(files: StateFiles) {
    this.#files = files;
  }

  /** A root that a runtime's command line named. */
  addRoot(root: string): void {
    if (root.startsWith('/') && this.#extraRoots.size < 64) this.#extraRoots.add(root);
  }

  /** Reads what changed; true when the known containers did. Costs a stat for each usual directory when nothing is new. */
  refresh(): boolean {
    const byPid = new Map<number, { start: string | null; sighting: Sighting }>();
    const signature: string[] = [];
    for (const root of [...ROOTS.flatMap((pattern) => this.#expand(pattern)), ...this.#extraRoots]) {
      const names = this.#files.list(root);
      if ('errno' in names) continue;
      for (const id of names.value) {
        const state = this.#stateOf(`${root}/${id}`);
        if (!state) continue;
        const { pid, start, engine, rootless, bundle } = state;
        const named = engine === 'runc' || engine === 'unknown';
        byPid.set(pid, { start, sighting: {
          ...NOTHING_SEEN, engine, id, name: named ? id : null, rootless, init: pid,
          scope: named ? root : (bundle?.split('/').at(-2) ?? null),
          directory: named ? `${root}/${id}` : bundle, source: `${root}/${id}`,
        } });
        signature.push(`${root}/${id} ${pid} ${start}`);
      }
    }
    const now = signature.join('\n');
    const changed = now !== this.#signature;
    this.#signature = now;
    this.#byPid = byPid;
    return changed;
  }

  /** The container whose first process this is. */
  find(process: { readonly pid: number; readonly start: string }): Sighting | null {
    const found = this.#byPid.get(process.pid);
    return found && (found.start === null || found.start === process.start) ? found.sighting : null;
  }

  #expand(pattern: string): string[] {
    const star = pattern.indexOf('*');
    if (star < 0) return [pattern];
    const names = this.#files.list(pattern.slice(0, star - 1));
    return 'errno' in names ? [] : names.value.flatMap((name) => this.#expand(pattern.slice(0, star) + name + pattern.slice(star + 1)));
  }

  #stateOf(dir: string): RuntimeState | null {
    const runc = this.#files.json(`${dir}/state.json`, ofRunc);
    if ('value' in runc) return runc.value;
    const crun = this.#files.json(`${dir}/status`, ofCrun);
    return 'value' in crun ? crun.value : null;
  }
}

function ofRunc(json: unknown): RuntimeState | undefined {
  const pid = numberIn(json, 'init_process_pid');
  if (pid === null) return undefined;
  const list = objectIn(objectIn(json)['config'])['labels'];
  const labels = (Array.isArray(list) ? list : []).filter((label): label is string => typeof label === 'string');
  const label = (name: string): string | null => labels.find((entry) => entry.startsWith(`${name}=`))?.slice(name.length + 1) ?? null;
  const start = numberIn(json, 'init_process_start');
  const rootless = objectIn(json)['rootless'];
  return {
    pid, start: start === null ? null : String(start),
    engine: engineOf(label('bundle'), label('io.container.manager'), 'runc'),
    rootless: typeof rootless === 'boolean' ? rootless : null,
    bundle: label('bundle'),
  };
}

/** crun by itself is no engine that we have a word for: its podman and CRI-O containers are theirs, others `unknown`. */
function ofCrun(json: unknown): RuntimeState | undefined {
  const pid = numberIn(json, 'pid');
  const bundle = textIn(json, 'bundle');
  if (pid === null || bundle === null) return undefined;
  const start = numberIn(json, 'process-start-time');
  return { pid, start: start === null ? null : String(start), engine: engineOf(bundle, null, 'unknown'), rootless: null, bundle };
}

/** Whose container it is, by the bundle that the runtime was given. */
function engineOf(bundle: string | null, manager: string | null, otherwise: Engine): Engine {
  if (manager === 'libpod') return 'podman';
  if (manager === 'cri-o') return 'cri-o';
  if (bundle === null) return otherwise;
  if (/\/io\.containerd\.runtime\.v[12]\.[a-z]+\/moby\//.test(bundle)) return 'docker';
  if (/\/io\.containerd\.runtime\.v[12]\.[a-z]+\//.test(bundle)) return 'containerd';
  if (/\/containers\/storage\/[a-z]+-containers\/[0-9a-f]{64}\/userdata$/.test(bundle)) return 'podman';
  return otherwise;
}
