/*
 * Builds the pages: workspace and demo shop. The widget's panel is built by itself (vite.panel.config.ts), so that it carries
 * nothing that only the workspace needs, and the loader too (vite.loader.config.ts), since it must be one classic script. No inline script, style or data: address comes out of it: the desk's CSP allows none.
 */
import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
	root: here('.'),
	plugins: [svelte({ emitCss: true })],
	resolve: process.env['VITEST'] ? { conditions: ['browser'] } : {},
	build: {
		outDir: process.env['SOFTANSWER_DIST'] ?? here('dist'),
		emptyOutDir: true,
		target: ['es2022', 'chrome111', 'firefox115', 'safari16.4'],
		assetsInlineLimit: 0,
		modulePreload: false,
		/* A twentieth smaller than esbuild's, which the panel needs. */
		minify: 'terser',
		terserOptions: { module: true, compress: { passes: 2, ecma: 2020 } },
		cssMinify: 'esbuild',
		rollupOptions: {
			input: [here('workspace/index.html'), here('demo/index.html'), here('widget/preview.html')],
		},
	},
	test: {
		include: ['**/*.test.ts'],
		environment: 'happy-dom',
		/* As apart from each other as processes, in half the time. */
		pool: 'vmThreads',
		restoreMocks: true,
	},
});
