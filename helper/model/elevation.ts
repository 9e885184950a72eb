/**
 * The capabilities of an elevated helper, by the kernel's names: to look at what any process has open and where it is (PTRACE), to read any file and folder
 * (DAC_READ_SEARCH), and to ask namespaces that are not its own (ADMIN). It has them as the person's own user, not as root, so that it may write no file that they may not.
 */
export const ELEVATED_CAPABILITIES = ['CAP_DAC_READ_SEARCH', 'CAP_SYS_PTRACE', 'CAP_SYS_ADMIN'] as const;

/** The line on standard error with which a helper says that it runs with these: what comes before it on that pipe is of sudo and its like. */
export const READY_LINE = 'nslab-helper: elevated';
/** Begins the line, with the JSON of a `Refusal` behind it, that says why it does not. */
export const REFUSED_LINE = 'nslab-helper: refused ';

/** A file or folder that somebody else could change, so that what would run with these rights is not what the person has. */
export interface Distrust {
  readonly path: string;
  /** Its owner is a third person; or others may write to it: everybody, or a group by its number. */
  readonly why: { readonly owner: number } | { readonly writable: 'everybody' | number };
}

/** Why a helper does not run elevated. */
export type Refusal =
  | { readonly kind: 'distrusted' } & Distrust
  /** It lacks some of these capabilities, or has more than these: what should have set them did not. */
  | { readonly kind: 'capabilities'; readonly missing: readonly string[]; readonly more: readonly string[] }
  /** It runs as another user than the process that it shall serve, or that is gone. */
  | { readonly kind: 'notYours' };
