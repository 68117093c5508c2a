// Bundles the provider and what it uses into one file that runs on a bare Node.
import { build } from 'esbuild';

await build({
  entryPoints: ['src/provider.mjs'],
  outfile: 'dist/provider.mjs',
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  charset: 'utf8',
  legalComments: 'linked',
  // Koa is CommonJS and asks for Node's own modules at run time.
  banner: { js: "import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);" },
});
