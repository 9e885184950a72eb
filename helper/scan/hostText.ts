/** Runs of well-formed UTF-8 beyond ASCII (group 1), or one byte that is part of none; RFC 3629, table in section 4. */
const BEYOND_ASCII = /((?:[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2})+)|[\x80-\xff]/g;
const ANY_BEYOND_ASCII = /[\x80-\xff]/;

/**
 * Bytes of the host, given as a latin1 string (one character per byte), as text: UTF-8 is decoded, and a byte that is not
 * part of well-formed UTF-8 is written `\xHH`. Names of processes and files are bytes chosen by anyone, not text.
 */
export function hostText(latin1: string): string {
  if (!ANY_BEYOND_ASCII.test(latin1)) return latin1;
  return latin1.replace(BEYOND_ASCII, (bytes, wellFormed: string | undefined) => wellFormed === undefined
    ? `\\x${bytes.charCodeAt(0).toString(16)}`
    : Buffer.from(wellFormed, 'latin1').toString('utf8'));
}
