import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { transformSync } from 'esbuild';

/**
 * Import this before (dynamically) importing a page's component: Node strips types but knows no JSX, style sheets or
 * pictures. They are read here as esbuild.mjs bundles them.
 */
registerHooks({
  load(url, context, next) {
    const file = url.startsWith('file:') ? fileURLToPath(url) : '';
    if (file.endsWith('.tsx')) {
      const { code } = transformSync(readFileSync(file, 'utf8'), { loader: 'tsx', jsx: 'automatic', jsxImportSource: 'preact', sourcefile: file, sourcemap: 'inline' });
      return { format: 'module', source: code, shortCircuit: true };
    }
    if (file.endsWith('.svg')) return { format: 'module', source: `export default ${JSON.stringify(readFileSync(file, 'utf8'))};`, shortCircuit: true };
    if (file.endsWith('.css')) return { format: 'module', source: '', shortCircuit: true };
    return next(url, context);
  },
});
