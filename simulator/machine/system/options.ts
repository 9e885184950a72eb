import type { HostState } from '../../kernel/host_state.ts';
import type { Version } from '../../kernel/version.ts';
import type { Image } from '../image.ts';
import type { Limits } from '../../run/options.ts';

/** What a computer is started with. The programs are built already. */
export interface ComputerOptions {
  readonly version: Version;
  readonly uid: 0 | 1000;
  /** Tasks and namespaces that are there already; they sleep. */
  readonly state?: HostState | null;
  readonly privateRoot: boolean;
  readonly tty: boolean;
  readonly ttyStdin: boolean;
  /** The program, `./a.out`, and others in the working directory. */
  readonly program: Image;
  readonly with: readonly { readonly name: string; readonly image: Image }[];
  /** After argv[0]; `@P` as in RunOptions. */
  readonly args: readonly string[];
  readonly before: readonly string[];
  /** A program of the system by its name (`ls`); null: there is none. */
  readonly command: (name: string) => Image | null;
  readonly limits: Limits;
  readonly trace: 'off' | 'calls' | 'full';
}
