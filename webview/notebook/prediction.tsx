import type { Question } from './predict.ts';
import { t } from './words.ts';

interface Props {
  readonly question: Question;
  /** The choice that was made at this step; null: none yet. */
  readonly answer: number | null;
  readonly score: { readonly right: number; readonly asked: number };
  readonly onAnswer: (choice: number) => void;
}

/** Asked before a step, never in its way: answering is optional, and what was answered stays with the step. */
export function Prediction({ question, answer, score, onAnswer }: Props) {
  return <section class="prediction" aria-label={t('Predict')}>
    <p><b>{t('Predict')}</b> <span class="dim">{t('after stepping over')}{score.asked > 0 ? ` · ${t('{0} of {1} right', score.right, score.asked)}` : ''}</span></p>
    <p class="question">{question.text}</p>
    <div class="choices">{question.choices.map((choice, n) => <button key={n} type="button" disabled={answer !== null} class={answer === null ? '' : n === question.right ? 'right' : n === answer ? 'wrong' : ''} aria-keyshortcuts={`Alt+${n + 1}`} onClick={() => { onAnswer(n); }}>
      <b>{choice}</b><small>Alt+{n + 1}</small></button>)}</div>
    <p role="status" class="verdict">{answer === null ? '' : answer === question.right ? t('Right. Step over and see why.') : t('Not quite: {0}. Step over and see why.', question.choices[question.right] ?? '')}</p>
  </section>;
}
