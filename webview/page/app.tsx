import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Messages } from '../messages.ts';
import { ENGLISH, fill } from '../messages.ts';
import { changeOf } from '../picture/changes.ts';
import { asText } from '../picture/copy.ts';
import { Icon } from '../picture/icons.tsx';
import type { Letters } from '../picture/letters.ts';
import type { Cell, Row, Table } from '../picture/model.ts';
import { tableOf } from '../picture/model.ts';
import type { Place } from '../picture/navigate.ts';
import type { Subject } from '../picture/subject.ts';
import { TablePicture } from '../picture/table.tsx';
import { LevelsCard, MarksCard, WhoCard } from './cards.tsx';
import type { HostLink } from './link.ts';
import { Sentence, plain, statementsOf } from './sentence.tsx';
import { visible } from '../../helper/model/text.ts';

/** How long a change stays marked, in milliseconds. */
const MARK_MS = 4000;
const NOTHING: ReadonlySet<string> = new Set();

/** The page "Compare Processes". Everything it knows comes through `link`. */
export function App({ link }: { readonly link: HostLink }) {
  const [saved] = useState(() => link.saved());
  const [messages, setMessages] = useState<Messages>(ENGLISH);
  const [language, setLanguage] = useState('en');
  const [subject, setSubject] = useState<Subject | undefined>(saved?.subject);
  const [stopped, setStopped] = useState<string | null>(null);
  useEffect(() => {
    const stop = link.listen((message) => {
      switch (message.type) {
        case 'texts': setMessages(message.messages); setLanguage(languageOf(message.language)); break;
        case 'subject': setSubject(message.subject); break;
        case 'connection': setStopped(message.live ? null : message.why); break;
      }
    });
    link.post({ type: 'ready' });
    return stop;
  }, [link]);
  return <>
    {stopped !== null && <p class="banner" role="status"><Icon name="warning" />{fill(messages.stopped, visible(stopped))}</p>}
    {subject ? <Comparison link={link} subject={subject} messages={messages} language={language} /> : <p class="waiting" role="status">{messages.loading}</p>}
  </>;
}

function Comparison({ link, subject, messages: m, language }: {
  readonly link: HostLink; readonly subject: Subject; readonly messages: Messages; readonly language: string;
}) {
  const [saved] = useState(() => link.saved());
  const [hostRow, setHostRow] = useState(saved?.hostRow ?? true);
  const [onlyDifferent, setOnlyDifferent] = useState(saved?.onlyDifferent ?? false);
  const [selected, setSelected] = useState<string | null>(saved?.selected ?? null);
  const [linked, setLinked] = useState<string | null>(null);
  const [focus, setFocus] = useState<Place>({ row: 0, column: -1 });
  const [sorts, setSorts] = useState(0);
  // letters and order that people have learnt: the next picture starts from them
  const known = useRef<{ letters: Letters; order: readonly string[] }>({ letters: saved?.letters ?? {}, order: saved?.order ?? [] });
  const table = useMemo(() => tableOf(subject, { hostRow, onlyDifferent, ...known.current }), [subject, hostRow, onlyDifferent, sorts]);
  known.current = { letters: table.letters, order: table.order };
  const place = useFocusedRow(table, focus, setFocus);
  const { changed, spoken } = useChanges(table, subject, m);

  useEffect(() => {
    link.save({ version: 1, subject: { host: subject.host, tasks: [...subject.tasks], namespaces: [...subject.namespaces] }, hostRow, onlyDifferent,
      letters: { ...table.letters }, order: [...table.order], selected });
  }, [link, subject, table, hostRow, onlyDifferent, selected]);

  const choose = (chosen: { readonly cell: Cell } | { readonly row: Row } | null): void => {
    if (chosen === null) setSelected(null);
    else if ('row' in chosen) {
      setSelected(chosen.row.key);
      if (chosen.row.task) link.post({ type: 'revealProcess', key: chosen.row.key });
    } else if (chosen.cell.shown) {
      setSelected(chosen.cell.shown.ref);
      if (chosen.cell.shown.facts && !chosen.cell.shown.facts.gone) link.post({ type: 'revealNamespace', key: chosen.cell.shown.ref });
    }
  };
  const hostNote = subject.host.inside !== null ? fill(m.hostInside, visible(subject.host.inside, 64)) : subject.host.initial ? m.hostInitial : m.hostOwn;
  const copy = (): void => {
    const { main, notes } = statementsOf(subject, m);
    link.post({ type: 'copy', text: asText(table, [main, ...notes].map((s) => plain(s, language)).join(' '), subject.host.name, m) });
  };
  const common = { subject, table, messages: m };
  return <>
    <header>
    <div class="tools" role="group" aria-label={m.title}>
      <button type="button" class="button" onClick={() => { link.post({ type: 'add' }); }}><Icon name="add" />{m.addProcess}</button>
      <button type="button" class="button secondary" onClick={copy}><Icon name="copy" />{m.copyText}</button>
      <button type="button" class="button secondary" aria-disabled={!table.canSort} title={table.canSort ? m.sortHint : m.sorted}
        onClick={() => { if (!table.canSort) return; known.current = { ...known.current, order: [] }; setSorts(sorts + 1); }}><Icon name="sort" />{m.sortRows}</button>
      <span class="space" />
      <Toggle label={m.onlyDifferent} on={onlyDifferent} set={setOnlyDifferent} />
      <Toggle label={m.hostRow} on={hostRow} set={setHostRow} />
    </div>
    <Sentence subject={subject} messages={m} language={language} linked={linked} onLink={setLinked} />
    </header>
    <p class="spoken" role="status" aria-live="polite">{spoken}</p>
    <main>
      <div class="frame">
        {table.columns.length === 0 && <p class="waiting">{m.nothingDiffers}</p>}
        <TablePicture table={table} hostName={subject.host.name} hostNote={hostNote} hostNs={subject.host.ns} messages={m}
          selected={selected} linked={linked} changed={changed} focus={place} onFocus={setFocus} onLink={setLinked} onChoose={choose}
          onRemove={(row) => { link.post({ type: 'remove', key: row.key }); }} />
      </div>
      <aside>
        <WhoCard {...common} selected={selected} linked={linked} onLink={setLinked} onReveal={(key) => { link.post({ type: 'revealNamespace', key }); }} />
        <LevelsCard {...common} />
        <MarksCard {...common} />
      </aside>
    </main>
  </>;
}

function Toggle({ label, on, set }: { readonly label: string; readonly on: boolean; readonly set: (on: boolean) => void }) {
  return <label class="toggle"><input type="checkbox" checked={on} onChange={(event) => { set(event.currentTarget.checked); }} />{label}</label>;
}

/** The tab stop stays on its row when rows come, go or are sorted. */
function useFocusedRow(table: Table, focus: Place, setFocus: (place: Place) => void): Place {
  const key = useRef<string | undefined>(undefined);
  const before = useRef(table);
  let place = focus;
  if (before.current !== table) {
    const row = table.rows.findIndex((r) => r.key === key.current);
    if (row >= 0) place = { ...focus, row };
    const link = before.current.columns[focus.column]?.link;
    const column = table.columns.findIndex((c) => c.link === link);
    if (link !== undefined && column >= 0) place = { ...place, column };
    before.current = table;
  }
  key.current = table.rows[place.row]?.key;
  useLayoutEffect(() => { if (place.row !== focus.row || place.column !== focus.column) setFocus(place); });
  return place;
}

/** What the last update changed: marked for a moment, said once. */
function useChanges(table: Table, subject: Subject, m: Messages): { changed: ReadonlySet<string>; spoken: string } {
  const [changed, setChanged] = useState(NOTHING);
  const [spoken, setSpoken] = useState('');
  const before = useRef<Table | undefined>(undefined);
  useEffect(() => {
    const change = changeOf(before.current, table, m);
    before.current = table;
    if (change.sentences.length > 0) setSpoken(change.sentences.join(' '));
    if (change.places.size > 0) setChanged(change.places);
  }, [subject]);
  // apart from the effect above: an update that changes nothing must not keep old marks alive
  useEffect(() => {
    if (changed.size === 0) return undefined;
    const timer = setTimeout(() => { setChanged(NOTHING); }, MARK_MS);
    return () => { clearTimeout(timer); };
  }, [changed]);
  return { changed, spoken };
}

/** A tag that Intl takes; VS Code's own can be of any form. */
function languageOf(tag: string): string {
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? 'en';
  } catch {
    return 'en';
  }
}
