/* Builds widget.js, the one script that shops put on their pages: classic, self-contained, at a lasting address. */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
	root: here('.'),
	build: {
		outDir: process.env['SOFTANSWER_DIST'] ?? here('dist'),
		emptyOutDir: false,
		target: ['es2020'],
		minify: 'terser',
		terserOptions: { compress: { passes: 3, ecma: 2020, unsafe_arrows: true, unsafe_methods: true }, mangle: { toplevel: true } },
		rollupOptions: {
			input: here('widget/loader.ts'),
			output: { format: 'iife', entryFileNames: 'widget.js' },
		},
	},
});
