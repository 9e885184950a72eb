/**
 * The kernel versions that can be run, and what differs between them. A difference that is a yes or no, a number or an order
 * is data here; a function whose shape differs has one variant for each shape, chosen by that data, next to its siblings.
 */
export const VERSIONS = ['2.6.24', '3.8', '4.19', '5.7', '6.1', '6.12', '6.18'] as const;
export type Version = (typeof VERSIONS)[number];
export const DEFAULT_VERSION: Version = '6.18';

/** `atLeast('5.7', '4.19')` is true. */
export function atLeast(version: Version, other: Version): boolean {
  return VERSIONS.indexOf(version) >= VERSIONS.indexOf(other);
}

/** Is `version` within `[since, until]`, both ends included, absent ends open? */
export function within(version: Version, span: { readonly since?: Version; readonly until?: Version } | undefined): boolean {
  return span === undefined
    || ((span.since === undefined || atLeast(version, span.since)) && (span.until === undefined || atLeast(span.until, version)));
}

/** `uname -r` of the build that each version stands for. */
export const RELEASE: Readonly<Record<Version, string>> = {
  '2.6.24': '2.6.24', '3.8': '3.8.13', '4.19': '4.19.0', '5.7': '5.7.14', '6.1': '6.1.192', '6.12': '6.12.117', '6.18': '6.18.44',
};
