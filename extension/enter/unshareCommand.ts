import type { NsType } from '../../helper/protocol.ts';

/** unshare's long options, in the order in which people write them. */
export const UNSHARE_OPTIONS: readonly (readonly [NsType, string])[] = [['user', '--user'], ['uts', '--uts'], ['ipc', '--ipc'], ['mnt', '--mount'], ['pid', '--pid'], ['net', '--net'], ['cgroup', '--cgroup'], ['time', '--time']];

/** What was chosen for a new set of namespaces. */
export interface NewNamespaces {
  readonly types: readonly NsType[];
  /** Be root of the new user namespace (else: keep one's ids in it). */
  readonly mapRoot: boolean;
  /** '' leaves it as it is. */
  readonly hostname: string;
  readonly loopback: boolean;
  readonly shell: string;
}

/**
 * The command that makes them: `unshare`, with a fresh /proc where pids are new, and a small fixed script for what is to be set up inside; what a person typed is
 * an argument of it and never part of its text.
 */
export function unshareCommand(chosen: NewNamespaces): readonly string[] {
  const { types } = chosen;
  const words = ['unshare', ...UNSHARE_OPTIONS.filter(([type]) => types.includes(type)).map(([, option]) => option)];
  if (types.includes('user')) words.push(chosen.mapRoot ? '--map-root-user' : '--map-current-user');
  if (types.includes('pid')) words.push('--fork', '--kill-child', ...(types.includes('mnt') ? ['--mount-proc'] : []));
  const setup = [...(chosen.hostname !== '' && types.includes('uts') ? ['hostname "$2"'] : []), ...(chosen.loopback && types.includes('net') ? ['ip link set lo up'] : [])];
  return setup.length === 0 ? [...words, '--', chosen.shell] : [...words, '--', 'sh', '-c', `${setup.join('; ')}; exec "$1"`, 'sh', chosen.shell, chosen.hostname];
}
