/** What Vite turns into files of the build. */
declare module '*.css';
declare module '@fontsource-variable/noto-sans-sc';
declare module '*?url' {
  const address: string;
  export default address;
}
