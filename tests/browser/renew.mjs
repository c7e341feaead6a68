/*
 * Makes of the built pages those of a later version: every file of assets/ has another name, as after any change, and they speak
 * protocol 2.
 *     node tests/browser/renew.mjs BUILT NEW
 */
import { cpSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [built, made] = process.argv.slice(2);
const spoken = /("Softanswer-Protocol":\s*)"1"/g;

rmSync(made, { recursive: true, force: true });
cpSync(built, made, { recursive: true });

const assets = readdirSync(join(made, 'assets'));
const renamed = (name) => name.replace(/\.[a-z]+$/, '-2$&');
let speaking = 0;

function renew(path) {
	if (!/\.(js|css|html)$/.test(path))
		return;
	let text = readFileSync(path, 'utf8');
	for (const name of assets)
		text = text.replaceAll(name, renamed(name));
	speaking += [...text.matchAll(spoken)].length;
	writeFileSync(path, text.replace(spoken, '$1"2"'));
}

function walk(folder) {
	for (const entry of readdirSync(folder, { withFileTypes: true })) {
		const path = join(folder, entry.name);
		if (entry.isDirectory())
			walk(path);
		else
			renew(path);
	}
}

walk(made);
for (const name of assets)
	renameSync(join(made, 'assets', name), join(made, 'assets', renamed(name)));
if (speaking < 2)
	throw new Error('workspace and panel do not say which protocol they speak: see web/client/door.ts');
