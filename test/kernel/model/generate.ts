import { Chooser, Random } from './choose.ts';
import type { Operation } from './operation.ts';
import { deep_pid_namespaces, deep_user_namespaces } from './scenes-deep.ts';
import { SCENES } from './scenes.ts';
import { Stage } from './stage.ts';
import type { Outcome, SequencesModel } from './sequences-model.ts';

/**
 * Makes a sequence of about `length` operations in the model, each chosen for the state that it is in by then: as root (odd seeds) or as uid
 * 1000, first a scene (a few operations that lead to a rule), then anything, with other scenes in between. `tell` makes an
 * operation in the model and may refuse it.
 */
export function make_sequence(seed: number, length: number, model: SequencesModel, tell: (operation: Operation) => Outcome | null): void {
  const random = new Random(seed);
  const choose = new Chooser(random, model);
  let made = 0;
  const add = (operation: Operation | null): Outcome | null => {
    const outcome = operation ? tell(operation) : null;
    if (outcome) made++;
    return outcome;
  };
  const stage = new Stage(random, choose, model, add);
  const root = seed % 2 === 1;
  const scenes = SCENES.filter((scene) => scene.by === 'any' || (scene.by === 'root') === root);
  const play = (task: number): void => { random.of(scenes).play(stage, task); };
  const deep = DEEP[seed % DEEP_EVERY];
  if (deep && root) {
    deep(stage, 0);
    return;
  }
  if (!root) stage.ordinary_user(0, !random.one_in(4));
  if (!random.one_in(5)) play(0);
  const next = [made + 2 + random.below(3), made + 12 + random.below(6)];
  for (let tries = 0; made < length && tries < length * 3 && model.idle().length > 0; tries++) {
    if (made < (next[0] ?? Infinity)) add(choose.operation());
    else {
      next.shift();
      play(random.one_in(3) && model.idle().includes(0) ? 0 : choose.task());
    }
  }
  // what fork says to those who are left
  for (const task of model.idle().slice(0, ASKED)) stage.child(task);
}

/** How many tasks fork at the end. */
const ASKED = 3;

/** Every so many seeds one goes down to the deepest user namespaces, or pid namespaces. */
const DEEP_EVERY = 250;
const DEEP: Readonly<Record<number, (stage: Stage, task: number) => void>> = { 1: deep_user_namespaces, 127: deep_pid_namespaces };
