import { CAP_NET_ADMIN, ns_capable } from './capability.ts';
import { err, isErr, type Err } from './errno.ts';
import { in_aton, in_ntoa, inet_broadcast, inet_make_mask } from './in_addr.ts';
import type { IoctlResult } from './file_ops.ts';
import type { Kernel } from './kernel.ts';
import type { net } from './net.ts';
import { __dev_get_by_name, dev_change_name, dev_get_flags, dev_validate_mtu, netif_set_flags, set_addresses } from './netdevice.ts';
import type { net_device } from './netdevice.ts';
import { open_namespace } from './nsfs.ts';
import { encode } from './text.ts';

export const SIOCGIFNAME = 0x8910;
export const SIOCGIFCONF = 0x8912;
export const SIOCGIFFLAGS = 0x8913;
export const SIOCSIFFLAGS = 0x8914;
export const SIOCGIFADDR = 0x8915;
export const SIOCSIFADDR = 0x8916;
export const SIOCGIFBRDADDR = 0x8919;
export const SIOCGIFNETMASK = 0x891b;
export const SIOCSIFNETMASK = 0x891c;
export const SIOCGIFMTU = 0x8921;
export const SIOCSIFMTU = 0x8922;
export const SIOCSIFNAME = 0x8923;
export const SIOCGIFHWADDR = 0x8927;
export const SIOCGIFINDEX = 0x8933;
/** A descriptor of the socket's net namespace. */
export const SIOCGSKNS = 0x894c;
/** Size of struct ifreq: a name of 16 bytes, then what is asked or told. These ioctls do not say their size themselves. */
export const IFREQ_SIZE = 40;

/**
 * ioctl(2) on a socket, about the interfaces of the net namespace of the socket. `arg`: the bytes of struct ifreq. Errors: EINVAL, ENODEV,
 * EPERM (changes need CAP_NET_ADMIN in the owner of the net namespace [E5b E5c]), EADDRNOTAVAIL, ENOTTY.
 */
export function dev_ioctl(k: Kernel, of: net, cmd: number, arg: unknown): IoctlResult {
  if (cmd === SIOCGSKNS) return ns_capable(k, of.user_ns, CAP_NET_ADMIN) ? open_namespace(k, of) : err('EPERM');
  if (cmd === SIOCGIFCONF) return { value: 0, out: dev_ifconf(of) };
  if (cmd < SIOCGIFNAME || cmd > SIOCGIFINDEX) return err('ENOTTY');
  if (!(arg instanceof Uint8Array) || arg.length < IFREQ_SIZE) return err('EFAULT');
  const out = arg.slice(0, IFREQ_SIZE);
  const view = new DataView(out.buffer, out.byteOffset, out.byteLength);
  const device = cmd === SIOCGIFNAME ? of.devices.get(view.getInt32(16, true)) ?? null : __dev_get_by_name(of, name_of(out));
  if (!device) return err('ENODEV');
  const failed = CHANGES.has(cmd) ? ns_capable(k, of.user_ns, CAP_NET_ADMIN) ? change(k, device, cmd, out, view) : err('EPERM') : show(device, cmd, out, view);
  return isErr(failed) ? failed : { value: 0, out };
}

const CHANGES: ReadonlySet<number> = new Set([SIOCSIFFLAGS, SIOCSIFADDR, SIOCSIFNETMASK, SIOCSIFMTU, SIOCSIFNAME]);

function name_of(ifreq: Uint8Array, at = 0): string {
  let text = '';
  for (const byte of ifreq.subarray(at, at + 16)) {
    if (byte === 0) break;
    text += String.fromCharCode(byte);
  }
  return text;
}

function show(device: net_device, cmd: number, out: Uint8Array, view: DataView): 0 | Err {
  const inet = device.addresses.find(({ family }) => family === 'inet');
  switch (cmd) {
    case SIOCGIFNAME:
      out.fill(0, 0, 16);
      out.set(encode(device.name));
      return 0;
    case SIOCGIFFLAGS: view.setInt16(16, dev_get_flags(device) & 0xffff, true); return 0;
    case SIOCGIFMTU: view.setInt32(16, device.mtu, true); return 0;
    case SIOCGIFINDEX: view.setInt32(16, device.ifindex, true); return 0;
    case SIOCGIFHWADDR:
      view.setUint16(16, device.type === 'loopback' ? 772 : 1, true);
      out.set(device.address.split(':').map((part) => parseInt(part, 16)), 18);
      return 0;
    case SIOCGIFADDR: case SIOCGIFNETMASK: case SIOCGIFBRDADDR: {
      if (!inet) return err('EADDRNOTAVAIL');
      const address = in_aton(inet.address) ?? 0;
      put_address(view, cmd === SIOCGIFADDR ? address : cmd === SIOCGIFNETMASK ? inet_make_mask(inet.prefix) : in_aton(inet.brd ?? '') ?? 0);
      return 0;
    }
    default: return err('ENOTTY');
  }
}

/** struct sockaddr_in after the name: family, port 0, address in network order. */
function put_address(view: DataView, address: number): void {
  view.setUint16(16, 2, true);
  view.setUint16(18, 0);
  view.setUint32(20, address);
}

function change(k: Kernel, device: net_device, cmd: number, out: Uint8Array, view: DataView): 0 | Err {
  switch (cmd) {
    case SIOCSIFFLAGS: netif_set_flags(k, device, view.getUint16(16, true)); return 0;
    case SIOCSIFMTU: {
      const mtu = view.getInt32(16, true);
      if (mtu < 0 || dev_validate_mtu(device, mtu) !== null) return err('EINVAL');
      k.trace.write(device, 'mtu', mtu);
      return 0;
    }
    case SIOCSIFNAME: return dev_change_name(k, device, name_of(out, 16));
    default: {
      const value = view.getUint32(20);
      const inet = device.addresses.find(({ family }) => family === 'inet');
      const others = device.addresses.filter((each) => each !== inet);
      if (cmd === SIOCSIFADDR) {
        const address = in_ntoa(value);
        // Without a mask the class of the address decides.
        const prefix = value >>> 31 === 0 ? 8 : value >>> 30 === 2 ? 16 : 24;
        set_addresses(k, device, [{ family: 'inet', address, prefix, ...broadcast(address, prefix) }, ...others]);
        return 0;
      }
      if (!inet) return err('EADDRNOTAVAIL');
      const prefix = 32 - Math.ceil(Math.log2((~value >>> 0) + 1));
      set_addresses(k, device, [{ ...inet, prefix, ...broadcast(inet.address, prefix) }, ...others]);
      return 0;
    }
  }
}

/** Such addresses are given the last one of their network as the broadcast one, unless there are only two or one in it. */
function broadcast(address: string, prefix: number): { readonly brd?: string } { return prefix >= 31 ? {} : { brd: inet_broadcast(address, prefix) }; }

/** The list that SIOCGIFCONF fills in: one struct ifreq for each interface that has an IPv4 address. */
function dev_ifconf(of: net): Uint8Array {
  const rows = [...of.devices.values()].flatMap((device) => device.addresses.filter(({ family }) => family === 'inet').map(({ address }) => ({ device, address })));
  const all = new Uint8Array(rows.length * IFREQ_SIZE);
  for (const [index, { device, address }] of rows.entries()) {
    const out = all.subarray(index * IFREQ_SIZE, (index + 1) * IFREQ_SIZE);
    out.set(encode(device.name));
    put_address(new DataView(out.buffer, out.byteOffset, out.byteLength), in_aton(address) ?? 0);
  }
  return all;
}
