import { tentative } from './addrconf.ts';
import { in6_bytes } from './in6.ts';
import { in_aton, inet_make_mask, inet_network } from './in_addr.ts';
import type { Kernel } from './kernel.ts';
import type { net } from './net.ts';
import type { if_address, net_device } from './netdevice.ts';

const HEAD = 'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT';
/** Every line is as long as the longest may be. */
const WIDTH = 127;
const RTF_UP = 1;
const RTF_GATEWAY = 2;
const RTF_HOST = 4;

/** An address as the kernel has it in memory, printed as a number of this machine. */
function hex(address: number): string {
  const swapped = [0, 8, 16, 24].reduce((sum, shift) => sum * 256 + ((address >>> shift) & 255), 0);
  return swapped.toString(16).toUpperCase().padStart(8, '0');
}

/** /proc/net/route: the main table, by destination. Networks on the wire are routes, too, as long as the interface is up. */
export function fib_route(of: net): string {
  const rows: { dst: number; prefix: number; via: number; dev: string; metric: number }[] = [];
  for (const device of of.devices.values()) {
    if ((device.flags & 1) === 0 || device.type === 'loopback') continue;
    for (const { family, address, prefix, secondary } of device.addresses) {
      if (family === 'inet' && !secondary) rows.push({ dst: in_aton(inet_network(address, prefix)) ?? 0, prefix, via: 0, dev: device.name, metric: 0 });
    }
  }
  for (const { dst, prefix, via, dev, metric } of of.routes.values()) rows.push({ dst: in_aton(dst) ?? 0, prefix, via: via === null ? 0 : in_aton(via) ?? 0, dev: dev.name, metric });
  rows.sort((a, b) => a.dst - b.dst || b.prefix - a.prefix);
  const lines = rows.map(({ dst, prefix, via, dev, metric }) => {
    const flags = RTF_UP | (via === 0 ? 0 : RTF_GATEWAY) | (prefix === 32 ? RTF_HOST : 0);
    return `${dev}\t${hex(dst)}\t${hex(via)}\t${flags.toString(16).toUpperCase().padStart(4, '0')}\t0\t0\t${metric}\t${hex(inet_make_mask(prefix))}\t0\t0\t0`;
  });
  return [HEAD, ...lines].map((line) => `${line.padEnd(WIDTH)}\n`).join('');
}

/** /proc/net/if_inet6: a line for each IPv6 address. */
export function if_inet6(k: Kernel, of: net): string {
  const line = (device: net_device, one: if_address): string => {
    const { address, prefix } = one;
    const bytes = [...in6_bytes(address)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    const scope = address === '::1' ? 0x10 : address.startsWith('fe80:') ? 0x20 : 0;
    const field = (n: number): string => n.toString(16).padStart(2, '0');
    return `${bytes} ${field(device.ifindex)} ${field(prefix)} ${field(scope)} ${tentative(k, device, one) ? 'c0' : '80'} ${device.name.padStart(8)}\n`;
  };
  return [...of.devices.values()].flatMap((device) => device.addresses.filter(({ family }) => family === 'inet6').map((one) => line(device, one))).join('');
}
