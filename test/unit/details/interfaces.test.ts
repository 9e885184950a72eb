import assert from 'node:assert/strict';
import fc from 'fast-check';
import { property } from '../property.ts';
import { joinInterfaces, parseDev, parseFibTrie, parseIfInet6 } from '../../../helper/details/net/interfaces.ts';
import type { Route4 } from '../../../helper/details/net/routes.ts';

const HEADINGS = `Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
`;
const TRIE = `Main:
  +-- 0.0.0.0/0 3 0 5
     |-- 0.0.0.0
        /0 universe UNICAST
     +-- 10.0.0.0/8 2 0 2
        |-- 10.0.0.0
           /24 link UNICAST
        |-- 10.0.0.7
           /32 host LOCAL
        |-- 10.0.0.255
           /32 link BROADCAST
Local:
  +-- 0.0.0.0/0 3 0 5
     |-- 10.0.0.7
        /32 host LOCAL
     |-- 127.0.0.0
        /8 host LOCAL
     |-- 127.0.0.1
        /32 host LOCAL
`;
const route = (network: number, prefix: number, name: string): Route4 => ({ network, prefix, gateway: null, interface: name, metric: 0 });

describe('interfaces of a net namespace', () => {
  it('reads counters as text (they are 64 bits), and names that touch the counters or hold a colon', () => {
    const text = `${HEADINGS}    lo:18446744073709551615       1    0    0    0     0          0         0      42       1    0    0    0     0       0          0
eth0:1: 5 1 0 0 0 0 0 0 6 1 0 0 0 0 0 0
`;
    assert.deepEqual(parseDev(text), [{ name: 'lo', rxBytes: '18446744073709551615', txBytes: '42' }, { name: 'eth0:1', rxBytes: '5', txBytes: '6' }]);
  });

  it('leaves out a line that is cut before its counters', () => assert.deepEqual(parseDev(`${HEADINGS}  eth0: 5 1 0 0 0`), []));

  it('reads IPv6 addresses with their prefix', () => {
    assert.deepEqual(parseIfInet6('fe8000000000000000fc00fffe000001 04 40 20 80     eth0\n00000000000000000000000000000001 01 80 10 80       lo\nfe80 04 40 20 80 cut\n'), [
      { name: 'eth0', address: 'fe80::fc:ff:fe00:1/64' }, { name: 'lo', address: '::1/128' },
    ]);
  });

  it('reads IPv4 addresses from fib_trie once each: no networks, no broadcast', () => assert.deepEqual(parseFibTrie(TRIE), ['10.0.0.7', '127.0.0.1']));

  const dev = `${HEADINGS}lo: 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0\na: 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0\nb: 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0\n`;
  const addressesBy = (routes: Route4[], exact: [string, string[]][] = []): unknown => {
    const { interfaces, unplaced } = joinInterfaces({ dev, ifInet6: '', fibTrie: TRIE, routes, exact: new Map(exact) });
    return [Object.fromEntries(interfaces.map(({ name, addresses }) => [name, addresses])), unplaced];
  };

  it('gives an address to the one interface whose networks hold it, with the smallest of them', () => {
    assert.deepEqual(addressesBy([route(0x0a000000, 8, 'b'), route(0x0a000000, 24, 'b'), route(0x0b000000, 8, 'a')]), [{ lo: ['127.0.0.1/8'], a: [], b: ['10.0.0.7/24'] }, []]);
  });

  it('does not guess between two interfaces whose networks hold it, alike or one in the other, nor by a route through a gateway', () => {
    assert.deepEqual(addressesBy([route(0x0a000000, 8, 'a'), route(0x0a000000, 24, 'b')]), [{ lo: ['127.0.0.1/8'], a: [], b: [] }, ['10.0.0.7']]);
    assert.deepEqual(addressesBy([route(0x0a000000, 24, 'a'), route(0x0a000000, 24, 'b')]), [{ lo: ['127.0.0.1/8'], a: [], b: [] }, ['10.0.0.7']]);
    assert.deepEqual(addressesBy([{ ...route(0x0a000000, 24, 'a'), gateway: '10.0.0.1' }]), [{ lo: ['127.0.0.1/8'], a: [], b: [] }, ['10.0.0.7']]);
  });

  it('believes what was asked inside', () => {
    assert.deepEqual(addressesBy([route(0x0a000000, 24, 'a')], [['b', ['10.0.0.7/32']], ['lo', ['127.0.0.1/8']]]), [{ lo: ['127.0.0.1/8'], a: [], b: ['10.0.0.7/32'] }, []]);
  });

  it('takes any text', () => {
    property(fc.property(fc.string({ unit: 'binary' }), (text) => {
      joinInterfaces({ dev: text, ifInet6: text, fibTrie: text, routes: [], exact: new Map() });
    }));
  });
});
