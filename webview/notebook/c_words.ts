import { StreamLanguage, type StreamParser, type StringStream } from '@codemirror/language';

interface State {
  comment: boolean;
  braces: number;
  parens: number;
  /** In a line of the preprocessor, which goes on behind a backslash at its end. */
  directive: boolean;
  continues: boolean;
  /** A name behind struct, union or enum is a type's. */
  tag: boolean;
  /** The statement is not over. */
  unfinished: boolean;
}

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));
const CONTROL = words('break case continue default do else for goto if return switch while asm __asm__');
const KEYWORDS = words('auto const extern inline register restrict sizeof static struct enum union typedef volatile typeof __typeof__ __attribute__ _Alignas _Alignof _Atomic _Generic _Noreturn _Static_assert _Thread_local __extension__ alignas alignof static_assert thread_local __thread');
const TYPES = words('void char short int long float double signed unsigned bool _Bool _Complex FILE DIR va_list');
const TAGS = words('struct union enum');
const VALUES = words('NULL true false stdin stdout stderr errno');

/**
 * The words of C, for colours and for the indentation of a new line: what the page needs of the language. Whether a program is right the simulator's own front end says; a
 * grammar of C (and C++) for the page would be several times as large as the rest of this editor's use of it.
 */
const parser: StreamParser<State> = {
  name: 'c',
  startState: () => ({ comment: false, braces: 0, parens: 0, directive: false, continues: false, tag: false, unfinished: false }),
  copyState: (state) => ({ ...state }),
  blankLine(state) { state.directive = state.continues = false; },
  token(stream, state) {
    if (stream.sol()) {
      state.directive &&= state.continues;
      state.continues = stream.string.endsWith('\\');
    }
    if (state.comment) return comment(stream, state);
    if (stream.eatSpace()) return null;
    if (stream.string.slice(0, stream.start).trim() === '' && stream.match(/^#\s*\w*/)) {
      state.directive = true;
      return 'processingInstruction';
    }
    if (stream.match('//')) {
      stream.skipToEnd();
      return 'comment';
    }
    if (stream.match('/*')) {
      state.comment = true;
      return comment(stream, state);
    }
    if (state.directive && stream.match(/^<[^>]*>/)) return 'string';
    if (stream.match(/^(?:u8|[uUL])?"(?:[^"\\]|\\.)*(?:"|\\?$)/)) return finished(state, 'string');
    if (stream.match(/^[uUL]?'(?:[^'\\]|\\.)*(?:'|\\?$)/)) return finished(state, 'character');
    if (stream.match(/^(?:0[xX][\da-fA-F]+|\d*\.?\d+(?:[eE][+-]?\d+)?)[\w.]*/)) return finished(state, 'number');
    const name = stream.match(/^[A-Za-z_$\u0080-\uffff][\w$\u0080-\uffff]*/) as RegExpMatchArray | null;
    if (name) return word(name[0], stream, state);
    punctuation(stream.next() ?? '', state);
    return null;
  },
  indent({ braces, parens, unfinished, comment: inside }, after, { unit }) {
    if (inside) return null;
    const closes = /^\s*\}/.test(after) ? 1 : 0;
    const label = /^\s*(?:case\b.*|default\s*|[A-Za-z_]\w*\s*):(?!:)/.test(after) && !/\?/.test(after) ? 1 : 0;
    if (/^\s*#/.test(after)) return 0;
    return Math.max(0, (braces - closes - label + (parens > 0 || (unfinished && !closes && !/^\s*\{/.test(after)) ? 1 : 0)) * unit);
  },
  languageData: { commentTokens: { line: '//', block: { open: '/*', close: '*/' } }, indentOnInput: /^\s*(?:case\b.*:|default:|\{|\}|#)$/ },
};

function comment(stream: StringStream, state: State): string {
  if (stream.skipTo('*/')) {
    stream.match('*/');
    state.comment = false;
  } else stream.skipToEnd();
  return 'comment';
}

/** A token of an expression: what follows may still belong to it. */
function finished(state: State, token: string): string {
  if (!state.directive) state.unfinished = true;
  return token;
}

function word(name: string, stream: StringStream, state: State): string | null {
  if (state.directive) return /^\s*#\s*(?:define|undef|ifn?def)\s+$/.test(stream.string.slice(0, stream.start)) ? 'processingInstruction' : null;
  const isTag = state.tag;
  state.tag = TAGS.has(name);
  if (CONTROL.has(name)) return finished(state, 'controlKeyword');
  if (KEYWORDS.has(name)) return finished(state, 'keyword');
  if (isTag || TYPES.has(name) || name.endsWith('_t')) return finished(state, 'typeName');
  if (VALUES.has(name)) return finished(state, 'atom');
  state.unfinished = true;
  return /^\s*\(/.test(stream.string.slice(stream.pos)) ? 'variableName.function' : null;
}

function punctuation(one: string, state: State): void {
  if (state.directive) return;
  if (one === '{' || one === '}') {
    state.braces = Math.max(0, state.braces + (one === '{' ? 1 : -1));
    state.parens = 0;
  } else if (one === '(') state.parens++;
  else if (one === ')') state.parens = Math.max(0, state.parens - 1);
  // an initialiser's elements, a label and a statement that has ended begin anew
  state.unfinished = !(one === '{' || one === '}' || one === ';' || one === ':' || (one === ',' && state.parens === 0));
}

export const c = StreamLanguage.define(parser);
