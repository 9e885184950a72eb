import * as vscode from 'vscode';
import type { Prediction, Reason, Step, Verdict } from '../../helper/model/enter/predict.ts';
import type { EnterPlan, NsType } from '../../helper/protocol.ts';

/** What a person reads of a prediction: plain text, no Markdown. Everything in it is a number or a word of the kernel's. */
export function sayVerdict(verdict: Verdict, plan: EnterPlan): string {
  switch (verdict.verdict) {
    case 'works': return verdict.before ? vscode.l10n.t('will work') : vscode.l10n.t('will work, with the rights of the user namespace that is entered first');
    case 'fails': return `${verdict.errno}: ${sayReason(verdict.reason, plan)}`;
    case 'unknown': return sayReason(verdict.reason, plan);
  }
}

export function sayReason(reason: Reason, plan: EnterPlan): string {
  switch (reason.kind) {
    case 'capability': return needs(reason.capability, reason.over, plan);
    case 'unreadable': return reason.errno === 'ENOENT' ? vscode.l10n.t('it is gone') : vscode.l10n.t('it cannot be opened: the process belongs to another user or has more rights than you ({0})', reason.errno);
    case 'same user namespace': return vscode.l10n.t('you are in that user namespace already, and the kernel refuses to enter it once more');
    case 'not below': return vscode.l10n.t('it is not below your own pid namespace: children can only be put deeper, never up or sideways');
    case 'no id': return reason.what === 'uid' ? vscode.l10n.t('uid 0 is not mapped in that user namespace; keep your ids instead') : vscode.l10n.t('gid 0 is not mapped in that user namespace; keep your ids instead');
    case 'setgroups': return vscode.l10n.t('nsenter drops supplementary groups, which that user namespace denies; keep your ids instead');
    case 'unknown': return vscode.l10n.t('cannot be told: {0} could not be read ({1})', reason.reading, reason.errno);
  }
}

function needs(capability: string, over: number, plan: EnterPlan): string {
  const mine = plan.caller.userNamespace;
  if (over === mine) return vscode.l10n.t('needs {0} in your own user namespace, and you (uid {1}) have not got it', capability, plan.caller.euid);
  if (over === 0) return vscode.l10n.t('needs {0} in the user namespace that owns it, which is above yours', capability);
  return vscode.l10n.t('needs {0} in its owner user:[{1}], and you (uid {2}) have not got it there', capability, over, plan.caller.euid);
}

/** Where it will end, of the whole command. */
export function sayOverall(prediction: Prediction, plan: EnterPlan): string {
  const { overall } = prediction;
  if (overall.verdict === 'works') return vscode.l10n.t('Will work.');
  const said = sayVerdict(overall, plan);
  const at = overall.at === null ? '' : stepName(overall.at);
  return overall.verdict === 'fails' ? vscode.l10n.t('Will fail at {0}: {1}.', at, said) : vscode.l10n.t('May fail at {0}: {1}.', at, said);
}

function stepName(step: Step): string {
  switch (step) {
    case 'open': return vscode.l10n.t('opening it');
    case 'ids': return vscode.l10n.t('becoming root inside');
    case 'start': return vscode.l10n.t('starting a process inside');
    default: return typeName(step);
  }
}

export function typeName(type: NsType): string {
  return type === 'mnt' ? 'mount' : type === 'uts' || type === 'ipc' || type === 'pid' ? type.toUpperCase() : type;
}

/** What could help when it fails: one more sentence, or nothing. */
export function sayHelp(prediction: Prediction, plan: EnterPlan): string | null {
  const { overall } = prediction;
  if (overall.verdict !== 'fails' || overall.errno === 'EINVAL' || plan.caller.euid === 0) return null;
  if (plan.caller.noNewPrivs) return vscode.l10n.t('sudo cannot help here: this window runs with no_new_privs.');
  return vscode.l10n.t('As root it may work: copy the command and run it with sudo.');
}
