/** What esbuild makes of imports that are not code. */
declare module '*.svg' {
  const text: string;
  export default text;
}
declare module '*.css';
