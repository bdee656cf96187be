import type { Dialect } from '../contract.ts';

/** The pictures become a document either way. */
export const dialect: Dialect = {
  markup: { mention: '@[{label}]({id})' },
  settings: {
    post_as_images_carousel: { option: 'format', values: { true: 'document', false: '' } },
    carousel_name: { option: 'title' },
    companyId: { refused: 'A channel is one page. Send to the channel of the page that is meant.' },
  },
  prepare: (given) => (given['post_as_images_carousel'] === true && !given['carousel_name'] && !given['title'] ? { ...given, title: 'Slides' } : given),
};
