import type { AddressSpace, SharedMemory } from '../memory.ts';
import { PhysicalMemory } from './physical.ts';
import { SharedFrames } from './shared.ts';
import { PagedSpace } from './space.ts';

/** The memory of one simulated machine: 1 GiB for all spaces and shared objects that are made of it, taken from the host as it is used. */
export interface MachineMemory {
  readonly createAddressSpace: () => AddressSpace;
  readonly createSharedMemory: (length: number) => SharedMemory;
}

export function createMachineMemory(): MachineMemory {
  const memory = new PhysicalMemory();
  return { createAddressSpace: () => new PagedSpace(memory), createSharedMemory: (length) => new SharedFrames(memory, length) };
}
