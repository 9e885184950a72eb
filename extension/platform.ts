import type * as vscode from 'vscode';
import type { Result } from '../lessons/checks/check.ts';
import type { EnterCommand, Handlers } from './contribution/commands.ts';
import type { EnterNeeds } from './enter/enterNamespace.ts';
import type { LiveHost } from './host/liveHost.ts';
import type { LessonFolder } from './lessons/lessonFolder.ts';
import type { RealProgram, RealProgress } from './notebook/realProgram.ts';

/** `load` reads them again; it tells whether any may differ from those that `get` gave before. */
export interface Users { get(uid: number): string | null; load(): Promise<boolean> }

/** What differs between an extension host with a machine behind it and one in a browser (vscode.dev): everything else is the same code. */
export interface Platform {
  /** The machine that the extension runs on, or the reason why there is none. */
  readonly live: LiveHost & { settingsChanged(): void; dispose(): unknown };
  /** Names of this machine's users: each who asks keeps its own, since `load` says what is new to the one who asks. */
  readonly users: () => Users;
  /** Where dialogs for files begin when no folder is open; undefined: where VS Code likes. */
  readonly home: vscode.Uri | undefined;
  readonly enter: (needs: EnterNeeds) => { readonly handlers: Handlers<EnterCommand>; readonly profile: vscode.TerminalProfileProvider };
  /** Goes on with a helper that may look at more, if the person agrees. Rejects with what a person can read. */
  readonly elevate: () => Promise<void>;
  readonly real: RealRuns;
  readonly check: CheckLesson;
}

/** "Run for Real": programs of notebooks on this machine itself. */
export interface RealRuns {
  /** Whether notebooks offer it at all. */
  offered(): boolean;
  /** Throws nothing: what goes wrong is told. */
  run(program: RealProgram, tell: (progress: RealProgress) => void): Promise<void>;
}

/** Judges a learner's folder. Rejects with what a person can read. */
export type CheckLesson = (lesson: LessonFolder, folder: vscode.Uri) => Promise<readonly Result[]>;
