/** `machineSubject.ts run FILE.c`: CPU microseconds that the simulator takes to run it, and what it prints. `machineSubject.ts fork`: milliseconds of a fork with 1 MB touched. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { PAGE_SIZE } from '../../simulator/machine/memory.ts';
import { image, Loaded } from '../unit/machine/compile.ts';

const TOUCHED = 1 << 20;
const FORKS = 200;

const [job, file = ''] = process.argv.slice(2);
if (job === 'run') {
  const work = readFileSync(path.join(import.meta.dirname, 'machine', 'work.h'), 'utf8');
  const loaded = new Loaded(image(readFileSync(file, 'utf8').replace('#include "work.h"\n', work)));
  const before = process.cpuUsage();
  loaded.run();
  const { user, system } = process.cpuUsage(before);
  console.log(`${user + system} ${loaded.output.trim()}`);
} else {
  const loaded = new Loaded(image('void _start(long *sp) { for (;;) ; }'));
  loaded.space.map(0x10000000, TOUCHED, { read: true, write: true, execute: false, name: '' });
  for (let page = 0; page < TOUCHED; page += PAGE_SIZE) loaded.space.write(0x10000000 + page, Uint8Array.of(1));
  const times: number[] = [];
  for (let each = 0; each < FORKS; each++) {
    const before = process.cpuUsage();
    const space = loaded.space.fork();
    loaded.thread.copy();
    times.push(process.cpuUsage(before).user / 1000);
    // both go on: what they write to is copied then
    for (const one of [space, loaded.space]) one.write(0x10000000 + each * PAGE_SIZE % TOUCHED, Uint8Array.of(each));
    space.release();
  }
  console.log(String(times.reduce((sum, time) => sum + time) / FORKS));
}
