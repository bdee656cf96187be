import { markdown } from '../dialect.ts';
import type { Dialect } from '../contract.ts';

export const dialect: Dialect = {
  markup: markdown,
  settings: {
    canonical: { option: 'canonicalUrl' },
    tags: { option: 'tags' },
    main_image: { refused: 'The cover is the picture of the post itself. Send it there.' },
    organization: { refused: 'Articles go out under the person\'s own name. Leave the organization out.' },
  },
};
