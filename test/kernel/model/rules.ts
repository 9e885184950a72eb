import { RULES } from '../../unit/kernel-model/rule-ids.ts';
import { CLONE_RULES } from './rules-clone.ts';
import { MAP_RULES } from './rules-maps.ts';
import { SETNS_RULES } from './rules-setns.ts';
import type { Reach, Rules } from './situation.ts';
import { UNSHARE_RULES } from './rules-unshare.ts';

/** When an operation reaches a rule of section 5 of the kernel's specification, by the rule's id. */
export const WHEN: Rules = { ...CLONE_RULES, ...UNSHARE_RULES, ...SETNS_RULES, ...MAP_RULES };

const CLONE = Object.entries(CLONE_RULES);
const UNSHARE = Object.entries(UNSHARE_RULES);
const SETNS = Object.entries(SETNS_RULES);
const MAP = Object.entries(MAP_RULES);
/** Which of them can apply at all to a call. */
const BY_CALL: Readonly<Record<string, typeof CLONE>> = { clone: [...CLONE, ...UNSHARE, ...MAP], clone3: [...CLONE, ...UNSHARE, ...MAP], unshare: [...UNSHARE, ...MAP], setns: SETNS, write: [...UNSHARE, ...MAP], setgroups: MAP };

/** Rules that no sequence can reach, and why. */
export const OUT_OF_REACH: Readonly<Record<string, string>> = {};

/** The ids of section 5. */
export const SECTION_5: readonly string[] = [...new Set(Object.entries(RULES).filter(([section]) => /^5\.\d$/.test(section)).flatMap(([, ids]) => ids.trim().split(/\s+/)))];

/** How often each rule was reached. */
export class RuleHistogram {
  readonly counts = new Map<string, number>(SECTION_5.map((id) => [id, 0]));

  add(reach: Reach): void {
    for (const [id, when] of BY_CALL[reach.call] ?? UNSHARE) if (when(reach)) this.counts.set(id, (this.counts.get(id) ?? 0) + 1);
  }

  /** Ids reached fewer than `least` times, with their counts. */
  missing(least: number): string[] {
    return [...this.counts].filter(([id, n]) => n < least && !(id in OUT_OF_REACH)).map(([id, n]) => `${id}: ${n}`);
  }

  toString(): string {
    return [...this.counts].sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true })).map(([id, n]) => `${id} ${n}`).join(', ');
  }
}
