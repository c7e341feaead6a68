import { expect, test } from 'vitest';
import { accent_of, contrast } from './colour';

test('whatever colour a site has, its accent can be read in light and in dark', () => {
	for (const colour of ['#1f5f5b', '#ffffff', '#000000', '#ffcc00', '#e4002b', '#00ff00', '#0000ff', '#808080', '#f0e6ff'])
		for (const is_dark of [false, true]) {
			const accent = accent_of(colour, is_dark);
			for (const ground of [is_dark ? '#1f2223' : '#fffdf9', is_dark ? '#17191a' : '#f7f4ee', accent['--accent-soft']!])
				expect(contrast(accent['--accent']!, ground), `${colour} on ${ground}`).toBeGreaterThanOrEqual(4.5);
			expect(contrast(accent['--accent']!, accent['--accent-ink']!)).toBeGreaterThanOrEqual(4.5);
		}
});

test('a colour that can be read already stays as it is', () => {
	expect(accent_of('#1f5f5b', false)['--accent']).toBe('#1f5f5b');
});
