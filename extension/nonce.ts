/** What a page's own script is known by: 128 random bits in base64. By Web Crypto, which browsers and Node have alike. */
export function nonce(): string {
  return btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16))));
}
