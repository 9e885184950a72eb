import type { NamespaceShown, NsproxyShown, Picture, TaskShown } from '../../simulator/picture/picture.ts';
import { nameOf } from './names.ts';
import { t } from './words.ts';

/** What a screen reader hears of an object of the picture: everything that is drawn of it. */
export function sayTask(task: TaskShown, picture: Picture): string {
  const proxy = task.nsproxy === null ? t('Has no nsproxy.') : task.counted ? t('Uses {0}.', nameOf(task.nsproxy, picture)) : t('Uses {0}, copied pointer, not counted yet.', nameOf(task.nsproxy, picture));
  const pid = task.pids.length > 0 ? t('PID {0}', task.pids.join(', ')) : t('no PID yet');
  return `${t('Task {0}, {1}, {2}.', task.comm, pid, stateWord(task.state))} ${proxy} ${t('User namespace {0}.', nameOf(task.user, picture))}`;
}

export function sayProxy(proxy: NsproxyShown, picture: Picture): string {
  return `${t('nsproxy {0}, count {1}.', proxy.number, proxy.count)} ${Object.entries(proxy.slots).map(([slot, ref]) => `${slot} ${ref ? nameOf(ref, picture) : t('not set')}`).join(', ')}.`;
}

export function sayNamespace(ns: NamespaceShown, picture: Picture): string {
  const held = ns.holders.map(({ by, slot, n }) => `${by ? nameOf(by, picture) : t('the kernel')} ${slot}${n > 1 ? ` ${t('{0} times', n)}` : ''}`).join(', ');
  return `${t('{0} namespace {1}', ns.type, ns.letter)}${ns.inode ? `, ${t('inode {0}', ns.inode)}` : ''}, ${t('count {0}. Contains {1}. Held by {2}.', ns.count, ns.text, held || t('nobody'))}`;
}

export function stateWord(state: TaskShown['state']): string {
  switch (state) {
    case 'running': return t('running');
    case 'ready': return t('ready');
    case 'asleep': return t('asleep');
    case 'stopped': return t('stopped');
    case 'being built': return t('being built');
    case 'zombie': return t('zombie');
  }
}

/** The whole picture as lines of text, for people and for the clipboard. */
export function pictureText(picture: Picture): string {
  const lines = [
    ...picture.tasks.map((task) => sayTask(task, picture)),
    ...picture.nsproxies.map((proxy) => sayProxy(proxy, picture)),
    ...picture.namespaces.map((ns) => sayNamespace(ns, picture)),
  ];
  return lines.map((line) => `${line}\n`).join('');
}
