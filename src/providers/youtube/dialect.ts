import type { Dialect } from '../contract.ts';

export const dialect: Dialect = {
  settings: {
    type: { option: 'privacy' },
    selfDeclaredMadeForKids: { option: 'madeForKids' },
    thumbnail: { picture: 'thumbnail' },
    tags: { option: 'tags' },
    playlistId: { refused: 'Post Master may upload and nothing else, so it fills no playlist. Leave it out.' },
  },
};
