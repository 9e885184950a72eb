// @ts-check
// One activation of the built extension in a fresh process: `node activation.cjs DIST`. `vscode` is a stand-in that registers
// nothing, so what is measured is our own code: its evaluation, and what `activate` does before anything is shown.
'use strict';
const Module = require('node:module');
const path = require('node:path');
const process = require('node:process');

/** Anything: callable, constructible, iterable as nothing, with every property. */
const anything = () => {
  /** @type {any} */
  const stand = new Proxy(class {}, {
    get: (target, name) => {
      if (name === Symbol.iterator) return function* () { /* nothing */ };
      if (name === Symbol.toPrimitive) return () => '0';
      if (name === 'prototype') return target.prototype;
      if (name === 'then') return undefined;
      return stand;
    },
    apply: () => stand, construct: () => stand, set: () => true,
  });
  return stand;
};
// esbuild's bundle copies a module's own properties and keeps its prototype: that is where everything comes from here
const vscode = Object.create(anything());
/** @type {any} */
const internals = Module;
const load = internals._load;
internals._load = (/** @type {string} */ request, /** @type {unknown[]} */ ...rest) => (request === 'vscode' ? vscode : load(request, ...rest));

const dist = path.resolve(process.argv[2] ?? 'dist');
const extension = require(path.join(dist, 'extension.cjs'));
extension.activate({ extensionPath: path.dirname(dist), extensionUri: anything(), subscriptions: [], globalState: anything(), workspaceState: anything(), extensionMode: 1 });
process.exit(0);
