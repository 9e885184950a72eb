// In the place of the package of this name, in the page only: its tables of 2,231 names are as large as the rest of markdown-it's rules, and a browser has them.

/** What character references (`&amp;`, `&#233;`) mean. Each is given alone, as markdown-it found it, with its semicolon; what is none comes back as it is. */
export function decodeHTMLStrict(reference: string): string {
  const text = document.createElement('textarea');
  // of a textarea the parser reads nothing but such references
  text.innerHTML = reference;
  const { value } = text;
  // an older name without its semicolon was found at the beginning of one that means nothing
  return value.endsWith(';') && reference !== '&semi;' ? reference : value;
}
