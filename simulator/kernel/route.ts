import { err, isErr, type Err } from './errno.ts';
import type { net } from './net.ts';
import { __dev_get_by_name, netif_carrier_ok } from './netdevice.ts';
import type { net_device } from './netdevice.ts';

/** A route that somebody added: everything below `dst/prefix` goes to the next hop `via`, out of interface `dev`. */
export interface route { readonly dst: string; readonly prefix: number; readonly via: string; readonly dev: string }

/** `192.0.2.1` as a number; null when it is none. */
export function in_aton(text: string): number | null {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)?.slice(1).map(Number);
  if (!parts || parts.some((part) => part > 255)) return null;
  return parts.reduce((sum, part) => sum * 256 + part, 0);
}

/** Are both addresses in one network of that prefix length? Only IPv4: IPv6 addresses match when they are equal. */
function on_link(a: string, b: string, prefix: number): boolean {
  const [x, y] = [in_aton(a), in_aton(b)];
  if (x === null || y === null) return a === b;
  const size = 2 ** (32 - prefix);
  return Math.floor(x / size) === Math.floor(y / size);
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
  for (const device of of.devices.values()) {
    if ((device.flags & 1) === 0 || device.type === 'loopback') continue;
    const from = device.addresses.find((each) => on_link(each.address, address, each.prefix));
    if (!from) continue;
    const there = wire(device).find((far) => local_device(far, address));
    return there ? { to: there, source: from.address } : err('EHOSTUNREACH');
  }
  return by_route(of, address, hops);
}

function by_route(of: net, address: string, hops: number): { readonly to: net; readonly source: string } | Err {
  const routes = [...of.routes.values()].filter(({ dst, prefix }) => prefix === 0 || on_link(dst, address, prefix)).sort((a, b) => b.prefix - a.prefix);
  for (const { via, dev } of routes) {
    const device = __dev_get_by_name(of, dev);
    if (!device || (device.flags & 1) === 0) continue;
    const next = wire(device).find((far) => local_device(far, via));
    const source = device.addresses[0]?.address;
    if (!next || !source || hops === 0) return err('EHOSTUNREACH');
    if (!local_device(next, address) && next.sysctl.get('ipv4/ip_forward') !== '1') return err('EHOSTUNREACH');
    const on = ip_route_output(next, address, hops - 1);
    return isErr(on) ? err('EHOSTUNREACH') : { to: on.to, source };
  }
  return err('ENETUNREACH');
}
