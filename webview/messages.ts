/**
 * Every text of the page in English; the host translates the table (`vscode.l10n.t` of each) and sends it. `{0}`, `{1}` …
 * are filled in; a placeholder may be filled with an element, so that a name inside a sentence can be pointed at.
 */
export const ENGLISH = {
  title: 'Compare processes',
  loading: 'Waiting for the first reading of this host …',
  nothing: 'No process is in the comparison. Add one to see which namespaces it shares with the host.',
  host: 'host',
  hostName: 'Host {0}',
  hostInitial: 'initial namespaces',
  hostOwn: 'where the helper runs',
  hostInside: 'as seen in this {0} container',
  and: ' and ',
  comma: ', ',
  process: '{0} {1}',
  thread: '{0} {1}, thread of {2}',

  // the sentence
  twoShare: '{0} and {1} share {2} of 8: {3}.',
  twoShareNone: '{0} and {1} share none of the 8.',
  twoShareAll: '{0} and {1} share all 8.',
  manyShare: 'These {0} processes share {1} of 8: {2}.',
  manyShareNone: 'There is no namespace that all {0} processes share.',
  manyShareAll: 'All {0} processes share all 8.',
  oneShares: '{0} shares {1} of 8 with the host: {2}.',
  oneSharesNone: '{0} shares none of the 8 with the host.',
  oneSharesAll: '{0} shares all 8 with the host.',
  unknownTypes: 'Not known: {0}.',
  withHost: 'Shared with the host: {0}.',
  withHostItem: '{0} ({1} of 8)',
  withHostAtLeast: '{0} (at least {1} of 8)',
  unreadableTasks: 'Not readable: {0}.',
  onlyEnded: 'Every process of this comparison has ended. The table shows what was last seen.',
  ended: 'ended',
  endedSentence: '{0} has ended.',
  endedMany: 'Ended: {0}.',
  same: 'same',
  different: 'different',
  notKnown: 'not known',
  chip: '{0}: {1}',

  // tools
  addProcess: 'Add process…',
  copyText: 'Copy as text',
  onlyDifferent: 'Only what differs',
  hostRow: 'Host row',
  sortRows: 'Sort rows',
  sorted: 'The rows are sorted already',
  sortHint: 'Sort rows so that equal neighbours touch',
  remove: 'Remove {0} from the comparison',
  reveal: 'Show in the sidebar',
  nothingDiffers: 'All rows are in the same namespaces: nothing differs.',

  // the table
  tableName: 'Processes by namespace type: {0} rows, {1} columns',
  processHeader: 'process',
  forChildren: 'for children',
  fromCredentials: 'from its credentials',
  uts: 'host name', ipc: 'queues', mnt: 'mounts', pid: 'process numbers', net: 'network', cgroup: 'control groups', time: 'clocks', user: 'users, rights',
  initial: 'initial',
  own: 'own',
  notReadable: 'not readable',
  notYet: 'none yet',
  inside: '{0} inside',
  kernelThread: 'kernel thread',
  zombie: 'zombie',
  uid: 'uid {0}',
  container: '{0} ({1})',
  level: 'level {0}',
  mountsMany: '{0} mounts',
  mountsOne: '1 mount',
  processesMany: '{0} processes',
  processesOne: '1 process',
  processesNone: 'no process',
  noOffset: 'no offset',
  offset: 'boot time {0}',
  mapped: 'uid {0} = {1}',
  notMapped: 'no uid mapped',
  root: 'root {0}',

  // spoken
  sayCell: '{0} namespace {1}',
  sayInode: 'inode {0}',
  sayContents: 'contains {0}',
  sayUsedBy: 'Used by {0}',
  sayUsedByNone: 'Used by no process',
  sayGone: 'gone',
  sayNotReadable: '{0} namespace of {1}: not readable, {2}',
  sayNotYet: '{0} namespace of {1}: made when its first child is born',
  sayForChildren: 'for children',
  sayOwn: 'no other process is in it',
  sayRow: '{0}, {1} of 8 shared with the host',
  sayMoved: '{0} is now in {1} {2}.',
  sayAdded: '{0} was added.',

  // why unreadable, one short reason; the sidebar has the long one
  EACCES: 'no access', EPERM: 'no access', ESRCH: 'ended while it was read', ENOENT: 'has none', other: 'error {0}',

  // side cards
  selectHint: 'Choose a cell to see who is in that namespace.',
  whoIsIn: 'Who is in {0} {1}?',
  ownerIs: 'owner user {0}',
  moreHere: 'and {0} more on this host',
  nobodyElse: 'nobody else on this host',
  goneNote: 'This namespace is gone.',
  pidLevels: 'PID numbers, level by level',
  pidColumn: 'pid {0}',
  hidden: 'hidden',
  unknownNumber: '?',
  marks: 'Marks',
  markInitial: 'A, house: the initial one, booted with the machine',
  markHost: 'A: the one where the helper runs',
  markLater: 'B, C …: later ones; each letter has its own pattern',
  markJoined: 'one block: neighbours in the same namespace',
  markOwn: 'no other process of the host is in it',
  markEnded: 'dashed: the process has ended',
  markUnread: 'lock: not readable, with the reason',
  order: 'Order of the rows',
  orderRule: 'The host comes first. The other rows are sorted so that the columns break as seldom as possible: tasks that share the most stand next to each other. A row that comes later is put where it breaks the fewest blocks; the others stay where they are.',
  live: 'live',
  stopped: 'Not live: {0}',
} as const;

export type MessageId = keyof typeof ENGLISH;
export type Messages = Readonly<Record<MessageId, string>>;

/** Fills `{0}`, `{1}` … with text. A placeholder without a value stays, so that a mistake is seen. */
export function fill(template: string, ...values: readonly (string | number)[]): string {
  return template.replace(/\{(\d+)\}/g, (whole, n: string) => String(values[Number(n)] ?? whole));
}
