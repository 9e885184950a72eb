import { render } from 'preact';
import { NotebookToPage, parse } from './protocol.ts';
import type { NotebookToHost } from './protocol.ts';
import * as v from 'valibot';
import type { Action } from './notebook/actions.ts';
import { actions, moreActions } from './notebook/actions.ts';
import { Notebook, command, follow, kept, text } from './notebook/app.tsx';
import { setHost } from './notebook/host.ts';
import { Kept } from './notebook/kept.ts';
import { LivePicturePage, live } from './notebook/live.tsx';
import { reals } from './notebook/program.tsx';
import { setBundle } from './notebook/words.ts';
import './page/page.css';
import './notebook/notebook.css';

interface VsCodeApi { postMessage(message: unknown): void }
declare function acquireVsCodeApi(): VsCodeApi;

/** The notebook page: the file's text comes from the host and goes back in edits. Entry of the bundle `dist/webview/notebook.js`. */
const api = acquireVsCodeApi();
const post = (message: NotebookToHost): void => { api.postMessage(message); };
const nonce = document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce ?? '';
setHost(post);
let shown = false;
/** Edits that the host has not confirmed: until then its texts are older than ours. */
let waiting = 0;

function edit(from: number, to: number, insert: string): void {
  waiting++;
  text.value = text.value.slice(0, from) + insert + text.value.slice(to);
  post({ type: 'edit', from, to, insert });
}

/** Told after a pause: every step changes it. */
let telling: ReturnType<typeof setTimeout> | undefined;
function remember(all: Kept): void {
  clearTimeout(telling);
  telling = setTimeout(() => { post({ type: 'keep', kept: JSON.stringify(all) }); }, 300);
}

window.addEventListener('message', (event: MessageEvent<unknown>) => {
  const message = parse(NotebookToPage, event.data);
  if (!message.ok) return;
  switch (message.value.type) {
    case 'start': {
      const remembered = v.safeParse(Kept, message.value.kept);
      setBundle(message.value.bundle);
      text.value = message.value.text;
      if (remembered.success) kept.value = remembered.output;
      if (!shown) render(<Notebook start={message.value} nonce={nonce} edit={edit} keep={remember} />, document.body);
      shown = true;
      return;
    }
    case 'act': {
      const { action } = message.value;
      const known = [...actions(), ...moreActions()].find((one) => one.action === action);
      if (known) command(known.action satisfies Action);
      return;
    }
    case 'liveStart':
      setBundle(message.value.bundle);
      render(<LivePicturePage />, document.body);
      return;
    case 'live': live.value = message.value; return;
    case 'goTo': follow(message.value.link); return;
    case 'real': {
      const { cell, phase, output, ending } = message.value;
      const { [cell]: old, ...others } = reals.value;
      reals.value = phase === 'cancelled' ? others : { ...others, [cell]: { phase, output: phase === 'running' ? `${old?.output ?? ''}${output}` : output, ending } };
      return;
    }
    case 'edited': waiting = Math.max(0, waiting - 1); return;
    case 'text': if (waiting === 0) text.value = message.value.text;
  }
});
post({ type: 'ready' });
