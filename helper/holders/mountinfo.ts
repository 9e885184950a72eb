/** One line of `/proc/PID/mountinfo` (proc_pid_mountinfo(5)). Texts have one character per byte, escapes undone. */
export interface MountLine {
  readonly id: string;
  readonly parent: string;
  /** `major:minor` of its file system. */
  readonly dev: string;
  readonly root: string;
  readonly point: string;
  /** The mount's own: `rw,nosuid,relatime`. */
  readonly options: string;
  /** The optional fields: `shared:1`, `master:2`, `propagate_from:3`, `unbindable`. */
  readonly tags: readonly string[];
  readonly fstype: string;
  readonly source: string;
}

/** Undoes the kernel's octal escapes: `\040` space, `\011` tab, `\012` newline, `\134` backslash, `\043` hash. */
export function unescapeOctal(text: string): string {
  return text.includes('\\') ? text.replace(/\\([0-3][0-7]{2})/g, (_, octal: string) => String.fromCharCode(parseInt(octal, 8))) : text;
}

/** Reads one line; undefined when it is not one (cut short, or of a format we do not know). */
export function parseMountLine(line: string): MountLine | undefined {
  const fields = line.split(' ');
  const dash = fields.indexOf('-', 6);
  const [id, parent, dev = '', root, point, options = ''] = fields;
  const fstype = fields[dash + 1];
  if (dash === -1 || !id || !parent || !root || !point || !fstype || !/^\d+$/.test(id) || !/^\d+$/.test(parent)) return undefined;
  return {
    id, parent, dev, options, root: unescapeOctal(root), point: unescapeOctal(point), tags: fields.slice(6, dash),
    fstype: unescapeOctal(fstype), source: unescapeOctal(fields[dash + 2] ?? ''),
  };
}
