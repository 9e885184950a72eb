import { clone } from './scenarios/clone.ts';
import { exit } from './scenarios/exit.ts';
import { setns } from './scenarios/setns.ts';
import { unshare } from './scenarios/unshare.ts';
import type { Scenario } from './scenario.ts';

export const scenarios: readonly Scenario[] = [...clone, ...unshare, ...setns, ...exit];
