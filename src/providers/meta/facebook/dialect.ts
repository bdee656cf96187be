import type { Dialect } from '../../contract.ts';

export const dialect: Dialect = {
  settings: {
    url: { option: 'link' },
    post_type: { option: 'format' },
    text_format_preset_id: { refused: 'Colored backgrounds cannot be chosen from outside the app. Leave them out.' },
  },
};
