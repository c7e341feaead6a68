/* Builds service-worker.js: classic, self-contained, at a lasting address, since browsers know a worker by it. */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
	root: here('.'),
	build: {
		outDir: process.env['SOFTANSWER_DIST'] ?? here('dist'),
		emptyOutDir: false,
		target: ['es2022'],
		rollupOptions: {
			input: here('workspace/service-worker.ts'),
			output: { format: 'iife', entryFileNames: 'service-worker.js' },
		},
	},
});
