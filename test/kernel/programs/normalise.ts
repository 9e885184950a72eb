/**
 * What may differ between this machine and the simulated computer and yet be right, made equal: numbers of namespaces and pipes become their rank of
 * appearance (`#1`), and this machine's kernel version the one that it is.
 */
export function normalise(text: string): string {
  const seen = new Map<string, string>();
  const rank = (number: string): string => {
    const known = seen.get(number) ?? `#${seen.size + 1}`;
    seen.set(number, known);
    return known;
  };
  return text
    .replaceAll('\r\n', '\n')
    .replaceAll(/\b4026[5-9]\d{5}\b/g, rank)
    .replaceAll(/\b(pipe|socket):\[(\d+)\]/g, (_, kind: string, number: string) => `${kind}:[${rank(`${kind} ${number}`)}]`)
    .replaceAll(/\b6\.18\.44-[\w.-]+/g, '6.18.44')
    .replaceAll(/(#1 SMP PREEMPT_DYNAMIC) @0/g, '$1');
}
