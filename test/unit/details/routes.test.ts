import assert from 'node:assert/strict';
import os from 'node:os';
import fc from 'fast-check';
import { property } from '../property.ts';
import { parseRoutes4, parseRoutes6, shownRoutes } from '../../../helper/details/net/routes.ts';

/** A word as this machine prints it: 192.0.2.1 is `010200C0` on most. */
const word = (a: number, b: number, c: number, d: number): string =>
  Buffer.from(os.endianness() === 'LE' ? [d, c, b, a] : [a, b, c, d]).toString('hex').toUpperCase();
const FOUR = `Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT
eth0\t${word(0, 0, 0, 0)}\t${word(192, 0, 2, 1)}\t0003\t0\t0\t100\t${word(0, 0, 0, 0)}\t0\t0\t0
eth0\t${word(192, 0, 2, 0)}\t${word(0, 0, 0, 0)}\t0001\t0\t0\t0\t${word(255, 255, 255, 0)}\t0\t0\t0
down\t${word(198, 51, 100, 0)}\t${word(0, 0, 0, 0)}\t0000\t0\t0\t0\t${word(255, 255, 255, 0)}\t0\t0\t0
eth0\t${word(203, 0, 113, 0)}\t0000
`;
const ZERO = '0'.repeat(32);
const six = (destination: string, prefix: string, hop: string, metric: string, flags: string, name: string): string =>
  `${destination} ${prefix} ${ZERO} 00 ${hop} ${metric} 00000001 00000000 ${flags} ${name}\n`;

describe('routes of a net namespace', () => {
  it('reads IPv4 routes that are up, and skips a line that is cut', () => {
    assert.deepEqual(shownRoutes(parseRoutes4(FOUR), []), [
      { destination: '0.0.0.0/0', gateway: '192.0.2.1', interface: 'eth0', metric: 100 },
      { destination: '192.0.2.0/24', gateway: null, interface: 'eth0', metric: 0 },
    ]);
  });

  it('reads IPv6 routes without those that the kernel keeps for itself', () => {
    const text = six('fd000000000000000000000000000000', '40', ZERO, '00000100', '00000001', 'eth0')
      + six(ZERO, '00', 'fd000000000000000000000000000001', '00000400', '00000003', 'eth0')
      + six('fd000000000000000000000000000002', '80', ZERO, '00000000', '80200001', 'eth0') // own address
      + six('fd000000000000000000000000000000', '80', ZERO, '00000000', '00300001', 'eth0') // anycast
      + six('ff000000000000000000000000000000', '08', ZERO, '00000100', '00000001', 'eth0') // multicast
      + six(ZERO, '00', ZERO, 'ffffffff', '00200200', 'lo') // the end of the list
      + six('fd770000000000000000000000000000', '10', ZERO, '00000400', '00200200', 'lo'); // "unreachable", made by a person
    assert.deepEqual(parseRoutes6(text), [
      { destination: 'fd00::/64', gateway: null, interface: 'eth0', metric: 256 },
      { destination: '::/0', gateway: 'fd00::1', interface: 'eth0', metric: 1024 },
      { destination: 'fd77::/16', gateway: null, interface: 'lo', metric: 1024 },
    ]);
  });

  it('takes any text, and any cut of a good one', () => {
    property(fc.property(fc.string({ unit: 'binary' }), (text) => { parseRoutes4(text); parseRoutes6(text); }));
    for (let end = 0; end < FOUR.length; end++) assert.ok(parseRoutes4(FOUR.slice(0, end)).every(({ gateway }) => gateway === null || gateway === '192.0.2.1'));
  });
});
