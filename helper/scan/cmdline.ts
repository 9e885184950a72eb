import { hostText } from './hostText.ts';

/** Bytes of a command line that are kept: as much as the kernel itself showed before Linux 4.2. */
export const MOST_CMDLINE_BYTES = 4096;

/**
 * The arguments in the text of `/proc/PID/cmdline`: each ends with a NUL, but a process may overwrite the area, and then
 * the last one need not. Longer ones are cut, the last argument then ends with `…`.
 */
export function parseCmdline(text: string): readonly string[] {
  if (text === '') return NONE;
  const cut = text.length >= MOST_CMDLINE_BYTES;
  let end = text.endsWith('\0') ? text.length - 1 : text.length;
  // one empty argument may well end a command line; a program that overwrote its title (nginx) leaves a run of NULs
  if (text.endsWith('\0\0\0')) while (end > 0 && text.charCodeAt(end - 1) === 0) end--;
  return `${text.slice(0, end)}${cut ? CUT : ''}`.split('\0').map(hostText);
}

/** `…` as the latin1 text of its UTF-8 bytes, which `hostText` decodes. */
const CUT = '\xe2\x80\xa6';
const NONE: readonly string[] = [];
