import type { Errno } from '../../protocol.ts';
import { numberIn, objectIn, textIn } from '../json.ts';
import type { Reach } from '../reach.ts';
import { isPathSafe } from '../reach.ts';
import type { Description, Sighting } from '../sighting.ts';
import type { ContainerSubject } from '../subject.ts';
import { optionOf } from '../subject.ts';
import { podIn } from './kubernetes.ts';

/** A daemon's data directory, with what leads there, and whether the daemon runs without root. */
interface DataRoot {
  readonly path: string;
  readonly rootless: boolean | null;
}

/** Docker keeps one JSON file per container below its data directory; it says the name, image and pid. */
export function describeDocker({ id, starter, rootless }: Sighting, daemons: readonly ContainerSubject[], reach: Reach): Description {
  let errno: Errno = 'ENOENT';
  if (id !== null && isPathSafe(id)) {
    for (const root of dataRoots(daemons, reach, rootless === true ? starter : null)) {
      const path = `${root.path}/containers/${id}/config.v2.json`;
      const read = reach.files.json(path, pick);
      if ('value' in read) {
        const { name, image, init, pod } = read.value;
        return {
          name, image, init, pod, rootless: root.rootless, source: path,
          unread: { ...(name === null && { name: 'EFORMAT' }), ...(image === null && { image: 'EFORMAT' }) },
        };
      }
      // "no such file" only says that it is another daemon's; anything else is the reason
      if (read.errno !== 'ENOENT') errno = read.errno;
    }
  }
  return { name: null, image: null, unread: { name: errno, image: errno } };
}

function pick(json: unknown): Pick<Description, 'name' | 'image' | 'init' | 'pod'> | undefined {
  // docker's own shape: a name with a leading slash
  const name = textIn(json, 'Name');
  if (textIn(json, 'ID') === null && name === null) return undefined;
  return {
    name: name?.replace(/^\//, '') ?? null,
    image: textIn(json, 'Config', 'Image') ?? textIn(json, 'Image'),
    init: numberIn(json, 'State', 'Pid'),
    pod: podIn(objectIn(objectIn(json)['Config'])['Labels']),
  };
}

/** Data directories of the daemons that run, then the usual ones: containers may outlive their daemon (live-restore). */
function dataRoots(daemons: readonly ContainerSubject[], reach: Reach, rootlessProcess: number | null): DataRoot[] {
  const found: DataRoot[] = [];
  for (const daemon of daemons) {
    const path = dataRootOf(daemon, reach);
    if (path === null) continue;
    const absolute = path.startsWith('/') ? path : `/proc/${daemon.pid}/cwd/${path}`;
    for (const prefix of absolute.startsWith('/proc/') ? [''] : reach.prefixes(daemon.pid)) {
      found.push({ path: prefix + absolute, rootless: daemon.uid === null ? null : daemon.uid !== 0 });
    }
  }
  const process = reach.process(rootlessProcess);
  const home = process?.uid ? reach.home(process.uid, null) : null;
  for (const prefix of reach.prefixes(null)) {
    if (home !== null) found.push({ path: `${prefix}${home}/.local/share/docker`, rootless: true });
    found.push({ path: prefix + (configuredRoot(`${prefix}/etc/docker/daemon.json`, reach) ?? '/var/lib/docker'), rootless: false });
  }
  return found;
}

function dataRootOf(daemon: ContainerSubject, reach: Reach): string | null {
  const args = daemon.cmdline ?? [];
  const given = optionOf(args, ['--data-root', '--graph', '-g']);
  if (given !== null) return given;
  const rootless = daemon.uid !== null && daemon.uid !== 0;
  const { HOME = null, XDG_DATA_HOME, XDG_CONFIG_HOME } = rootless ? reach.environment(daemon.pid, ['HOME', 'XDG_DATA_HOME', 'XDG_CONFIG_HOME']) : {};
  const home = rootless ? HOME ?? reach.home(daemon.uid, daemon.pid) : null;
  const config = optionOf(args, ['--config-file']) ?? (rootless ? `${XDG_CONFIG_HOME ?? `${home}/.config`}/docker/daemon.json` : '/etc/docker/daemon.json');
  for (const prefix of reach.prefixes(daemon.pid)) {
    const configured = configuredRoot(prefix + config, reach);
    if (configured !== null) return configured;
  }
  if (!rootless) return '/var/lib/docker';
  return XDG_DATA_HOME !== undefined ? `${XDG_DATA_HOME}/docker` : home === null ? null : `${home}/.local/share/docker`;
}

function configuredRoot(path: string, reach: Reach): string | null {
  const read = reach.files.json(path, (json) => textIn(json, 'data-root') ?? textIn(json, 'graph'));
  return 'value' in read ? read.value : null;
}
