import type { Kernel } from './kernel.ts';
import type { net } from './net.ts';
import { KObject } from './object.ts';

export const IFF_UP = 0x1;
export const IFF_BROADCAST = 0x2;
export const IFF_LOOPBACK = 0x8;
export const IFF_RUNNING = 0x40;
export const IFF_MULTICAST = 0x1000;
export const IFF_LOWER_UP = 0x10000;

/** An address of an interface: text form and prefix length. */
export interface if_address { readonly family: 'inet' | 'inet6'; readonly address: string; readonly prefix: number }

/** A network interface. */
export class net_device extends KObject {
  override readonly kind = 'net device';
  readonly type: 'loopback' | 'veth' | 'dummy' | 'bridge' | 'ethernet';
  net: net;
  name: string;
  ifindex = 0;
  flags: number;
  mtu: number;
  /** Hardware address, six bytes as text. */
  address: string;
  addresses: readonly if_address[] = [];
  /** The other end of a veth pair. */
  peer: net_device | null = null;
  /** The bridge of which it is a port. */
  master: net_device | null = null;
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

/** Enters an interface into its namespace, with the lowest free index, or `ifindex`. */
export function register_netdevice(k: Kernel, device: net_device, ifindex = 0): void {
  let index = ifindex;
  if (index === 0) {
    index = 1;
    for (const used of device.net.devices.map.keys()) index = Math.max(index, used + 1);
  }
  device.ifindex = index;
  k.trace.alloc(device);
  k.trace.insert(device.net.devices, index, device);
}

/** Takes an interface out of its namespace and frees it; the other end of a veth pair goes with it. */
export function unregister_netdevice(k: Kernel, device: net_device): void {
  for (const gone of device.peer ? [device, device.peer] : [device]) {
    for (const port of gone.net.devices.values()) if (port.master === gone) k.trace.write(port, 'master', null);
    k.trace.remove(gone.net.devices, gone.ifindex);
    k.trace.free(gone);
  }
}

/** Every net namespace has its loopback, down at first. */
export function loopback_net_init(k: Kernel, of: net): void {
  register_netdevice(k, new net_device('loopback', of, 'lo', '00:00:00:00:00:00', IFF_LOOPBACK, 65536), 1);
}

/** The namespace ends: interfaces are destroyed with it; cards that stand for real ones go back to the initial namespace. */
export function net_devices_exit(k: Kernel, of: net): void {
  for (const device of [...of.devices.values()]) {
    if (!device.freed) unregister_netdevice(k, device);
  }
}
