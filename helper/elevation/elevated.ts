import fs from 'node:fs';
import path from 'node:path';
import { capabilitiesIn } from '../kernel/capabilities.ts';
import { koffiFiles } from '../kernel/koffi.ts';
import { ELEVATED_CAPABILITIES, type Refusal } from '../model/elevation.ts';
import { distrusted } from './trusted.ts';

/** Would somebody else's program run with these rights: the one that runs us, this file, its native code? Null: no. */
export function distrust(uid: number): Refusal | null {
  const found = distrusted([process.execPath, import.meta.filename, ...koffiFiles()], uid);
  return found && { kind: 'distrusted', ...found };
}

/** Started with more rights to serve process `host`: null when all is as it must be. */
export function refusal(host: number): Refusal | null {
  const status = statusOf('self');
  const held = [...new Set([...capabilitiesIn(status, 'CapPrm'), ...capabilitiesIn(status, 'CapBnd')])];
  const effective = capabilitiesIn(status, 'CapEff');
  const more = held.filter((name) => !(ELEVATED_CAPABILITIES as readonly string[]).includes(name));
  const missing = ELEVATED_CAPABILITIES.filter((name) => !effective.includes(name));
  if (more.length > 0 || missing.length > 0) return { kind: 'capabilities', missing, more };
  const uid = /^Uid:\s*(\d+)/m.exec(statusOf(String(host)))?.[1];
  return uid === undefined || Number(uid) !== process.getuid?.() ? { kind: 'notYours' } : distrust(Number(uid));
}

function statusOf(pid: string): string {
  try {
    return fs.readFileSync(path.join('/proc', pid, 'status'), 'utf8');
  } catch {
    return '';
  }
}
