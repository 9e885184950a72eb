import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { emitUnit } from '../../../simulator/c/emit/index.ts';
import { compileUnit } from '../../../simulator/c/frontend.ts';
import { EMPTY_ARCHIVE, link } from '../../../simulator/c/link/index.ts';
import type { ObjectFile } from '../../../simulator/c/link/index.ts';
import { cpu } from '../../../simulator/machine/cpu/index.ts';
import type { Budget, Stop, Thread } from '../../../simulator/machine/cpu.ts';
import type { Image } from '../../../simulator/machine/image.ts';
import { createMachineMemory } from '../../../simulator/machine/memory/index.ts';
import type { AddressSpace } from '../../../simulator/machine/memory.ts';
import type { Native } from '../../../simulator/machine/native.ts';

const PRELUDE = readFileSync(path.join(import.meta.dirname, 'prelude.h'));
const NOTHING = { read: () => null };
export const ENDLESS: Budget = { statements: 1e15, instructions: 1e15, stopAtStatement: false };
export const STACK_TOP = 0xfffe0000;

/** Compiles a source that may include `prelude.h`. */
export function object(source: string | Uint8Array, { name = 'test.c', system = false } = {}): ObjectFile {
  const bytes = typeof source === 'string' ? new TextEncoder().encode(source) : source;
  const files = { read: (file: string): Uint8Array | null => (file === name ? bytes : path.basename(file) === 'prelude.h' ? PRELUDE : null) };
  const { unit, diagnostics } = compileUnit(name, files, { system: NOTHING, defines: { SIMULATED: '1' } });
  assert.ok(unit, diagnostics.map(({ span, message }) => `${span.at.line}: ${message}`).join('\n'));
  return emitUnit(unit, { system });
}

export function image(source: string | Uint8Array, natives: readonly Native[] = []): Image {
  const linked = link('test', [object(source)], EMPTY_ARCHIVE, new Map(natives.map((native) => [native.name, native])));
  assert.ok(linked.image, linked.diagnostics.map(({ message }) => message).join('\n'));
  return linked.image;
}

/** A program loaded into a machine of its own, before its first instruction. */
export class Loaded {
  readonly image: Image;
  readonly space: AddressSpace;
  readonly thread: Thread;
  output = '';

  constructor(of: Image, memory = createMachineMemory()) {
    this.image = of;
    this.space = memory.createAddressSpace();
    for (const { address, size, bytes, write, name } of of.segments) this.space.map(address, size, { read: true, write, execute: name === 'text', name, bytes });
    this.space.map(STACK_TOP - 0x21000, 0x21000, { read: true, write: true, execute: false, name: '[stack]', growsDownTo: STACK_TOP - (8 << 20) });
    this.thread = cpu.start(of, STACK_TOP - 256);
  }

  /** Runs until it stops for something other than a write, or for the end of the budget. */
  run(budget: Budget = ENDLESS, thread = this.thread, space = this.space): Stop {
    for (;;) {
      const stop = cpu.run(thread, space, budget);
      if (stop.why !== 'syscall') return stop;
      const [, b = 0, c = 0] = stop.args;
      if (stop.nr === 1) {
        const bytes = space.read(b, c);
        this.output += Buffer.from(bytes ?? []).toString('latin1');
        thread.finish(bytes ? c : -14);
      } else if (stop.nr === 158) {
        thread.threadPointer = b;
        thread.finish(0);
      } else return stop;
    }
  }
}

/** How a run ended: as a shell would say it. */
export function outcome(stop: Stop): string {
  if (stop.why === 'syscall' && stop.nr === 60) return `exit ${(stop.args[0] ?? 0) & 255}`;
  return stop.why === 'fault' ? `signal ${stop.signo}` : stop.why;
}

/** What a program prints, and how it ends. */
export function result(source: string | Uint8Array): { output: string; end: string } {
  const loaded = new Loaded(image(source));
  const end = outcome(loaded.run());
  return { output: loaded.output, end };
}
