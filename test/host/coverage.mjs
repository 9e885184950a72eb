// @ts-check
// `npm run coverage [-- FILE…]`: how much of each room's code the unit tests run, in lines; FILE: only these tests. No suite fails for it: it tells where to look.
// Node measures (NODE_V8_COVERAGE), in all processes that a test starts. Types are erased in place, so what Node says of a character is true of the .ts file.
// Lists the files that are run least; all of them with their lines: test/artifacts/results/coverage.json.
import { spawnSync } from 'node:child_process';
import { globSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { artifacts, inRoot, newNode, root } from './checkout.mjs';

/** The rooms, and how many of the files that are run least are named. */
const rooms = ['extension', 'helper', 'cli', 'simulator', 'webview', 'lessons/checks'], NAMED = 20;

/** @typedef {{ url: string, functions: { ranges: { startOffset: number, endOffset: number, count: number }[] }[] }} Script what V8 says of one script: functions from the outer to the inner, of each the blocks likewise */

/** Lines with code: neither blank nor comment alone. @param {string} text @returns {{ number: number, at: number }[]} `at`: of its first character */
function linesOf(text) {
  const lines = [];
  let at = 0, comment = false, number = 0;
  for (const line of text.split('\n')) {
    number++;
    const bare = line.trim();
    if (!comment && bare.startsWith('/*')) comment = true;
    const code = bare !== '' && !comment && !bare.startsWith('//') && !/^[\])};,]+$/.test(bare);
    if (comment && bare.includes('*/')) comment = false;
    if (code) lines.push({ number, at: at + line.length - line.trimStart().length });
    at += line.length + 1;
  }
  return lines;
}

/** Was the character run? By the innermost block around it. @param {Script} script @param {number} at */
function wasRun({ functions }, at) {
  let count = 0, size = Infinity;
  for (const { ranges } of functions) {
    for (const { startOffset, endOffset, count: times } of ranges) {
      if (startOffset > at || endOffset <= at || endOffset - startOffset > size) continue;
      count = times;
      size = endOffset - startOffset;
    }
  }
  return count > 0;
}

const raw = mkdtempSync(path.join(os.tmpdir(), 'nslab-coverage-'));
try {
  const given = process.argv.slice(2);
  const { status } = spawnSync(newNode(), [inRoot('node_modules', 'mocha', 'bin', 'mocha.js'), '--reporter', 'dot', '--timeout', '60000', ...given.length > 0 ? given : ['test/unit/**/*.test.ts']],
    { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, NODE_V8_COVERAGE: raw } });
  process.exitCode = status ?? 1;

  const files = new Map(globSync(rooms.map((room) => `${room}/**/*.{ts,tsx}`), { cwd: root }).filter((file) => !file.endsWith('.d.ts'))
    .map((file) => [file, { lines: linesOf(readFileSync(inRoot(file), 'utf8')), run: new Set() }]));
  for (const name of readdirSync(raw).filter((one) => one.endsWith('.json'))) {
    /** @type {{ result: Script[] }} */
    const { result } = JSON.parse(readFileSync(path.join(raw, name), 'utf8'));
    for (const script of result) {
      if (!script.url.startsWith('file:')) continue;
      const file = files.get(path.relative(root, fileURLToPath(script.url.replace(/[?#].*$/, ''))));
      if (!file) continue;
      for (const { number, at } of file.lines) if (!file.run.has(number) && wasRun(script, at)) file.run.add(number);
    }
  }

  const table = [...files].filter(([, { lines }]) => lines.length > 0).map(([file, { lines, run }]) => ({ file, lines: lines.length, run: run.size, missed: lines.filter(({ number }) => !run.has(number)).map(({ number }) => number) }));
  mkdirSync(path.join(artifacts, 'results'), { recursive: true });
  writeFileSync(path.join(artifacts, 'results', 'coverage.json'), JSON.stringify(table, null, 1));
  /** @param {string} name @param {typeof table} of */
  const tell = (name, of) => {
    const all = of.reduce((sum, { lines }) => sum + lines, 0), some = of.reduce((sum, { run }) => sum + run, 0);
    console.log(`${(all === 0 ? 100 : some / all * 100).toFixed(1).padStart(6)} %  ${String(some).padStart(6)} of ${String(all).padStart(6)} lines  ${name}`);
  };
  for (const one of table.toSorted((a, b) => b.missed.length - a.missed.length).slice(0, NAMED)) tell(one.file, [one]);
  console.log('');
  for (const room of rooms) tell(`${room}/`, table.filter(({ file }) => file.startsWith(`${room}/`)));
  tell('all', table);
} finally {
  rmSync(raw, { recursive: true, force: true });
}
