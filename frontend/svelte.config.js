import adapter from '@sveltejs/adapter-static';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

/** @type {import('@sveltejs/kit').Config} */
export default {
  preprocess: vitePreprocess(),
  kit: {
    adapter: adapter({ fallback: 'index.html', precompress: true }),
    // One script and one style sheet: few requests on a slow line, and nothing more to fetch on later pages.
    output: { bundleStrategy: 'single' },
    paths: { relative: false },
    version: { pollInterval: 0 }
  }
};
