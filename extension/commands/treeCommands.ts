import * as vscode from 'vscode';
import type { Handlers, TreeCommand } from '../contribution/commands.ts';
import type { HostSource } from '../host/hostSource.ts';
import { Entry } from '../tree/forest.ts';
import type { NamespaceTree } from '../tree/namespaceTree.ts';
import { copyInode, copyNsenterCommand, copyPid } from './copy.ts';
import type { NamespaceDetails } from './details.ts';
import { filter } from './filter.ts';
import { compareProcesses, findProcess } from './findProcess.ts';
import { revealOwner, revealParent } from './revealRelated.ts';
import { whoOwnsPort } from './whoOwnsPort.ts';
import { whyAlive } from './whyAlive.ts';

/** What the commands of the tree work on. */
export interface TreeCommandNeeds {
  readonly tree: NamespaceTree;
  readonly host: HostSource;
  readonly details: NamespaceDetails;
  /** Opens the table of these processes. */
  readonly compare: (pids: readonly number[]) => void;
}

/** Handlers of the commands about what the tree shows. */
export function treeCommands({ tree, host, details, compare }: TreeCommandNeeds): Handlers<TreeCommand> {
  return {
    groupByType: () => { tree.setGrouping('type'); },
    groupByOwner: () => { tree.setGrouping('owner'); },
    groupByProcess: () => { tree.setGrouping('process'); },
    filter: (argument) => filter(tree, argument),
    clearFilter: () => { tree.setFilter(null); },
    showUnreadable: () => setShowUnreadable(true),
    hideUnreadable: () => setShowUnreadable(false),
    copyInode: (argument) => copyInode(tree, argument),
    copyPid: (argument) => copyPid(tree, argument),
    copyNsenterCommand: (argument) => copyNsenterCommand(tree, host, argument),
    revealOwner: (argument) => revealOwner(tree, host, argument),
    revealParent: (argument) => revealParent(tree, host, argument),
    whyAlive: (argument) => whyAlive(tree, argument),
    showDetails: (argument) => details.show(argument),
    compareProcesses: (argument) => compareProcesses(tree, host, compare, argument),
    whoOwnsPort: (argument) => whoOwnsPort(tree, host, argument),
    findProcess: (argument) => findProcess(tree, host, argument),
    showMore: (argument) => {
      if (argument instanceof Entry && argument.node.target.kind === 'more') tree.showMore(argument.node.target.parent);
    },
  };
}

async function setShowUnreadable(shown: boolean): Promise<void> {
  const configuration = vscode.workspace.getConfiguration('nslab');
  // where it is set for the workspace already, a change elsewhere would not be seen
  const inWorkspace = configuration.inspect('showUnreadable')?.workspaceValue !== undefined;
  await configuration.update('showUnreadable', shown, inWorkspace ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global);
}
