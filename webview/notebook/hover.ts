/**
 * What stands for the same object lights up together: pointing at a chip, a task's mark beside the code, a row of the table or a box of the picture marks all the others
 * (elements with the same `data-ref`) within `root`. Only a class comes and goes: nothing is drawn anew for it. Returns what ends it.
 */
export function linkHover(root: HTMLElement): () => void {
  let now: string | null = null;
  const mark = (ref: string | null): void => {
    if (ref === now) return;
    now = ref;
    for (const element of root.querySelectorAll('.pointed-at')) element.classList.remove('pointed-at');
    if (ref === null) return;
    // a comparison, not a selector: references are the simulator's text
    for (const element of root.querySelectorAll<HTMLElement>('[data-ref]')) if (element.dataset['ref'] === ref) element.classList.add('pointed-at');
  };
  const over = (event: Event): void => { mark((event.target as Element).closest<HTMLElement>('[data-ref]')?.dataset['ref'] ?? null); };
  const out = (): void => { mark(null); };
  // keyboards point by focus
  const pairs = [['mouseover', over], ['focusin', over], ['mouseleave', out], ['focusout', out]] as const;
  for (const [name, listener] of pairs) root.addEventListener(name, listener);
  return () => { for (const [name, listener] of pairs) root.removeEventListener(name, listener); };
}
