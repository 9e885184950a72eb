import type { NamespaceShown, Picture, Ref } from '../../simulator/picture/picture.ts';

/** What an object is called in words: `uts B`, `nsproxy 2`, `main 7001`. */
export function nameOf(ref: Ref, picture: Picture): string {
  const namespace = picture.namespaces.find((each) => each.ref === ref);
  if (namespace) return namespaceName(namespace);
  const proxy = picture.nsproxies.find((each) => each.ref === ref);
  if (proxy) return `nsproxy ${proxy.number}`;
  const task = picture.tasks.find((each) => each.ref === ref);
  return task ? `${task.comm} ${task.pids[0] ?? '(new)'}` : ref.replace(':', ' ');
}

export function namespaceName({ type, letter }: NamespaceShown): string {
  return `${type} ${letter}`;
}

export const SHAPES = ['circle', 'square', 'triangle', 'diamond', 'hexagon', 'cross'] as const;
export type Shape = (typeof SHAPES)[number];

/** One shape and one colour for each task, in the order of their numbers; both repeat after six. */
export function shapeOf(ref: Ref): { readonly shape: Shape; readonly tone: number } {
  const n = Math.max(0, Number(ref.slice(ref.indexOf(':') + 1)) - 2);
  return { shape: SHAPES[n % SHAPES.length] ?? 'circle', tone: (n % SHAPES.length) + 1 };
}
