import type { Dialect } from '../contract.ts';

const on = { true: 'on', yes: 'on', false: '', no: '' };

export const dialect: Dialect = {
  settings: {
    duet: { option: 'duet', values: on },
    stitch: { option: 'stitch', values: on },
    comment: { option: 'comment', values: on },
    autoAddMusic: { option: 'auto_add_music', values: on },
    content_posting_method: { refused: 'Post Master publishes at once and puts nothing into the inbox of the app. Send DIRECT_POST.', unless: ['DIRECT_POST'] },
    music: { refused: 'A sound cannot be chosen from outside the app. Leave it out.' },
    location: { refused: 'A place cannot be given from outside the app. Leave it out.' },
    privacy: { option: 'privacy_level' },
  },
  /** Either of the two says that it is advertising. */
  prepare: (given) => (given['brand_content_toggle'] === true || given['brand_organic_toggle'] === true ? { ...given, disclose: true } : given),
};
