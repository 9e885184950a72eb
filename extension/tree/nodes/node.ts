import type { NsType } from '../../../helper/protocol.ts';

/** The marks of the sidebar, by codicon name. */
export type Icon =
  | 'home' | 'circle-filled' | 'circle-outline' | 'circle-slash' | 'file-binary' | 'link' | 'lock' | 'shield' | 'package' | 'server-process'
  | 'plug' | 'type-hierarchy' | 'question' | 'ellipsis' | 'arrow-right' | 'add' | 'remove' | 'list-tree';

/** What a row stands for, by identity: commands, hovers and reveal use it, never the row's text. */
export type Target =
  | { readonly kind: 'namespace'; readonly key: string }
  /** A row about a namespace that has its own row elsewhere in the tree. */
  | { readonly kind: 'reference'; readonly key: string }
  /** `key` as `processKey` makes it. */
  | { readonly kind: 'process'; readonly key: string; readonly pid: number }
  | { readonly kind: 'container'; readonly key: string }
  /** "Show more": asks for the next page of its parent row. */
  | { readonly kind: 'more'; readonly parent: string }
  | { readonly kind: 'group'; readonly type: NsType | null };

/** One row, as plain data. Two rows that are equal field by field look equal on the screen. */
export interface TreeNode {
  /** Unique in the whole tree and the same for the same thing at the same place in every later tree: the parent's id, `/`, its own part. */
  readonly id: string;
  /** Text safe to show as plain text: control characters are already visible. */
  readonly label: string;
  readonly description: string;
  readonly icon: Icon | null;
  /** VS Code's `contextValue`: decides which menu entries fit. */
  readonly context: string;
  readonly target: Target;
  /** Unreadable or ended: drawn in the colour of disabled text. */
  readonly dim?: boolean;
  /** Ranges of `label` that the filter found. */
  readonly highlights?: readonly (readonly [number, number])[];
  /** Starts unfolded the first time it is seen. */
  readonly open?: boolean;
  /** Computes the rows below; null for a leaf. Only called for rows that someone unfolds. */
  readonly children: (() => readonly TreeNode[]) | null;
}

/** True when both rows look the same (their children apart). */
export function sameLook(a: TreeNode, b: TreeNode): boolean {
  return a.label === b.label && a.description === b.description && a.icon === b.icon && a.context === b.context
    && a.dim === b.dim && (a.children === null) === (b.children === null) && sameRanges(a.highlights, b.highlights);
}

function sameRanges(a: TreeNode['highlights'], b: TreeNode['highlights']): boolean {
  if (a === b) return true;
  return a?.length === b?.length && a?.every((range, i) => range[0] === b?.[i]?.[0] && range[1] === b[i][1]) === true;
}
