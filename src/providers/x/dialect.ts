import type { Dialect } from '../contract.ts';

const noArticles = 'X takes articles from its own apps alone here. Send a post.';

export const dialect: Dialect = {
  settings: {
    who_can_reply_post: { option: 'reply_settings' },
    community: { refused: 'Posts go to the account\'s own followers, not to a community. Leave the community out.' },
    post_type: { refused: noArticles, unless: ['post'] },
    article_title: { refused: noArticles },
    article_status: 'harmless',
    article_cover: { refused: noArticles },
  },
};
