import { readFileSync } from 'node:fs';
import { sveltekit } from '@sveltejs/kit/vite';
import { minify } from 'terser';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { logical } from './scripts/logical.ts';

/** SvelteKit's route announcer carries a style attribute, which our content security policy refuses. */
function announcerWithoutStyle(): Plugin {
  return {
    name: 'announcer-without-style',
    enforce: 'pre',
    transform(code, id) {
      if (!id.endsWith('generated/root.svelte')) return;
      return code.replace(/(<div id="svelte-announcer"[^>]*?) style="[^"]*"/, '$1 class="sr-only"');
    }
  };
}

/**
 * The Danish that stands in the script itself: for the trouble in which no more words come. All words are one file beside
 * it, and what is refused once a page is there can only be refused with that.
 */
const FIRST_WORDS = new RegExp(
  String.raw`^(common|error_page|gone|live|shell|urgent)\.|` +
    String.raw`^error\.(busy|database_down|internal|not_allowed|not_found|not_logged_in|offline|too_many|unreachable)$`
);

function firstWordsInTheScript(): Plugin {
  return {
    name: 'first-words-in-the-script',
    apply: 'build',
    enforce: 'pre',
    transform(code, id) {
      if (!id.endsWith('/text/da.json')) return;
      const words = Object.entries(JSON.parse(code) as Record<string, string>);
      return JSON.stringify(Object.fromEntries(words.filter(([key]) => FIRST_WORDS.test(key))));
    }
  };
}

const CORE = 'core';
/** What only some people open, some of the time; everything else is the one script of the first visit. */
const SELDOM = new RegExp(
  [
    String.raw`lib/(absence|ball|case|caseload|concern|consult|contact|custody|facts|files|guidance|home|invite|joint|looks|new|note|plan|records|screening|search|session|stages|status|waiting|worry)/`,
    String.raw`lib/api/(absence|ball|caseload|cases|concerns|consultations|contacts|custody|files|guidance|invitations|joint|looks|notes|plans|records|search|sessions|stages|summaries)`,
    String.raw`lib/(dateparse|text/labels)\b`,
    String.raw`lib/ui/(Checks|Chips|Choice|DateField|Face|Facts|Field|FileField|Picture|Scale|ThreadLink)\b`,
    String.raw`lib/thread/(Closed\b|CloseThread|EarlierTexts|Elsewhere|MemberCard|MessageTools|PausePlace|Pick|Unsent|WordsForm|words\b)`,
    String.raw`src/routes/\+page\b`,
    String.raw`routes/(admin|audit|caseload|concerns|consultations|custody|duty|hand-overs|invitation|login|me|new|search|worry)/`,
    String.raw`routes/cases/\[case\]/(\+page|access|custody|facts|looks|open|screening|take-home)`,
    String.raw`\[thread\]/(ball|concerns|consents|contact|files|invitations|invite|note|people|plan|stages|status|take-home)/`,
    String.raw`node_modules/(d3-|internmap)`
  ].join('|')
);

/**
 * The room that something seldom belongs to, and is fetched with: each file has its name in the first script. Left out are
 * rooms of which a thread shows one part alone, or that hold what is drawn on a tap only.
 */
function room(id: string): string | null {
  return seldom(id) ? (ROOMS.exec(id)?.[1] ?? null) : null;
}
const ROOMS =
  /src\/lib\/(?:api\/)?(ball|case|consult|custody|facts|guidance|home|invite|joint|looks|note|records|screening|search|status|waiting|worry)\b/;

/** SvelteKit's own file for a page only names the page: what it names decides. */
function seldom(id: string): boolean {
  return SELDOM.test(id.includes('/client-optimized/nodes/') ? readFileSync(id, 'utf8') : id);
}

/** SvelteKit's single bundle is one file; we keep its few requests but leave the seldom pages out of it. */
function seldomPagesApart(): Plugin {
  return {
    name: 'seldom-pages-apart',
    applyToEnvironment: (environment) => environment.name === 'client',
    outputOptions(options) {
      const groups = [
        { name: CORE, test: (id: string) => !seldom(id) },
        { name: room, test: (id: string) => room(id) !== null }
      ];
      return { ...options, codeSplitting: { groups } };
    }
  };
}

/** The script of the first visit, once more: after the bundler's own minifier this one still finds a hundredth. */
function coreMinifiedTwice(): Plugin {
  return {
    name: 'core-minified-twice',
    apply: 'build',
    applyToEnvironment: (environment) => environment.name === 'client',
    async generateBundle(_options, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk' || chunk.name !== CORE) continue;
        const { code } = await minify(chunk.code, { ecma: 2020, module: true, compress: { passes: 3 } });
        if (code) chunk.code = code;
      }
    }
  };
}

export default defineConfig({
  plugins: [announcerWithoutStyle(), firstWordsInTheScript(), seldomPagesApart(), coreMinifiedTwice(), sveltekit()],
  resolve: {
    alias: {
      // The package hides its SCSS behind `exports`; this is the door to the partials.
      dkfds: decodeURIComponent(new URL('./node_modules/dkfds/src/stylesheets', import.meta.url).pathname)
    }
  },
  css: {
    postcss: { plugins: [logical()] },
    preprocessorOptions: { scss: { quietDeps: true } }
  },
  build: {
    // data: addresses are refused by the content security policy
    assetsInlineLimit: 0
  },
  server: { proxy: { '/api': { target: 'http://127.0.0.1:8000', ws: true }, '/auth': 'http://127.0.0.1:8000' } },
  test: { include: ['src/**/*.test.ts'], environment: 'node' }
});
