import type * as vscode from 'vscode';
import type { Comparison } from '../../helper/model/compare.ts';
import type { LiveHost } from './liveHost.ts';
import type { Onlooker } from './onlookers.ts';

/** One of the two hosts that are compared. */
export interface ComparedSide {
  /** Where it is from: "monday.nslab.json", or "this host". */
  readonly label: string;
  readonly takenAt: Date;
  readonly host: LiveHost;
}

/** What the tree shows. */
export type Source =
  | { readonly kind: 'live'; readonly host: LiveHost }
  | { readonly kind: 'snapshot'; readonly host: LiveHost; readonly file: vscode.Uri; readonly takenAt: Date }
  /** `host` is that of `after`; what went is found in `before.host.model`. */
  | { readonly kind: 'comparison'; readonly host: LiveHost; readonly before: ComparedSide; readonly after: ComparedSide; readonly comparison: Comparison };

/**
 * The host that is shown now. It is a `LiveHost` itself, which hands everything on to `source.host` and tells a change with
 * `reset` when another source is chosen: who only needs a host takes it for one; the tree also looks at `source`.
 */
export interface HostSource extends LiveHost {
  readonly source: Source;
  readonly onDidChangeSource: vscode.Event<Source>;
  /** The tree stands still, as the host was then; the host goes on. Another source is never frozen when it comes. */
  readonly frozen: boolean;
  readonly onDidChangeFrozen: vscode.Event<boolean>;
  /** One more who looks, beside the side bar (which `setVisible` and `setFocus` speak for). */
  join(): Onlooker;
}
