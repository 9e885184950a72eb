import { EditorView, Decoration, WidgetType } from '@codemirror/view';
import { aboutIn } from './ask.ts';
import { t } from './words.ts';

class AskMark extends WidgetType {
  override eq(): boolean { return true; }
  override toDOM(): HTMLElement {
    const mark = document.createElement('span');
    mark.className = 'ask-mark';
    mark.textContent = '?';
    mark.title = t('A question of the author: it is asked before this line when "Ask me first" is on');
    return mark;
  }
}
const MARK = Decoration.replace({ widget: new AskMark() });

/** What an author's question is about stands as a mark, since it may tell the answer; the line of the cursor is shown as it is, to be edited. */
export const askMarks = EditorView.decorations.compute(['doc', 'selection'], (state) => {
  const { doc, selection } = state;
  const cursor = doc.lineAt(selection.main.head).number;
  return Decoration.set(Array.from({ length: doc.lines }, (_, n) => n + 1).flatMap((n) => {
    const line = doc.line(n), found = aboutIn(line.text);
    return found && (n !== cursor || selection.main.head === 0) ? [MARK.range(line.from + found.from, line.from + found.to)] : [];
  }));
});
