/* A name that is written the other way does not turn the words around it. For what stands in no element of its own; that is a <bdi>. */
export function isolated(text: string, is_rtl = false): string {
	return text && (is_rtl || /[\u0590-\u08ff\ufb1d-\ufefc]/.test(text)) ? `\u2068${text}\u2069` : text;
}
