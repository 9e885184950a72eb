/** Nanoseconds as a signed number of seconds, exact. */
export function offset(nanoseconds: string): string {
  const match = /^(-?)0*(\d*?)(\d{1,9})$/.exec(nanoseconds);
  if (!match) return nanoseconds;
  const [, sign = '', whole = '', rest = '0'] = match;
  const fraction = rest.padStart(9, '0').replace(/0+$/, '');
  const value = `${whole || '0'}${fraction ? `.${fraction}` : ''}`;
  return value === '0' ? 'unchanged' : `${sign === '-' ? '-' : '+'}${value} s`;
}
