/*
 * A key that a language lacks must fail the build. tsc sees to it, since English is the shape of the others: here a key is taken out of
 * each kind of message file, and tsc must say so.
 */
import ts from 'typescript';
import { expect, test } from 'vitest';

/* The folder of package.json, from which the tests run. */
const root = ts.sys.getCurrentDirectory();
const files = ['kit/messages/de.ts', 'widget/messages/es.ts', 'workspace/messages/de.ts', 'workspace/messages/admin/es.ts', 'workspace/messages/board/de.ts'];

function problems(path: string, text: string): string[] {
	const { config } = ts.readConfigFile(`${root}/tsconfig.messages.json`, ts.sys.readFile) as { config: object };
	const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
	const host = ts.createCompilerHost(options), full = `${root}/${path}`, read = host.readFile.bind(host);
	host.readFile = (name) => (name === full ? text : read(name));
	const get = host.getSourceFile.bind(host);
	host.getSourceFile = (name, version, ...rest) => (name === full ? ts.createSourceFile(name, text, version) : get(name, version, ...rest));
	const program = ts.createProgram([full], options, host);
	return program.getSemanticDiagnostics(program.getSourceFile(full)).map((found) => ts.flattenDiagnosticMessageText(found.messageText, ' '));
}

test.each(files)('a key that %s lacks fails the build, and so does one too many', (path) => {
	const text = ts.sys.readFile(`${root}/${path}`)!, line = /^\t(\w+): '[^\n]*,\n/m.exec(text)!;
	expect(problems(path, text)).toEqual([]);
	expect(problems(path, text.replace(line[0], '')).join()).toContain(line[1]);
	expect(problems(path, text.replace(line[0], `${line[0]}\tnobody_says_this: '',\n`)).join()).toContain('nobody_says_this');
}, 60_000);
