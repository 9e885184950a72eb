/** Why a request to the helper has no answer. */
export type HelperFailure =
  /** It is not running and will not be started again by itself. */
  | { readonly kind: 'notRunning' }
  /** It ended before it answered. */
  | { readonly kind: 'ended' }
  /** It did not answer within so many milliseconds. */
  | { readonly kind: 'silent'; readonly ms: number }
  /** Its answer was not understood: what and where. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** It answered that it could not, and why. Control characters are visible. */
  | { readonly kind: 'answer'; readonly text: string }
  | { readonly kind: 'cancelled' };

/** A request that failed, for code; `HelperHost` makes a sentence for people of it. */
export class HelperError extends Error {
  readonly failure: HelperFailure;

  constructor(failure: HelperFailure) {
    super(`helper: ${failure.kind}`);
    this.name = 'HelperError';
    this.failure = failure;
  }
}
