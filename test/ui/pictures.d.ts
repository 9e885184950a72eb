// What is used of gifenc, which has no types of its own.
declare module 'gifenc' {
  interface Encoder {
    writeFrame(index: Uint8Array, width: number, height: number, options: { palette: number[][]; delay: number }): void;
    finish(): void;
    bytes(): Uint8Array;
  }
  const gifenc: {
    GIFEncoder(): Encoder;
    quantize(rgba: Uint8Array, colours: number): number[][];
    applyPalette(rgba: Uint8Array, palette: number[][]): Uint8Array;
  };
  export default gifenc;
}
declare module 'pngjs' {
  export const PNG: { readonly sync: { read(data: Uint8Array): { readonly data: Uint8Array; readonly width: number; readonly height: number } } };
}
