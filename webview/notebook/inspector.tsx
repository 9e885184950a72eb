import type { Picture, Ref } from '../../simulator/picture/picture.ts';
import { nameOf } from './names.ts';

/** Who holds the object that was chosen: its count, added up. */
export function Inspector({ selected, picture }: { readonly selected: Ref | null; readonly picture: Picture }) {
  if (selected === null) return <p class="hint">Choose an object of the picture: who holds it?</p>;
  const namespace = picture.namespaces.find(({ ref }) => ref === selected);
  const proxy = picture.nsproxies.find(({ ref }) => ref === selected);
  const task = picture.tasks.find(({ ref }) => ref === selected);
  if (namespace) {
    const known = namespace.holders.reduce((sum, { n }) => sum + n, 0);
    return <div class="inspector"><h3>Who holds {nameOf(selected, picture)}? <span>count {namespace.count}</span></h3>
      <ul>{namespace.holders.map(({ by, slot, n }) => <li key={`${by ?? ''}${slot}`}>{by ? nameOf(by, picture) : 'the kernel itself'}<code>{slot}</code>{n !== 1 && <span>{n}×</span>}</li>)}
        {known < namespace.count && <li>a function at work<code>local variable</code><span>{namespace.count - known}×</span></li>}</ul>
      <p class="dim">{namespace.owner ? `owner ${nameOf(namespace.owner, picture)}` : 'the first user namespace: nobody owns it'}{namespace.level === null ? '' : `, level ${namespace.level}`}{namespace.inode ? `, inode ${namespace.inode}` : ''}</p></div>;
  }
  if (proxy) {
    return <div class="inspector"><h3>Who uses {nameOf(selected, picture)}? <span>count {proxy.count}</span></h3>
      <ul>{picture.tasks.filter((each) => each.nsproxy === selected && each.counted).map((each) => <li key={each.ref}>{nameOf(each.ref, picture)}</li>)}{proxy.others.map(({ by, slot, n }) => <li key={slot}>{by ? nameOf(by, picture) : 'a function at work'}<code>{slot}</code>{n !== 1 && <span>{n}×</span>}</li>)}</ul></div>;
  }
  if (task) {
    return <div class="inspector"><h3>{nameOf(selected, picture)}</h3>
      <ul><li>PID by level, outermost first<code>{task.pids.join(', ') || 'none yet'}</code></li><li>lives in<code>{task.pidNamespace ? nameOf(task.pidNamespace, picture) : 'no pid namespace yet'}</code></li><li>cred→user_ns<code>{nameOf(task.user, picture)}</code></li>
        <li>nsproxy<code>{task.nsproxy ? nameOf(task.nsproxy, picture) : 'NULL'}</code></li>{task.threadOf !== null && <li>thread of<code>{nameOf(task.threadOf, picture)}</code></li>}</ul></div>;
  }
  return <p class="hint">It does not exist at this moment.</p>;
}
