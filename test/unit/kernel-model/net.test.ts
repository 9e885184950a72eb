import { strict as assert } from 'node:assert';
import { IFREQ_SIZE, SIOCGIFFLAGS, SIOCGIFINDEX, SIOCSIFFLAGS } from '../../../simulator/kernel/dev_ioctl.ts';
import { isErr } from '../../../simulator/kernel/errno.ts';
import { sys_close } from '../../../simulator/kernel/files.ts';
import { CLONE_NEWIPC, CLONE_NEWNET, CLONE_NEWUSER } from '../../../simulator/kernel/flags.ts';
import { O_CREAT, O_EXCL, O_NONBLOCK, O_RDWR } from '../../../simulator/kernel/mode.ts';
import { sys_mq_open, sys_mq_timedreceive, sys_mq_timedsend, sys_mq_unlink } from '../../../simulator/kernel/mq_calls.ts';
import { __dev_get_by_name, dev_change_flags, dev_change_net_namespace, dev_get_flags, inet_insert_ifa, veth_newlink } from '../../../simulator/kernel/netdevice.ts';
import { ip_route_output } from '../../../simulator/kernel/route.ts';
import { sys_ioctl } from '../../../simulator/kernel/read_write.ts';
import { Blocked } from '../../../simulator/kernel/sched.ts';
import { AF_INET, AF_PACKET, AF_UNIX, SOCK_DGRAM, SOCK_RAW, SOCK_STREAM } from '../../../simulator/kernel/socket.ts';
import { sys_accept4, sys_bind, sys_connect, sys_listen, sys_recvfrom, sys_sendto, sys_shutdown, sys_socket, sys_socketpair } from '../../../simulator/kernel/socket_calls.ts';
import type { task_struct } from '../../../simulator/kernel/task.ts';
import { ksys_unshare } from '../../../simulator/kernel/unshare.ts';
import { Tasks } from './tasks.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (got: unknown): string => (typeof got === 'object' && got !== null && 'data' in got ? new TextDecoder().decode(got.data as Uint8Array) : String(got));

function ifreq(name: string, value = 0): Uint8Array {
  const made = new Uint8Array(IFREQ_SIZE);
  made.set(bytes(name));
  new DataView(made.buffer).setInt16(16, value, true);
  return made;
}
/** An ioctl about an interface: the 16-bit value after the name, or the errno. */
function ioctl(t: Tasks, task: task_struct, fd: number, cmd: number, arg: Uint8Array): number {
  const got = t.as(task, (k) => sys_ioctl(k, fd, cmd, arg));
  return typeof got === 'object' ? new DataView(got.out.buffer).getInt16(16, true) : got as number;
}

describe('net namespaces', () => {
  it('[E5] a new one has lo, down, and no addresses', () => {
    const t = new Tasks();
    const net = t.fork(t.init, CLONE_NEWNET).nsproxy!.net_ns!;
    assert.deepEqual([...net.devices.values()].map(({ name, ifindex, addresses }) => [name, ifindex, addresses.length]), [['lo', 1, 0]]);
    assert.equal(dev_get_flags(net.devices.get(1)!) & 1, 0);
  });

  it('[E5b E5c] lo up needs CAP_NET_ADMIN in the owner', () => {
    for (const [flags, expected] of [[CLONE_NEWUSER, -1], [CLONE_NEWUSER | CLONE_NEWNET, 1]] as const) {
      const t = new Tasks();
      const task = t.fork(t.user(), flags);
      const fd = t.as(task, (k) => sys_socket(k, AF_INET, SOCK_DGRAM, 0));
      assert.equal(ioctl(t, task, fd, SIOCSIFFLAGS, ifreq('lo', 1)), expected);
    }
    const t = new Tasks();
    const fd = t.as(t.init, (k) => sys_socket(k, AF_INET, SOCK_DGRAM, 0));
    assert.equal(ioctl(t, t.init, fd, SIOCGIFINDEX, ifreq('lo')), 1);
    assert.equal(ioctl(t, t.init, fd, SIOCGIFFLAGS, ifreq('nope')), -19);
  });

  it('[E5d R50] a socket stays in its namespace and keeps it', () => {
    const t = new Tasks();
    const task = t.fork(t.init, CLONE_NEWNET);
    const net = task.nsproxy!.net_ns!;
    const before = net.count;
    const fd = t.k.current === task ? -1 : (() => {
      t.k.current = task;
      const made = sys_socket(t.k, AF_INET, SOCK_STREAM, 0);
      t.k.current = t.k.init_task;
      return made;
    })();
    assert.equal(net.count, before + 1);
    t.k.current = task;
    ksys_unshare(t.k, CLONE_NEWNET);
    assert.equal(net.freed, false);
    assert.equal(ioctl(t, task, fd, SIOCGIFFLAGS, ifreq('lo')), 8);
    t.as(task, (k) => sys_close(k, fd));
    assert.ok(net.freed);
  });

  it('raw and packet sockets need CAP_NET_RAW in the owner of the namespace', () => {
    const t = new Tasks();
    assert.equal(t.errno(t.user(), (k) => sys_socket(k, AF_INET, SOCK_RAW, 1)), 'EPERM');
    assert.equal(t.errno(t.user(), (k) => sys_socket(k, AF_PACKET, SOCK_RAW, 0)), 'EPERM');
    assert.equal(t.errno(t.user(), (k) => sys_socket(k, 99, SOCK_STREAM, 0)), 'EAFNOSUPPORT');
  });

  it('a pair of interfaces connects two namespaces; each goes with the other', () => {
    const t = new Tasks();
    const a = t.init.nsproxy!.net_ns!;
    const child = t.fork(t.init, CLONE_NEWNET);
    const b = child.nsproxy!.net_ns!;
    t.as(t.init, (k) => {
      veth_newlink(k, a, { name: 'veth0' }, a, { name: 'veth1' });
      const peer = __dev_get_by_name(a, 'veth1')!;
      assert.equal(dev_change_net_namespace(k, peer, b), 0);
      assert.equal(dev_change_net_namespace(k, a.devices.get(1)!, b), -22, 'not the loopback');
      inet_insert_ifa(k, __dev_get_by_name(a, 'veth0')!, { family: 'inet', address: '10.0.0.1', prefix: 24 });
      inet_insert_ifa(k, peer, { family: 'inet', address: '10.0.0.2', prefix: 24 });
      dev_change_flags(k, __dev_get_by_name(a, 'veth0')!, true);
      assert.equal(ip_route_output(a, '10.0.0.2'), -113, 'no carrier yet');
      dev_change_flags(k, peer, true);
    });
    const there = ip_route_output(a, '10.0.0.2');
    assert.ok(!isErr(there) && there.to === b && there.source === '10.0.0.1');
    assert.equal(ip_route_output(a, '10.1.0.2'), -101);
    t.exit(child);
    assert.deepEqual([...a.devices.values()].map(({ name }) => name), ['lo']);
  });

  it('ports are separate; 127.0.0.1 needs lo up; a user may not bind below 1024', () => {
    const t = new Tasks();
    const listen = (task: task_struct, port: number): string => t.errno(task, (k) => {
      const fd = sys_socket(k, AF_INET, SOCK_STREAM, 0);
      return sys_bind(k, fd, { family: 'inet', address: '0.0.0.0', port }) || sys_listen(k, fd, 5);
    });
    assert.equal(listen(t.init, 80), 'OK');
    assert.equal(listen(t.fork(), 80), 'EADDRINUSE');
    const inside = t.fork(t.init, CLONE_NEWNET);
    assert.equal(listen(inside, 80), 'OK');
    assert.equal(listen(t.user(), 81), 'EACCES');
    const connect = (task: task_struct): string => t.errno(task, (k) => sys_connect(k, sys_socket(k, AF_INET, SOCK_STREAM, 0), { family: 'inet', address: '127.0.0.1', port: 80 }));
    assert.equal(connect(inside), 'ENETUNREACH');
    t.as(inside, (k) => dev_change_flags(k, inside.nsproxy!.net_ns!.devices.get(1)!, true));
    assert.equal(connect(inside), 'OK');
    assert.equal(t.errno(inside, (k) => sys_connect(k, sys_socket(k, AF_INET, SOCK_STREAM, 0), { family: 'inet', address: '127.0.0.1', port: 81 })), 'ECONNREFUSED');
  });
});

describe('sockets', () => {
  it('a stream over an abstract name: accept waits, bytes arrive in order, the end is seen', () => {
    const t = new Tasks();
    const [server, client] = [t.fork(), t.fork()];
    const name = { family: 'unix', name: '\0x' } as const;
    const lfd = t.as(server, (k) => sys_socket(k, AF_UNIX, SOCK_STREAM, 0));
    assert.equal(t.errno(client, (k) => sys_connect(k, sys_socket(k, AF_UNIX, SOCK_STREAM, 0), name)), 'ECONNREFUSED');
    assert.equal(t.errno(server, (k) => sys_bind(k, lfd, name) || sys_listen(k, lfd, 1)), 'OK');
    assert.equal(t.as(server, (k) => sys_accept4(k, lfd, 0)), Blocked);
    const cfd = t.as(client, (k) => sys_socket(k, AF_UNIX, SOCK_STREAM, 0));
    assert.equal(t.errno(client, (k) => sys_connect(k, cfd, name)), 'OK');
    assert.equal(server.wait, null);
    const got = t.as(server, (k) => sys_accept4(k, lfd, 0));
    assert.ok(typeof got === 'object');
    assert.equal(t.as(server, (k) => sys_recvfrom(k, got.fd, 10, 0)), Blocked);
    t.as(client, (k) => [sys_sendto(k, cfd, bytes('hello '), 0, null), sys_sendto(k, cfd, bytes('world'), 0, null)]);
    assert.equal(text(t.as(server, (k) => sys_recvfrom(k, got.fd, 3, 0))), 'hel');
    assert.equal(text(t.as(server, (k) => sys_recvfrom(k, got.fd, 30, 0))), 'lo world');
    t.as(client, (k) => sys_shutdown(k, cfd, 1));
    assert.equal(text(t.as(server, (k) => sys_recvfrom(k, got.fd, 30, 0))), '');
    t.as(client, (k) => sys_close(k, cfd));
    assert.equal(t.errno(server, (k) => sys_sendto(k, got.fd, bytes('x'), 0x4000, null)), 'EPIPE');
  });

  it('abstract names belong to the net namespace', () => {
    const t = new Tasks();
    const bind = (task: task_struct): string => t.errno(task, (k) => sys_bind(k, sys_socket(k, AF_UNIX, SOCK_DGRAM, 0), { family: 'unix', name: '\0n' }));
    assert.deepEqual([bind(t.init), bind(t.fork()), bind(t.fork(t.init, CLONE_NEWNET))], ['OK', 'EADDRINUSE', 'OK']);
  });

  it('a pair of sockets of datagrams keeps the packets apart', () => {
    const t = new Tasks();
    const pair = t.as(t.init, (k) => sys_socketpair(k, AF_UNIX, SOCK_DGRAM, 0));
    assert.ok(!isErr(pair));
    for (const word of ['a', 'bc']) assert.equal(t.as(t.init, (k) => sys_sendto(k, pair[0], bytes(word), 0, null)), word.length);
    assert.deepEqual([0, 0].map(() => text(t.as(t.init, (k) => sys_recvfrom(k, pair[1], 9, 0)))), ['a', 'bc']);
    assert.equal(t.errno(t.init, (k) => sys_recvfrom(k, pair[1], 9, 0x40)), 'EAGAIN');
    t.as(t.init, (k) => [sys_close(k, pair[0]), sys_close(k, pair[1])]);
    assert.equal(t.k.trace.live.get('socket')?.size, 0);
  });
});

describe('POSIX message queues', () => {
  it('[E2b] a new ipc namespace has none; an open one goes on to work', () => {
    const t = new Tasks();
    const task = t.fork();
    const open = (name: string, flags: number): string => t.errno(task, (k) => sys_mq_open(k, name, flags, 0o600, null));
    const fd = t.as(task, (k) => sys_mq_open(k, 'q', O_CREAT | O_RDWR | O_NONBLOCK, 0o600, { maxmsg: 2, msgsize: 8 }));
    assert.equal(open('q', O_CREAT | O_EXCL | O_RDWR), 'EEXIST');
    t.as(task, (k) => ksys_unshare(k, CLONE_NEWIPC));
    assert.equal(open('q', O_RDWR), 'ENOENT');
    for (const [word, priority] of [['low', 1], ['high', 5]] as const) assert.equal(t.as(task, (k) => sys_mq_timedsend(k, fd, bytes(word), priority)), 0);
    assert.equal(t.errno(task, (k) => sys_mq_timedsend(k, fd, bytes('x'), 0)), 'EAGAIN');
    assert.equal(t.errno(task, (k) => sys_mq_timedsend(k, fd, bytes('too long!'), 0)), 'EMSGSIZE');
    assert.equal(text(t.as(task, (k) => sys_mq_timedreceive(k, fd, 8))), 'high');
    assert.equal(t.errno(t.user(), (k) => sys_mq_open(k, 'q', O_RDWR, 0, null)), 'EACCES');
    assert.equal(t.errno(t.user(), (k) => sys_mq_unlink(k, 'q')), 'EPERM');
    assert.equal(t.errno(t.init, (k) => sys_mq_unlink(k, 'q')), 'OK');
    assert.equal(text(t.as(task, (k) => sys_mq_timedreceive(k, fd, 8))), 'low');
    t.as(task, (k) => sys_close(k, fd));
    assert.equal(t.k.trace.live.get('mqueue')?.size, 0);
  });
});
