// Plain JavaScript for any Node: the demo itself is TypeScript, which an older Node refuses without a word of help.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `LLMObserve runs from source on Node 22.18 or newer, and this is ${process.version}. ` +
      'npm installs Node 24 beside it as an optional dependency: run `npm ci --include=optional`, or install Node 24.',
  );
  process.exitCode = 1;
}
