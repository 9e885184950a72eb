import type { NetDetails } from '../../protocol.ts';
import { latin1Text } from '../../kernel/hostText.ts';
import { ipv4Number, ipv4Text, ipv6Text, plainToBytes, prefixLength, wordsToBytes } from './address.ts';

export type Route = NetDetails['routes'][number];
/** An IPv4 route, with its network as a number for comparing. */
export interface Route4 { readonly network: number; readonly prefix: number; readonly gateway: string | null; readonly interface: string; readonly metric: number }

// flags of linux/route.h and linux/ipv6_route.h
const RTF_UP = 0x1;
const RTF_GATEWAY = 0x2;
const RTF_REJECT = 0x200;
const RTF_ANYCAST = 0x100000;
const RTF_CACHE = 0x1000000;
const RTF_LOCAL = 0x80000000;
const WORST_METRIC = 0xffffffff;

/** `/proc/net/route`, the main table: name, destination, gateway, flags (hex), …, metric (decimal), mask. Names have one character per byte. */
export function parseRoutes4(text: string): Route4[] {
  const routes: Route4[] = [];
  for (const line of text.split('\n')) {
    const [name, destination, gateway, flags, , , metric, mask] = line.trim().split(/\s+/);
    if (!name || !destination || !gateway || !flags || !metric || !mask) continue;
    const [to, via, maskBytes] = [destination, gateway, mask].map((hex) => wordsToBytes(hex));
    if (to?.length !== 4 || via?.length !== 4 || maskBytes?.length !== 4 || !/^[0-9a-f]{1,8}$/i.test(flags) || !/^\d+$/.test(metric)) continue;
    const prefix = prefixLength(maskBytes);
    const set = parseInt(flags, 16);
    if (prefix === undefined || !(set & RTF_UP)) continue;
    routes.push({ network: ipv4Number(ipv4Text(to)) ?? 0, prefix, gateway: set & RTF_GATEWAY ? ipv4Text(via) : null, interface: name, metric: Number(metric) });
  }
  return routes;
}

/**
 * `/proc/net/ipv6_route`, all tables: destination, prefix length, source, its length, next hop, metric, references, use, flags (all hex), name.
 * Left out: what the kernel keeps for itself (own addresses, anycast, multicast, cached exceptions, the closing "no route").
 */
export function parseRoutes6(text: string): Route[] {
  const routes: Route[] = [];
  for (const line of text.split('\n')) {
    const [destination, prefix, , , nextHop, metric, , , flags, name] = line.trim().split(/\s+/);
    if (!destination || !prefix || !nextHop || !metric || !flags || !name) continue;
    const [to, via] = [plainToBytes(destination), plainToBytes(nextHop)];
    const [length, cost, set] = [parseInt(prefix, 16), parseInt(metric, 16), parseInt(flags, 16)];
    if (to?.length !== 16 || via?.length !== 16 || !(length <= 128) || Number.isNaN(cost) || Number.isNaN(set)) continue;
    // `&` yields a negative number for the top bit, which is as true as any
    if (set & (RTF_LOCAL | RTF_ANYCAST | RTF_CACHE) || to[0] === 0xff || (set & RTF_REJECT && cost === WORST_METRIC)) continue;
    routes.push({ destination: `${ipv6Text(to)}/${length}`, gateway: set & RTF_GATEWAY ? ipv6Text(via) : null, interface: latin1Text(name), metric: cost });
  }
  return routes;
}

/** For showing: `0.0.0.0/0` and `::/0` are the default routes and stay written so. */
export function shownRoutes(routes4: readonly Route4[], routes6: readonly Route[]): Route[] {
  const shown = routes4.map(({ network, prefix, gateway, interface: name, metric }) => ({
    destination: `${ipv4Text(new Uint8Array([network >>> 24, (network >>> 16) & 255, (network >>> 8) & 255, network & 255]))}/${prefix}`,
    gateway, interface: latin1Text(name), metric,
  }));
  return [...shown, ...routes6];
}
