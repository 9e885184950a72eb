import type { Fact, Facts } from '../../simulator/picture/details.ts';
import type { Picture, Ref } from '../../simulator/picture/picture.ts';
import { nameOf } from './names.ts';
import { stateWord } from './say.ts';
import { rich, t } from './words.ts';

interface Props {
  readonly selected: Ref | null;
  /** By the reader; false: it is what the step is about. */
  readonly chosen: boolean;
  readonly picture: Picture;
  readonly facts: readonly Facts[];
  /** The picture is one of a host: holders are what can be seen of them. */
  readonly live: boolean;
  readonly onSelect: (ref: Ref | null) => void;
}

/** Who holds an object, its count added up, and what it contains. */
export function Inspector({ selected, chosen, picture, facts, live, onSelect }: Props) {
  if (selected === null) return <p class="hint">{t('Choose an object of the picture: who holds it, what does it contain?')}</p>;
  const drawn = (ref: Ref): boolean => [picture.tasks, picture.nsproxies, picture.namespaces].some((all) => all.some((each) => each.ref === ref));
  const go = (ref: Ref | null | undefined) => (ref && !drawn(ref) ? nameOf(ref, picture) : ref ? <button type="button" class="link" data-ref={ref} onClick={() => { onSelect(ref); }}>{nameOf(ref, picture)}</button> : live ? t('this host') : t('the kernel itself'));
  const namespace = picture.namespaces.find(({ ref }) => ref === selected);
  const proxy = picture.nsproxies.find(({ ref }) => ref === selected);
  const task = picture.tasks.find(({ ref }) => ref === selected);
  const close = chosen ? <button type="button" class="icon-button" title={t('Choose nothing (Escape)')} aria-label={t('Choose nothing')} onClick={() => { onSelect(null); }}>×</button> : null;
  const contents = facts.filter(({ rows }) => rows.length > 0).map(({ title, rows, more }) => <details key={said(title)} open={rows.length <= 8}><summary>{said(title)}</summary>
    <table class="variables"><tbody>{rows.map(([name, value], n) => <tr key={n}><th scope="row"><code>{said(name)}</code></th><td>{said(value)}</td></tr>)}</tbody></table>{more > 0 && <p class="dim">{t('and {0} more', more)}</p>}</details>);
  if (namespace) {
    const known = namespace.holders.reduce((sum, { n }) => sum + n, 0);
    return <section class="inspector" aria-label={t('Who holds {0}?', nameOf(selected, picture))}><h3>{t('Who holds {0}?', nameOf(selected, picture))} <span>{t('count')} {namespace.count}</span>{close}</h3>
      <ul>{namespace.holders.map(({ by, slot, n }) => <li key={`${by ?? ''}${slot}`}>{go(by)}<code>{slot}</code>{n !== 1 && <span>{n}×</span>}</li>)}
        {known < namespace.count && <li>{t('a function at work')}<code>{t('local variable')}</code><span>{namespace.count - known}×</span></li>}</ul>
      <p class="dim">{namespace.owner ? rich('owner {0}', go(namespace.owner)) : t('the first user namespace: nobody owns it')}{namespace.level === null ? '' : `, ${t('level {0}', namespace.level)}`}{namespace.inode ? `, ${t('inode {0}', namespace.inode)}` : ''}</p>{contents}</section>;
  }
  if (proxy) {
    return <section class="inspector" aria-label={t('Who uses {0}?', nameOf(selected, picture))}><h3>{t('Who uses {0}?', nameOf(selected, picture))} <span>{t('count')} {proxy.count}</span>{close}</h3>
      <ul>{picture.tasks.filter((each) => each.nsproxy === selected && each.counted).map((each) => <li key={each.ref}>{go(each.ref)}<code>nsproxy</code></li>)}
        {proxy.others.map(({ by, slot, n }) => <li key={slot}>{by ? go(by) : t('a function at work')}<code>{slot}</code>{n !== 1 && <span>{n}×</span>}</li>)}</ul></section>;
  }
  if (task) {
    return <section class="inspector" aria-label={nameOf(selected, picture)}><h3>{nameOf(selected, picture)} <span>{stateWord(task.state)}</span>{close}</h3>
      <ul><li>{t('PID by level, outermost first')}<code>{task.pids.join(', ') || t('none yet')}</code></li><li>{t('lives in')}{task.pidNamespace ? go(task.pidNamespace) : t('no pid namespace yet')}</li><li><code>cred→user_ns</code>{go(task.user)}</li>
        <li><code>nsproxy</code>{task.nsproxy ? go(task.nsproxy) : 'NULL'}</li>{task.threadOf !== null && <li>{t('thread of')} {go(task.threadOf)}</li>}</ul>{contents}</section>;
  }
  return <p class="hint">{t('It does not exist at this moment.')}{close}</p>;
}

function said(fact: Fact): string { return typeof fact === 'string' ? fact : t(fact.english, ...fact.values); }
