import { tentative } from './addrconf.ts';
import { err } from './errno.ts';
import { in6_bytes, in6_text } from './in6.ts';
import { in_bytes, in_text } from './in_addr.ts';
import type { Kernel } from './kernel.ts';
import { IFF_LOOPBACK, inet_del_ifa, inet_insert_ifa } from './netdevice.ts';
import type { if_address, net_device } from './netdevice.ts';
import { nlmsg_notify } from './netlink.ts';
import { MessageWriter, nla_parse } from './nlattr.ts';
import { NLM_F_EXCL, NLM_F_REPLACE, RTM_DELADDR, RTM_NEWADDR, message, refused } from './rtnetlink.ts';
import type { Answer, Outcome, Request } from './rtnetlink.ts';
import { AF_INET, AF_INET6 } from './socket.ts';
import { Reader, Writer } from './uaccess.ts';

const IFADDRMSG = 8;
const IFA_ADDRESS = 1, IFA_LOCAL = 2, IFA_LABEL = 3, IFA_BROADCAST = 4, IFA_CACHEINFO = 6, IFA_FLAGS = 8;
const IFA_F_SECONDARY = 1, IFA_F_TENTATIVE = 0x40, IFA_F_PERMANENT = 0x80;
const RT_SCOPE_LINK = 253, RT_SCOPE_HOST = 254;
const RTNLGRP_IPV4_IFADDR = 5, RTNLGRP_IPV6_IFADDR = 9;

interface Asked { readonly device: net_device | null; readonly address: if_address }

/** Errors: EINVAL (too short, no address, no such prefix), EAFNOSUPPORT. */
function asked_of({ sock, body }: Request): Asked | Outcome {
  if (body.length < IFADDRMSG) return err('EINVAL');
  const [family = 0, prefix = 0, , scope = 0] = body;
  const device = sock.net.devices.get(new Reader(body.subarray(4)).i32()) ?? null;
  const tb = nla_parse(body, IFADDRMSG);
  const bytes = tb.get(IFA_LOCAL) ?? tb.get(IFA_ADDRESS);
  if (family === AF_INET) {
    if (bytes?.length !== 4 || prefix > 32) return refused(err('EINVAL'), prefix > 32 ? 'ipv4: Invalid prefix length' : 'ipv4: Local address is not supplied');
    const brd = tb.get(IFA_BROADCAST);
    return { device, address: { family: 'inet', address: in_text(bytes), prefix, scope, ...brd?.length === 4 ? { brd: in_text(brd) } : {} } };
  }
  if (family !== AF_INET6) return err('EOPNOTSUPP');
  return bytes?.length === 16 && prefix <= 128 ? { device, address: { family: 'inet6', address: in6_text(bytes), prefix } } : err('EINVAL');
}

export function rtm_newaddr(k: Kernel, request: Request): Outcome {
  const asked = asked_of(request);
  if (typeof asked !== 'object' || 'errno' in asked) return asked;
  const { device, address } = asked;
  if (!device) return refused(err('ENODEV'), address.family === 'inet' ? 'ipv4: Device not found' : 'IPv6: Device not found');
  if (device.addresses.some((one) => one.address === address.address && one.prefix === address.prefix)) {
    if ((request.flags & NLM_F_EXCL) === 0 && (request.flags & NLM_F_REPLACE) !== 0) return 0;
    return refused(err('EEXIST'), address.family === 'inet' ? 'ipv4: Address already assigned' : 'IPv6: address already assigned');
  }
  const failed = inet_insert_ifa(k, device, address);
  if (failed) return failed;
  const made = device.addresses.find((one) => one.address === address.address && one.prefix === address.prefix) ?? address;
  notify(k, request, device, made, RTM_NEWADDR);
  return 0;
}

export function rtm_deladdr(k: Kernel, request: Request): Outcome {
  const asked = asked_of(request);
  if (typeof asked !== 'object' || 'errno' in asked) return asked;
  const { device, address } = asked;
  if (!device) return refused(err('ENODEV'), address.family === 'inet' ? 'ipv4: Device not found' : 'IPv6: Unable to find the interface');
  const failed = inet_del_ifa(k, device, address);
  if (failed) return refused(failed, address.family === 'inet' ? 'ipv4: Address not found' : 'IPv6: address not found');
  notify(k, request, device, address, RTM_DELADDR);
  return 0;
}

function notify(k: Kernel, { sock }: Request, device: net_device, of: if_address, type: number): void {
  nlmsg_notify(k, device.net, of.family === 'inet' ? RTNLGRP_IPV4_IFADDR : RTNLGRP_IPV6_IFADDR, message({ type, body: addr_message(k, device, of) }, { seq: 0, portid: 0 }, 0), sock);
}

/** All addresses: of IPv4 first, unless a family is asked for. */
export function rtm_dumpaddr(k: Kernel, { sock, body }: Request): readonly Answer[] {
  const [family = 0] = body;
  const devices = [...sock.net.devices.values()].sort((a, b) => a.ifindex - b.ifindex);
  const list = (of: if_address['family']): Answer[] => devices.flatMap((device) => device.addresses.filter((one) => one.family === of).map((one) => ({ type: RTM_NEWADDR, body: addr_message(k, device, one) })));
  return [...family === AF_INET6 ? [] : list('inet'), ...family === AF_INET ? [] : list('inet6')];
}

function scope_of(device: net_device, { family, address, scope }: if_address): number {
  if (family === 'inet6') return address === '::1' ? RT_SCOPE_HOST : address.startsWith('fe80:') ? RT_SCOPE_LINK : 0;
  return scope ?? (device.flags & IFF_LOOPBACK ? RT_SCOPE_HOST : 0);
}

function addr_message(k: Kernel, device: net_device, of: if_address): Uint8Array {
  const flags = IFA_F_PERMANENT | (of.secondary ? IFA_F_SECONDARY : 0) | (tentative(k, device, of) ? IFA_F_TENTATIVE : 0);
  const v4 = of.family === 'inet';
  const bytes = v4 ? in_bytes(of.address) : in6_bytes(of.address);
  const to = new MessageWriter().raw(new Writer().u8(v4 ? AF_INET : AF_INET6).u8(of.prefix).u8(flags).u8(scope_of(device, of)).u32(device.ifindex).done()).attribute(IFA_ADDRESS, bytes);
  const forever = new Writer().u32(0xffffffff).u32(0xffffffff).u32(0).u32(0).done();
  if (!v4) return to.attribute(IFA_CACHEINFO, forever).u32(IFA_FLAGS, flags).done();
  to.attribute(IFA_LOCAL, bytes);
  if (of.brd !== undefined) to.attribute(IFA_BROADCAST, in_bytes(of.brd));
  return to.text(IFA_LABEL, device.name).u32(IFA_FLAGS, flags).attribute(IFA_CACHEINFO, forever).done();
}
