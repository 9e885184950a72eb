import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { cpp } from '@codemirror/lang-cpp';
import { HighlightStyle, bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from '@codemirror/language';
import type { Diagnostic } from '@codemirror/lint';
import { lintGutter, setDiagnostics } from '@codemirror/lint';
import { Annotation, EditorState, RangeSet, StateEffect, StateField } from '@codemirror/state';
import type { Range } from '@codemirror/state';
import { Decoration, EditorView, GutterMarker, gutter, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { useEffect, useRef } from 'preact/hooks';
import type { Ref } from '../../simulator/picture/picture.ts';
import type { Said } from '../../simulator/protocol.ts';
import { shapeOf } from './names.ts';

/** Colours are the theme's, as far as it tells them to pages. */
const STYLE = HighlightStyle.define([
  { tag: [tags.keyword, tags.controlKeyword, tags.definitionKeyword], class: 'c-keyword' }, { tag: [tags.string, tags.character], class: 'c-string' }, { tag: tags.comment, class: 'c-comment' },
  { tag: [tags.number, tags.bool, tags.null], class: 'c-number' }, { tag: tags.typeName, class: 'c-type' }, { tag: tags.processingInstruction, class: 'c-macro' },
  { tag: [tags.function(tags.variableName), tags.function(tags.definition(tags.variableName))], class: 'c-function' },
]);

type Stands = Readonly<Record<Ref, number>>;
const setStands = StateEffect.define<{ readonly lines: Stands; readonly current: Ref | null }>();

class TaskMarker extends GutterMarker {
  readonly tasks: readonly Ref[];
  constructor(tasks: readonly Ref[]) {
    super();
    this.tasks = tasks;
  }
  override toDOM(): Node {
    const box = document.createElement('span');
    box.className = 'stands';
    for (const ref of this.tasks) {
      const mark = document.createElement('span');
      const { shape, tone } = shapeOf(ref);
      mark.className = `pin ${shape} t${tone}`;
      box.append(mark);
    }
    return box;
  }
}

const stands = StateField.define<{ readonly lines: Stands; readonly current: Ref | null }>({
  create: () => ({ lines: {}, current: null }),
  update: (value, { effects }) => effects.reduce((now, effect) => (effect.is(setStands) ? effect.value : now), value),
  provide: (field) => [
    EditorView.decorations.compute([field, 'doc'], (state) => {
      const { lines, current } = state.field(field);
      const rows = new Map<number, string>();
      for (const [ref, line] of Object.entries(lines)) if (line <= state.doc.lines) rows.set(line, ref === current ? 'line-now' : rows.get(line) ?? 'line-other');
      return Decoration.set([...rows].sort(([a], [b]) => a - b).map(([line, name]): Range<Decoration> => Decoration.line({ class: name }).range(state.doc.line(line).from)));
    }),
    gutter({
      class: 'tasks-gutter',
      markers: (view) => {
        const { lines } = view.state.field(field);
        const rows = new Map<number, Ref[]>();
        for (const [ref, line] of Object.entries(lines)) if (line <= view.state.doc.lines) rows.set(line, [...rows.get(line) ?? [], ref]);
        return RangeSet.of([...rows].sort(([a], [b]) => a - b).map(([line, refs]) => new TaskMarker(refs).range(view.state.doc.line(line).from)));
      },
      initialSpacer: () => new TaskMarker([]),
    }),
  ],
});

interface Props {
  readonly text: string;
  readonly label: string;
  readonly nonce: string;
  readonly said: readonly Said[];
  readonly lines: Stands;
  readonly current: Ref | null;
  readonly onChange: (text: string) => void;
  readonly onRun: () => void;
}

/** The program's text: edited in place, with where each task stands, and what the compiler says. */
export function ProgramEditor({ text, label, nonce, said, lines, current, onChange, onRun }: Props) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const handlers = useRef({ onChange, onRun });
  handlers.current = { onChange, onRun };
  useEffect(() => {
    if (!host.current) return undefined;
    const made = new EditorView({
      parent: host.current,
      state: EditorState.create({
        doc: text,
        extensions: [
          EditorView.cspNonce.of(nonce), EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }), lineNumbers(), history(), indentOnInput(), indentUnit.of('    '), bracketMatching(), cpp(),
          syntaxHighlighting(STYLE), lintGutter(), stands,
          keymap.of([{ key: 'Ctrl-Enter', mac: 'Cmd-Enter', run: () => { handlers.current.onRun(); return true; } }, ...defaultKeymap, ...historyKeymap, indentWithTab]),
          EditorView.updateListener.of((update) => { if (update.docChanged && !update.transactions.some((one) => one.annotation(FROM_FILE) === true)) handlers.current.onChange(update.state.doc.toString()); }),
        ],
      }),
    });
    view.current = made;
    return () => { made.destroy(); };
    // made once: later texts come by the effect below
  }, []);
  useEffect(() => {
    const editor = view.current;
    if (!editor || editor.state.doc.toString() === text) return;
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: text }, annotations: FROM_FILE.of(true) });
  }, [text]);
  useEffect(() => {
    const editor = view.current;
    if (!editor) return;
    const { doc } = editor.state;
    const found = said.filter(({ line }) => line >= 1 && line <= doc.lines).map((one): Diagnostic => {
      const row = doc.line(one.line);
      const from = Math.min(row.to, row.from + Math.max(0, one.column - 1));
      return { from, to: Math.min(row.to, Math.max(from + 1, from + (/^\w+/.exec(row.text.slice(from - row.from))?.[0].length ?? 1))), severity: one.severity === 'warning' ? 'warning' : 'error', message: one.hint === null ? one.message : `${one.message}\n${one.hint}` };
    });
    editor.dispatch(setDiagnostics(editor.state, found));
  }, [said]);
  useEffect(() => {
    const editor = view.current;
    if (!editor) return;
    const line = current === null ? undefined : lines[current];
    const effects: StateEffect<unknown>[] = [setStands.of({ lines, current })];
    if (line !== undefined && line <= editor.state.doc.lines) effects.push(EditorView.scrollIntoView(editor.state.doc.line(line).from, { y: 'nearest', yMargin: 40 }));
    editor.dispatch({ effects });
  }, [lines, current]);
  return <div class="editor" ref={host} />;
}

/** A change that came from the file, not from typing here. */
const FROM_FILE = Annotation.define<boolean>();
