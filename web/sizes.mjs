/*
 * The gates on size (docs of the pages: loader 3 kB, panel 30 kB, workspace 140 kB of script on first load, gzipped).
 * Follows each page's own scripts and their static imports; what is loaded later does not count.
 */
import { readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const dist = process.env.SOFTANSWER_DIST ?? join(dirname(fileURLToPath(import.meta.url)), 'dist');
const gates = [['widget.js', 3], ['widget/panel.html', 30], ['workspace/index.html', 140]];

function first_load(path, seen = new Set()) {
	if (seen.has(path))
		return seen;
	seen.add(path);
	const text = readFileSync(join(dist, path), 'utf8');
	const pattern = path.endsWith('.html') ? /(?:src|href)="\/([^"]+\.js)"/g : /(?:import|from)\s*"(\.[^"]+\.js)"/g;
	for (const [, found] of text.matchAll(pattern))
		first_load(path.endsWith('.html') ? found : posix.join(posix.dirname(path), found), seen);
	return seen;
}

let failed = false;
const found = {};
for (const [page, kilobytes] of gates) {
	let bytes = 0;
	for (const path of first_load(page))
		if (path.endsWith('.js'))
			bytes += gzipSync(readFileSync(join(dist, path)), { level: 9 }).length;
	found[page] = bytes;
	const is_over = bytes > kilobytes * 1000;
	failed ||= is_over;
	if (!process.argv.includes('--json'))
		console.log(`${page}: ${(bytes / 1000).toFixed(1)} kB of ${kilobytes} kB${is_over ? '  TOO LARGE' : ''}`);
}
if (process.argv.includes('--json'))
	console.log(JSON.stringify(found));
process.exit(failed ? 1 : 0);
