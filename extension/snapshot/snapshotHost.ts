import * as vscode from 'vscode';
import type { SnapshotDocument } from '../../helper/model/document.ts';
import { modelFromDocument } from '../../helper/model/document.ts';
import type { HostModel } from '../../helper/model/model.ts';
import type { Hello, Requests, ScanStatus } from '../../helper/protocol.ts';
import { NS_LINKS, PROTOCOL_VERSION } from '../../helper/protocol.ts';
import type { Askable } from '../host/helperClient.ts';
import type { HostState, LiveHost } from '../host/liveHost.ts';

/** A host as it was at one moment: it never changes, and knows only what was known then. */
export class SnapshotHost implements LiveHost {
  readonly model: HostModel;
  readonly hello: Hello;
  readonly status: ScanStatus;
  readonly state: HostState = { kind: 'live' };
  // nothing ever happens here
  readonly onDidChange = never;
  readonly onDidChangeState = never;
  readonly onDidScan = never;

  constructor(model: HostModel, hello: Hello, status: ScanStatus) {
    this.model = model;
    this.hello = hello;
    this.status = status;
  }

  request<M extends Askable>(method: M): Promise<Requests[M]['result']> {
    // there is nothing newer to find
    if (method === 'refresh') return Promise.resolve(this.status);
    return Promise.reject(new Error(vscode.l10n.t('A snapshot has no more than the tree shows: mounts, addresses, routes and listening ports are only read from a live host.')));
  }

  load(): Promise<void> { return Promise.resolve(); }
  setVisible(): void { /* shown or not, it is the same */ }
  setFocus(): void { /* there is nothing to follow */ }
  restart(): void { /* nothing runs */ }
}

const never: vscode.Event<never> = () => new vscode.Disposable(() => undefined);

/** The host that a saved snapshot tells of. */
export function hostFromDocument(document: SnapshotDocument): SnapshotHost {
  const { ns, writtenBy, ...host } = document.host;
  const hello: Hello = { ...host, protocol: PROTOCOL_VERSION, version: writtenBy, pid: 0, ns: NS_LINKS.map((link) => ns[link]) };
  const phases: ScanStatus['phases'] = { identity: 'complete', details: 'complete', relations: 'complete', descriptors: 'complete', mounts: 'complete', sockets: 'complete', containers: 'complete' };
  const impossible = Object.fromEntries(document.unreadable.flatMap((record) => (record.what === 'reading' ? [[record.field, record.errno] as const] : [])));
  const status: ScanStatus = {
    phases: { ...phases, ...impossible }, processes: document.processes.length,
    unreadable: document.processes.filter((process) => NS_LINKS.every((link) => process.ns[link] === null)).length,
    cpuMs: 0, at: Date.parse(document.takenAt),
  };
  return new SnapshotHost(modelFromDocument(document), hello, status);
}
