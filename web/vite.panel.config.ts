/* Builds the widget's panel, into the same folder as the other pages (vite.config.ts). */
import { fileURLToPath } from 'node:url';
import { mergeConfig } from 'vite';
import pages from './vite.config';

const config = mergeConfig(pages, { build: { emptyOutDir: false } });
config.build.rollupOptions.input = [fileURLToPath(new URL('widget/panel.html', import.meta.url))];

export default config;
