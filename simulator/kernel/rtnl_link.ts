import { CAP_NET_ADMIN, ns_capable } from './capability.ts';
import { err, isErr, type Err } from './errno.ts';
import { fget } from './files.ts';
import type { Kernel } from './kernel.ts';
import { net } from './net.ts';
import {
  IFF_LOOPBACK, IFF_PROMISC, IFF_UP, MAX_MTU, MIN_MTU, __dev_get_by_name, carrier_changed, dev_alloc_name, dev_change_flags, dev_change_name, dev_change_net_namespace, dev_get_flags, dev_validate_mtu, netif_carrier_ok, netif_set_flags, operstate,
  peernet2id, rtnl_create_link, unregister_netdevice, valid_name, veth_newlink,
} from './netdevice.ts';
import type { LinkSpec, net_device } from './netdevice.ts';
import { nlmsg_notify } from './netlink.ts';
import { MessageWriter, nla_parse, nla_text, nla_u32 } from './nlattr.ts';
import type { nlattrs } from './nlattr.ts';
import { get_proc_ns } from './nsfs.ts';
import { find_task_by_vpid } from './pid_lookup.ts';
import { NLM_F_CREATE, NLM_F_EXCL, RTM_DELLINK, RTM_NEWLINK, message, refused } from './rtnetlink.ts';
import type { Answer, Outcome, Request } from './rtnetlink.ts';
import { Reader, Writer } from './uaccess.ts';

const IFLA_ADDRESS = 1, IFLA_BROADCAST = 2, IFLA_IFNAME = 3, IFLA_MTU = 4, IFLA_LINK = 5, IFLA_QDISC = 6, IFLA_STATS = 7, IFLA_MASTER = 10, IFLA_TXQLEN = 13, IFLA_OPERSTATE = 16, IFLA_IFALIAS = 20, IFLA_LINKMODE = 17,
  IFLA_LINKINFO = 18, IFLA_NET_NS_PID = 19, IFLA_GROUP = 27, IFLA_NET_NS_FD = 28, IFLA_PROMISCUITY = 30, IFLA_NUM_TX_QUEUES = 31, IFLA_NUM_RX_QUEUES = 32, IFLA_CARRIER = 33, IFLA_LINK_NETNSID = 37,
  IFLA_MIN_MTU = 50, IFLA_MAX_MTU = 51;
const IFLA_INFO_KIND = 1, IFLA_INFO_DATA = 2, VETH_INFO_PEER = 1;
const RTNLGRP_LINK = 1;
const MAX_ALIAS = 255;
const IFINFOMSG = 16;
const ARPHRD_ETHER = 1, ARPHRD_LOOPBACK = 772;

/** struct ifinfomsg and the attributes behind it. */
interface ifinfo { readonly index: number; readonly flags: number; readonly change: number; readonly tb: nlattrs }

function ifinfo_of(body: Uint8Array): ifinfo | null {
  if (body.length < IFINFOMSG) return null;
  const reader = new Reader(body).skip(4);
  return { index: reader.i32(), flags: reader.u32(), change: reader.u32(), tb: nla_parse(body, IFINFOMSG) };
}

function device_of(of: net, { index, tb }: ifinfo): net_device | null {
  const name = nla_text(tb.get(IFLA_IFNAME));
  return index > 0 ? of.devices.get(index) ?? null : name === null ? null : __dev_get_by_name(of, name);
}

/** The namespace that IFLA_NET_NS_PID or IFLA_NET_NS_FD names; null: none is named. Errors: ESRCH, EBADF, EINVAL, EPERM (CAP_NET_ADMIN in its owner is needed). */
function link_net(k: Kernel, tb: nlattrs): net | null | Err {
  const pid = nla_u32(tb.get(IFLA_NET_NS_PID));
  const fd = nla_u32(tb.get(IFLA_NET_NS_FD));
  if (pid === null && fd === null) return null;
  const found = pid === null ? by_descriptor(k, fd ?? 0) : find_task_by_vpid(k, pid)?.nsproxy?.net_ns ?? err('ESRCH');
  if (isErr(found)) return found;
  return ns_capable(k, found.user_ns, CAP_NET_ADMIN) ? found : err('EPERM');
}

function by_descriptor(k: Kernel, fd: number): net | Err {
  const of = fget(k, fd);
  if (!of) return err('EBADF');
  const ns = get_proc_ns(of);
  return ns instanceof net ? ns : err('EINVAL');
}

/** RTM_NEWLINK: makes an interface, or changes one that is there. */
export function rtm_newlink(k: Kernel, request: Request): Outcome {
  const asked = ifinfo_of(request.body);
  if (!asked) return err('EINVAL');
  const of = request.sock.net;
  const name = nla_text(asked.tb.get(IFLA_IFNAME));
  if (name !== null && name.length > 15) return err('ERANGE');
  if (name !== null && !valid_name(name)) return err('EINVAL');
  const there = device_of(of, asked);
  if (there) {
    if (request.flags & NLM_F_EXCL) return err('EEXIST');
    // none of the types that there are can be changed in what makes it one
    return asked.tb.has(IFLA_LINKINFO) ? err('EOPNOTSUPP') : change(k, request, there, asked);
  }
  if ((request.flags & NLM_F_CREATE) === 0) return err('ENODEV');
  const info = nla_parse(asked.tb.get(IFLA_LINKINFO) ?? new Uint8Array(0));
  const kind = nla_text(info.get(IFLA_INFO_KIND));
  const into = link_net(k, asked.tb);
  if (isErr(into)) return into;
  switch (kind) {
    case 'veth': return new_veth(k, request, into ?? of, asked, info.get(IFLA_INFO_DATA));
    case 'dummy': case 'bridge': {
      const made = rtnl_create_link(k, into ?? of, kind, spec_of(asked));
      return isErr(made) ? made : set_up(k, request, made, asked);
    }
    default:
      if (kind !== null && MODULES.has(kind)) k.not_modelled?.(`interfaces of type ${kind}`);
      return refused(err('EOPNOTSUPP'), 'Unknown device type');
  }
}

/** Types that a real kernel can have, and the model has not. */
const MODULES: ReadonlySet<string> = new Set(['bond', 'ifb', 'gre', 'gretap', 'ipip', 'ipvlan', 'ipvtap', 'macsec', 'macvlan', 'macvtap', 'sit', 'team', 'tun', 'vcan', 'vlan', 'vrf', 'vxlan', 'wireguard', 'xfrm', 'geneve', 'nlmon', 'netkit']);

function spec_of({ tb, index }: ifinfo): LinkSpec {
  return { name: nla_text(tb.get(IFLA_IFNAME)), address: mac_of(tb.get(IFLA_ADDRESS)), mtu: nla_u32(tb.get(IFLA_MTU)), ifindex: Math.max(0, index) };
}

function mac_of(bytes: Uint8Array | undefined): string | null {
  return bytes?.length === 6 ? Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(':') : null;
}

/** A pair; the other end may be made in another namespace. */
function new_veth(k: Kernel, request: Request, of: net, asked: ifinfo, data: Uint8Array | undefined): Outcome {
  const inner = data && nla_parse(data).get(VETH_INFO_PEER);
  const other = inner ? ifinfo_of(inner) : { index: 0, flags: 0, change: 0, tb: new Map<number, Uint8Array>() };
  if (!other) return err('EINVAL');
  const there = link_net(k, other.tb);
  if (isErr(there)) return there;
  const made = veth_newlink(k, of, spec_of(asked), there ?? of, spec_of(other));
  if (isErr(made)) return made;
  return (made.peer ? set_up(k, request, made.peer, other) : 0) || set_up(k, request, made, asked);
}

/** What a new interface is told along with its making: a bridge, and to be up. */
function set_up(k: Kernel, request: Request, made: net_device, { tb, flags }: ifinfo): Outcome {
  const master = nla_u32(tb.get(IFLA_MASTER));
  const failed = master === null ? 0 : set_master(k, made, master);
  if (failed !== 0) return failed;
  if (flags & IFF_UP) dev_change_flags(k, made, true);
  tell(k, request, made);
  return 0;
}

/** RTM_SETLINK. */
export function rtm_setlink(k: Kernel, request: Request): Outcome {
  const asked = ifinfo_of(request.body);
  if (!asked) return err('EINVAL');
  if (asked.index <= 0 && !asked.tb.has(IFLA_IFNAME)) return err('EINVAL');
  const there = device_of(request.sock.net, asked);
  return there ? change(k, request, there, asked) : err('ENODEV');
}

function change(k: Kernel, request: Request, device: net_device, { index, flags, change: mask, tb }: ifinfo): Outcome {
  const into = link_net(k, tb);
  if (isErr(into)) return into;
  if (into && into !== device.net) {
    const left = device.net;
    const gone = link_message(k, device, left);
    const failed = dev_change_net_namespace(k, device, into);
    if (failed) return failed;
    nlmsg_notify(k, left, RTNLGRP_LINK, message({ type: RTM_DELLINK, body: gone }, { seq: 0, portid: 0 }, 0), request.sock);
  }
  const failed = set_properties(k, device, index, tb);
  if (failed !== 0) return failed;
  // with neither flags nor a mask nothing is asked of them; without a mask all are
  if (flags !== 0 || mask !== 0) {
    const wanted = mask === 0 ? flags : (device.flags & ~mask) | (flags & mask);
    netif_set_flags(k, device, wanted);
  }
  tell(k, request, device);
  return 0;
}

function set_properties(k: Kernel, device: net_device, index: number, tb: nlattrs): Outcome {
  const address = tb.get(IFLA_ADDRESS);
  if (address) {
    const mac = mac_of(address);
    if (mac === null) return err('EINVAL');
    if (device.type === 'loopback') return err('EOPNOTSUPP');
    if ((address[0] ?? 0) & 1 || address.every((byte) => byte === 0)) return err('EADDRNOTAVAIL');
    k.trace.write(device, 'address', mac);
  }
  const mtu = nla_u32(tb.get(IFLA_MTU));
  if (mtu !== null) {
    const wrong = dev_validate_mtu(device, mtu);
    if (wrong !== null) return refused(err('EINVAL'), wrong);
    k.trace.write(device, 'mtu', mtu);
  }
  const length = nla_u32(tb.get(IFLA_TXQLEN));
  if (length !== null) k.trace.write(device, 'tx_queue_len', length);
  const group = nla_u32(tb.get(IFLA_GROUP));
  if (group !== null) k.trace.write(device, 'group', group);
  const alias = nla_text(tb.get(IFLA_IFALIAS));
  if (alias !== null && alias.length > MAX_ALIAS) return err('EINVAL');
  if (alias !== null) k.trace.write(device, 'ifalias', alias);
  const name = nla_text(tb.get(IFLA_IFNAME));
  if (index > 0 && name !== null && name !== device.name) {
    const failed = dev_change_name(k, device, name.includes('%d') ? dev_alloc_name(device.net, name) : name);
    if (failed) return failed;
  }
  const master = nla_u32(tb.get(IFLA_MASTER));
  return master === null ? 0 : set_master(k, device, master);
}

/** Makes it a port of a bridge, or (0) of none. Errors: EINVAL, EOPNOTSUPP (no bridge), ELOOP (a bridge in a bridge). */
function set_master(k: Kernel, device: net_device, index: number): Outcome {
  if (index === 0) {
    k.trace.write(device, 'master', null);
    return 0;
  }
  const master = device.net.devices.get(index);
  if (!master) return err('EINVAL');
  if (master.type !== 'bridge') return refused(err('EOPNOTSUPP'), 'Device does not allow enslaving to a bridge');
  if (device.type === 'loopback') return err('EINVAL');
  if (device.type === 'bridge') return refused(err('ELOOP'), 'Can not enslave a bridge to a bridge');
  k.trace.write(device, 'master', master);
  carrier_changed(k, device);
  return 0;
}

/** RTM_DELLINK. Errors: EINVAL (which one is not said), ENODEV, EOPNOTSUPP (loopback, cards). */
export function rtm_dellink(k: Kernel, request: Request): Outcome {
  const asked = ifinfo_of(request.body);
  if (!asked) return err('EINVAL');
  if (asked.index <= 0 && !asked.tb.has(IFLA_IFNAME)) return err('EINVAL');
  const into = link_net(k, asked.tb);
  if (isErr(into)) return into;
  const device = device_of(into ?? request.sock.net, asked);
  if (!device) return err('ENODEV');
  if (device.type === 'loopback' || device.type === 'ethernet') return err('EOPNOTSUPP');
  for (const gone of device.peer ? [device, device.peer] : [device]) {
    nlmsg_notify(k, gone.net, RTNLGRP_LINK, message({ type: RTM_DELLINK, body: link_message(k, gone, gone.net) }, { seq: 0, portid: 0 }, 0), request.sock);
  }
  unregister_netdevice(k, device);
  return 0;
}

/** RTM_GETLINK of one interface. */
export function rtm_getlink(k: Kernel, request: Request): Outcome | Answer {
  const asked = ifinfo_of(request.body);
  if (!asked || (asked.index <= 0 && !asked.tb.has(IFLA_IFNAME))) return err('EINVAL');
  const device = device_of(request.sock.net, asked);
  return device ? { type: RTM_NEWLINK, body: link_message(k, device, request.sock.net) } : err('ENODEV');
}

export function rtm_dumplink(k: Kernel, { sock: { net: of } }: Request): readonly Answer[] {
  return [...of.devices.values()].sort((a, b) => a.ifindex - b.ifindex).map((device) => ({ type: RTM_NEWLINK, body: link_message(k, device, of) }));
}

function tell(k: Kernel, { sock }: Request, device: net_device): void {
  nlmsg_notify(k, device.net, RTNLGRP_LINK, message({ type: RTM_NEWLINK, body: link_message(k, device, device.net) }, { seq: 0, portid: 0 }, 0), sock);
}

function mac_bytes(text: string): Uint8Array { return Uint8Array.from(text.split(':'), (part) => parseInt(part, 16)); }

/** What is told of an interface. */
function link_message(k: Kernel, device: net_device, of: net): Uint8Array {
  const loopback = (device.flags & IFF_LOOPBACK) !== 0;
  const to = new MessageWriter().raw(new Writer().u8(0).u8(0).u16(loopback ? ARPHRD_LOOPBACK : ARPHRD_ETHER).u32(device.ifindex).u32(dev_get_flags(device)).u32(0).done())
    .text(IFLA_IFNAME, device.name).u32(IFLA_TXQLEN, device.tx_queue_len).u8(IFLA_OPERSTATE, OPERSTATES.indexOf(operstate(device))).u8(IFLA_LINKMODE, 0).u32(IFLA_MTU, device.mtu)
    .u32(IFLA_MIN_MTU, loopback ? 0 : MIN_MTU).u32(IFLA_MAX_MTU, loopback ? 0 : MAX_MTU).u32(IFLA_GROUP, device.group).u32(IFLA_PROMISCUITY, (device.master ? 1 : 0) + (device.flags & IFF_PROMISC ? 1 : 0)).u32(IFLA_NUM_TX_QUEUES, 1).u32(IFLA_NUM_RX_QUEUES, 1);
  if (device.ifalias !== '') to.text(IFLA_IFALIAS, device.ifalias);
  const link = device.peer?.ifindex ?? device.iflink;
  if (link !== 0) to.u32(IFLA_LINK, link);
  if (device.master) to.u32(IFLA_MASTER, device.master.ifindex);
  to.u8(IFLA_CARRIER, netif_carrier_ok(device) ? 1 : 0).text(IFLA_QDISC, device.flags & IFF_UP || device.was_up ? 'noqueue' : 'noop')
    .attribute(IFLA_ADDRESS, mac_bytes(device.address)).attribute(IFLA_BROADCAST, new Uint8Array(6).fill(loopback ? 0 : 255)).attribute(IFLA_STATS, new Uint8Array(96));
  const { type } = device;
  if (type === 'veth' || type === 'bridge' || type === 'dummy') to.nested(IFLA_LINKINFO, (inner) => { inner.text(IFLA_INFO_KIND, type); });
  if (device.peer && device.peer.net !== of) to.u32(IFLA_LINK_NETNSID, peernet2id(k, of, device.peer.net));
  else if (!device.peer && device.iflink !== 0) to.u32(IFLA_LINK_NETNSID, 0);
  return to.done();
}

/** In the order of their numbers (RFC 2863). */
const OPERSTATES = ['unknown', 'notpresent', 'down', 'lowerlayerdown', 'testing', 'dormant', 'up'] as const;

const RTM_NEWNSID = 88;
const NETNSA_NSID = 1, NETNSA_PID = 2, NETNSA_FD = 3;
const NOT_ASSIGNED = 0xffffffff;

/** RTM_GETNSID: the number by which another namespace is told of here; -1: it has none. Errors: EINVAL, ESRCH, EBADF. */
export function rtm_getnsid(k: Kernel, { body, sock }: Request): Outcome | Answer {
  const tb = nla_parse(body, 4);
  const [pid, fd] = [nla_u32(tb.get(NETNSA_PID)), nla_u32(tb.get(NETNSA_FD))];
  if (pid === null && fd === null) return err('EINVAL');
  const found = pid === null ? by_descriptor(k, fd ?? 0) : find_task_by_vpid(k, pid)?.nsproxy?.net_ns ?? err('ESRCH');
  if (isErr(found)) return found;
  return { type: RTM_NEWNSID, body: new MessageWriter().raw(new Uint8Array(4)).u32(NETNSA_NSID, sock.net.nsids.get(found) ?? NOT_ASSIGNED).done() };
}
