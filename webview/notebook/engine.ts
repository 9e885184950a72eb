import { signal } from '@preact/signals';
import type { ListingTexts } from '../../simulator/kernel/listing.ts';
import type { Words } from '../../simulator/kernel/sentence.ts';
import type { FromWorker, ProgramToRun, Said, ToWorker } from '../../simulator/protocol.ts';
import type { Typed } from '../../simulator/run/script.ts';
import type { Moment } from '../../simulator/timeline/moment.ts';
import type { Ref } from '../../simulator/picture/picture.ts';
import type { Step } from '../../simulator/timeline/walk.ts';

export type Recorded = Extract<FromWorker, { type: 'recorded' }>;

export type Exported = Extract<FromWorker, { type: 'exported' }> | null;

/** How a program cell stands. */
export interface RunState {
  readonly phase: 'idle' | 'loading' | 'running' | 'recorded' | 'searching' | 'refused';
  readonly statements: number;
  readonly said: readonly Said[];
  readonly why: string | null;
  readonly recorded: Recorded | null;
  readonly moment: Moment | null;
  /** Moments that the worker answered with: an answer counts even when the step led nowhere. */
  readonly replies: number;
  /** What was looked for on the way and is nowhere; null: nothing. */
  readonly nowhere: 'line' | 'next' | null;
  /** What programs have written to the terminal at the end of the run. */
  readonly output: string;
}

const IDLE: RunState = { phase: 'idle', statements: 0, said: [], why: null, recorded: null, moment: null, replies: 0, nowhere: null, output: '' };

/** Where the page's files are. */
export interface Files {
  readonly worker: string;
  readonly system: string;
  /** What the kernel's listings say. */
  readonly listings: string;
  /** The kernel's sentences in the user's language; null: they are English. */
  readonly words: string | null;
}

/** One program cell's simulator: a worker of its own, made when it is first needed. */
export class Engine {
  readonly state = signal<RunState>(IDLE);
  readonly #files: Files;
  #worker: Promise<Worker> | null = null;
  #run = 0;
  #exporting: ((exported: Exported) => void) | null = null;

  constructor(files: Files) {
    this.#files = files;
  }

  /** `typed`: what a person typed into it before. */
  async run(program: ProgramToRun, typed: readonly Typed[]): Promise<void> {
    const run = ++this.#run;
    this.state.value = { ...IDLE, phase: 'loading' };
    try {
      this.#worker ??= this.#start();
      const worker = await this.#worker;
      if (run !== this.#run) return;
      this.#set({ phase: 'running' });
      this.#post(worker, { type: 'run', run, program, typed });
    } catch (error) {
      this.#worker = null;
      this.#set({ phase: 'refused', why: error instanceof Error ? error.message : String(error) });
    }
  }

  step(step: Step, kernel: boolean): void { void this.#tell({ type: 'step', run: this.#run, step, kernel }); }
  line(lines: readonly number[], direction: 1 | -1): void {
    this.#set({ phase: 'searching', nowhere: null });
    void this.#tell({ type: 'line', run: this.#run, lines, direction });
  }
  look(watched: Ref | null, selected: Ref | null, kernel: boolean, ask: boolean): void { void this.#tell({ type: 'look', run: this.#run, watched, selected, kernel, ask }); }
  /** All steps, for a file; null when something else was wanted meanwhile. */
  exportSteps(most: number): Promise<Exported> {
    this.#exporting?.(null);
    void this.#tell({ type: 'export', run: this.#run, most });
    return new Promise((resolve) => { this.#exporting = resolve; });
  }
  /** Another task goes first from here. */
  next(task: Ref): void {
    this.#set({ phase: 'running' });
    void this.#tell({ type: 'next', run: this.#run, task });
  }
  /** At the present moment; empty: time passes, at the end. */
  type(text: string): void {
    this.#set({ phase: 'running' });
    void this.#tell({ type: 'type', run: this.#run, text });
  }
  seek(tick: number): void { void this.#tell({ type: 'seek', run: this.#run, tick }); }
  stop(): void { void this.#tell({ type: 'stop', run: this.#run }); }

  dispose(): void { void this.#worker?.then((worker) => { worker.terminate(); }); }

  async #tell(message: ToWorker): Promise<void> {
    const worker = await this.#worker;
    if (worker) this.#post(worker, message);
  }

  #post(worker: Worker, message: ToWorker): void { worker.postMessage(message); }

  /** A webview may not start a worker from its own files' addresses: the script is fetched and given as a blob. */
  async #start(): Promise<Worker> {
    const [script, system, listings, words] = await Promise.all([fetch(this.#files.worker), fetch(this.#files.system), fetch(this.#files.listings), wordsOf(this.#files.words)]);
    if (!script.ok || !system.ok || !listings.ok) throw new Error('The simulator\u2019s files could not be read. Reinstall the extension.');
    const address = URL.createObjectURL(new Blob([await script.arrayBuffer()], { type: 'text/javascript' }));
    const worker = new Worker(address);
    URL.revokeObjectURL(address);
    worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => { this.#take(data); });
    worker.addEventListener('error', ({ message }) => { this.#set({ phase: 'refused', why: message }); });
    this.#post(worker, { type: 'system', bytes: new Uint8Array(await system.arrayBuffer()), listings: await listings.json() as ListingTexts, words });
    return worker;
  }

  #take(message: FromWorker): void {
    if (message.type === 'ready' || message.run !== this.#run) return;
    switch (message.type) {
      case 'progress': this.#set({ statements: message.statements }); return;
      case 'refused': this.#set({ phase: 'refused', said: message.said, why: message.why }); return;
      case 'recorded': this.#set({ phase: 'recorded', recorded: message, said: message.said, output: message.output }); return;
      case 'moment': this.#set({ phase: 'recorded', moment: message.moment, replies: this.state.value.replies + 1, nowhere: null }); return;
      case 'exported': this.#exporting?.(message); this.#exporting = null; return;
      case 'nowhere': this.#set({ phase: 'recorded', nowhere: message.why });
    }
  }

  #set(change: Partial<RunState>): void { this.state.value = { ...this.state.value, ...change }; }
}

/** Without the file the kernel speaks English: no reason not to run. */
async function wordsOf(address: string | null): Promise<Words | null> {
  if (address === null) return null;
  try {
    const file = await fetch(address);
    return file.ok ? await file.json() as Words : null;
  } catch {
    return null;
  }
}
