import type { Container } from '../../../helper/protocol.ts';
import { visible } from '../../../helper/model/text.ts';

/** The name people know it by: its name, else its short ID as the engines print it, else the engine with its first process. */
export function containerName(container: Container): string {
  if (container.name) return visible(container.name, 80);
  if (container.id) return visible(container.id, 200).slice(0, 12);
  return container.init === null ? container.engine : `${container.engine} ${container.init}`;
}

/** `docker db`: short enough for the end of a row. */
export function containerTag(container: Container): string {
  const name = containerName(container);
  return name.startsWith(container.engine) ? name : `${container.engine} ${name}`;
}
