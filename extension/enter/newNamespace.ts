import * as vscode from 'vscode';
import type { NsType } from '../../helper/protocol.ts';
import type { HostSource } from '../host/hostSource.ts';
import { terminalOptions } from './openTerminal.ts';
import { typeName } from './sentences.ts';
import { UNSHARE_OPTIONS, unshareCommand } from './unshareCommand.ts';

interface TypeItem extends vscode.QuickPickItem { readonly type?: NsType; readonly setting?: 'mapRoot' | 'loopback' }

/** "New Namespace Terminal…": asks, then opens it. Undefined when given up. */
export async function newNamespaceTerminal(host: HostSource): Promise<vscode.Terminal | undefined> {
  await host.load('a terminal in new namespaces');
  const root = host.hello?.uid === 0;
  const about: Readonly<Record<NsType, string>> = {
    uts: vscode.l10n.t('a host name of its own'), ipc: vscode.l10n.t('no System V objects or POSIX queues of others'), mnt: vscode.l10n.t('mounts of its own, that nobody else sees'),
    pid: vscode.l10n.t('the shell is process 1'), net: vscode.l10n.t('no network but a loopback device'), user: vscode.l10n.t('users of its own; needs no rights'),
    cgroup: vscode.l10n.t('its cgroup is the root'), time: vscode.l10n.t('clocks that can be shifted'),
  };
  const items: TypeItem[] = [
    ...UNSHARE_OPTIONS.map(([type]): TypeItem => ({ type, label: typeName(type), description: about[type], picked: type === 'uts' || (type === 'user' && !root) })),
    { label: vscode.l10n.t('settings'), kind: vscode.QuickPickItemKind.Separator },
    { setting: 'mapRoot', label: vscode.l10n.t('Be root inside'), description: vscode.l10n.t('with a new user namespace; else keep my ids'), picked: true },
    { setting: 'loopback', label: vscode.l10n.t('Loopback up'), description: vscode.l10n.t('with a new net namespace'), picked: true },
  ];
  const picked = await vscode.window.showQuickPick(items, {
    canPickMany: true, title: vscode.l10n.t('New Namespace Terminal'),
    placeHolder: root ? vscode.l10n.t('Which namespaces are to be new') : vscode.l10n.t('Which namespaces are to be new; without root, a new user namespace is needed for the others'),
  });
  const types = (picked ?? []).flatMap((item) => item.type ?? []);
  if (!picked || types.length === 0) return undefined;
  // an ordinary user has the right to make the others only in a user namespace of his own
  const all: NsType[] = root || types.includes('user') ? types : ['user', ...types];
  const hostname = all.includes('uts') ? await vscode.window.showInputBox({
    title: vscode.l10n.t('New Namespace Terminal'), prompt: vscode.l10n.t('Host name inside; leave it empty to keep the one of this host'), value: 'lab',
    validateInput: (text) => (text.length > 64 ? vscode.l10n.t('At most 64 characters.') : undefined),
  }) : '';
  if (hostname === undefined) return undefined;
  const shell = vscode.env.shell.startsWith('/') ? vscode.env.shell : '/bin/sh';
  const argv = unshareCommand({ types: all, mapRoot: picked.some(({ setting }) => setting === 'mapRoot'), loopback: picked.some(({ setting }) => setting === 'loopback'), hostname, shell });
  const terminal = vscode.window.createTerminal(terminalOptions({
    label: vscode.l10n.t('new'), types: all, argv, shell, environment: {}, banner: [vscode.l10n.t('New namespaces: {0}. They end with this terminal.', all.map(typeName).join(', '))],
  }));
  terminal.show();
  // it is to be in the tree at once
  await host.request('refresh', { reason: 'a terminal in new namespaces' }).catch(() => undefined);
  return terminal;
}
