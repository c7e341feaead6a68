/*
 * Words of strangers stand in a <bdi>, in something with a direction of its own (dir), or inside of a message, which isolates what is put
 * into it: read from the sources of all parts. What is looked for are the names that such words have in the API.
 */
import { parse, type AST } from 'svelte/compiler';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { words_load } from './texts';

const strange = ['name', 'desk_name', 'team_name', 'email', 'customer', 'topic', 'reason', 'comment', 'object', 'address', 'shortcut', 'url'];
/* What pages call their words. */
const messages = ['t', 'w', 'a', 'b'];
const root = ts.sys.getCurrentDirectory();
const parts = ['kit', 'widget', 'workspace'].flatMap((folder) => ts.sys.readDirectory(`${root}/${folder}`, ['.svelte']));

interface Node { type: string; name?: string; start: number; end: number; [key: string]: unknown }

const is_node = (value: unknown): value is Node => !!value && typeof value === 'object' && typeof (value as Node).type === 'string';
const children = (node: Node): Node[] => Object.entries(node).filter(([key]) => key !== 'metadata').flatMap(([, value]) => (Array.isArray(value) ? value : [value])).filter(is_node);

/* The last names of what an expression shows; what is only called or compared is not shown. */
function shown(node: Node): string[] {
	if (node.type === 'MemberExpression')
		return node.computed || messages.includes((node.object as Node).name ?? '') ? [] : [(node.property as Node).name ?? ''];
	if (node.type === 'CallExpression' || node.type === 'BinaryExpression')
		return [];
	if (node.type === 'ConditionalExpression')
		return [...shown(node.consequent as Node), ...shown(node.alternate as Node)];
	return children(node).flatMap(shown);
}

function bare(node: Node, source: string, is_isolated = false): string[] {
	if (node.type === 'ExpressionTag')
		return !is_isolated && shown(node.expression as Node).some((name) => strange.includes(name)) ? [source.slice(node.start, node.end)] : [];
	const attributes = (node.attributes ?? []) as Node[];
	/* A snippet called text is rendered into something that goes by its first letter. */
	const is_own = is_isolated || node.name === 'bdi' || (node.type === 'SnippetBlock' && (node.expression as Node).name === 'text') || (node.type === 'RegularElement' && attributes.some((attribute) => attribute.name === 'dir'));
	return children(node).filter((child) => !attributes.includes(child) && !('left' in child)).flatMap((child) => bare(child, source, is_own));
}

const bare_in = (source: string): string[] => bare((parse(source, { modern: true }) as AST.Root).fragment as unknown as Node, source);

test('a stranger’s words that stand bare are found, and isolated ones are not', () => {
	expect(bare_in('{#each rows as row}<p>{row.name}</p>{/each}')).toEqual(['{row.name}']);
	expect(bare_in('{#if a}{:else}<b>by {a ? x.topic ?? "" : y}</b>{/if}')).toEqual(['{a ? x.topic ?? "" : y}']);
	expect(bare_in('<bdi>{row.name}</bdi><p dir="auto">{row.topic}</p><p title={row.name}>{t.started(row.name)}{row.name === me ? 1 : 2}</p>')).toEqual([]);
});

test('nowhere do they stand bare', () => {
	expect(parts.length).toBeGreaterThan(60);
	expect(parts.flatMap((path) => bare_in(ts.sys.readFile(path)!).map((found) => `${path.slice(root.length + 1)}: ${found}`))).toEqual([]);
}, 60_000);

test('a message isolates what is put into it, where that could turn it', async () => {
	const load = () => Promise.resolve({
		started: (name: string, count: number) => `${name} started ${count}`,
		gone: { taken: (name: string) => `${name} took it` },
		days: ['Monday'],
	});
	const words = await words_load('en', { en: load, es: load, de: load });
	expect(words.started('Vera', 2)).toBe('Vera started 2');
	expect(words.started('ורה', 2)).toBe('\u2068ורה\u2069 started 2');
	expect(words.started('', 2)).toBe(' started 2');
	expect(words.gone.taken('ורה')).toBe('\u2068ורה\u2069 took it');
	expect(words.days).toEqual(['Monday']);
	document.documentElement.dir = 'rtl';
	expect(words.started('Vera', 2)).toBe('\u2068Vera\u2069 started 2');
	document.documentElement.dir = 'ltr';
});
