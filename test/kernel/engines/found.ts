import type { Container } from '../../../helper/protocol.ts';
import { nslab } from '../scan.ts';
import { until } from '../world/until.ts';
import type { RealHost } from './host.ts';

/** What a person reads of a container. */
export type Told = Pick<Container, 'engine' | 'id' | 'name' | 'image' | 'rootless' | 'init'>;

export function told(container: Container | null | undefined): Told | null | undefined {
  if (!container) return container;
  const { engine, id, name, image, rootless, init } = container;
  return { engine, id, name, image, rootless, init };
}

/** The container of a process as the finder has it, once it has one with a name (or has one at all, where engines give no names). */
export async function containerOf(host: RealHost, pid: number, settled: (container: Container) => boolean = () => true): Promise<Container> {
  let container: Container | null | undefined;
  await until(`process ${pid} is in a container`, () => {
    host.look();
    container = host.containerOf(pid);
    return container != null && settled(container);
  });
  return container!;
}

/** The same by the built command line. */
export function scanned(pid: number): Container | null {
  const document = nslab().document as unknown as { processes: { pid: number; container: string | null }[]; containers: Container[] };
  const key = document.processes.find((process) => process.pid === pid)?.container ?? null;
  return document.containers.find((container) => container.key === key) ?? null;
}
