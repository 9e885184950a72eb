import type { Grouping } from './settings.ts';

/**
 * The context keys that `when` clauses in `package.json` may ask for, each with every value it can have.
 * Code sets them through `setContext`, so that a mistyped key or value does not compile.
 */
export interface ContextKeys {
  /** The extension itself runs in a browser (vscode.dev); a browser as the window of another machine is none. */
  'nslab.browser': boolean;
  /** As `HostState['kind']`, but a helper that crashed and will not be restarted is `stopped`. */
  'nslab.state': 'idle' | 'starting' | 'live' | 'crashed' | 'stopped' | 'versionMismatch' | 'notLinux' | 'unsupported';
  /** The helper has more rights than VS Code. */
  'nslab.elevated': boolean;
  /** What the tree shows. */
  'nslab.source': 'live' | 'snapshot' | 'comparison';
  'nslab.grouping': Grouping;
  /** A filter is set. */
  'nslab.filtered': boolean;
  /** The tree stands still until it is unfrozen. */
  'nslab.frozen': boolean;
  /** A scan is complete and the namespaces of no process at all could be read. */
  'nslab.nothingReadable': boolean;
  /** What the selected row is about: commands of the palette that need one are offered only then. */
  'nslab.selected': 'namespace' | 'process' | 'other' | 'nothing';
}
export type ContextKey = keyof ContextKeys;

/** The same as data, for the test that compares them with `package.json`. */
export const CONTEXT_KEYS: { readonly [K in ContextKey]: readonly ContextKeys[K][] } = {
  'nslab.browser': [true, false],
  'nslab.state': ['idle', 'starting', 'live', 'crashed', 'stopped', 'versionMismatch', 'notLinux', 'unsupported'],
  'nslab.elevated': [true, false],
  'nslab.source': ['live', 'snapshot', 'comparison'],
  'nslab.grouping': ['type', 'owner', 'process'],
  'nslab.filtered': [true, false],
  'nslab.frozen': [true, false],
  'nslab.nothingReadable': [true, false],
  'nslab.selected': ['namespace', 'process', 'other', 'nothing'],
};

export const VIEW_ID = 'nslab.namespaces';
export const CONTAINER_ID = 'nslab';
