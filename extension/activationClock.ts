/** When this program began to run, by `performance.now()`. Import it first: what comes after it in the bundle is counted. */
export const beganAt = performance.now();
