import { Window } from 'happy-dom';
import './jsx.ts';
import type { HostLink } from '../../../webview/page/link.ts';
import type { SavedState, Subject, ToHost, ToPage } from '../../../webview/protocol.ts';

/** A page in a made-up browser: renders the real components, and speaks with them as the extension host does. */
export interface OpenPage {
  readonly document: Document;
  readonly posted: readonly ToHost[];
  saved(): SavedState | undefined;
  send(message: ToPage): Promise<void>;
  show(subject: Subject): Promise<void>;
  /** Resolves when effects and animation frames have run. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

export async function openPage(state?: SavedState): Promise<OpenPage> {
  const window = new Window({ url: 'http://127.0.0.1/' });
  // preact and the components take the browser's globals from the global scope
  const before = new Map<string, PropertyDescriptor | undefined>();
  for (const name of ['window', 'document', 'requestAnimationFrame', 'cancelAnimationFrame', 'HTMLElement', 'SVGElement'] as const) {
    before.set(name, Object.getOwnPropertyDescriptor(globalThis, name));
    const value: unknown = name === 'window' ? window
      : name === 'requestAnimationFrame' ? (f: () => void) => window.requestAnimationFrame(f)
        : name === 'cancelAnimationFrame' ? (id: never) => { window.cancelAnimationFrame(id); } : window[name];
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  }
  const { render, h } = await import('preact');
  const { App } = await import('../../../webview/page/app.tsx');
  const posted: ToHost[] = [];
  let saved = state;
  let callback: ((message: ToPage) => void) | undefined;
  const link: HostLink = {
    post: (message) => { posted.push(message); },
    listen: (listener) => { callback = listener; return () => { callback = undefined; }; },
    save: (s) => { saved = s; },
    saved: () => saved,
  };
  const document = window.document as unknown as Document;
  const settled = async (): Promise<void> => {
    // an effect may set state, whose effects come a frame later
    for (let i = 0; i < 4; i++) await new Promise((resolve) => window.requestAnimationFrame(() => setTimeout(resolve, 0)));
  };
  render(h(App, { link }), document.body);
  await settled();
  const send = async (message: ToPage): Promise<void> => {
    callback?.(message);
    await settled();
  };
  return {
    document, posted, settled, send, saved: () => saved,
    show: (s) => send({ type: 'subject', subject: { ...s, tasks: [...s.tasks], namespaces: [...s.namespaces] } }),
    close: async () => {
      render(null, document.body);
      // preact clears up in a later frame
      await settled();
      for (const [name, descriptor] of before) {
        if (descriptor) Object.defineProperty(globalThis, name, descriptor);
        else Reflect.deleteProperty(globalThis, name);
      }
      await window.happyDOM.close();
    },
  };
}
