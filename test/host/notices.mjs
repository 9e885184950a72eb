// @ts-check
// The licences of what the bundles contain: they ask to be carried along.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { inRoot, readJson } from './checkout.mjs';

/**
 * @param {readonly string[]} inputs the files that went into the bundles, relative to the checkout
 * @param {readonly string[]} more packages carried as they are
 * @returns {string}
 */
export function thirdPartyNotices(inputs, more) {
  const names = new Set(more);
  for (const input of inputs) {
    const name = /(?:^|.*\/)node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1];
    if (name) names.add(name);
  }
  return `Namespace Lab contains the following packages, under these licences.\n${[...names].sort().map(notice).join('')}`;
}

/** @param {string} name */
function notice(name) {
  const folder = inRoot('node_modules', name);
  const { version, license } = readJson(path.join(folder, 'package.json'));
  const file = existsSync(folder) ? readdirSync(folder).find((f) => /^licen[cs]e/i.test(f)) : undefined;
  if (!file) throw new Error(`${name} ${version} has no licence file; its manifest says ${license}`);
  return `\n${'─'.repeat(80)}\n${name} ${version} (${license})\n\n${readFileSync(path.join(folder, file), 'utf8').trim()}\n`;
}
