import type { Setup } from '../contract.ts';
import { checkClient } from './session.ts';

export const setup: Setup = {
  id: 'reddit',
  name: 'Reddit',
  settings: [
    { env: 'REDDIT_CLIENT_ID', label: 'Client ID', secret: false, help: 'Below the name of the app, under "web app".' },
    { env: 'REDDIT_CLIENT_SECRET', label: 'Client secret', secret: true, help: 'On the app\'s page: "secret".' },
    { env: 'REDDIT_USERNAME', label: 'Account of the app', secret: false, optional: true, help: 'The name of the Reddit account that owns the app. Reddit wants it in each call; while this is empty the connected account\'s name stands there.' },
  ],
  cost: 'Free below 100 calls a minute, but Reddit must approve it first: since November 2025 new apps need an approval under its Responsible Builder Policy, which can take weeks and can be refused. Commercial use needs a contract with Reddit. An app that you have already goes on working.',
  approvalDays: 28,
  steps: [
    'Without an app: ask Reddit for access to the Data API (the request form is linked in its Responsible Builder Policy). Say that the app publishes posts that its users have written and scheduled, on their own accounts and where they may post, and collects nothing.',
    'When it is approved, open the page of your apps and create one of the type "web app". Other types do not work.',
    'Put {callback:reddit} into the field "redirect uri", exactly as it stands here.',
    'Copy the client ID and the secret into the fields below, and the name of the account that owns the app.',
  ],
  console: { label: 'Reddit apps', url: 'https://www.reddit.com/prefs/apps' },
  scopes: [
    { scope: 'identity', why: 'Tells which Reddit account was connected.' },
    { scope: 'mysubreddits', why: 'Lists the subreddits that the account moderates or follows, as places to post.' },
    { scope: 'read', why: 'Reads the rules of a subreddit before something is scheduled for it.' },
    { scope: 'flair', why: 'Lists the flairs that a post there can have.' },
    { scope: 'submit', why: 'Uploads the files and publishes the posts that were scheduled.' },
    { scope: 'history', why: 'Looks at the account\'s own posts, to tell which one was made and that nothing is posted twice.' },
  ],
  privacy: {
    kept: ['access and refresh token', 'account id, name and address of its picture', 'names of the subreddits that were chosen', 'ids and addresses of the posts that were published'],
    statements: [
      'The account\'s own list of posts is read only to find out whether one of ours is out, and is not kept. Messages, comments, votes and the posts of others are never read.',
      'Disconnecting takes the access back at Reddit and deletes the tokens.',
    ],
    revokeAt: { label: 'Apps in Reddit\'s settings', url: 'https://www.reddit.com/prefs/apps' },
    links: [{ label: 'Reddit\'s privacy policy', url: 'https://www.reddit.com/policies/privacy-policy' }],
  },
  async test(io) {
    await checkClient(io);
    return 'Reddit knows this app.';
  },
};
