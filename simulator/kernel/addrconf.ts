import { in6_bytes, in6_text } from './in6.ts';
import type { Kernel } from './kernel.ts';
import type { net } from './net.ts';
import { IFF_UP, netif_carrier_ok, set_addresses } from './netdevice.ts';
import type { if_address, net_device } from './netdevice.ts';

/** How long it is asked whether somebody else has an address: up to a second at random, here half of it, and a second for an answer. In nanoseconds. */
const DAD_TIME = 1_500_000_000n;

/** Does it speak IPv6 by itself? Not the loopback, whose address is another one, nor the card, on which it is switched off (disable_ipv6). */
function speaks({ type }: net_device): boolean { return type !== 'loopback' && type !== 'ethernet'; }

/** `fe80::` and the hardware address, in whose middle ff:fe stands and of which one bit is turned (RFC 4291, modified EUI-64). */
function link_local({ address }: net_device): string {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = address.split(':').map((part) => parseInt(part, 16));
  return in6_text(Uint8Array.of(0xfe, 0x80, 0, 0, 0, 0, 0, 0, a ^ 2, b, c, 0xff, 0xfe, d, e, f));
}

/** When an address that is given to it now has been asked about; absent: nobody can be asked. */
export function dad_end(k: Kernel, device: net_device): bigint | undefined {
  return speaks(device) && device.type !== 'dummy' && netif_carrier_ok(device) ? k.timekeeper.monotonic + DAD_TIME : undefined;
}

/** Is it not known yet whether somebody else has this address? */
export function tentative(k: Kernel, device: net_device, { family, dad }: if_address): boolean {
  return family === 'inet6' && speaks(device) && device.type !== 'dummy' && (dad === undefined || dad > k.timekeeper.monotonic);
}

/** An interface may have got a carrier: then it gets its link-local address, and its other ones are asked about. */
export function addrconf_ready(k: Kernel, device: net_device): void {
  if (!speaks(device) || !netif_carrier_ok(device)) return;
  const dad = dad_end(k, device);
  const own = link_local(device);
  const asked = device.addresses.map((one) => (one.family === 'inet6' && one.dad === undefined && dad !== undefined ? { ...one, dad } : one));
  const there = asked.some(({ address }) => address === own);
  if (there && asked.every((one, n) => one === device.addresses[n])) return;
  set_addresses(k, device, there ? asked : [...asked, { family: 'inet6', address: own, prefix: 64, ...dad === undefined ? {} : { dad } }]);
}

/** It went down: its IPv6 addresses are gone. */
export function addrconf_down(k: Kernel, device: net_device): void {
  if (device.type !== 'loopback' && device.addresses.some(({ family }) => family === 'inet6')) set_addresses(k, device, device.addresses.filter(({ family }) => family !== 'inet6'));
}

/** A route over IPv6, as lists show it; `dst` without the bits behind the prefix. */
export interface route6 { readonly dst: string; readonly prefix: number; readonly dev: net_device; readonly metric: number; readonly kind: 'unicast' | 'local' | 'multicast' }

function network(address: string, prefix: number): string {
  return in6_text(in6_bytes(address).map((byte, n) => byte & ~(0xff >> Math.min(8, Math.max(0, prefix - n * 8)))));
}

const IP6_RT_PRIO_ADDRCONF = 256;

/** Networks of addresses, then the table of local ones; those without a metric are the kernel's own. An address that is tentative is not local yet. */
export function routes6(k: Kernel, of: net): { readonly main: readonly route6[]; readonly local: readonly route6[] } {
  const up = [...of.devices.values()].filter(({ flags }) => (flags & IFF_UP) !== 0).sort((a, b) => a.ifindex - b.ifindex);
  const all = up.flatMap((dev) => dev.addresses.filter(({ family }) => family === 'inet6').map((one) => ({ dev, one })));
  const by = (a: route6, b: route6): number => {
    const [x, y] = [in6_bytes(a.dst), in6_bytes(b.dst)];
    const at = x.findIndex((byte, n) => byte !== y[n]);
    return at < 0 ? a.prefix - b.prefix : (x[at] ?? 0) - (y[at] ?? 0);
  };
  const networks = all.map(({ dev, one: { address, prefix } }): route6 => ({ dst: network(address, prefix), prefix, dev, metric: IP6_RT_PRIO_ADDRCONF, kind: 'unicast' }))
    .filter(({ dst, prefix, dev }, n, rows) => (dev.type !== 'loopback' || prefix < 128) && rows.findIndex((other) => other.dst === dst && other.prefix === prefix && other.dev === dev) === n);
  const local = all.filter(({ dev, one }) => !tentative(k, dev, one)).map(({ dev, one: { address } }): route6 => ({ dst: address, prefix: 128, dev, metric: 0, kind: 'local' }));
  const multicast = up.filter(speaks).filter(netif_carrier_ok).map((dev): route6 => ({ dst: 'ff00::', prefix: 8, dev, metric: IP6_RT_PRIO_ADDRCONF, kind: 'multicast' }));
  return { main: networks.sort(by), local: [...local.sort(by), ...multicast] };
}
