/*
 * The first line of the panel: on the page of the settings' preview, which is of the desk's own origin, that page answers in the
 * place of the desk (preview.ts). Anywhere else, nothing.
 */
try {
	(window.parent as Window & { softanswer_preview?: (frame: Window) => void }).softanswer_preview?.(window);
} catch { /* a page of another origin: a shop's */ }
