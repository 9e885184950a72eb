// `npm start`: from a fresh checkout to VS Code with this host's namespaces in it. Plain Node 20, no dependencies:
// nothing is installed yet when it runs. What it does is in newcomer.mjs; here only what must hold before that can be loaded.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 11)) {
  console.error(`Namespace Lab needs Node 20.11 or newer to start; this is ${process.version}.`);
  process.exit(1);
}
const { start } = await import('./newcomer.mjs');
await start(process.argv.slice(2));
