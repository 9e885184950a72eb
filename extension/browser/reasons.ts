import * as vscode from 'vscode';

/** Why nothing live is here, as a sentence with a way out. */
export function noMachine(): string {
  return vscode.l10n.t('This is VS Code in a browser: there is no machine behind it whose namespaces could be read. Open the folder in desktop VS Code on Linux, or connect it to a Linux machine (Remote-SSH, WSL, a container). Notebooks, lessons and saved snapshots work here.');
}

export function noEntering(): string {
  return vscode.l10n.t('This is VS Code in a browser: there is no machine behind it on which a terminal could enter a namespace. Open the folder in desktop VS Code on Linux, or connect it to a Linux machine (Remote-SSH, WSL, a container).');
}

/** As the end of a sentence: what a lesson's task about a live process is told. */
export function noLook(): string {
  return vscode.l10n.t('this is VS Code in a browser. Open the folder in desktop VS Code on Linux, or connect it to a Linux machine (Remote-SSH, WSL, a container).');
}

export function noRealRun(): string {
  return vscode.l10n.t('This is VS Code in a browser: it has no compiler and no Linux kernel. Open the folder in desktop VS Code on Linux, or connect it to a Linux machine (Remote-SSH, WSL, a container), and run it for real there.');
}
