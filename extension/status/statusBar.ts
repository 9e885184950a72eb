import * as vscode from 'vscode';
import { ELEVATED_CAPABILITIES } from '../../helper/model/elevation.ts';
import { processKey } from '../../helper/model/model.ts';
import type { Namespace, Process } from '../../helper/protocol.ts';
import { COMMANDS } from '../contribution/commands.ts';
import type { HostSource } from '../host/hostSource.ts';
import { sentenceOfState } from '../host/sentences.ts';
import { processStatus } from './processStatus.ts';

/** Two items at the right: the selected process beside the host, and a word about the helper when it has stopped or has more rights. */
export class StatusBar implements vscode.Disposable {
  readonly #source: HostSource;
  readonly #process: vscode.StatusBarItem;
  readonly #helper: vscode.StatusBarItem;
  readonly #subscriptions: readonly { dispose(): unknown }[];
  #selected: string | undefined;
  #drawn = '';

  constructor(source: HostSource, onDidSelect: vscode.Event<Process | Namespace | undefined>) {
    this.#source = source;
    this.#process = vscode.window.createStatusBarItem('nslab.process', vscode.StatusBarAlignment.Right, 90);
    this.#process.name = vscode.l10n.t('Namespaces of the Selected Process');
    this.#helper = vscode.window.createStatusBarItem('nslab.helper', vscode.StatusBarAlignment.Right, 91);
    this.#helper.name = vscode.l10n.t('Namespace Helper');
    this.#subscriptions = [
      this.#process, this.#helper,
      onDidSelect((selected) => { this.#select(selected); }),
      source.onDidChange((change) => {
        if (this.#selected !== undefined && (change.reset || change.processesChanged.has(this.#selected) || change.processesRemoved.has(this.#selected))) this.#drawProcess();
      }),
      source.onDidChangeState(() => { this.#drawHelper(); }),
    ];
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #select(selected: Process | Namespace | undefined): void {
    this.#selected = selected && 'pid' in selected ? processKey(selected) : undefined;
    this.#drawProcess();
  }

  #drawProcess(): void {
    const { model } = this.#source;
    const process = this.#selected === undefined ? undefined : model.processes.get(Number(this.#selected.split('@')[0]));
    if (!process || processKey(process) !== this.#selected) {
      this.#process.hide();
      this.#drawn = '';
      return;
    }
    const { text, spoken, hover, command } = processStatus(this.#source, process);
    // a hover that is on the screen closes when its item is set again
    if (hover.value + text === this.#drawn) return;
    this.#drawn = hover.value + text;
    this.#process.text = text;
    this.#process.tooltip = hover;
    this.#process.command = command;
    this.#process.accessibilityInformation = { label: spoken };
    this.#process.show();
  }

  #drawHelper(): void {
    const { state } = this.#source;
    if (state.kind === 'live' && this.#source.hello?.elevated) {
      this.#helper.text = `$(shield) ${vscode.l10n.t('Namespace helper elevated')}`;
      this.#helper.tooltip = vscode.l10n.t('The namespace helper may look at all processes ({0}). Click to restart it without these rights.', ELEVATED_CAPABILITIES.join(', '));
      this.#helper.command = COMMANDS.lowerHelper;
      this.#helper.backgroundColor = undefined;
      this.#helper.show();
      return;
    }
    if (state.kind !== 'crashed' && state.kind !== 'versionMismatch' && state.kind !== 'unsupported') {
      this.#helper.hide();
      return;
    }
    const stopped = state.kind !== 'crashed' || state.retryInMs === null;
    this.#helper.text = stopped ? `$(warning) ${vscode.l10n.t('Namespace helper stopped')}` : `$(sync~spin) ${vscode.l10n.t('Namespace helper is started again')}`;
    this.#helper.tooltip = sentenceOfState(state) ?? '';
    this.#helper.command = stopped ? COMMANDS.restartHelper : COMMANDS.showLog;
    this.#helper.backgroundColor = stopped ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
    this.#helper.show();
  }
}
