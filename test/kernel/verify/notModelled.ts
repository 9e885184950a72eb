/** Rows that the simulator need not print `ok`, each with its reason; every other row must. */
export const NOT_MODELLED: ReadonlyMap<string, string> = new Map([
  ['B16d', 'root of the machine where it was seen has no CAP_SYS_RESOURCE; the simulated computer\'s root has every capability'],
]);
