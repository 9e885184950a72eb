// @ts-check
// Is what package-lock.json names what lies in node_modules? Plain Node, no dependencies.
import { existsSync } from 'node:fs';
import { inRoot, readJson } from './checkout.mjs';

/** @returns {boolean} false when `npm ci` is needed */
export function isInstalled() {
  const record = inRoot('node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  /** @type {Record<string, { version?: string }>} */
  const present = readJson(record).packages;
  /** @type {Record<string, { version?: string, optional?: boolean }>} */
  const wanted = readJson(inRoot('package-lock.json')).packages;
  return Object.entries(wanted).every(([name, { version, optional }]) => {
    if (name === '') return true;
    const found = present[name];
    // an optional package may be for another platform
    return found ? found.version === version : optional === true;
  });
}
