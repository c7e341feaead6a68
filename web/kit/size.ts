/* How large a file is, as people read it: "340 kB", "1.2 MB". */
import { locale } from './texts';

export function file_size(bytes: number): string {
	const [unit, value] = bytes < 1000 ? (['byte', bytes] as const) : bytes < 1_000_000 ? (['kilobyte', bytes / 1000] as const)
		: bytes < 1_000_000_000 ? (['megabyte', bytes / 1_000_000] as const) : (['gigabyte', bytes / 1_000_000_000] as const);
	return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: value < 10 && unit !== 'byte' ? 1 : 0 })
		.format(value);
}
