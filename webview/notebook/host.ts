import type { NotebookToHost } from '../protocol.ts';

/** The way to VS Code, set once when the page begins. */
let post: (message: NotebookToHost) => void = () => undefined;

export function setHost(to: (message: NotebookToHost) => void): void { post = to; }
export function tellHost(message: NotebookToHost): void { post(message); }
