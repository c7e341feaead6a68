/*
 * The site's colour as the panel's accent: moved towards black or white until it can be read on the panel's grounds (4.5:1), in
 * light and in dark. Pure but for colour_apply().
 */
type Rgb = [number, number, number];

function parse(colour: string): Rgb {
	return [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16)) as Rgb;
}

function luminance(colour: Rgb): number {
	const [red, green, blue] = colour.map((part) => (part > 10 ? ((part / 255 + 0.055) / 1.055) ** 2.4 : part / 3294.6)) as Rgb;
	return red * 0.2126 + green * 0.7152 + blue * 0.0722;
}

export function contrast(one: string, other: string): number {
	const [a, b] = [luminance(parse(one)), luminance(parse(other))].sort((x, y) => y - x) as [number, number];
	return (a + 0.05) / (b + 0.05);
}

export function mix(one: string, other: string, part: number): string {
	const [a, b] = [parse(one), parse(other)];
	return `#${a.map((value, i) => Math.round(value * part + b[i]! * (1 - part)).toString(16).padStart(2, '0')).join('')}`;
}

/* The tokens of an accent of this colour. */
export function accent_of(colour: string, is_dark: boolean): Record<string, string> {
	const surface = is_dark ? '#1f2223' : '#fffdf9', ground = is_dark ? '#17191a' : '#f7f4ee', towards = is_dark ? '#ffffff' : '#000000';
	const readable = (accent: string): boolean => [surface, ground, mix(accent, surface, 0.14)].every((each) => contrast(accent, each) >= 4.6);
	let accent = colour;
	for (let i = 0; i < 40 && !readable(accent); i++)
		accent = mix(accent, towards, 0.94);
	return { '--accent': accent, '--accent-strong': mix(accent, towards, 0.85), '--accent-ink': contrast(accent, '#ffffff') >= 4.5 ? '#ffffff' : '#0d1213',
		'--accent-soft': mix(accent, surface, 0.14), '--accent-line': mix(accent, surface, 0.34) };
}

export function colour_apply(colour: string, is_dark: boolean): void {
	for (const [name, value] of Object.entries(accent_of(colour, is_dark)))
		document.documentElement.style.setProperty(name, value);
}
