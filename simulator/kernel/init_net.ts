import type { Kernel } from './kernel.ts';
import type { net } from './net.ts';
import { route_key } from './route.ts';
import { IFF_BROADCAST, IFF_MULTICAST, IFF_UP, dev_change_flags, net_device, register_netdevice } from './netdevice.ts';

const RTPROT_BOOT = 3;

/**
 * What the simulated computer's start scripts did to the initial net namespace: `lo` is up, and there is a card `eth0` (one end of a wire
 * whose other end, index 2, is outside) with an address and a default route.
 */
export function configure_init_net(k: Kernel, of: net): void {
  const lo = of.devices.get(1);
  if (lo) dev_change_flags(k, lo, true);
  const eth0 = new net_device('ethernet', of, 'eth0', '02:00:00:00:00:01', IFF_UP | IFF_BROADCAST | IFF_MULTICAST, 1500);
  eth0.iflink = 2;
  eth0.addresses = [{ family: 'inet', address: '192.0.2.10', prefix: 24, brd: '192.0.2.255' }];
  register_netdevice(k, eth0);
  k.trace.insert(of.routes, route_key('0.0.0.0', 0, 0), { dst: '0.0.0.0', prefix: 0, via: '192.0.2.1', dev: eth0, metric: 0, protocol: RTPROT_BOOT, prefsrc: null });
}
