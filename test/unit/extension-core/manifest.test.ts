import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { COMMANDS } from '../../../extension/contribution/commands.ts';
import type { ContextKey } from '../../../extension/contribution/context.ts';
import { CONTAINER_ID, CONTEXT_KEYS, VIEW_ID } from '../../../extension/contribution/context.ts';
import { SETTINGS } from '../../../extension/contribution/settings.ts';
import { root, sourcesOf } from './sources.ts';

interface MenuEntry { command?: string; submenu?: string; when?: string; group?: string }
interface Manifest {
  activationEvents: string[];
  capabilities: { untrustedWorkspaces: { supported: string; restrictedConfigurations: string[] } };
  contributes: {
    commands: { command: string; title: string; category: string; icon?: string; enablement?: string }[];
    menus: Record<string, MenuEntry[]>;
    submenus: { id: string }[];
    views: Record<string, { id: string }[]>;
    viewsContainers: { activitybar: { id: string; icon: string }[] };
    viewsWelcome: { view: string; contents: string; when: string }[];
    configuration: { properties: Record<string, Record<string, unknown>> };
    customEditors: { viewType: string }[];
  };
}
const text = fs.readFileSync(path.join(root, 'package.json'), 'utf8');
const { contributes, activationEvents, capabilities } = JSON.parse(text) as Manifest;
const nls = JSON.parse(fs.readFileSync(path.join(root, 'package.nls.json'), 'utf8')) as Record<string, string>;
const ids = new Set<string>(Object.values(COMMANDS));
const entries = Object.entries(contributes.menus).flatMap(([menu, list]) => list.map((entry) => ({ menu, ...entry })));
const whens = [...entries, ...contributes.viewsWelcome].map(({ when }) => when ?? '').concat(contributes.commands.map(({ enablement }) => enablement ?? ''));

describe('package.json and the code', () => {
  it('have the same commands', () => {
    assert.deepEqual(contributes.commands.map(({ command }) => command).sort(), [...ids].sort());
  });

  it('have the same settings, with the same types, defaults and limits', () => {
    const contributed = Object.fromEntries(Object.entries(contributes.configuration.properties).map(([name, property]) => {
      const { type, default: value, minimum, maximum, enum: names } = property;
      return [name, JSON.parse(JSON.stringify({ type, default: value, minimum, maximum, enum: names })) as unknown];
    }));
    assert.deepEqual(contributed, Object.fromEntries(Object.entries(SETTINGS).map(([name, spec]) => [`nslab.${name}`, spec])));
  });

  it('explain every setting, and say where it may be set', () => {
    for (const [name, { markdownDescription, scope, enum: names, enumDescriptions }] of Object.entries(contributes.configuration.properties)) {
      assert.match(String(markdownDescription), /^%.+%$/, name);
      assert.ok(['window', 'machine-overridable'].includes(String(scope)), name);
      assert.equal((enumDescriptions as unknown[] | undefined)?.length, (names as unknown[] | undefined)?.length, name);
    }
    for (const name of capabilities.untrustedWorkspaces.restrictedConfigurations) assert.ok(name in contributes.configuration.properties, name);
  });

  it('have the same view', () => {
    assert.deepEqual(contributes.views, { [CONTAINER_ID]: contributes.views[CONTAINER_ID] });
    assert.deepEqual(contributes.views[CONTAINER_ID]?.map(({ id }) => id), [VIEW_ID, 'nslab.lessons']);
    assert.deepEqual(contributes.viewsContainers.activitybar.map(({ id }) => id), [CONTAINER_ID]);
    assert.ok(fs.existsSync(path.join(root, contributes.viewsContainers.activitybar[0]!.icon)));
    for (const { view } of contributes.viewsWelcome) assert.equal(view, VIEW_ID);
  });

  it('have a text for every %key%, and no text too many', () => {
    const wanted = new Set([...text.matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key!));
    assert.deepEqual(Object.keys(nls).sort(), [...wanted].sort());
    for (const [key, value] of Object.entries(nls)) assert.ok(value.trim().length > 0, key);
  });

  it('have no text for people outside package.nls.json', () => {
    for (const { command, title, category } of contributes.commands) {
      assert.match(title, /^%command\..+%$/, command);
      assert.equal(category, '%category%', command);
    }
    for (const { contents } of contributes.viewsWelcome) assert.match(contents, /^%welcome\..+%$/);
  });

  it('name only commands that exist in menus and in the links of welcome views', () => {
    const submenus = new Set(contributes.submenus.map(({ id }) => id));
    for (const { menu, command, submenu } of entries) assert.ok(command === undefined ? submenus.has(submenu!) : ids.has(command), `${menu}: ${command ?? submenu}`);
    for (const id of submenus) assert.ok((contributes.menus[id]?.length ?? 0) > 0, id);
    for (const [key, value] of Object.entries(nls)) {
      for (const [, command] of value.matchAll(/\(command:([^)?]+)/g)) assert.ok(ids.has(command!) || command === `${VIEW_ID}.focus` || command!.startsWith('workbench.'), `${key}: ${command}`);
    }
  });

  it('ask in when clauses only for keys that code sets, and for values that they can have', () => {
    for (const when of whens) {
      for (const [, key, operator, value] of when.matchAll(/(nslab\.\w+)(?: (==|!=|=~) ([^ ]+))?/g)) {
        if (when.includes(`config.${key}`)) { assert.ok(key! in contributes.configuration.properties, when); continue; }
        if (key === VIEW_ID || key === 'nslab.lessons' || contributes.customEditors.some(({ viewType }) => viewType === key)) continue;
        assert.ok(key! in CONTEXT_KEYS, `${key} in "${when}"`);
        const values: readonly unknown[] = CONTEXT_KEYS[key as ContextKey];
        if (operator === '=~') {
          const alternatives = /^\/\^\((.+)\)\$\/$/.exec(value!)?.[1]?.split('|');
          assert.ok(alternatives?.every((one) => values.includes(one)), `${value} in "${when}"`);
        } else if (operator) assert.ok(values.includes(value), `${value} in "${when}"`);
        else assert.ok(values.includes(true) || when.includes(`!${key}`), `${key} in "${when}"`);
      }
    }
  });

  it('set every context key that is known', () => {
    const all = sourcesOf('extension').map((source) => source.text).join('\n');
    for (const key of Object.keys(CONTEXT_KEYS)) assert.ok(all.includes(`setContext('${key}'`), `nobody sets ${key}`);
  });

  it('use context values that rows of the tree can have', () => {
    const all = sourcesOf('extension/tree').map((source) => source.text).join('\n');
    const words = new Set(whens.flatMap((when) => [...when.matchAll(/viewItem =~ \/(.+?)\/(?= |$)/g)])
      .flatMap(([, pattern]) => pattern!.replaceAll('( |$)', '').replaceAll('\\b', '').split(/[^a-z]+/)).filter((word) => word !== ''));
    assert.ok(words.size > 3);
    for (const word of words) assert.match(all, new RegExp(`context: [^\\n]*'${word}|\\['${word}'|'${word}',`), word);
  });

  it('offer in the palette what is about one row only while such a row is selected', () => {
    const when = new Map(contributes.menus['commandPalette']!.map((item) => [item.command, item.when]));
    for (const name of ['copyInode', 'copyPid', 'copyNsenterCommand', 'revealOwner', 'revealParent', 'whyAlive', 'showDetails'] as const) {
      assert.match(when.get(COMMANDS[name]) ?? '', /nslab\.selected/, name);
    }
    assert.equal(when.get(COMMANDS.showMore), 'false');
  });

  it('restore panels that code makes', () => {
    const all = sourcesOf('extension').map((source) => source.text).join('\n');
    for (const event of activationEvents.filter((one) => !one.startsWith('workspaceContains:'))) assert.ok(all.includes(`'${event.replace(/^onWebviewPanel:|^onFileSystem:/, '')}'`), event);
  });

  it('translate every sentence of the code: no text for people goes to VS Code as it stands', () => {
    const calls = /show(?:Information|Warning|Error)Message\(\s*(?:['"]|`[^$])/;
    for (const { file, text: source } of sourcesOf('extension')) assert.doesNotMatch(source, calls, file);
  });
});
