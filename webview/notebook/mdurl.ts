// In the place of the package of this name, in the page only. It takes an address apart so that a host name can be written in punycode; a browser does that itself when
// a link is followed. The rest is alike in all parts, so that here an address is one part.

/** An address as markdown-it's links want it taken apart: all of it is what the package calls its path. */
export interface Address { pathname: string }

export function parse(address: string): Address { return { pathname: address }; }
export function format({ pathname }: Address): string { return pathname; }

/** As an address may be written: what may not stand in one as `%` and two digits for each byte; what is written so already stays. */
export function encode(text: string): string {
  return text.replace(/[\ud800-\udfff]/gu, '\ufffd').replace(/%(?![\da-f]{2})|[^\w;/?:@&=+$,\-.!~*'()#%]+/gi, encodeURIComponent);
}

/** As a person reads it. What would be a part's end if it were not encoded, `%` itself, and bytes that are no text stay encoded. */
export function decode(address: string): string {
  return address.replace(/(?:%(?!25)[\da-f]{2})+/gi, (bytes) => {
    try {
      return decodeURI(bytes);
    } catch {
      return bytes;
    }
  });
}
/** What the package's `decode` can be told to leave as it is. */
decode.defaultChars = '';
