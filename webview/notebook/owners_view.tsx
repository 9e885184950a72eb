import type { NamespaceShown, Ref } from '../../simulator/picture/picture.ts';
import { Count } from './count.tsx';
import { Glyph } from './glyph.tsx';
import { namespaceName, nameOf, shapeOf } from './names.ts';
import { sayNamespace, sayTask } from './say.ts';
import type { ViewProps } from './views.ts';
import { t } from './words.ts';

/** Who may configure what: user namespaces as nested boxes, each with what it owns and the tasks in it. */
export function OwnersView(props: ViewProps) {
  const { picture } = props;
  const roots = picture.namespaces.filter(({ type, owner }) => type === 'user' && (owner === null || !picture.namespaces.some(({ ref }) => ref === owner)));
  return <div class="owners-view">
    <p class="dim">{t('A box is a user namespace. What lies inside a box is owned by it: root inside the box may configure those, and nothing outside.')}</p>
    {roots.map((user) => <UserBox key={user.ref} {...props} user={user} depth={0} />)}
  </div>;
}

function UserBox({ user, depth, ...props }: ViewProps & { readonly user: NamespaceShown; readonly depth: number }) {
  const { picture, changes, current, selected, onSelect } = props;
  const pick = (ref: Ref) => (): void => { onSelect(selected === ref ? null : ref); };
  const owned = picture.namespaces.filter(({ owner, type }) => owner === user.ref && type !== 'user');
  const children = picture.namespaces.filter(({ owner, type }) => owner === user.ref && type === 'user');
  const tasks = picture.tasks.filter((task) => task.user === user.ref);
  const change = changes.get(user.ref);
  return <section class={`user-box${change?.made ? ' made' : ''}`} aria-label={t('{0} and what it owns', namespaceName(user))}>
    <header>
      <button type="button" class={`plain${selected === user.ref ? ' selected' : ''}`} data-ref={user.ref} onClick={pick(user.ref)} aria-description={sayNamespace(user, picture)}>
        <span class={`letter${user.initial ? ' first' : ''}`}>{user.letter}</span><b>{namespaceName(user)}</b>{user.inode !== 0 && <span class="dim number">{user.inode}</span>}<span>{user.text}</span>{change?.made && <span class="tag new">{t('NEW')}</span>}<Count n={user.count} change={change} /></button>
      <span class="tasks">{tasks.map((task) => <button key={task.ref} type="button" class={`task-chip t${shapeOf(task.ref).tone}${task.ref === current ? ' current' : ''}${selected === task.ref ? ' selected' : ''}`} data-ref={task.ref} onClick={pick(task.ref)} aria-description={sayTask(task, picture)}>
        <Glyph task={task.ref} size={10} hollow={task.state === 'zombie' || task.state === 'being built'} />{nameOf(task.ref, picture)}</button>)}</span>
    </header>
    <ul class="owned">{owned.map((ns) => <li key={ns.ref}><button type="button" class={`ns-chip${changes.get(ns.ref)?.made ? ' made' : ''}${changes.get(ns.ref)?.text ? ' written' : ''}${selected === ns.ref ? ' selected' : ''}`} data-ref={ns.ref} onClick={pick(ns.ref)} aria-description={sayNamespace(ns, picture)}>
      <span class={`letter${ns.initial ? ' first' : ''}`}>{ns.letter}</span><b>{namespaceName(ns)}</b><span class="text">{ns.text}</span>{changes.get(ns.ref)?.made && <span class="tag new">{t('NEW')}</span>}<Count n={ns.count} change={changes.get(ns.ref)} /></button></li>)}</ul>
    {children.map((child) => <UserBox key={child.ref} {...props} user={child} depth={depth + 1} />)}
  </section>;
}
