/** Rows that the simulator need not print `ok`, each with its reason; every other row must. */
export const NOT_MODELLED: ReadonlyMap<string, string> = new Map([]);
