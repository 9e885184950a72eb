import type { ComponentChildren } from 'preact';

interface Props<Id extends string> {
  readonly label: string;
  readonly tabs: readonly { readonly id: Id; readonly label: string }[];
  readonly chosen: Id;
  readonly onChoose: (id: Id) => void;
  /** What else stands in the row. */
  readonly children?: ComponentChildren;
}

/** A row of tabs: one stop for Tab, arrows go along it (WAI-ARIA's pattern). */
export function Tabs<Id extends string>({ label, tabs, chosen, onChoose, children }: Props<Id>) {
  const onKey = (event: KeyboardEvent): void => {
    const at = tabs.findIndex(({ id }) => id === chosen);
    const to = event.key === 'ArrowRight' ? at + 1 : event.key === 'ArrowLeft' ? at - 1 : event.key === 'Home' ? 0 : event.key === 'End' ? tabs.length - 1 : null;
    const next = to === null ? undefined : tabs[(to + tabs.length) % tabs.length];
    if (!next || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    onChoose(next.id);
    const row = event.currentTarget as HTMLElement;
    row.querySelector<HTMLElement>(`[data-tab="${next.id}"]`)?.focus();
  };
  return <header class="tab-row">
    <div role="tablist" aria-label={label} onKeyDown={onKey}>
      {tabs.map((tab) => <button key={tab.id} type="button" role="tab" data-tab={tab.id} aria-selected={tab.id === chosen} tabIndex={tab.id === chosen ? 0 : -1} onClick={() => { onChoose(tab.id); }}>{tab.label}</button>)}
    </div>
    {children}
  </header>;
}
