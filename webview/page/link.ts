import type { SavedState, ToHost, ToPage } from '../protocol.ts';
import { SavedState as SavedStateSchema, ToPage as ToPageSchema, parse } from '../protocol.ts';

/** The page's only way out: messages to the extension host, and state that survives a hidden tab and a reload. */
export interface HostLink {
  post(message: ToHost): void;
  /** Calls back with every valid message; returns how to stop. */
  listen(callback: (message: ToPage) => void): () => void;
  save(state: SavedState): void;
  /** State kept from before, if it is there and understood. */
  saved(): SavedState | undefined;
}

interface VsCodeApi {
  postMessage(message: unknown): void;
  setState(state: unknown): void;
  getState(): unknown;
}
declare function acquireVsCodeApi(): VsCodeApi;

export function linkToVsCode(): HostLink {
  const api = acquireVsCodeApi();
  return {
    post: (message) => { api.postMessage(message); },
    listen: (callback) => {
      const onMessage = (event: MessageEvent<unknown>): void => {
        const message = parse(ToPageSchema, event.data);
        // what is not understood is dropped: the next whole subject puts the page right
        if (message.ok) callback(message.value);
      };
      window.addEventListener('message', onMessage);
      return () => { window.removeEventListener('message', onMessage); };
    },
    save: (state) => { api.setState(state); },
    saved: () => {
      const state = parse(SavedStateSchema, api.getState());
      return state.ok ? state.value : undefined;
    },
  };
}
