/**
 * The wire between a page and the extension host (`postMessage`, both ways). Closed unions; both sides validate what they
 * receive, since a page is one web page's script away from being somebody else's, and saved state may be of an older version.
 */
import * as v from 'valibot';
import type { Picture } from '../simulator/picture/picture.ts';
import { SubjectSchema } from './picture/subject.ts';
import { ENGLISH } from './messages.ts';

export { ENGLISH } from './messages.ts';
export type { MessageId, Messages } from './messages.ts';
export { SubjectSchema } from './picture/subject.ts';
export type { NamespaceFacts, Subject, Task } from './picture/subject.ts';

const key = v.pipe(v.string(), v.maxLength(256));

/** Host → page. */
export const ToPage = v.variant('type', [
  /** Answer to `ready`: every text of the page in the user's language, and that language as a BCP 47 tag. */
  v.object({ type: v.literal('texts'), language: v.pipe(v.string(), v.maxLength(64)),
    messages: v.object(v.entriesFromList(Object.keys(ENGLISH) as (keyof typeof ENGLISH)[], v.string())) }),
  /** The processes of the comparison and their namespaces, as they are now; replaces what came before. */
  v.object({ type: v.literal('subject'), subject: SubjectSchema }),
  /** Whether what is shown follows the host; if not, one sentence why. */
  v.object({ type: v.literal('connection'), live: v.boolean(), why: v.pipe(v.string(), v.maxLength(4096)) }),
]);
export type ToPage = v.InferOutput<typeof ToPage>;

/** Page → host. */
export const ToHost = v.variant('type', [
  /** The page's script runs; nothing is sent to it before. */
  v.object({ type: v.literal('ready') }),
  /** Ask the user for one more process. */
  v.object({ type: v.literal('add') }),
  /** Take a row out. */
  v.object({ type: v.literal('remove'), key }),
  /** Show this namespace, or this process, in the sidebar. */
  v.object({ type: v.literal('revealNamespace'), key }),
  v.object({ type: v.literal('revealProcess'), key }),
  /** Put this on the clipboard. */
  v.object({ type: v.literal('copy'), text: v.pipe(v.string(), v.maxLength(1_000_000)) }),
]);
export type ToHost = v.InferOutput<typeof ToHost>;

/** What the page keeps in `setState`, and so what the serializer is given after a reload. */
export const SavedState = v.object({
  version: v.literal(1),
  subject: SubjectSchema,
  hostRow: v.boolean(),
  onlyDifferent: v.boolean(),
  letters: v.record(v.string(), v.pipe(v.string(), v.regex(/^[A-Z]{1,6}$/))),
  order: v.array(v.string()),
  selected: v.nullable(v.string()),
});
export type SavedState = v.InferOutput<typeof SavedState>;

/** Host → notebook page. Texts are whole files: a notebook is small. */
export const NotebookToPage = v.variant('type', [
  /** Answer to `ready`: the file, and where the simulator's files are (addresses of this webview). */
  v.object({
    type: v.literal('start'), text: v.string(), worker: v.pipe(v.string(), v.maxLength(4096)), system: v.pipe(v.string(), v.maxLength(4096)), listings: v.pipe(v.string(), v.maxLength(4096)),
    /** Where the kernel's sentences in the user's language are; null: they are English. */
    words: v.nullable(v.pipe(v.string(), v.maxLength(4096))),
    /** The page's texts: English → the user's language. */
    bundle: v.record(v.string(), v.string()),
    /** What was remembered when the file was open last (`Kept`); anything else is as if nothing was. */
    kept: v.unknown(),
    /** Whether this machine can build and run programs. */
    canRunForReal: v.boolean(),
  }),
  /** A command of VS Code: what the button of that name does, in the cell that was used last. */
  v.object({ type: v.literal('act'), action: v.pipe(v.string(), v.maxLength(40)) }),
  /** A link was opened: go to that step of that cell. */
  v.object({ type: v.literal('goTo'), link: v.pipe(v.string(), v.maxLength(400)) }),
  /** How a run on this machine goes. */
  v.object({ type: v.literal('real'), cell: v.pipe(v.string(), v.maxLength(300)), phase: v.picklist(['asked', 'running', 'done', 'refused', 'cancelled']), output: v.string(), ending: v.string() }),
  /** A page without a file: the picture of the host. `picture` is a `Picture` of the simulator's, made by our own host from data that it has checked. */
  v.object({ type: v.literal('liveStart'), bundle: v.record(v.string(), v.string()) }),
  v.object({ type: v.literal('live'), picture: v.custom<Picture>((value) => typeof value === 'object' && value !== null && 'tasks' in value && 'namespaces' in value), left: v.pipe(v.number(), v.safeInteger(), v.minValue(0)) }),
  /** The file says this now: somebody else changed it, or it was undone. */
  v.object({ type: v.literal('text'), text: v.string() }),
  /** An edit of the page was made (or could not be; then a `text` follows). */
  v.object({ type: v.literal('edited') }),
]);
export type NotebookToPage = v.InferOutput<typeof NotebookToPage>;
export type NotebookStart = Extract<NotebookToPage, { type: 'start' }>;

const offset = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/** Notebook page → host. */
export const NotebookToHost = v.variant('type', [
  v.object({ type: v.literal('ready') }),
  /** Characters from … to of the file, as the page knows it, are replaced. */
  v.object({ type: v.literal('edit'), from: offset, to: offset, insert: v.pipe(v.string(), v.maxLength(4_000_000)) }),
  /** To be remembered beside the file: JSON of `Kept`. */
  v.object({ type: v.literal('keep'), kept: v.pipe(v.string(), v.maxLength(200_000)) }),
  /** Put this on the clipboard. */
  v.object({ type: v.literal('copy'), text: v.pipe(v.string(), v.maxLength(1_000_000)) }),
  /** Ask where, and write a file there. */
  v.object({ type: v.literal('save'), name: v.pipe(v.string(), v.maxLength(200)), content: v.pipe(v.string(), v.maxLength(60_000_000)), encoding: v.picklist(['utf8', 'base64']) }),
  /** Put a link to this step on the clipboard. */
  v.object({ type: v.literal('copyLink'), cell: v.pipe(v.string(), v.maxLength(300)), step: offset }),
  /** Of a live picture: write down the state of what is drawn, and open a notebook with a program that begins with it. */
  v.object({ type: v.literal('startFromState') }),
  /** Ask, then build and run this on the machine; answered by `real`. */
  v.object({
    type: v.literal('runForReal'), cell: v.pipe(v.string(), v.maxLength(300)), name: v.pipe(v.string(), v.regex(/^[\w.-]+\.c$/), v.maxLength(200)), text: v.pipe(v.string(), v.maxLength(4_000_000)),
    args: v.array(v.string()), stdin: v.string(), uid: v.picklist([0, 1000]), tty: v.boolean(),
    with: v.array(v.object({ file: v.pipe(v.string(), v.regex(/^[\w.-]+\.c$/), v.maxLength(200)), text: v.pipe(v.string(), v.maxLength(4_000_000)) })),
  }),
]);
export type NotebookToHost = v.InferOutput<typeof NotebookToHost>;

/** The parsed message, or one sentence that says what is wrong with it. */
export function parse<T extends v.GenericSchema>(schema: T, value: unknown): { ok: true; value: v.InferOutput<T> } | { ok: false; why: string } {
  const result = v.safeParse(schema, value, { abortEarly: true });
  if (result.success) return { ok: true, value: result.output };
  const [issue] = result.issues;
  return { ok: false, why: `${v.getDotPath(issue) ?? 'message'}: ${issue.message}` };
}
