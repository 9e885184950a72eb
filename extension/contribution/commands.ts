/**
 * Every command this extension contributes, by the name that code uses for it. `package.json` contributes the same ids
 * (a test compares), and `registerCommands` demands a handler for each, so that a forgotten one does not compile.
 */
export const COMMANDS = {
  refresh: 'nslab.refresh',
  freeze: 'nslab.freeze',
  unfreeze: 'nslab.unfreeze',
  groupByType: 'nslab.groupByType',
  groupByOwner: 'nslab.groupByOwner',
  groupByProcess: 'nslab.groupByProcess',
  filter: 'nslab.filter',
  clearFilter: 'nslab.clearFilter',
  showUnreadable: 'nslab.showUnreadable',
  hideUnreadable: 'nslab.hideUnreadable',
  copyInode: 'nslab.copyInode',
  copyPid: 'nslab.copyPid',
  copyNsenterCommand: 'nslab.copyNsenterCommand',
  revealOwner: 'nslab.revealOwner',
  revealParent: 'nslab.revealParent',
  whyAlive: 'nslab.whyAlive',
  showDetails: 'nslab.showDetails',
  compareProcesses: 'nslab.compareProcesses',
  whoOwnsPort: 'nslab.whoOwnsPort',
  findProcess: 'nslab.findProcess',
  showMore: 'nslab.showMore',
  saveSnapshot: 'nslab.saveSnapshot',
  openSnapshot: 'nslab.openSnapshot',
  compareSnapshots: 'nslab.compareSnapshots',
  backToLive: 'nslab.backToLive',
  enterNamespace: 'nslab.enterNamespace',
  runInNamespace: 'nslab.runInNamespace',
  openFileFromNamespace: 'nslab.openFileFromNamespace',
  newNamespaceTerminal: 'nslab.newNamespaceTerminal',
  keepNamespace: 'nslab.keepNamespace',
  deleteKeptNamespace: 'nslab.deleteKeptNamespace',
  newNotebook: 'nslab.newNotebook',
  openExample: 'nslab.openExample',
  openCFile: 'nslab.openCFile',
  showInSimulator: 'nslab.showInSimulator',
  openStep: 'nslab.openStep',
  reopenAsText: 'nslab.reopenAsText',
  notebookRun: 'nslab.notebookRun',
  notebookPlay: 'nslab.notebookPlay',
  notebookInto: 'nslab.notebookInto',
  notebookOver: 'nslab.notebookOver',
  notebookOut: 'nslab.notebookOut',
  notebookBack: 'nslab.notebookBack',
  notebookBackOut: 'nslab.notebookBackOut',
  notebookToStart: 'nslab.notebookToStart',
  notebookToEnd: 'nslab.notebookToEnd',
  notebookBreakpoint: 'nslab.notebookBreakpoint',
  notebookNextStop: 'nslab.notebookNextStop',
  notebookPreviousStop: 'nslab.notebookPreviousStop',
  notebookToCursor: 'nslab.notebookToCursor',
  notebookNextCall: 'nslab.notebookNextCall',
  notebookPreviousCall: 'nslab.notebookPreviousCall',
  notebookKeys: 'nslab.notebookKeys',
  openLesson: 'nslab.openLesson',
  checkLesson: 'nslab.checkLesson',
  lessonHint: 'nslab.lessonHint',
  resetLesson: 'nslab.resetLesson',
  nextLesson: 'nslab.nextLesson',
  showSolution: 'nslab.showSolution',
  restartHelper: 'nslab.restartHelper',
  elevateHelper: 'nslab.elevateHelper',
  lowerHelper: 'nslab.lowerHelper',
  showLog: 'nslab.showLog',
} as const satisfies Readonly<Record<string, `nslab.${string}`>>;

export type CommandName = keyof typeof COMMANDS;
export type CommandId = (typeof COMMANDS)[CommandName];

/**
 * What runs a command. Its arguments come from VS Code's menus (a tree node, and an array of nodes when several are
 * selected), from `command:` links and from other extensions' `executeCommand`, so they may be anything: check them.
 * What it throws is shown to the person as an error message and logged.
 */
export type CommandHandler = (...args: readonly unknown[]) => unknown;

/** Commands about the helper, its host and saved snapshots; `extension/snapshot` and `extension/host` handle them. */
export type HostCommand = 'refresh' | 'freeze' | 'unfreeze' | 'saveSnapshot' | 'openSnapshot' | 'compareSnapshots' | 'backToLive' | 'restartHelper' | 'elevateHelper' | 'lowerHelper' | 'showLog';
/** Commands about entering, making and keeping namespaces; `extension/enter` handles them. */
export type EnterCommand = 'enterNamespace' | 'runInNamespace' | 'openFileFromNamespace' | 'newNamespaceTerminal' | 'keepNamespace' | 'deleteKeptNamespace';
/** Commands about simulator notebooks; `extension/notebook` handles them. */
export type NotebookCommand = 'newNotebook' | 'openExample' | 'openCFile' | 'openStep' | 'reopenAsText' | 'showInSimulator' | Extract<CommandName, `notebook${string}`>;
/** Commands about the lessons; `extension/lessons` handles them. */
export type LessonCommand = 'openLesson' | 'checkLesson' | 'lessonHint' | 'resetLesson' | 'nextLesson' | 'showSolution';
/** Commands about what the tree shows; `extension/tree` and `extension/commands` handle them. */
export type TreeCommand = Exclude<CommandName, HostCommand | EnterCommand | NotebookCommand | LessonCommand>;

export type Handlers<Name extends CommandName = CommandName> = Readonly<Record<Name, CommandHandler>>;
