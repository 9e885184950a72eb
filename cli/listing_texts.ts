import fs from 'node:fs';
import path from 'node:path';
import type { Plugin } from 'esbuild';
import ts from 'typescript';
import type { ListingTexts } from '../simulator/kernel/listing.ts';

/**
 * For the notebook's worker: what the kernel's listings say is a tenth of it, and is only read when a step is shown. Each `listing('fn', 'file', [rows])` keeps the labels of its
 * rows and gets the place of its texts in `texts`, which the page loads beside the worker.
 */
export function listingTextsApart(texts: ListingTexts[number][]): Plugin {
  return {
    name: 'texts of listings apart',
    setup(build) {
      build.onLoad({ filter: /[\\/]simulator[\\/]kernel[\\/][\w.-]+\.ts$/ }, ({ path: file }) => {
        const source = fs.readFileSync(file, 'utf8');
        return source.includes('listing(') ? { contents: withoutTexts(path.basename(file), source, texts), loader: 'ts' } : undefined;
      });
    },
  };
}

function withoutTexts(name: string, source: string, texts: ListingTexts[number][]): string {
  const edits: { from: number; to: number; by: string }[] = [];
  const tree = ts.createSourceFile(name, source, ts.ScriptTarget.Latest, true);
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'listing') {
      const rows = node.arguments[2];
      const parts = rows && ts.isArrayLiteralExpression(rows) ? rows.elements.map(rowOf) : [null];
      // one that is put together of several parts keeps its texts
      if (rows && parts.every((part) => part !== null)) {
        edits.push({ from: rows.getStart(), to: rows.end, by: `[${parts.map(({ kept }) => kept).join(',')}],${texts.length}` });
        texts.push(parts.map((part) => part.texts));
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return edits.reverse().reduce((text, { from, to, by }) => text.slice(0, from) + by + text.slice(to), source);
}

/** A row as it stands in a call of `listing`, without its texts; null: it does not stand there as it is. */
function rowOf(row: ts.Expression): { readonly kept: string; readonly texts: readonly [string, string, string] } | null {
  if (!ts.isArrayLiteralExpression(row)) return null;
  const [label, indent, text, what, why, span, ...more] = row.elements;
  if (!label || !indent || !text || !what || !why || more.length > 0 || ![text, what, why].every(ts.isStringLiteralLike)) return null;
  const literal = (of: ts.Expression): string => (ts.isStringLiteralLike(of) ? of.text : '');
  return { kept: `[${label.getText()},${indent.getText()}${span ? `,"","","",${span.getText()}` : ''}]`, texts: [literal(text), literal(what), literal(why)] };
}
