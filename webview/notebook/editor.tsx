import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { HighlightStyle, bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from '@codemirror/language';
import { Annotation, EditorState, RangeSet, StateEffect, StateField } from '@codemirror/state';
import type { Range } from '@codemirror/state';
import { Decoration, EditorView, GutterMarker, gutter, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { useEffect, useRef } from 'preact/hooks';
import type { Ref } from '../../simulator/picture/picture.ts';
import type { Said } from '../../simulator/protocol.ts';
import { askMarks } from './ask_marks.ts';
import { c } from './c_words.ts';
import { diagnostics, showDiagnostics } from './diagnostics.ts';
import { shapeOf } from './names.ts';
import { t } from './words.ts';

/** Colours are the theme's, as far as it tells them to pages. */
const STYLE = HighlightStyle.define([
  { tag: tags.controlKeyword, class: 'c-control' }, { tag: tags.keyword, class: 'c-keyword' }, { tag: [tags.string, tags.character], class: 'c-string' }, { tag: tags.comment, class: 'c-comment' },
  { tag: [tags.number, tags.atom], class: 'c-number' }, { tag: tags.typeName, class: 'c-type' }, { tag: tags.processingInstruction, class: 'c-macro' },
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
      mark.dataset['ref'] = ref;
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

const setBreakpoints = StateEffect.define<readonly number[]>();

class BreakpointMarker extends GutterMarker {
  override toDOM(): Node {
    const mark = document.createElement('span');
    mark.className = 'breakpoint';
    mark.title = t('Breakpoint: click takes it away');
    return mark;
  }
}
const BREAKPOINT = new BreakpointMarker();

/** Breakpoints stay with their lines while the text around them changes. */
const breakpointField = StateField.define<RangeSet<GutterMarker>>({
  create: () => RangeSet.empty,
  update: (value, { changes, effects, state }) => effects.reduce((now, effect) => (effect.is(setBreakpoints)
    ? RangeSet.of(effect.value.filter((line) => line <= state.doc.lines).map((line) => BREAKPOINT.range(state.doc.line(line).from)), true) : now), value.map(changes)),
});

function breakpointLines(state: EditorState): number[] {
  const lines: number[] = [];
  for (const at = state.field(breakpointField).iter(); at.value;) {
    lines.push(state.doc.lineAt(at.from).number);
    at.next();
  }
  return [...new Set(lines)];
}

interface Props {
  readonly text: string;
  readonly label: string;
  readonly nonce: string;
  readonly said: readonly Said[];
  readonly lines: Stands;
  readonly current: Ref | null;
  /** Lines, from 1, in order. */
  readonly breakpoints: readonly number[];
  readonly onChange: (text: string) => void;
  readonly onRun: () => void;
  /** The line of the cursor. */
  readonly onCursor: (line: number) => void;
  readonly onBreakpoints: (lines: number[]) => void;
}

/** The program's text: edited in place, with where each task stands, and what the compiler says. */
export function ProgramEditor({ text, label, nonce, said, lines, current, breakpoints, onChange, onRun, onCursor, onBreakpoints }: Props) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const handlers = useRef({ onChange, onRun, onCursor, onBreakpoints });
  handlers.current = { onChange, onRun, onCursor, onBreakpoints };
  useEffect(() => {
    if (!host.current) return undefined;
    const made = new EditorView({
      parent: host.current,
      state: EditorState.create({
        doc: text,
        extensions: [
          EditorView.cspNonce.of(nonce), EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }), breakpointField, gutter({
            class: 'breakpoints-gutter', markers: (of) => of.state.field(breakpointField), initialSpacer: () => BREAKPOINT,
            domEventHandlers: { mousedown: (of, block) => { toggleBreakpoint(of, of.state.doc.lineAt(block.from).number); return true; } },
          }), lineNumbers({ domEventHandlers: { mousedown: (of, block) => { toggleBreakpoint(of, of.state.doc.lineAt(block.from).number); return true; } } }), history(), indentOnInput(), indentUnit.of('    '), bracketMatching(), c,
          syntaxHighlighting(STYLE), diagnostics, askMarks, stands,
          keymap.of([{ key: 'Ctrl-Enter', mac: 'Cmd-Enter', run: () => { handlers.current.onRun(); return true; } }, ...defaultKeymap, ...historyKeymap, indentWithTab]),
          EditorView.updateListener.of((update) => {
            if (update.selectionSet || update.docChanged) handlers.current.onCursor(update.state.doc.lineAt(update.state.selection.main.head).number);
            if (update.docChanged) {
              const moved = breakpointLines(update.state);
              if (moved.join() !== breakpointLines(update.startState).join()) handlers.current.onBreakpoints(moved);
            }
          }),
          EditorView.updateListener.of((update) => { if (update.docChanged && !update.transactions.some((one) => one.annotation(FROM_FILE) === true)) handlers.current.onChange(update.state.doc.toString()); }),
        ],
      }),
    });
    function toggleBreakpoint(of: EditorView, line: number): void {
      const now = breakpointLines(of.state);
      handlers.current.onBreakpoints(now.includes(line) ? now.filter((one) => one !== line) : [...now, line].sort((a, b) => a - b));
    }
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
    if (editor && breakpointLines(editor.state).join() !== breakpoints.join()) editor.dispatch({ effects: setBreakpoints.of(breakpoints) });
  }, [breakpoints, text]);
  useEffect(() => {
    if (view.current) showDiagnostics(view.current, said);
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
