import type { NetDetails } from '../../protocol.ts';
import { latin1Text } from '../../kernel/hostText.ts';
import { ipv4Number, ipv6Text, plainToBytes } from './address.ts';
import type { Route4 } from './routes.ts';

export type Interface = NetDetails['interfaces'][number];

/** `/proc/net/dev`: two lines of headings, then `name: bytes packets … (8 columns received, 8 sent)`. Decimal strings: they are 64 bits. */
export function parseDev(text: string): { readonly name: string; readonly rxBytes: string; readonly txBytes: string }[] {
  const interfaces: { name: string; rxBytes: string; txBytes: string }[] = [];
  for (const line of text.split('\n')) {
    // a name may hold a colon (an old alias) but no space; the counters follow the last colon
    const colon = line.lastIndexOf(':');
    if (colon === -1) continue;
    const counters = line.slice(colon + 1).trim().split(/\s+/);
    const [rxBytes, txBytes] = [counters[0], counters[8]];
    if (!rxBytes || !txBytes || !/^\d+$/.test(rxBytes) || !/^\d+$/.test(txBytes)) continue;
    interfaces.push({ name: line.slice(0, colon).trim(), rxBytes, txBytes });
  }
  return interfaces;
}

/** `/proc/net/if_inet6`: address, interface number, prefix length, scope, flags (all hex), name. */
export function parseIfInet6(text: string): { readonly name: string; readonly address: string }[] {
  const found: { name: string; address: string }[] = [];
  for (const line of text.split('\n')) {
    const [hex, , prefix, , , name] = line.trim().split(/\s+/);
    const bytes = hex === undefined ? undefined : plainToBytes(hex);
    if (!bytes || bytes.length !== 16 || !prefix || !/^[0-9a-f]{1,2}$/.test(prefix) || !name) continue;
    found.push({ name, address: `${ipv6Text(bytes)}/${parseInt(prefix, 16)}` });
  }
  return found;
}

/** IPv4 addresses of this namespace in `/proc/net/fib_trie`: the leaves that are `/32 host LOCAL`. Each once; the file does not name the interface. */
export function parseFibTrie(text: string): string[] {
  const found = new Set<string>();
  let leaf: string | undefined;
  for (const line of text.split('\n')) {
    const address = /^\s*\|-- (\d{1,3}(?:\.\d{1,3}){3})\s*$/.exec(line);
    if (address) leaf = address[1];
    else if (leaf !== undefined && /^\s*\/32 host LOCAL\b/.test(line)) found.add(leaf);
  }
  return [...found];
}

/** What is needed to say which interface has which address. */
export interface InterfaceTexts {
  readonly dev: string;
  readonly ifInet6: string;
  readonly fibTrie: string;
  readonly routes: readonly Route4[];
  /** By interface name, `address/prefix`: exact, where it could be asked for inside the namespace. */
  readonly exact: ReadonlyMap<string, readonly string[]>;
}

/**
 * Joins the sources. IPv4 addresses that only fib_trie names are given to the interface whose directly connected network holds
 * them, if there is exactly one such; the others are returned as `unplaced` instead of guessed.
 */
export function joinInterfaces({ dev, ifInet6, fibTrie, routes, exact }: InterfaceTexts): { interfaces: Interface[]; unplaced: string[] } {
  const addresses = new Map<string, Set<string>>();
  const add = (name: string, address: string): void => {
    const set = addresses.get(name);
    if (set) set.add(address);
    else addresses.set(name, new Set([address]));
  };
  const placed = new Set<string>();
  for (const [name, list] of exact) {
    for (const address of list) {
      add(name, address);
      placed.add(address.replace(/\/.*/, ''));
    }
  }
  const unplaced: string[] = [];
  for (const address of parseFibTrie(fibTrie)) {
    if (placed.has(address)) continue;
    const home = interfaceOf(address, routes);
    if (home) add(home.name, `${address}/${home.prefix}`);
    else unplaced.push(address);
  }
  for (const { name, address } of parseIfInet6(ifInet6)) add(name, address);
  const interfaces = parseDev(dev).map(({ name, rxBytes, txBytes }) => ({ name: latin1Text(name), addresses: [...addresses.get(name) ?? []], rxBytes, txBytes }));
  return { interfaces, unplaced };
}

function interfaceOf(address: string, routes: readonly Route4[]): { name: string; prefix: number } | undefined {
  if (address.startsWith('127.')) return { name: 'lo', prefix: 8 };
  const number = ipv4Number(address);
  if (number === undefined) return undefined;
  let best: { name: string; prefix: number } | undefined;
  for (const { gateway, prefix, network, interface: name } of routes) {
    if (gateway !== null || prefix === 0 || Math.floor(number / 2 ** (32 - prefix)) !== Math.floor(network / 2 ** (32 - prefix))) continue;
    if (best && best.name !== name) return undefined; // a smaller network is no better sign than a larger one
    if (!best || prefix > best.prefix) best = { name, prefix };
  }
  return best;
}
