/**
 * Sorting rows so that equal cells touch. The cost of an order is its number of *breaks*: places where a row and the next
 * one differ, summed over the columns. The fewer breaks, the fewer and larger the joined blocks.
 *
 * The first row (the host) stays first. Up to `EXACT` rows the order is the best there is (Held and Karp's dynamic
 * program over subsets); beyond that rows are inserted one by one where they cost least, then single rows and runs are
 * moved and turned as long as that helps. Equal costs keep the given order, so the result never depends on chance.
 */

/** A row as cell values; null (not readable) equals nothing, not even null. */
export type Values = readonly (string | null)[];

const EXACT = 11;

/** Columns in which the two rows differ. */
export function distance(a: Values, b: Values): number {
  let count = 0;
  for (let i = 0; i < a.length; i++) if (a[i] == null || a[i] !== b[i]) count++;
  return count;
}

/** Breaks of an order of rows. */
export function breaks(rows: readonly Values[]): number {
  let sum = 0;
  for (let i = 1; i < rows.length; i++) sum += distance(rows[i - 1] ?? [], rows[i] ?? []);
  return sum;
}

/** Indices of `rows` in the order to show them; index 0 stays first. */
export function seriate(rows: readonly Values[]): number[] {
  if (rows.length <= 2) return rows.map((_, i) => i);
  const d = rows.map((a) => rows.map((b) => distance(a, b)));
  const cost = (a: number | undefined, b: number | undefined): number => (a === undefined || b === undefined ? 0 : d[a]?.[b] ?? 0);
  return rows.length <= EXACT ? exact(rows.length, cost) : improve(insertAll([0], rows.map((_, i) => i).slice(1), cost), cost);
}

/**
 * Puts new rows into an order that people already know: rows of `known` keep their order, each new one goes where it
 * breaks the least. Values of all rows, by index; `known` and `added` are indices into it.
 */
export function insert(rows: readonly Values[], known: readonly number[], added: readonly number[]): number[] {
  return insertAll(known, added, (a, b) => (a === undefined || b === undefined ? 0 : distance(rows[a] ?? [], rows[b] ?? [])));
}

type Cost = (a: number | undefined, b: number | undefined) => number;

function insertAll(known: readonly number[], added: readonly number[], cost: Cost): number[] {
  const order = [...known];
  for (const row of added) {
    let best = order.length;
    let least = Infinity;
    // from the end: of equally good places the last one, where new rows are expected; never before the first row
    for (let at = order.length; at >= Math.min(1, order.length); at--) {
      const extra = cost(order[at - 1], row) + cost(row, order[at]) - cost(order[at - 1], order[at]);
      if (extra < least) { least = extra; best = at; }
    }
    order.splice(best, 0, row);
  }
  return order;
}

/** Shortest path through all rows that starts at row 0; of equally short ones the one that keeps the given order longest. */
function exact(count: number, cost: Cost): number[] {
  const others = count - 1;
  const subsets = 1 << others;
  // least[set, first]: the cheapest way through `set` that starts at `first` (bit and index i stand for row i + 1)
  const least = new Float64Array(subsets * others);
  const best = (set: number, from: number): { cost: number; next: number } => {
    let found = { cost: Infinity, next: -1 };
    for (let next = 0; next < others; next++) {
      if (!(set & (1 << next))) continue;
      const sum = cost(from, next + 1) + (least[set * others + next] ?? 0);
      if (sum < found.cost) found = { cost: sum, next };
    }
    return found;
  };
  for (let set = 1; set < subsets; set++) {
    for (let first = 0; first < others; first++) {
      const rest = set & ~(1 << first);
      if (rest !== set) least[set * others + first] = rest === 0 ? 0 : best(rest, first + 1).cost;
    }
  }
  const order = [0];
  for (let set = subsets - 1; set !== 0;) {
    const { next } = best(set, order.at(-1) ?? 0);
    order.push(next + 1);
    set &= ~(1 << next);
  }
  return order;
}

/** Moves and turns runs of rows until nothing gets better (or long enough: a few hundred rows must not hold up the page). */
function improve(start: readonly number[], cost: Cost): number[] {
  let order = [...start];
  for (let round = 0; round < 20; round++) {
    let better = false;
    for (let from = 1; from < order.length; from++) {
      for (let to = from + 1; to <= order.length; to++) {
        const turned = cost(order[from - 1], order[to - 1]) + cost(order[from], order[to]);
        if (turned < cost(order[from - 1], order[from]) + cost(order[to - 1], order[to])) {
          order = [...order.slice(0, from), ...order.slice(from, to).reverse(), ...order.slice(to)];
          better = true;
        }
      }
    }
    for (let at = 1; at < order.length; at++) {
      const row = order[at];
      if (row === undefined) continue;
      const rest = order.filter((_, i) => i !== at);
      const gain = cost(order[at - 1], row) + cost(row, order[at + 1]) - cost(order[at - 1], order[at + 1]);
      for (let to = 1; to <= rest.length; to++) {
        if (cost(rest[to - 1], row) + cost(row, rest[to]) - cost(rest[to - 1], rest[to]) < gain) {
          order = [...rest.slice(0, to), row, ...rest.slice(to)];
          better = true;
          break;
        }
      }
    }
    if (!better) break;
  }
  return order;
}
