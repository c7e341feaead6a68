/* A desk as it is before anything was changed: what a page shows until it knows better. */
import type { Desk } from './api';

export const usual_desk: Desk = { name: '', language: 'en', time_zone: 'UTC', is_set_up: true, is_online: false };
