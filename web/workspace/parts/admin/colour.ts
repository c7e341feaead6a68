/* Whether the widget's text can be read on a site's colour, and the nearest one on which it can. */
import { contrast, mix } from '../../../widget/colour';

export const contrast_wanted = 4.5;

export function is_colour(text: string): boolean {
	return /^#[0-9a-f]{6}$/i.test(text);
}

export function white_on(colour: string): number {
	return contrast(colour, '#ffffff');
}

/* The colour, darkened by as little as it takes. */
export function readable(colour: string): string {
	let fixed = colour.toLowerCase();
	for (let i = 0; i < 60 && white_on(fixed) < contrast_wanted; i++)
		fixed = mix(fixed, '#000000', 0.96);
	return fixed;
}
