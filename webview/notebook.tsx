import { render } from 'preact';
import { NotebookToPage, parse } from './protocol.ts';
import type { NotebookToHost } from './protocol.ts';
import { Notebook, text } from './notebook/app.tsx';
import './page/page.css';
import './notebook/notebook.css';

interface VsCodeApi { postMessage(message: unknown): void }
declare function acquireVsCodeApi(): VsCodeApi;

/** The notebook page: the file's text comes from the host and goes back in edits. Entry of the bundle `dist/webview/notebook.js`. */
const api = acquireVsCodeApi();
const post = (message: NotebookToHost): void => { api.postMessage(message); };
const nonce = document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce ?? '';
let shown = false;
/** Edits that the host has not confirmed: until then its texts are older than ours. */
let waiting = 0;

function edit(from: number, to: number, insert: string): void {
  waiting++;
  text.value = text.value.slice(0, from) + insert + text.value.slice(to);
  post({ type: 'edit', from, to, insert });
}

window.addEventListener('message', (event: MessageEvent<unknown>) => {
  const message = parse(NotebookToPage, event.data);
  if (!message.ok) return;
  switch (message.value.type) {
    case 'start':
      text.value = message.value.text;
      if (!shown) render(<Notebook start={message.value} nonce={nonce} edit={edit} />, document.body);
      shown = true;
      return;
    case 'edited': waiting = Math.max(0, waiting - 1); return;
    case 'text': if (waiting === 0) text.value = message.value.text;
  }
});
post({ type: 'ready' });
