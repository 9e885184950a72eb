import fs from 'node:fs';
import os from 'node:os';
import { insideContainer } from './containers/inside.ts';
import { capabilitiesIn } from './kernel/capabilities.ts';
import { probeFeatures } from './kernel/features.ts';
import type { Native } from './kernel/native.ts';
import type { Errno, Hello } from './protocol.ts';
import { NS_LINKS, PROTOCOL_VERSION } from './protocol.ts';
import { hostText } from './scan/hostText.ts';
import { ProcFs } from './scan/procFs.ts';
import { parseLinks, SEPARATOR } from './scan/tuple.ts';
import { version } from './version.ts';

/** Reads where the helper itself stands. Asked once: none of it changes while it runs, but for the hostname. */
export function readHello(native: Native | Errno, elevated = false): Hello {
  const proc = new ProcFs();
  const status = proc.read('self/status').text ?? '';
  return {
    protocol: PROTOCOL_VERSION,
    version,
    pid: process.pid,
    platform: process.platform,
    kernel: os.release(),
    hostname: hostText(line(proc, 'sys/kernel/hostname') || os.hostname()),
    bootId: line(proc, 'sys/kernel/random/boot_id'),
    clockTicks: clockTicks(),
    uid: process.geteuid?.() ?? -1,
    gid: process.getegid?.() ?? -1,
    capabilities: capabilitiesIn(status, 'CapEff'),
    ...elevated ? { elevated } : {},
    noNewPrivs: /^NoNewPrivs:\s*1$/m.test(status),
    hidepid: hidepid(proc.readAll('self/mounts').text ?? ''),
    ns: parseLinks(NS_LINKS.map((link) => proc.link(`self/ns/${link}`)).join(SEPARATOR)).ns,
    // no events are asked for: ticks find what is new within a second without them
    features: { ...probeFeatures(native), procConnector: 'ENOTSUP' },
    inside: insideContainer(),
  };
}

function line(proc: ProcFs, path: string): string {
  return (proc.read(path).text ?? '').replace(/\n$/, '');
}

/** The `hidepid=` option of the /proc that is read: a number, or a name since Linux 5.8; null where it is not given. */
export function hidepid(mounts: string): string | null {
  // a later mount on the same place covers the earlier
  const proc = mounts.split('\n').map((mount) => mount.split(' ')).findLast(([, point, type]) => point === '/proc' && type === 'proc');
  return /(?:^|,)hidepid=([^,]*)/.exec(proc?.[3] ?? '')?.[1] ?? null;
}

const AT_CLKTCK = 17n;

/** Clock ticks per second, from the auxiliary vector (getauxval(3)): pairs of machine words. 100 wherever it cannot be read. */
function clockTicks(): number {
  try {
    const words = new BigUint64Array(new Uint8Array(fs.readFileSync('/proc/self/auxv')).buffer);
    for (let i = 0; i + 1 < words.length; i += 2) if (words[i] === AT_CLKTCK) return Number(words[i + 1]);
  } catch {
    // a 32-bit machine's words are of another size; its clock ticks are the same
  }
  return 100;
}
