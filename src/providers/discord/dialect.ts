import { markdown } from '../dialect.ts';
import type { Dialect } from '../contract.ts';

const markup = { ...markdown, underline: '__', mention: '<@{id}>' };

/** Which channel a webhook belongs to was said when it was made. */
export const webhookDialect: Dialect = { name: 'discord', markup, settings: { channel: 'harmless' } };

export const botDialect: Dialect = {
  name: 'discord', markup, settings: { channel: 'harmless' },
  prepare: (given, { place }) => (typeof given['channel'] === 'string' && given['channel'] !== '' && given['channel'] !== place.remoteId
    ? `This channel posts to ${place.name}. Send to the channel that is meant.` : given),
};
