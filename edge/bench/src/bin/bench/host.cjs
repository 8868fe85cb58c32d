// Runs rounds of the module's works as they are asked for, a line each.
const { readFileSync } = require('node:fs');
const { createInterface } = require('node:readline');

const module_ = new WebAssembly.Module(readFileSync(process.argv[1]));
const { exports: works } = new WebAssembly.Instance(module_, { bench: { now: () => performance.now() } });
createInterface({ input: process.stdin }).on('line', (line) => {
  const [bench, work] = line.split(' ').map(Number);
  process.stdout.write(`${works.play_round(bench, work)}\n`);
});
