import assert from 'node:assert/strict';
import os from 'node:os';
import fc from 'fast-check';
import { property } from '../property.ts';
import { parseListening } from '../../../helper/details/net/listening.ts';

const word = (a: number, b: number, c: number, d: number): string =>
  Buffer.from(os.endianness() === 'LE' ? [d, c, b, a] : [a, b, c, d]).toString('hex').toUpperCase();
const HEADING = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n';
const line = (local: string, peer: string, state: string, uid = 1000, inode = 4242): string =>
  `   0: ${local} ${peer} ${state} 00000000:00000000 00:00000000 00000000  ${uid}        0 ${inode} 1 0000000000000000 100 0 0 10 0\n`;
const NOBODY = `${word(0, 0, 0, 0)}:0000`;
const six = (...words: [string, string, string, string]): string => words.join('');
const ANY6 = six(NOBODY.slice(0, 8), NOBODY.slice(0, 8), NOBODY.slice(0, 8), NOBODY.slice(0, 8));

describe('listening sockets', () => {
  it('finds TCP in LISTEN only, with port, owner and inode', () => {
    const text = HEADING + line(`${word(127, 0, 0, 1)}:1F90`, NOBODY, '0A') + line(`${word(127, 0, 0, 1)}:C350`, `${word(127, 0, 0, 1)}:1F90`, '01', 0, 5);
    assert.deepEqual(parseListening('tcp', text), [{ protocol: 'tcp', address: '127.0.0.1', port: 8080, inode: '4242', uid: 1000 }]);
  });

  it('finds UDP without a peer only', () => {
    const text = HEADING + line(`${word(0, 0, 0, 0)}:0035`, NOBODY, '07') + line(`${word(10, 0, 0, 1)}:8000`, `${word(10, 0, 0, 2)}:0035`, '01') + line(`${word(10, 0, 0, 1)}:8001`, `${word(10, 0, 0, 2)}:0035`, '07');
    assert.deepEqual(parseListening('udp', text).map(({ address, port }) => [address, port]), [['0.0.0.0', 53]]);
  });

  it('reads IPv6, mapped IPv4 too', () => {
    const mapped = six(word(0, 0, 0, 0), word(0, 0, 0, 0), word(0, 0, 255, 255), word(127, 0, 0, 1));
    const text = HEADING + line(`${ANY6}:0050`, `${ANY6}:0000`, '0A') + line(`${mapped}:0051`, `${ANY6}:0000`, '0A');
    assert.deepEqual(parseListening('tcp6', text).map(({ address, port }) => [address, port]), [['::', 80], ['::ffff:127.0.0.1', 81]]);
    assert.deepEqual(parseListening('tcp', text), [], 'addresses of the other family');
  });

  it('never takes part of a number for the number: every cut of a line gives the whole socket or none', () => {
    const whole = line(`${word(127, 0, 0, 1)}:1F90`, NOBODY, '0A').trimEnd();
    for (let end = 0; end <= whole.length; end++) {
      for (const found of parseListening('tcp', whole.slice(0, end))) assert.deepEqual([found.port, found.inode, found.uid], [8080, '4242', 1000]);
    }
  });

  it('takes any text', () => property(fc.property(fc.string({ unit: 'binary' }), (text) => { parseListening('tcp', text); parseListening('udp6', text); })));
});
