/* The panel's first lines: its words, then the panel. The page's language comes after the # of the frame's address. */
import '../kit/base.css';
import { mount } from 'svelte';
import { texts_load } from '../kit/texts';
import { theme_start } from '../kit/theme';
import Panel from './Panel.svelte';
import { widget_texts_load } from './texts';
import { Visit } from './visit.svelte';

theme_start();
const wanted = [decodeURIComponent(location.hash.slice(1)), ...navigator.languages].filter((tag) => tag !== '');
await widget_texts_load(await texts_load(wanted));
mount(Panel, { target: document.getElementById('panel')!, props: { visit: new Visit() } });
