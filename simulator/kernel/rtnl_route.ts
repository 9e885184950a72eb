import { routes6 } from './addrconf.ts';
import type { route6 } from './addrconf.ts';
import { err, isErr } from './errno.ts';
import { in6_bytes } from './in6.ts';
import { in_aton, in_bytes, in_text, inet_broadcast, inet_network } from './in_addr.ts';
import type { Kernel } from './kernel.ts';
import type { net } from './net.ts';
import { IFF_LOOPBACK, IFF_UP, netif_carrier_ok } from './netdevice.ts';
import type { net_device } from './netdevice.ts';
import { MessageWriter, nla_parse, nla_u32 } from './nlattr.ts';
import { fib_lookup, links, local_device, on_link, route_key } from './route.ts';
import type { route } from './route.ts';
import { NLM_F_CREATE, NLM_F_EXCL, NLM_F_REPLACE, RTM_NEWROUTE, refused } from './rtnetlink.ts';
import type { Answer, Outcome, Request } from './rtnetlink.ts';
import { AF_INET, AF_INET6 } from './socket.ts';
import { Writer } from './uaccess.ts';

const RTMSG = 12;
const RTA_DST = 1, RTA_OIF = 4, RTA_GATEWAY = 5, RTA_PRIORITY = 6, RTA_PREFSRC = 7, RTA_TABLE = 15, RTA_PREF = 20, RTA_UID = 25;
const RT_TABLE_MAIN = 254, RT_TABLE_LOCAL = 255;
const RTPROT_UNSPEC = 0, RTPROT_KERNEL = 2;
const RTN_UNICAST = 1, RTN_LOCAL = 2, RTN_BROADCAST = 3, RTN_MULTICAST = 5;
const RT_SCOPE_UNIVERSE = 0, RT_SCOPE_LINK = 253, RT_SCOPE_HOST = 254;
const RTNH_F_LINKDOWN = 16;
const RTM_F_CLONED = 0x200;

interface Asked { readonly dst: string; readonly prefix: number; readonly oif: number | null; readonly via: string | null; readonly metric: number; readonly prefsrc: string | null; readonly protocol: number }

/** IPv4 only: other families have no routes here. */
function asked_of(body: Uint8Array): Asked | Outcome {
  if (body.length < RTMSG) return err('EINVAL');
  const [family = 0, prefix = 0, , , , protocol = 0] = body;
  if (family !== AF_INET) return err('EOPNOTSUPP');
  const tb = nla_parse(body, RTMSG);
  const text = (attribute: number): string | null => {
    const bytes = tb.get(attribute);
    return bytes && bytes.length >= 4 ? in_text(bytes) : null;
  };
  const dst = text(RTA_DST) ?? '0.0.0.0';
  if (prefix > 32) return refused(err('EINVAL'), 'Invalid prefix length');
  if (inet_network(dst, prefix) !== dst) return refused(err('EINVAL'), 'Invalid prefix for given prefix length');
  return { dst, prefix, oif: nla_u32(tb.get(RTA_OIF)), via: text(RTA_GATEWAY), metric: nla_u32(tb.get(RTA_PRIORITY)) ?? 0, prefsrc: text(RTA_PREFSRC), protocol };
}

export function rtm_newroute(k: Kernel, request: Request): Outcome {
  const asked = asked_of(request.body);
  if (typeof asked !== 'object' || 'errno' in asked) return asked;
  const of = request.sock.net;
  const dev = next_hop(of, asked);
  if (typeof dev !== 'object' || 'errno' in dev) return dev;
  if (asked.prefsrc !== null && !local_device(of, asked.prefsrc)) return refused(err('EINVAL'), 'Invalid prefsrc address');
  const key = route_key(asked.dst, asked.prefix, asked.metric);
  const there = of.routes.has(key) || (asked.metric === 0 && connected(of).some((one) => one.dst === asked.dst && one.prefix === asked.prefix && one.dev === dev));
  if (there && (request.flags & NLM_F_REPLACE) === 0) return err('EEXIST');
  if (there && (request.flags & NLM_F_EXCL) !== 0) return err('EEXIST');
  if (!there && (request.flags & NLM_F_CREATE) === 0) return err('ENOENT');
  k.trace.insert(of.routes, key, { dst: asked.dst, prefix: asked.prefix, via: asked.via, dev, metric: asked.metric, protocol: asked.protocol, prefsrc: asked.prefsrc });
  return 0;
}

/** The interface that a new route leads out of. */
function next_hop(of: net, { oif, via }: Asked): net_device | Outcome {
  const given = oif === null ? null : of.devices.get(oif);
  if (given === undefined) return err('ENODEV');
  if (via === null) {
    if (!given) return err('ENODEV');
    return given.flags & IFF_UP ? given : refused(err('ENETDOWN'), 'Device for nexthop is not up');
  }
  if (given && (given.flags & IFF_UP) === 0) return refused(err('ENETDOWN'), 'Device for nexthop is not up');
  if (local_device(of, via)) return refused(err('EINVAL'), 'Nexthop has invalid gateway');
  const found = links(of).find(({ dev, one }) => (!given || dev === given) && on_link(one.address, via, one.prefix));
  return found?.dev ?? refused(err('ENETUNREACH'), 'Nexthop has invalid gateway');
}

export function rtm_delroute(k: Kernel, request: Request): Outcome {
  const asked = asked_of(request.body);
  if (typeof asked !== 'object' || 'errno' in asked) return asked;
  const of = request.sock.net;
  const found = [...of.routes.map].find(([, one]) => one.dst === asked.dst && one.prefix === asked.prefix && (asked.metric === 0 || one.metric === asked.metric)
    && (asked.oif === null || one.dev.ifindex === asked.oif) && (asked.via === null || one.via === asked.via) && (asked.protocol === RTPROT_UNSPEC || one.protocol === asked.protocol || asked.protocol === 3));
  if (!found) return err('ESRCH');
  k.trace.remove(of.routes, found[0]);
  return 0;
}

/** Networks on the wire of interfaces that are up, and their first address there. */
function connected(of: net): readonly route[] {
  return links(of).filter(({ one }) => !one.secondary && one.prefix < 32)
    .map(({ dev, one: { address, prefix } }): route => ({ dst: inet_network(address, prefix), prefix, via: null, dev, metric: 0, protocol: RTPROT_KERNEL, prefsrc: address }));
}

interface Row { readonly to: route; readonly table: number; readonly type: number; readonly scope: number }

/** The table of local addresses. */
function local_rows(of: net): readonly Row[] {
  return [...of.devices.values()].flatMap((dev) => (dev.flags & IFF_UP ? dev.addresses.filter(({ family }) => family === 'inet').flatMap(({ address, prefix, secondary }) => {
    const primary = secondary ? dev.addresses.find((one) => one.family === 'inet' && !one.secondary && one.prefix === prefix && inet_network(one.address, prefix) === inet_network(address, prefix))?.address : undefined;
    const row = (dst: string, length: number, type: number, scope: number): Row => ({ to: { dst, prefix: length, via: null, dev, metric: 0, protocol: RTPROT_KERNEL, prefsrc: primary ?? address }, table: RT_TABLE_LOCAL, type, scope });
    return [...dev.flags & IFF_LOOPBACK ? [row(inet_network(address, prefix), prefix, RTN_LOCAL, RT_SCOPE_HOST)] : [], row(address, 32, RTN_LOCAL, RT_SCOPE_HOST), ...prefix < 31 && !secondary ? [row(inet_broadcast(address, prefix), 32, RTN_BROADCAST, RT_SCOPE_LINK)] : []];
  }) : []));
}

/** The main table, by destination, then the table of local addresses. */
export function rtm_dumproute(k: Kernel, { sock, body }: Request): readonly Answer[] {
  const [family = 0] = body;
  if (family === AF_INET6) {
    const { main, local } = routes6(k, sock.net);
    return [...main.map((one) => route6_message(one, RT_TABLE_MAIN)), ...local.map((one) => route6_message(one, RT_TABLE_LOCAL))].map((message) => ({ type: RTM_NEWROUTE, body: message }));
  }
  if (family !== 0 && family !== AF_INET) return [];
  const by = (a: Row, b: Row): number => (in_aton(a.to.dst) ?? 0) - (in_aton(b.to.dst) ?? 0) || a.to.prefix - b.to.prefix || a.to.metric - b.to.metric;
  const main = [...connected(sock.net), ...sock.net.routes.values()].map((to): Row => ({ to, table: RT_TABLE_MAIN, type: RTN_UNICAST, scope: to.via === null ? RT_SCOPE_LINK : RT_SCOPE_UNIVERSE }));
  return [...main.sort(by), ...[...local_rows(sock.net)].sort(by)].map((row) => ({ type: RTM_NEWROUTE, body: route_message(row) }));
}

function route6_message({ dst, prefix, dev, metric, kind }: route6, table: number): Uint8Array {
  const type = kind === 'local' ? RTN_LOCAL : kind === 'multicast' ? RTN_MULTICAST : RTN_UNICAST;
  return new MessageWriter().raw(new Writer().u8(AF_INET6).u8(prefix).u8(0).u8(0).u8(table).u8(RTPROT_KERNEL).u8(RT_SCOPE_UNIVERSE).u8(type).u32(netif_carrier_ok(dev) ? 0 : RTNH_F_LINKDOWN).done())
    .u32(RTA_TABLE, table).attribute(RTA_DST, in6_bytes(dst)).u32(RTA_PRIORITY, metric).u32(RTA_OIF, dev.ifindex).u8(RTA_PREF, 0).done();
}

function route_message({ to: { dst, prefix, via, dev, metric, protocol, prefsrc }, table, type, scope }: Row): Uint8Array {
  const flags = netif_carrier_ok(dev) ? 0 : RTNH_F_LINKDOWN;
  const to = new MessageWriter().raw(new Writer().u8(AF_INET).u8(prefix).u8(0).u8(0).u8(table).u8(protocol).u8(scope).u8(type).u32(flags).done()).u32(RTA_TABLE, table);
  if (prefix > 0) to.attribute(RTA_DST, in_bytes(dst));
  if (metric > 0) to.u32(RTA_PRIORITY, metric);
  if (prefsrc !== null) to.attribute(RTA_PREFSRC, in_bytes(prefsrc));
  if (via !== null) to.attribute(RTA_GATEWAY, in_bytes(via));
  return to.u32(RTA_OIF, dev.ifindex).done();
}

/** RTM_GETROUTE of one address: the way that a packet to it would take. Errors: ENETUNREACH. */
export function rtm_getroute(k: Kernel, request: Request): Outcome | Answer {
  const { body, sock } = request;
  if (body.length < RTMSG) return err('EINVAL');
  if (body[0] !== AF_INET) return err('EOPNOTSUPP');
  const bytes = nla_parse(body, RTMSG).get(RTA_DST);
  const dst = bytes && bytes.length >= 4 ? in_text(bytes) : '0.0.0.0';
  const own = local_device(sock.net, dst);
  const lo = [...sock.net.devices.values()].find(({ type }) => type === 'loopback');
  const found = own && lo ? { dev: lo, via: null, source: own.type === 'loopback' ? '127.0.0.1' : dst } : fib_lookup(sock.net, dst);
  if (isErr(found)) return found;
  const to = new MessageWriter().raw(new Writer().u8(AF_INET).u8(32).u8(0).u8(0).u8(own ? RT_TABLE_LOCAL : RT_TABLE_MAIN).u8(RTPROT_UNSPEC).u8(RT_SCOPE_UNIVERSE).u8(own ? RTN_LOCAL : RTN_UNICAST).u32(RTM_F_CLONED).done())
    .u32(RTA_TABLE, own ? RT_TABLE_LOCAL : RT_TABLE_MAIN).attribute(RTA_DST, in_bytes(dst)).u32(RTA_OIF, found.dev.ifindex);
  if (found.source !== null) to.attribute(RTA_PREFSRC, in_bytes(found.source));
  if (found.via !== null) to.attribute(RTA_GATEWAY, in_bytes(found.via));
  return { type: RTM_NEWROUTE, body: to.u32(RTA_UID, k.current.cred.uid).done() };
}

