/** A text without its line continuations. `joints`: offsets in `text` where one was, so that lines can still be counted. */
export interface Spliced { readonly text: string; readonly joints: readonly number[] }

/** Translation phase 2: a backslash at the end of a line joins it to the next. As gcc does, white space after the backslash does not matter. */
export function splice(source: string): Spliced {
  if (!source.includes('\\')) return { text: source, joints: [] };
  const joints: number[] = [];
  const pieces: string[] = [];
  let from = 0, length = 0;
  for (let at = source.indexOf('\\'); at >= 0; at = source.indexOf('\\', at + 1)) {
    let end = at + 1;
    while (end < source.length && ' \t\r\f\v'.includes(source.charAt(end))) end++;
    if (source[end] !== '\n') continue;
    pieces.push(source.slice(from, at));
    length += at - from;
    joints.push(length);
    from = end + 1;
    at = end;
  }
  pieces.push(source.slice(from));
  return { text: pieces.join(''), joints };
}
