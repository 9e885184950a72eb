import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import type { AttributeName, Attributes } from './attributes.ts';
import { PROGRAM_NAME } from './attributes.ts';
import { joinWords } from './command_words.ts';
import { t } from './words.ts';

interface Props {
  readonly attributes: Attributes;
  /** Names of the notebook's other programs. */
  readonly others: readonly string[];
  /** Names of the notebook's states. */
  readonly states: readonly string[];
  /** Writes an attribute into the file; [] takes it out, null stands for one without a value. */
  readonly onSet: (name: AttributeName, values: readonly (string | null)[]) => void;
}

/** How a program is run, as it stands in its fence: every change here is a change of the file, which Undo takes back. */
export function CellSettings({ attributes: of, others, states, onSet }: Props) {
  const text = (name: AttributeName, value: string): void => { onSet(name, value === '' ? [] : [value]); };
  const flag = (name: AttributeName, on: boolean): void => { onSet(name, on ? [null] : []); };
  const given = of.stdin ?? '';
  return <section class="settings" aria-label={t('Settings of {0}', of.name)}>
    <Row label={t('Name')} hint={t('the program’s file name; it ends in .c')}>{(id) => <input id={id} type="text" value={of.name} spellcheck={false} onChange={({ currentTarget: box }) => {
      if (PROGRAM_NAME.test(box.value)) onSet('name', [box.value]);
      else box.value = of.name;
    }} />}</Row>
    <Row label={t('Arguments')} hint={t('as a shell separates words, with quotes; @P is the PID of the first command below')}>{(id) => <input id={id} type="text" value={joinWords(of.args)} spellcheck={false} onChange={(event) => { text('args', event.currentTarget.value.trim()); }} />}</Row>
    <Row label={t('Started before')} hint={t('command lines, one in a line: another terminal’s shell starts them and leaves them running, with PIDs from 6000')}>{(id) => <textarea id={id} rows={Math.min(6, of.before.length + 1)} value={of.before.join('\n')} spellcheck={false}
      onChange={(event) => { onSet('before', event.currentTarget.value.split('\n').map((line) => line.trim()).filter(Boolean)); }} />}</Row>
    <Row label={t('Standard input')} hint={t('what the program reads; it ends after it')}>{(id) => <textarea id={id} rows={Math.min(6, given.split('\n').length)} value={given} spellcheck={false} onChange={(event) => { text('stdin', event.currentTarget.value); }} />}</Row>
    {(states.length > 0 || of.state !== null) && <Row label={t('Begins with')} hint={t('a state of this notebook: its processes are there first, asleep')}>{(id) => <select id={id} value={of.state ?? ''} onChange={(event) => { text('state', event.currentTarget.value); }}>
      <option value="">{t('the simulated computer alone')}</option>{[...new Set([...states, ...of.state === null ? [] : [of.state]])].map((name) => <option key={name} value={name}>{name}</option>)}</select>}</Row>}
    {others.length > 0 && <fieldset><legend>{t('Built beside it')}</legend>{others.map((name) => <label key={name}><input type="checkbox" checked={of.with.includes(name)}
      onChange={(event) => { onSet('with', event.currentTarget.checked ? [...of.with, name] : of.with.filter((one) => one !== name)); }} /><code>./{name.replace(/\.c$/, '')}</code></label>)}</fieldset>}
    <fieldset><legend>{t('It runs with')}</legend>
      <label><input type="checkbox" checked={of.tty} onChange={(event) => { onSet('tty', event.currentTarget.checked ? [] : ['off']); }} />{t('a terminal as output (else a pipe: libc writes in blocks)')}</label>
      <label><input type="checkbox" checked={of.stdin === null && of.tty} disabled={given !== '' || !of.tty} onChange={(event) => { onSet('stdin', event.currentTarget.checked ? [] : ['']); }} />{t('standard input typed at the terminal, where it waits for you (else it ends at once, or after what is given)')}</label>
      <label><input type="checkbox" checked={of.privateRoot} onChange={(event) => { flag('private-root', event.currentTarget.checked); }} />{t('private mounts from the start')}</label>
      <label><input type="checkbox" checked={of.predict} onChange={(event) => { flag('predict', event.currentTarget.checked); }} />{t('questions before steps, until the reader turns them off')}</label></fieldset>
    <Row label={t('Opens at step')} hint={t('counted from the program’s start; empty: its first line')}>{(id) => <input id={id} type="number" min={0} max={999_999_999} step={1} value={of.goto ?? ''} onChange={({ currentTarget: box }) => {
      if (box.value === '' || /^\d{1,9}$/.test(box.value)) text('goto', box.value);
      else box.value = String(of.goto ?? '');
    }} />}</Row>
  </section>;
}

function Row({ label, hint, children }: { readonly label: string; readonly hint: string; readonly children: (id: string) => ComponentChildren }) {
  const id = useId();
  return <div class="setting"><label for={id}>{label}</label><div>{children(id)}<small>{hint}</small></div></div>;
}
