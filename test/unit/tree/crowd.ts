import type { Grouping } from '../../../extension/contribution/settings.ts';
import { parseFilter } from '../../../extension/tree/filter/parse.ts';
import type { Filter } from '../../../extension/tree/filter/parse.ts';
import { Forest } from '../../../extension/tree/forest.ts';
import { Frozen } from '../../../extension/tree/frozen.ts';
import { rootRows } from '../../../extension/tree/nodes/roots.ts';
import type { HostModel } from '../../../helper/model/model.ts';
import { NS_TYPES } from '../../../helper/protocol.ts';
import type { Process } from '../../../helper/protocol.ts';
import { container, modelOf, namespace, part, process, scene } from './worlds.ts';

/** 10,000 processes, of which 500 are in own namespaces of every type (4,000 namespaces), and 100 containers. `each`: what the model has for a process. */
export function crowd(each?: (made: Process) => Process): HostModel {
  const namespaces = Array.from({ length: 500 }, (_, i) => NS_TYPES.map((type, t) => namespace(type, 4026540000 + i * 8 + t))).flat();
  const containers = Array.from({ length: 100 }, (_, i) => container(`docker:${i}`));
  const processes = Array.from({ length: 10_000 }, (_, i) => {
    const own = i % 20 === 0 ? Object.fromEntries(NS_TYPES.map((type, t) => [type, 4026540000 + (i / 20) * 8 + t])) : {};
    return process(i + 1, own, { container: i % 20 === 0 ? `docker:${(i / 20) % 100}` : null, comm: `worker${i % 97}`, cmdline: ['/usr/bin/worker', `--number=${i}`] });
  });
  const model = modelOf(namespaces, processes, containers);
  const inside = model.processes as Map<number, Process>;
  if (each) for (const [pid, made] of inside) inside.set(pid, each(made));
  return model;
}

/** Work that is done in steps, between which others get their turn. `prepare` begins it anew. */
export interface Stepwise { readonly what: string; readonly prepare: () => Generator<unknown, unknown> }

function* both(first: Generator<unknown, unknown>, second: Generator<unknown, unknown>): Generator<unknown, unknown> {
  yield* first;
  yield;
  return yield* second;
}

/** Updates of the tree in each grouping, with and without a filter, after something changed; and freezing. */
export function stepwise(model: HostModel): Stepwise[] {
  let round = 0;
  const update = (grouping: Grouping, text: string): Stepwise => ({
    what: `an update by ${grouping}${text && `, filtered by “${text}”`}`,
    prepare: () => {
      const filter = text ? parseFilter(text) as Filter : null;
      let present = scene(model, { grouping, filter });
      const forest = new Forest(() => rootRows(present));
      for (const root of forest.roots()) for (const row of forest.children(root).slice(0, 10)) for (const below of forest.children(row).slice(0, 3)) forest.children(below);
      model.apply(part([namespace('uts', 4026590000 + round++)], [process(20_000 + round), process(3, {}, { comm: `other${round}` })]));
      present = scene(model, { grouping, filter });
      return both(present.prepare(), forest.update());
    },
  });
  const groupings = ['type', 'owner', 'process'] as const satisfies Grouping[];
  return [...groupings.flatMap((grouping) => ['', 'net worker13', '-nothing-is-like-this'].map((text) => update(grouping, text))), {
    what: 'freezing',
    *prepare(): Generator<unknown, void> {
      const frozen = new Frozen(model, new Date(0));
      yield;
      frozen.difference(model);
    },
  }];
}
