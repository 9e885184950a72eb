import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

/** Lines that a log has when something went wrong that nobody dealt with. */
const UNHANDLED = /unhandled|uncaught|rejected promise|\bTypeError\b|\bRangeError\b|\bReferenceError\b|leak detected|command .* not found/i;

/** Lines of VS Code's own that a quiet VS Code without network prints in any case. */
const USUAL = /ERR_NAME_NOT_RESOLVED|ERR_INTERNET_DISCONNECTED|Failed to fetch/;

/** Unhandled faults in all logs below a folder, as `file: line`. Lines of ours that say error count, too, but for those that the soak itself caused. */
export function faultsIn(folder: string, caused: RegExp): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && entry.name.endsWith('.log')).flatMap((entry) => {
    const ours = /^Namespace Lab/.test(entry.name);
    return readFileSync(path.join(entry.parentPath, entry.name), 'utf8').split('\n')
      .filter((line) => (UNHANDLED.test(line) || (ours && /\[error\]/.test(line))) && !USUAL.test(line) && !caused.test(line))
      .map((line) => `${entry.name}: ${line.slice(0, 300)}`);
  });
}
