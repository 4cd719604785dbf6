/** Bundled as base64. */
declare module '*.woff' {
  const base64: string;
  export default base64;
}
