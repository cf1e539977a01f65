import { createStore } from './store.ts';

/** `lost`: the event stream is broken and being opened again. Shown as a small word in the top bar, never as a dialog. */
export type Connection = 'connecting' | 'live' | 'lost';

export const connection = createStore<Connection>('connecting');
