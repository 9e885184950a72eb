import * as vscode from 'vscode';
import type { HelperFailure } from './helperError.ts';
import type { Ending } from './helperProcess.ts';
import type { HostState } from './liveHost.ts';

/** How the helper ended, as a clause that follows "the helper". */
export function sentenceOfEnding(ending: Ending): string {
  switch (ending.kind) {
    case 'exit': return vscode.l10n.t('ended with exit status {0}', ending.code);
    case 'signal': return vscode.l10n.t('was ended by {0}', ending.signal);
    case 'spawn': return vscode.l10n.t('could not be started ({0})', ending.code);
    case 'silent': return vscode.l10n.t('did not answer for {0} seconds', Math.round(ending.ms / 1000));
    case 'protocol': return vscode.l10n.t('sent what could not be understood ({0})', ending.reason);
  }
}

/** Why there is no answer, and what to do, for an error message. */
export function sentenceOfFailure(failure: HelperFailure, state: HostState): string {
  switch (failure.kind) {
    case 'notRunning': return sentenceOfState(state) ?? vscode.l10n.t('The namespace helper is not running. Run "Namespaces: Restart Helper".');
    case 'ended': return vscode.l10n.t('The namespace helper ended before it answered. Try again.');
    case 'silent': return vscode.l10n.t('The namespace helper did not answer within {0} seconds and is started again. Try again.', Math.round(failure.ms / 1000));
    case 'refused': return vscode.l10n.t('The namespace helper sent an answer that could not be understood: {0}.', failure.reason);
    case 'answer': return failure.text;
    case 'cancelled': return vscode.l10n.t('Cancelled.');
  }
}

/** Why there is no live host, as a sentence with a way out; undefined when there is one (or soon will be). */
export function sentenceOfState(state: HostState): string | undefined {
  switch (state.kind) {
    case 'notLinux': return vscode.l10n.t('Live namespaces need a Linux kernel, and this window runs on {0}. Connect to a Linux machine over SSH, WSL or a container; saved snapshots can be opened anywhere.', platformName(state.platform));
    case 'crashed':
      return state.retryInMs === null
        ? vscode.l10n.t('The namespace helper {0} again and again, so it is not started any more. Run "Namespaces: Restart Helper", or look at the log.', state.how)
        : vscode.l10n.t('The namespace helper {0}; it is started again.', state.how);
    case 'versionMismatch':
      return vscode.l10n.t('The helper is of version {0} and the extension of version {1}. Reload the window; if that does not help, reinstall the extension.', state.helper.version, state.extension.version);
    case 'unsupported': return state.why;
    case 'idle':
    case 'starting':
    case 'live': return undefined;
  }
}

function platformName(platform: string): string {
  return platform === 'darwin' ? 'macOS' : platform === 'win32' ? 'Windows' : platform;
}

/** What the welcome view, whose text is fixed, cannot say: when the helper stopped and how. Stands after the view's title. */
export function shortState(state: HostState): string {
  if (state.kind === 'crashed' && state.retryInMs === null) {
    return vscode.l10n.t('stopped at {0}: {1}', `${String(state.at.getHours()).padStart(2, '0')}:${String(state.at.getMinutes()).padStart(2, '0')}`, state.how);
  }
  return state.kind === 'versionMismatch' ? vscode.l10n.t('helper {0}, extension {1}', state.helper.version, state.extension.version) : '';
}
