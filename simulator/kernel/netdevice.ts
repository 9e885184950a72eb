import { addrconf_down, addrconf_ready, dad_end } from './addrconf.ts';
import { err, isErr, type Err } from './errno.ts';
import { inet_network } from './in_addr.ts';
import type { Kernel } from './kernel.ts';
import type { net } from './net.ts';
import { KObject } from './object.ts';

export const IFF_UP = 0x1;
export const IFF_BROADCAST = 0x2;
const IFF_DEBUG = 0x4;
export const IFF_LOOPBACK = 0x8;
export const IFF_RUNNING = 0x40;
const IFF_NOARP = 0x80;
export const IFF_PROMISC = 0x100;
const IFF_ALLMULTI = 0x200;
export const IFF_MULTICAST = 0x1000;
const IFF_DYNAMIC = 0x8000;
/** What programs may switch beside IFF_UP: kept and told, there is nobody else on the wire. */
const IFF_SETTABLE = IFF_DEBUG | IFF_NOARP | IFF_PROMISC | IFF_ALLMULTI | IFF_MULTICAST | IFF_DYNAMIC;
export const IFF_LOWER_UP = 0x10000;

/** An address of an interface: text form and prefix length. */
export interface if_address {
  readonly family: 'inet' | 'inet6'; readonly address: string; readonly prefix: number;
  /** Where everybody of the network hears; absent: none was given. */
  readonly brd?: string;
  /** RT_SCOPE_…; absent: what the interface has. */
  readonly scope?: number;
  /** When the route to its network was made: of two to the same network the older one is taken. */
  readonly fib?: number;
  /** Another one of the same network came before it. */
  readonly secondary?: boolean;
  /** IPv6: when it was found that nobody else has it, on the monotonic clock; absent: it was not asked yet. */
  readonly dad?: bigint;
}

/** A network interface. */
export class net_device extends KObject {
  override readonly kind = 'net device';
  readonly type: 'loopback' | 'veth' | 'dummy' | 'bridge' | 'ethernet';
  net: net;
  name: string;
  ifindex = 0;
  /** IFF_UP and what the type brings along. RUNNING is not kept: `dev_get_flags`. */
  flags: number;
  mtu: number;
  tx_queue_len = 1000;
  /** What a person called it; empty: nothing. */
  ifalias = '';
  group = 0;
  /** Hardware address, six bytes as text. */
  address: string;
  addresses: readonly if_address[] = [];
  /** The other end of a veth pair. */
  peer: net_device | null = null;
  /** Index of the other end when that is outside of the modelled machine (`eth0@if2`); 0: none. */
  iflink = 0;
  /** The bridge of which it is a port. */
  master: net_device | null = null;
  /** It was up once: the queueing that it got then stays. */
  was_up = false;
  constructor(type: net_device['type'], of: net, name: string, address: string, flags: number, mtu: number) {
    super();
    this.type = type;
    this.net = of;
    this.name = name;
    this.address = address;
    this.flags = flags;
    this.mtu = mtu;
  }
}

/** Enters an interface into its namespace, with the lowest index above those in use, or `ifindex` if that is free. */
export function register_netdevice(k: Kernel, device: net_device, ifindex = 0): void {
  k.trace.alloc(device);
  enlist(k, device, ifindex);
}

function enlist(k: Kernel, device: net_device, ifindex: number): void {
  const { devices } = device.net;
  let index = ifindex;
  if (index === 0 || devices.has(index)) {
    index = 1;
    for (const used of devices.map.keys()) index = Math.max(index, used + 1);
  }
  k.trace.write(device, 'ifindex', index);
  k.trace.insert(devices, index, device);
}

/** Takes an interface out of its namespace and frees it; the other end of a veth pair goes with it. */
export function unregister_netdevice(k: Kernel, device: net_device): void {
  for (const gone of device.peer ? [device, device.peer] : [device]) {
    for (const port of gone.net.devices.values()) if (port.master === gone) k.trace.write(port, 'master', null);
    flush_routes(k, gone);
    k.trace.remove(gone.net.devices, gone.ifindex);
    k.trace.free(gone);
  }
}

/** Every net namespace has its loopback, down at first. */
export function loopback_net_init(k: Kernel, of: net): void {
  register_netdevice(k, new net_device('loopback', of, 'lo', '00:00:00:00:00:00', IFF_LOOPBACK, 65536), 1);
}

/** The namespace ends: interfaces are destroyed with it, the other ends of veth pairs too. */
export function net_devices_exit(k: Kernel, of: net): void {
  for (const device of [...of.devices.values()]) if (!device.freed) unregister_netdevice(k, device);
  for (const other of k.trace.live.get('net') ?? []) forget_nsid(k, other as unknown as { readonly nsids: net['nsids'] }, of);
}

function forget_nsid(k: Kernel, { nsids }: { readonly nsids: net['nsids'] }, gone: net): void {
  if (nsids.has(gone)) k.trace.remove(nsids, gone);
}

/** The interface with that name. */
export function __dev_get_by_name(of: net, name: string): net_device | null {
  for (const device of of.devices.values()) if (device.name === name) return device;
  return null;
}

/** Has it a carrier: loopback, dummy and cards always when up, a veth when both ends are up, a bridge when a port is. */
export function netif_carrier_ok(device: net_device): boolean {
  if ((device.flags & IFF_UP) === 0) return false;
  if (device.type === 'veth') return device.peer ? (device.peer.flags & IFF_UP) !== 0 : device.iflink !== 0;
  if (device.type === 'bridge') return [...device.net.devices.values()].some((port) => port.master === device && netif_carrier_ok(port));
  return true;
}

/** Flags as programs see them. */
export function dev_get_flags(device: net_device): number {
  return device.flags | (netif_carrier_ok(device) ? IFF_RUNNING | IFF_LOWER_UP : 0);
}

/** What an interface has as addresses from now on. The first IPv4 address of a net namespace makes its table of local ones, which stays. */
export function set_addresses(k: Kernel, device: net_device, addresses: readonly if_address[]): void {
  k.trace.write(device, 'addresses', addresses.map((one) => (one.fib === undefined ? { ...one, fib: next_fib(k) } : one)));
  if (!device.net.fib_local && addresses.some(({ family }) => family === 'inet')) k.trace.write(device.net, 'fib_local', true);
}

function next_fib(k: Kernel): number {
  const n = (k.counters.get('fib') ?? 0) + 1;
  k.trace.insert(k.counters, 'fib', n);
  return n;
}

/** All flags that can be switched, as wanted. */
export function netif_set_flags(k: Kernel, device: net_device, wanted: number): void {
  const kept = (device.flags & ~IFF_SETTABLE) | (wanted & IFF_SETTABLE);
  if (kept !== device.flags) k.trace.write(device, 'flags', kept);
  dev_change_flags(k, device, (wanted & IFF_UP) !== 0);
}

/** Brings an interface up or down. The loopback gets its addresses when it comes up and loses them when it goes down. */
export function dev_change_flags(k: Kernel, device: net_device, up: boolean): void {
  if (((device.flags & IFF_UP) !== 0) === up) return;
  k.trace.write(device, 'flags', up ? device.flags | IFF_UP : device.flags & ~IFF_UP);
  if (up && !device.was_up) k.trace.write(device, 'was_up', true);
  if (!up) flush_routes(k, device);
  else if (device.addresses.length > 0) k.trace.write(device, 'addresses', device.addresses.map((one) => ({ ...one, fib: next_fib(k) })));
  if (device.type === 'loopback') {
    set_addresses(k, device, up ? [{ family: 'inet', address: '127.0.0.1', prefix: 8 }, { family: 'inet6', address: '::1', prefix: 128 }] : []);
  }
  if (!up) addrconf_down(k, device);
  carrier_changed(k, device);
}

/** An end came up or a port was added: it, the other end, and the bridges that they are ports of may have a carrier now. */
export function carrier_changed(k: Kernel, device: net_device): void {
  for (const each of new Set([device, device.peer, device.master, device.peer?.master])) if (each) addrconf_ready(k, each);
}

/** Routes out of an interface end when it goes down, and when it leaves its namespace. */
function flush_routes(k: Kernel, device: net_device): void {
  for (const [key, { dev }] of [...device.net.routes.map]) if (dev === device) k.trace.remove(device.net.routes, key);
}

/** RFC 2863's state. */
export function operstate(device: net_device): 'unknown' | 'down' | 'lowerlayerdown' | 'up' {
  if ((device.flags & IFF_UP) === 0) return 'down';
  // numbers are compared, also those of two namespaces: an end that has the number of its own end counts as one of its own
  if (!netif_carrier_ok(device)) return (device.peer?.ifindex ?? (device.iflink || device.ifindex)) === device.ifindex ? 'down' : 'lowerlayerdown';
  return device.type === 'loopback' || device.type === 'dummy' ? 'unknown' : 'up';
}

/** The number by which another net namespace is told of in this one. The first time it gets the lowest that is free. */
export function peernet2id(k: Kernel, of: net, other: net): number {
  const known = of.nsids.get(other);
  if (known !== undefined) return known;
  const used = new Set(of.nsids.values());
  // the other end of a card of ours is in a namespace that is not modelled, and that has the first number
  if ([...of.devices.values()].some(({ iflink }) => iflink !== 0)) used.add(0);
  let id = 0;
  while (used.has(id)) id++;
  k.trace.insert(of.nsids, other, id);
  return id;
}

/** `veth%d` with the first number that gives a free name. */
export function dev_alloc_name(of: net, pattern: string): string {
  for (let n = 0; ; n++) {
    const name = pattern.replace('%d', String(n));
    if (!__dev_get_by_name(of, name)) return name;
  }
}

export function valid_name(name: string): boolean { return name !== '' && name.length <= 15 && !/[/:\s]/.test(name) && name !== '.' && name !== '..'; }

/** What a new interface is to be like; a name with `%d`, or none, is completed. Absent: as the kernel chooses. */
export interface LinkSpec { readonly name: string | null; readonly address?: string | null; readonly mtu?: number | null; readonly ifindex?: number }

/** A new interface in a namespace. Errors: EINVAL (no such name is possible), EEXIST. */
export function rtnl_create_link(k: Kernel, of: net, type: 'veth' | 'bridge' | 'dummy', { name, address, mtu, ifindex = 0 }: LinkSpec): net_device | Err {
  const pattern = name ?? `${type}%d`;
  const called = pattern.includes('%d') ? dev_alloc_name(of, pattern) : pattern;
  if (!valid_name(called)) return err('EINVAL');
  if (__dev_get_by_name(of, called)) return err('EEXIST');
  const made = new net_device(type, of, called, address ?? hardware_address(k), IFF_BROADCAST | (type === 'dummy' ? 0 : IFF_MULTICAST), mtu ?? 1500);
  register_netdevice(k, made, ifindex);
  return made;
}

/** A pair of interfaces, each the other's end: what is sent into one comes out of the other. The kernel registers the peer first, so that it has the lower index. Errors: as above. */
export function veth_newlink(k: Kernel, of: net, own: LinkSpec, there: net, other: LinkSpec): net_device | Err {
  const peer = rtnl_create_link(k, there, 'veth', other);
  if (isErr(peer)) return peer;
  const made = rtnl_create_link(k, of, 'veth', own);
  if (isErr(made)) {
    unregister_netdevice(k, peer);
    return made;
  }
  k.trace.write(made, 'peer', peer);
  k.trace.write(peer, 'peer', made);
  return made;
}

/** Least and most bytes of a packet, of all but the loopback. */
export const MIN_MTU = 68;
export const MAX_MTU = 65535;

/** What is wrong with such an MTU, in the kernel's words; null: nothing. */
export function dev_validate_mtu(device: net_device, mtu: number): string | null {
  if (device.type === 'loopback') return null;
  return mtu < MIN_MTU ? 'mtu less than device minimum' : mtu > MAX_MTU ? 'mtu greater than device maximum' : null;
}

/** Locally administered, one after the other: real ones are random. */
function hardware_address(k: Kernel): string {
  const n = (k.counters.get('hardware address') ?? 0) + 1;
  k.trace.insert(k.counters, 'hardware address', n);
  const hex = (value: number): string => (value & 0xff).toString(16).padStart(2, '0');
  return `02:00:00:01:${hex(n >> 8)}:${hex(n)}`;
}

/** Moves an interface to another namespace: it is taken down and loses addresses and master. Errors: EINVAL (loopback, bridge), EEXIST. */
export function dev_change_net_namespace(k: Kernel, device: net_device, to: net): 0 | Err {
  if (device.net === to) return 0;
  if (device.type === 'loopback' || device.type === 'bridge') return err('EINVAL');
  if (__dev_get_by_name(to, device.name)) return err('EEXIST');
  peernet2id(k, device.net, to);
  flush_routes(k, device);
  k.trace.remove(device.net.devices, device.ifindex);
  k.trace.write(device, 'flags', device.flags & ~IFF_UP);
  k.trace.write(device, 'was_up', false);
  set_addresses(k, device, []);
  k.trace.write(device, 'master', null);
  k.trace.write(device, 'net', to);
  enlist(k, device, device.ifindex);
  return 0;
}

/** Errors: EEXIST, EINVAL (empty, too long, with a slash), EBUSY (up; until 6.x). */
export function dev_change_name(k: Kernel, device: net_device, name: string): 0 | Err {
  if (!valid_name(name)) return err('EINVAL');
  if (__dev_get_by_name(device.net, name)) return err('EEXIST');
  k.trace.write(device, 'name', name);
  return 0;
}

/** Are both in the same IPv4 network, with the same prefix? */
function same_network(a: if_address, b: if_address): boolean {
  return a.family === 'inet' && b.family === 'inet' && a.prefix === b.prefix && inet_network(a.address, a.prefix) === inet_network(b.address, b.prefix);
}

/** Errors: EEXIST. */
export function inet_insert_ifa(k: Kernel, device: net_device, made: if_address): 0 | Err {
  if (device.addresses.some(({ address, prefix }) => address === made.address && prefix === made.prefix)) return err('EEXIST');
  // the first of a network is its primary one; further ones stand behind all primary ones
  if (device.addresses.some((one) => same_network(one, made))) {
    set_addresses(k, device, [...device.addresses, { ...made, secondary: true }]);
    return 0;
  }
  if (made.family === 'inet6') {
    // the newest of its scope comes first; wider scopes before narrower ones
    const narrow = ({ address }: if_address): number => (address === '::1' ? 2 : address.startsWith('fe80:') ? 1 : 0);
    const at = device.addresses.findIndex((one) => one.family === 'inet6' && narrow(one) >= narrow(made));
    const [n, dad] = [at < 0 ? device.addresses.length : at, dad_end(k, device)];
    set_addresses(k, device, [...device.addresses.slice(0, n), dad === undefined ? made : { ...made, dad }, ...device.addresses.slice(n)]);
    return 0;
  }
  const last = device.addresses.findLastIndex((one) => one.family === made.family && !one.secondary) + 1;
  set_addresses(k, device, [...device.addresses.slice(0, last), made, ...device.addresses.slice(last)]);
  return 0;
}

/** Errors: EADDRNOTAVAIL. */
export function inet_del_ifa(k: Kernel, device: net_device, gone: { readonly address: string; readonly prefix: number }): 0 | Err {
  const left = device.addresses.filter(({ address, prefix }) => address !== gone.address || prefix !== gone.prefix);
  const lost = device.addresses.find(({ address, prefix }) => address === gone.address && prefix === gone.prefix);
  if (!lost) return err('EADDRNOTAVAIL');
  // with the primary address of a network its secondary ones go
  set_addresses(k, device, lost.secondary ? left : left.filter((one) => !(one.secondary && same_network(one, lost))));
  return 0;
}
