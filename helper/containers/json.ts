/** Reading JSON of unknown shape: state files of other programs, in versions not yet written, or damaged. */

/** A plain object, or an empty one. */
export function objectIn(json: unknown): Readonly<Record<string, unknown>> {
  return typeof json === 'object' && json !== null && !Array.isArray(json) ? (json as Record<string, unknown>) : {};
}

/** A member that is text and not empty, else null. */
export function textIn(json: unknown, ...path: readonly string[]): string | null {
  let at = json;
  for (const name of path) {
    const object = objectIn(at);
    at = Object.hasOwn(object, name) ? object[name] : null;
  }
  return typeof at === 'string' && at !== '' ? at : null;
}

/** The first of several members that is text. */
export function firstTextIn(json: unknown, names: readonly string[]): string | null {
  for (const name of names) {
    const text = textIn(json, name);
    if (text !== null) return text;
  }
  return null;
}

/** A member that is a positive whole number, else null. */
export function numberIn(json: unknown, ...path: readonly string[]): number | null {
  let at = json;
  for (const name of path) at = objectIn(at)[name];
  return typeof at === 'number' && Number.isSafeInteger(at) && at > 0 ? at : null;
}
