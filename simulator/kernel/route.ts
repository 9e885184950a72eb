import { err, isErr, type Err } from './errno.ts';
import { in_aton, inet_network } from './in_addr.ts';
import type { net } from './net.ts';
import { netif_carrier_ok } from './netdevice.ts';
import type { if_address, net_device } from './netdevice.ts';

/** A route that somebody added: everything below `dst/prefix` goes to the next hop `via`, out of interface `dev`. */
export interface route {
  readonly dst: string; readonly prefix: number;
  /** Null: whoever is meant is on the wire of the interface. */
  readonly via: string | null;
  readonly dev: net_device;
  readonly metric: number;
  /** RTPROT_…: who added it. */
  readonly protocol: number;
  readonly prefsrc: string | null;
}

export function route_key(dst: string, prefix: number, metric: number): string { return `${dst}/${prefix} ${metric}`; }

/** Are both addresses in one network of that prefix length? Only IPv4: IPv6 addresses match when they are equal. */
export function on_link(a: string, b: string, prefix: number): boolean {
  if (in_aton(a) === null || in_aton(b) === null) return a === b;
  return inet_network(a, prefix) === inet_network(b, prefix);
}

/** The interface of the namespace that has this address, up. All of 127/8 is the loopback's. */
export function local_device(of: net, address: string): net_device | null {
  for (const device of of.devices.values()) {
    if ((device.flags & 1) === 0) continue;
    for (const own of device.addresses) {
      if (own.address === address || (device.type === 'loopback' && on_link(own.address, address, own.prefix))) return device;
    }
  }
  return null;
}

/** Addresses of interfaces that are up and lead somewhere, in the order in which the routes to their networks were made. */
export function links(of: net): readonly { readonly dev: net_device; readonly one: if_address }[] {
  return [...of.devices.values()].flatMap((dev) => ((dev.flags & 1) !== 0 && dev.type !== 'loopback' ? dev.addresses.map((one) => ({ dev, one })) : [])).sort((a, b) => (a.one.fib ?? 0) - (b.one.fib ?? 0));
}

/** The namespaces at the other end of an interface's wire: through a veth pair, and through a bridge to its other ports. */
function wire(device: net_device, seen: Set<net_device> = new Set()): net[] {
  if (seen.has(device) || !netif_carrier_ok(device)) return [];
  seen.add(device);
  if (device.type === 'bridge') {
    return [...device.net.devices.values()].filter((port) => port.master === device).flatMap((port) => wire(port, seen));
  }
  const { peer } = device;
  if (!peer || seen.has(peer)) return [];
  seen.add(peer);
  return peer.master ? [peer.net, ...wire(peer.master, seen)] : [peer.net];
}

/**
 * Which namespace a packet to `address` arrives in, and the source address it gets. Local addresses, then networks on the wire, then
 * routes by the longest prefix, through namespaces that forward. Errors: ENETUNREACH (no route), EHOSTUNREACH (nobody there).
 */
export function ip_route_output(of: net, address: string, hops = 8): { readonly to: net; readonly source: string } | Err {
  const own = local_device(of, address);
  if (own) return { to: of, source: own.type === 'loopback' ? '127.0.0.1' : address };
  const from = links(of).find(({ one }) => on_link(one.address, address, one.prefix));
  if (from) {
    const there = wire(from.dev).find((far) => local_device(far, address));
    return there ? { to: there, source: from.one.address } : err('EHOSTUNREACH');
  }
  return by_route(of, address, hops);
}

function by_route(of: net, address: string, hops: number): { readonly to: net; readonly source: string } | Err {
  for (const { via: gateway, dev, prefsrc } of matching(of, address)) {
    const via = gateway ?? address;
    const next = wire(dev).find((far) => local_device(far, via));
    const source = prefsrc ?? source_on(dev, via);
    if (!next || !source || hops === 0) return err('EHOSTUNREACH');
    if (!local_device(next, address) && next.sysctl.get('ipv4/ip_forward') !== '1') return err('EHOSTUNREACH');
    const on = ip_route_output(next, address, hops - 1);
    return isErr(on) ? err('EHOSTUNREACH') : { to: on.to, source };
  }
  return err('ENETUNREACH');
}

/** Routes that somebody added and that lead there, the longest prefix first, then the lowest metric. */
function matching(of: net, address: string): readonly route[] {
  return [...of.routes.values()].filter(({ dst, prefix, dev }) => (dev.flags & 1) !== 0 && (prefix === 0 || on_link(dst, address, prefix))).sort((a, b) => b.prefix - a.prefix || a.metric - b.metric);
}

/** The address that packets out of an interface get: one of the network in which they go, else its first. */
function source_on(device: net_device, to: string): string | null {
  const own = device.addresses.filter(({ family }) => family === 'inet');
  return (own.find((one) => on_link(one.address, to, one.prefix)) ?? own[0])?.address ?? null;
}

/** Which interface a packet to an address that is not local leaves by, and over whom. Errors: ENETUNREACH. */
export function fib_lookup(of: net, address: string): { readonly dev: net_device; readonly via: string | null; readonly source: string | null } | Err {
  const from = links(of).find(({ one }) => one.family === 'inet' && on_link(one.address, address, one.prefix));
  if (from) return { dev: from.dev, via: null, source: from.one.address };
  const [found] = matching(of, address);
  return found ? { dev: found.dev, via: found.via, source: found.prefsrc ?? source_on(found.dev, found.via ?? address) } : err('ENETUNREACH');
}
