import * as vscode from 'vscode';
import { ELEVATED_CAPABILITIES, type Refusal } from '../../helper/model/elevation.ts';
import { visible } from '../../helper/model/text.ts';
import type { Programs } from './ways.ts';

/** CAP_DAC_READ_SEARCH, CAP_SYS_PTRACE, CAP_SYS_ADMIN */
const NUMBERS = [2n, 19n, 21n];

/** For one who is root: whether there is anything more to be had. `status`: /proc/self/status. */
export function alreadyRoot(status: string): string {
  const effective = BigInt(`0x${/^CapEff:\s*([0-9a-f]+)$/m.exec(status)?.[1] ?? '0'}`);
  return NUMBERS.every((number) => (effective & (1n << number)) !== 0n)
    ? vscode.l10n.t('The namespace helper runs as root already: it has every right there is here.')
    : vscode.l10n.t('The namespace helper runs as root already, but without all of {0}: the container that it runs in withholds them. Start that container with them, or open the folder on the machine itself.', ELEVATED_CAPABILITIES.join(', '));
}

/** Why nothing can even be tried. */
export function missing({ setpriv, env }: Programs, noNewPrivs: boolean): string {
  if (setpriv === null || env === null) return vscode.l10n.t('The helper gives up all rights but three with setpriv, and that is not installed. Install util-linux.');
  return noNewPrivs
    ? vscode.l10n.t('VS Code (or its server) runs with no_new_privs, so that sudo and pkexec give no rights below it: a container, a sandbox or a service has set it. Start VS Code without it, and try again.')
    : vscode.l10n.t('None of sudo, pkexec and run0 is installed here, so that nothing can give the helper more rights. Install sudo, or start VS Code (or its server) as root.');
}

/** Why the helper does not run with more rights. */
export function refusalSentence(refusal: Refusal): string {
  switch (refusal.kind) {
    case 'distrusted': return distrustSentence(visible(refusal.path, 300), refusal.why);
    case 'capabilities': return refusal.missing.length > 0
      ? vscode.l10n.t('The helper was started, but did not get {0}: this machine or container withholds them even from root.', refusal.missing.join(', '))
      : vscode.l10n.t('The helper was started with more rights than it needs ({0}), and ended. This setpriv does not take them away.', refusal.more.join(', '));
    case 'notYours': return vscode.l10n.t('The helper was started as another user than this window\'s, and ended.');
  }
}

function distrustSentence(path: string, why: Extract<Refusal, { kind: 'distrusted' }>['why']): string {
  if ('owner' in why) return vscode.l10n.t('{0} belongs to user {1}, who could put another program in its place. It is not run with more rights. Install VS Code and the extension where only you and root can write.', path, why.owner);
  return why.writable === 'everybody'
    ? vscode.l10n.t('Everybody may write to {0}, and could put another program in its place. It is not run with more rights. Run chmod o-w on it, and try again.', path)
    : vscode.l10n.t('Group {1} may write to {0}, and could put another program in its place. It is not run with more rights. Run chmod g-w on it, and try again.', path, why.writable);
}

/** All ways were tried. `said`: by each. */
export function cannot(said: readonly string[]): string {
  return vscode.l10n.t('The namespace helper could not be started with more rights; it goes on as it was. {0}', said.join(' · '));
}
