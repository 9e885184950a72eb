import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { exposeRepository, nslab } from './scan.ts';
import { World } from './world/world.ts';

const SCHEMA = path.join(import.meta.dirname, '../../helper/snapshot.schema.json');

/** What `nslab scan --json` prints keeps to the schema that is published for its readers, from every viewpoint. */
describe('the schema of nslab scan --json', function () {
  this.timeout(30_000);
  let world: World;
  let validate: ValidateFunction;

  before(async () => {
    validate = new Ajv2020({ allErrors: true, strict: true, strictTypes: false, strictRequired: false }).compile(JSON.parse(fs.readFileSync(SCHEMA, 'utf8')) as object);
    world = await World.start();
    // something of everything that the document can tell
    const { root } = world;
    const maker = await root.spawn('user', 'net', 'uts', 'time');
    const middle = await root.spawn('user');
    await middle.spawn('user', 'pid');
    await root.kill(middle);
    const holder = await root.spawn();
    await holder.hold(maker.pid, 'uts');
    await holder.thread('ipc', 'cgroup');
    await holder.setComm(Uint8Array.of(0xff, 0x0a, 0x1b));
    const traveller = await root.spawn();
    await traveller.unshare('net', 'time');
    await traveller.socket();
    await traveller.join(root.pid, 'net');
    const elsewhere = await root.spawn('mnt');
    await elsewhere.makeMountsPrivate();
    await elsewhere.bind(maker.pid, 'net', path.join(world.directory, 'net'));
    await root.kill(maker);
    await root.makeZombie(await root.spawn('ipc'));
  });
  after(() => world.end());

  const assertValid = (document: unknown): void => assert.ok(validate(document), JSON.stringify(validate.errors?.slice(0, 5), null, 1));

  it('is kept as root', () => {
    const { document } = nslab();
    assertValid(document);
    const kinds = new Set(document.namespaces.flatMap((namespace) => namespace.heldBy.map((held) => held.kind)));
    assert.deepEqual([...kinds].sort(), ['bind mount', 'child', 'descriptor', 'for children', 'owned', 'socket', 'thread'], 'the world has one of each');
  });

  it('is kept as an unprivileged user', async () => {
    const outside = await world.root.spawn('mnt');
    await outside.makeMountsPrivate();
    assertValid(nslab({ actor: outside, uid: 64_999, repository: exposeRepository(outside) }).document);
  });

  it('is kept inside a user and pid namespace', async () => {
    const inner = await world.root.spawn('user', 'pid', 'mnt');
    await inner.makeMountsPrivate();
    await inner.mount('proc', '/proc');
    assertValid(nslab({ actor: inner, types: ['user', 'pid', 'mnt'] }).document);
  });

  it('refuses what is none', () => {
    const { document } = nslab();
    const [first] = document.namespaces;
    for (const wrong of [{}, { ...document, namespaces: undefined }, { ...document, namespaces: [{ ...first, inode: '1' }] }, { ...document, processes: [{}] }, { ...document, version: 2 }]) {
      assert.equal(validate(wrong), false, JSON.stringify(wrong).slice(0, 200));
    }
  });
});
