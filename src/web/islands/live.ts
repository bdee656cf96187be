import { keepLive } from './lib/live.ts';

// For every page that shows what moves by itself.
keepLive();
