import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Token, Tokens } from 'marked';
import { Marked } from 'marked';
import { visible } from '../../../helper/model/text.ts';
import type { Details } from '../../../helper/protocol.ts';
import { namespaceHover } from '../../../extension/tree/hover/namespaceHover.ts';
import { processHover } from '../../../extension/tree/hover/processHover.ts';
import { containerHover } from '../../../extension/tree/hover/containerHover.ts';
import { commandLink, escapeMarkdown } from '../../../extension/tree/markdown.ts';
import { container, modelOf, namespace, process, scene } from './worlds.ts';

/** The parser that VS Code uses, with the options it uses. */
const marked = new Marked({ gfm: true, breaks: true });

/** All tokens, inner ones included. */
function tokens(markdown: string): Token[] {
  const found: Token[] = [];
  void marked.walkTokens(marked.lexer(markdown), (token) => { found.push(token); });
  return found;
}

/** What a reader sees: the HTML without tags, entities resolved. */
function seen(markdown: string): string {
  const html = marked.parse(markdown, { async: false });
  return html.replace(/<[^>]*>/g, '').replace(/&#(\d+);/g, (_, n: string) => String.fromCodePoint(Number(n)))
    .replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&').replaceAll('\u00a0', ' ').replace(/\n$/, '');
}

/** VS Code looks for icons in the HTML that Markdown became. */
const ICON = /\$\([a-z0-9-]+(~[a-z]+)?\)/i;

const nasty = fc.array(fc.oneof(
  fc.constantFrom('[x](command:evil)', '![i](http://e/x.png)', '<img src=x onerror=1>', '<script>', '$(alert)', '`', '``', '|', '\\', '*', '_', '~~', '~', '<http://a.b>', 'https://evil.example', 'www.evil.example', 'a@evil.example',
    '\n', '\r', '    ', '# ', '- ', '1. ', '> ', '---', '&lt;', '&#60;', '&amp;', '[', ']', '(', ')', '![', '](', ':', 'command:', '\u202e', '\x1b[31m', '[^1]', '[x]: y', '```', '=', '+', '\u00a0', '\u2003', '\0'),
  fc.string({ unit: 'grapheme', maxLength: 4 }), fc.string({ unit: 'binary', maxLength: 3 }),
), { maxLength: 12 }).map((parts) => parts.join(''));

describe('host text in Markdown', () => {
  it('is plain text whatever it is: no link, image, HTML, emphasis, code, icon', () => {
    fc.assert(fc.property(nasty, (text) => {
      for (const place of [(t: string) => t, (t: string) => `x ${t} y`, (t: string) => `### ${t}`, (t: string) => `| | |\n|:--|:--|\n| a | ${t} |`]) {
        const markdown = place(escapeMarkdown(text, 10_000));
        const bad = tokens(markdown).filter((token) => !['text', 'escape', 'paragraph', 'heading', 'table', 'space', 'list', 'list_item'].includes(token.type));
        assert.deepEqual(bad.map((token) => token.type), [], JSON.stringify(markdown));
        assert.doesNotMatch(marked.parse(markdown, { async: false }), ICON);
      }
    }), { numRuns: 3000 });
  });

  it('shows exactly the text', () => {
    fc.assert(fc.property(nasty, (text) => {
      assert.equal(seen(`.${escapeMarkdown(text, 10_000)}.`), `.${visible(text).replace(/\p{Zs}/gu, ' ')}.`);
    }), { numRuns: 3000 });
  });

  it('stays inside of a link, whose command and arguments are ours', () => {
    fc.assert(fc.property(nasty, nasty, (text, argument) => {
      const markdown = `| | |\n|:--|:--|\n| a | ${commandLink(text || 'x', 'nslab.do', [{ argument }])} |`;
      const links = tokens(markdown).filter((token): token is Tokens.Link => token.type === 'link');
      assert.equal(links.length, 1, JSON.stringify(markdown));
      const [command, query = ''] = links[0]!.href.split('?');
      assert.equal(command, 'command:nslab.do');
      // JSON replaces lone surrogates as URLs must
      assert.deepEqual(JSON.parse(decodeURIComponent(query)), JSON.parse(JSON.stringify([{ argument }])));
    }), { numRuns: 2000 });
  });
});

describe('hovers', () => {
  it('with every text of the host hostile have only links to our commands', () => {
    fc.assert(fc.property(nasty, (text) => {
      const uts = namespace('uts', 4026532601, { contents: { hostname: text, domainname: text }, heldBy: [{ kind: 'bind mount', path: `/${text}`, mountNamespace: 5, pid: null }] });
      const net = namespace('net', 4026532602);
      const box = container('docker:x', { name: text, image: text, id: text, source: text, pod: { name: text, namespace: text, uid: text }, init: 7 });
      const one = process(7, { uts: 4026532601, net: 4026532602 }, { comm: text, cmdline: [text, text], cgroup: text, container: 'docker:x', uid: 1000 });
      const view = scene(modelOf([uts, net], [one], [box]), { userName: () => text });
      const details: Details = { key: net.key, unread: {}, cgroupRoot: text, net: { interfaces: [{ name: text, addresses: [text], rxBytes: '0', txBytes: '0' }], routes: [], listeners: [{ protocol: 'tcp', address: text, port: 80, inode: '1', netNamespace: net.inode, uid: 0, processes: [{ pid: 7, comm: text, fd: 3 }] }] } };
      for (const markdown of [namespaceHover(view, uts, text), namespaceHover(view, net, details), processHover(view, one), containerHover(view, box)]) {
        const all = tokens(markdown);
        for (const token of all) {
          assert.ok(['text', 'escape', 'paragraph', 'heading', 'table', 'space', 'hr', 'link'].includes(token.type), `${token.type}: ${token.raw}`);
          if (token.type === 'link') assert.match((token as Tokens.Link).href, /^command:(_nslab\.reveal|nslab\.(copyNsenterCommand|whyAlive|showDetails|compareProcesses))\?[\w%.-]*$/);
        }
        assert.equal(all.filter((token) => token.type === 'table').length, 1, 'the table is broken');
        assert.equal(all.filter((token) => token.type === 'heading').length, 1);
      }
    }), { numRuns: 300 });
  });

  it('say what is in a namespace, who holds it and what ends it', () => {
    const model = modelOf([namespace('uts', 4026532601, { contents: { hostname: 'db', domainname: '(none)' }, heldBy: [{ kind: 'descriptor', pid: 1184, fd: 23 }] })],
      [process(1184, {}, { comm: 'dockerd' }), process(2417, { uts: 4026532601 }, { comm: 'postgres' }), process(2466, { uts: 4026532601 }, { comm: 'postgres' })]);
    const text = seen(namespaceHover(scene(model), model.find('uts', 4026532601)!, null));
    for (const part of ['uts 4026532601', 'hostname db, no domain name', '2417 postgres, 2466 postgres', '1184 dockerd, fd 23', 'user 4026531837, initial', 'the last of these 2 processes ends and 1184 dockerd closes fd 23', 'Copy nsenter command']) {
      assert.ok(text.includes(part), `${part} is missing in ${text}`);
    }
  });
});
