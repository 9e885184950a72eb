// In the place of the package punycode.js, in the page only: addresses are not taken apart there (mdurl.ts), so that no host name comes here.

export default Object;
