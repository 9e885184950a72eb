import { RangeSet, StateEffect, StateField, type Extension, type Text } from '@codemirror/state';
import { Decoration, EditorView, GutterMarker, gutter, hoverTooltip } from '@codemirror/view';
import type { Said } from '../../simulator/protocol.ts';

/** One message of the front end, where the text has it now. */
interface Diagnostic { readonly from: number; readonly to: number; readonly severity: 'error' | 'warning'; readonly message: string }

const setSaid = StateEffect.define<readonly Diagnostic[]>();

class SeverityMarker extends GutterMarker {
  readonly severity: string;
  readonly messages: string;
  constructor(severity: string, messages: string) {
    super();
    this.severity = severity;
    this.messages = messages;
  }
  override eq(other: SeverityMarker): boolean { return other.severity === this.severity && other.messages === this.messages; }
  override toDOM(): Node {
    const mark = document.createElement('span');
    mark.className = `said-mark ${this.severity}`;
    mark.title = this.messages;
    mark.setAttribute('role', 'img');
    mark.setAttribute('aria-label', this.messages);
    return mark;
  }
}

/** They move with the text until the front end has looked at it again. */
const field = StateField.define<readonly Diagnostic[]>({
  create: () => [],
  update: (value, { changes, effects, docChanged }) => effects.reduce<readonly Diagnostic[]>((now, effect) => (effect.is(setSaid) ? effect.value : now),
    docChanged ? value.map((one) => ({ ...one, from: changes.mapPos(one.from, 1), to: changes.mapPos(one.to, -1) })).filter(({ from, to }) => from < to) : value),
  provide: (from) => EditorView.decorations.from(from, (said) => Decoration.set(
    said.filter((one) => one.from < one.to).map((one) => Decoration.mark({ class: `said-${one.severity}`, attributes: { title: '' } }).range(one.from, one.to)), true,
  )),
});

/** Errors and warnings of the program: underlined, with a mark beside the line, the message in a hover. */
export const diagnostics: Extension = [
  field,
  gutter({
    class: 'said-gutter',
    markers: (view) => {
      const rows = new Map<number, Diagnostic[]>();
      for (const one of view.state.field(field)) {
        const { from } = view.state.doc.lineAt(one.from);
        rows.set(from, [...rows.get(from) ?? [], one]);
      }
      return RangeSet.of([...rows].sort(([a], [b]) => a - b).map(([at, all]) =>
        new SeverityMarker(all.some(({ severity }) => severity === 'error') ? 'error' : 'warning', all.map(({ message }) => message).join('\n')).range(at)));
    },
  }),
  hoverTooltip((view, at) => {
    const here = view.state.field(field).filter(({ from, to }) => from <= at && at <= to);
    const [first] = here;
    if (!first) return null;
    return {
      pos: first.from, end: first.to, above: true,
      create: () => {
        const dom = document.createElement('div');
        dom.className = 'said-hover';
        for (const { message, severity } of here) {
          const line = document.createElement('div');
          line.className = severity;
          line.textContent = message;
          dom.append(line);
        }
        return { dom };
      },
    };
  }),
];

/** Tells an editor what is said of its text now. A place that the text does not have any more is left out. */
export function showDiagnostics(view: EditorView, said: readonly Said[]): void {
  const { doc } = view.state;
  view.dispatch({ effects: setSaid.of(said.filter(({ file, line }) => file === null && line >= 1 && line <= doc.lines).map((one) => placed(one, doc))) });
}

function placed({ line, column, severity, message, hint }: Said, doc: Text): Diagnostic {
  const row = doc.line(line);
  const from = Math.min(row.to, row.from + Math.max(0, column - 1));
  const word = /^\w+/.exec(row.text.slice(from - row.from))?.[0].length ?? 1;
  // at the end of a line there is nothing to underline but what stands before
  return { from: from === row.to ? Math.max(row.from, from - 1) : from, to: Math.min(row.to, from + word), severity: severity === 'warning' ? 'warning' : 'error', message: hint === null ? message : `${message}\n${hint}` };
}
