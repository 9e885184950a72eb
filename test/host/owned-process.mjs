// @ts-check
// Child processes that this process answers for: each leads its own process group, so that everything it
// started ends with it and nothing else does.
import { spawn } from 'node:child_process';

/** @type {Set<number>} leaders of the groups still running */
const groups = new Set();

/** @param {number} leader @param {NodeJS.Signals | 0} signal @returns {boolean} was there still somebody to get it? */
function signalGroup(leader, signal) {
  try {
    process.kill(-leader, signal);
    return true;
  } catch {
    return false;
  }
}

process.on('exit', () => {
  for (const leader of groups) signalGroup(leader, 'SIGKILL');
});

/**
 * @typedef {object} OwnedProcess
 * @property {number} pid
 * @property {() => string | undefined} ended how it ended, or undefined while it runs
 * @property {(graceMs?: number) => Promise<void>} stop ends it and all it started; resolves when they are gone
 */

/**
 * @param {string} file @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 * @returns {Promise<OwnedProcess>} rejects when the program cannot be started
 */
export function startOwned(file, args, options) {
  const child = spawn(file, args, { ...options, detached: true });
  /** @type {string | undefined} */
  let ended;
  return new Promise((resolve, reject) => {
    child.on('error', (error) => { ended ??= error.message; reject(error); });
    child.on('exit', (code, signal) => { ended = signal ? `signal ${signal}` : `exit status ${code}`; });
    child.on('spawn', () => {
      const pid = /** @type {number} */ (child.pid);
      groups.add(pid);
      resolve({
        pid,
        ended: () => ended,
        async stop(graceMs = 5000) {
          const deadline = Date.now() + graceMs;
          signalGroup(pid, 'SIGTERM');
          while (signalGroup(pid, 0)) {
            if (Date.now() > deadline) signalGroup(pid, 'SIGKILL');
            await new Promise((again) => setTimeout(again, 50));
          }
          groups.delete(pid);
        },
      });
    });
  });
}
