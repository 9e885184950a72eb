import type { ExportedStep } from '../../simulator/protocol.ts';
import { nameOf } from './names.ts';
import { sayNamespace, sayProxy, sayTask } from './say.ts';
import { t } from './words.ts';

interface Run {
  readonly title: string;
  readonly program: string;
  readonly kernel: string;
  readonly start: number;
  readonly steps: readonly ExportedStep[];
  /** False: it goes on after the last of these steps. */
  readonly complete: boolean;
}

/**
 * A run as one HTML file that needs nothing else and asks nobody for anything: the program, every step's sentence, listing, terminal and objects,
 * with buttons and arrow keys. All texts are data, which its script only ever sets as text.
 */
export function exportedPage({ title, program, kernel, start, steps, complete }: Run): string {
  // neighbouring steps mostly show the same objects, listing and output: each text stands in the file once
  const texts: string[] = [];
  const known = new Map<string, number>();
  const once = (text: string): number => {
    const at = known.get(text) ?? texts.push(text) - 1;
    known.set(text, at);
    return at;
  };
  const data = {
    words: { step: t('Step'), back: t('Back'), next: t('Into'), why: t('Why:'), terminal: t('Terminal'), objects: t('Tasks, nsproxies, namespaces'), cut: complete ? '' : t('The run goes on after the last step of this file.') },
    program: program.replace(/\n$/, '').split('\n'),
    texts,
    steps: steps.map(({ tick, task, stack, lines, listing, sentence, picture, output }) => [
      tick - start, lines[task] ?? 0, once(sentence?.what ?? ''), once(sentence?.why ?? ''),
      once([nameOf(task, picture), ...stack.map(({ fn }) => fn)].join(' › ')),
      once(listing ? `${listing.fn}()\n${listing.rows.map(({ text, indent, state }) => `${MARKS[state]}${'  '.repeat(indent)}${text}`).join('\n')}` : ''),
      once([...picture.tasks.map((one) => sayTask(one, picture)), ...picture.nsproxies.map((one) => sayProxy(one, picture)), ...picture.namespaces.map((one) => sayNamespace(one, picture))].join('\n')),
      once(new TextDecoder().decode(Uint8Array.from(output, (character) => character.charCodeAt(0))).replaceAll('\r\n', '\n')),
    ]),
  };
  const name = `${title} (Linux ${kernel})`;
  // within a script element only `<` could end it
  const json = JSON.stringify(data).replaceAll('<', '\\u003c').replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
  return `<!DOCTYPE html>
<html><head><meta charset="UTF-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>${escapeHtml(name)}</title><style>${STYLE}</style></head>
<body><header><h1>${escapeHtml(name)}</h1><button id="back"></button><button id="next"></button><input id="at" type="range" min="0" value="0"><output id="number"></output></header>
<p id="what" aria-live="polite"></p><p id="why"></p><p id="stack"></p>
<main><ol id="program"></ol><pre id="listing"></pre><section><h2 id="terminal-title"></h2><pre id="terminal"></pre><h2 id="objects-title"></h2><pre id="objects"></pre></section></main><p id="cut"></p>
<script>const run = ${json};
${SCRIPT}</script></body></html>
`;
}

const MARKS = { ran: '✓ ', now: '● ', next: '▷ ', skipped: '– ', later: '  ' } as const;

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
}

const STYLE = `:root{color-scheme:light dark}body{font:15px/1.45 system-ui,sans-serif;margin:16px auto;max-width:1500px;padding:0 16px}header{display:flex;gap:8px;align-items:center}h1{font-size:16px;margin:0 12px 0 0}
h2{font-size:13px;margin:8px 0 2px}input{flex:1}#what{font-size:17px;margin:10px 0 2px}#why{margin:0 0 8px;opacity:.8;min-height:1.4em}#stack{font:13px monospace}main{display:grid;grid-template-columns:1fr 1fr 1fr;gap:14px}
pre,ol{font:12.5px/1.5 monospace;white-space:pre-wrap;overflow-wrap:anywhere;margin:0;border:1px solid #8886;border-radius:5px;padding:8px}ol{padding-left:3.4em}li.now{background:#e6a01f44;outline:1px solid #e6a01f}
@media(max-width:900px){main{grid-template-columns:1fr}}@media print{header button,header input{display:none}}`;

const SCRIPT = `const $=(id)=>document.getElementById(id);let at=0;
for(const line of run.program){const li=document.createElement('li');li.textContent=line||' ';$('program').append(li);}
$('back').textContent=run.words.back;$('next').textContent=run.words.next;$('terminal-title').textContent=run.words.terminal;$('objects-title').textContent=run.words.objects;$('cut').textContent=run.words.cut;$('at').max=run.steps.length-1;
function show(n){at=Math.max(0,Math.min(run.steps.length-1,n));const s=run.steps[at];if(!s)return;$('at').value=at;$('number').textContent=run.words.step+' '+s[0];
[...$('program').children].forEach((li,i)=>{li.className=i+1===s[1]?'now':'';if(i+1===s[1])li.scrollIntoView({block:'nearest'});});
const text=(i)=>run.texts[i];$('what').textContent=text(s[2])||(s[1]?run.program[s[1]-1]:'');$('why').textContent=text(s[3])?run.words.why+' '+text(s[3]):'';$('stack').textContent=text(s[4]);$('listing').textContent=text(s[5]);$('objects').textContent=text(s[6]);$('terminal').textContent=text(s[7]);}
$('back').onclick=()=>show(at-1);$('next').onclick=()=>show(at+1);$('at').oninput=()=>show(Number($('at').value));
addEventListener('keydown',(e)=>{if(e.target.id==='at')return;if(e.key==='ArrowRight')show(at+1);else if(e.key==='ArrowLeft')show(at-1);else if(e.key==='Home')show(0);else if(e.key==='End')show(Infinity);else return;e.preventDefault();});
show(0);`;
