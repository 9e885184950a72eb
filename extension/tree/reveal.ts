import type { Wanted } from './locate.ts';

/** Internal command behind the links in hovers; not contributed, so it is in no menu. */
export const REVEAL = '_nslab.reveal';

/** A link's argument, which anybody may have made. */
export function asWanted(value: unknown): Wanted | undefined {
  if (typeof value !== 'object' || value === null || !('kind' in value) || !('key' in value)) return undefined;
  const { kind, key } = value;
  return (kind === 'namespace' || kind === 'process') && typeof key === 'string' ? { kind, key } : undefined;
}
