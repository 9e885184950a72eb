// `jscpp.cjs FILE.c`: CPU microseconds that JSCPP takes to run it, and what it prints.
const { readFileSync } = require('node:fs');
const console = require('node:console');
const process = require('node:process');
const jscpp = require('JSCPP');

const text = readFileSync(process.argv[2], 'utf8');
let printed = '';
const before = process.cpuUsage();
jscpp.run(text, '', { stdio: { write: (some) => { printed += some; } } });
const { user, system } = process.cpuUsage(before);
console.log(`${user + system} ${printed.trim()}`);
