/** How the tree is grouped. */
export type Grouping = 'type' | 'owner' | 'process';

/** The settings under `nslab.`, with their types. `package.json` contributes the same (a test compares names, defaults and limits). */
export interface Settings {
  /** Milliseconds between two looks at the host while the view is visible. */
  readonly refreshInterval: number;
  /** How the tree is grouped when a workspace is opened for the first time. */
  readonly defaultGrouping: Grouping;
  /** Show what could not be read, each with its reason. */
  readonly showUnreadable: boolean;
  /** Look for descriptors, bind mounts and sockets that hold namespaces, too. */
  readonly slowScan: boolean;
  /** Rows below one node before "Show More". */
  readonly maxChildren: number;
  /** Seconds for which what came or changed stays marked; 0: never marked. */
  readonly markChangesFor: number;
}
export type SettingName = keyof Settings;

type Spec<T> = [T] extends [number] ? { readonly type: 'number'; readonly default: T; readonly minimum: number; readonly maximum: number }
  : [T] extends [boolean] ? { readonly type: 'boolean'; readonly default: boolean }
    : { readonly type: 'string'; readonly default: T; readonly enum: readonly T[] };

export const SETTINGS: { readonly [K in SettingName]: Spec<Settings[K]> } = {
  refreshInterval: { type: 'number', default: 1000, minimum: 500, maximum: 60_000 },
  defaultGrouping: { type: 'string', default: 'type', enum: ['type', 'owner', 'process'] },
  showUnreadable: { type: 'boolean', default: true },
  slowScan: { type: 'boolean', default: true },
  maxChildren: { type: 'number', default: 500, minimum: 50, maximum: 5000 },
  markChangesFor: { type: 'number', default: 5, minimum: 0, maximum: 60 },
};

/**
 * A setting as it may be used: VS Code marks a wrong value in settings.json but hands it over all the same.
 * A number outside its limits is moved to the nearest one; anything of a wrong type becomes the default.
 */
export function usable<K extends SettingName>(name: K, value: unknown): Settings[K] {
  const spec: Spec<number> | Spec<boolean> | Spec<string> = (SETTINGS as Readonly<Record<SettingName, Spec<number> | Spec<boolean> | Spec<string>>>)[name];
  let result: unknown = spec.default;
  if (spec.type === 'number') {
    if (typeof value === 'number' && Number.isFinite(value)) result = Math.min(spec.maximum, Math.max(spec.minimum, value));
  } else if (spec.type === 'boolean') {
    if (typeof value === 'boolean') result = value;
  } else if (typeof value === 'string' && spec.enum.includes(value)) {
    result = value;
  }
  return result as Settings[K];
}
