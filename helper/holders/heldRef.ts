import type { HeldBy, NsType } from '../protocol.ts';
import { NS_TYPES } from '../protocol.ts';

/** Something that holds a namespace besides the processes in it. */
export interface HeldRef {
  readonly type: NsType;
  readonly inode: number;
  readonly held: HeldBy;
  /** Path through which the namespace can be opened now, one character per byte; null when none leads there from here. */
  readonly open: string | null;
}

const LINK = /^([a-z]+):\[(\d{1,10})\]$/;

/** Reads the text of a namespace link, `net:[4026531833]`; undefined for any other text. */
export function parseNsLink(text: string): { readonly type: NsType; readonly inode: number } | undefined {
  const match = LINK.exec(text);
  const type = NS_TYPES.find((name) => name === match?.[1]);
  return match && type ? { type, inode: Number(match[2]) } : undefined;
}
