import { ProviderError, type Io, type Setup } from '../contract.ts';
import { placeOf } from './api.ts';
import { scopes } from './connect.ts';
import { review } from './review.ts';
import { tokenAt } from './session.ts';
import { appToken } from './wire.ts';

const why: Record<(typeof scopes)[number], string> = {
  'boards:read': 'Shows the boards and sections that a person may choose from.',
  'boards:write': 'Pinterest requires it for creating a Pin on a board. Boards are neither made nor changed.',
  'pins:read': 'Pinterest requires it for creating a Pin, and it tells whether an interrupted Pin is out.',
  'pins:write': 'Creates the Pins that were scheduled.',
  'user_accounts:read': 'Shows the name and picture of the account, so that people see where a Pin goes.',
};

export const setup: Setup = {
  id: 'pinterest',
  name: 'Pinterest',
  settings: [
    { env: 'PINTEREST_CLIENT_ID', label: 'App ID', secret: false, help: 'On developers.pinterest.com under My apps > Manage.' },
    { env: 'PINTEREST_CLIENT_SECRET', label: 'App secret key', secret: true, help: 'In the same place; shown once the app has Trial access.' },
    {
      env: 'PINTEREST_STANDARD_ACCESS', label: 'Standard access', secret: false, optional: true, fallback: 'no',
      help: 'Enter yes once Pinterest has given the app Standard access. Until then Pins go to its sandbox, where only their creator sees them.',
    },
  ],
  cost: 'Free. Trial access takes a day or two and reaches the sandbox only, 1,000 requests a day. Pins for everybody need Standard access, for which Pinterest reviews a video of the app.',
  approvalDays: 10,
  steps: [
    'Log in to Pinterest with a business account (changing over is free) and open developers.pinterest.com.',
    'Connect an app under My apps, with this instance\'s website {url:/} and privacy policy {url:/privacy}, and wait for Trial access.',
    'In the app under Configure put {callback:pinterest} under Redirect URIs.',
    'Copy the app ID and the app secret key into the fields below.',
    'While the app has Trial access Pins go to Pinterest\'s sandbox, whose boards are its own. Generate a sandbox token under Configure and make a board with it: curl https://api-sandbox.pinterest.com/v5/boards -H "Authorization: Bearer TOKEN" -H "Content-Type: application/json" -d \'{"name":"Test"}\'. Then connect an account.',
    'Ask for Standard access with a video that shows the whole log-in and a Pin being made in the sandbox (see below).',
    'When Pinterest has given it, enter yes below. Accounts that were connected before are connected once more: what the sandbox gave them is worth nothing outside of it.',
  ],
  console: { label: 'Pinterest developer platform', url: 'https://developers.pinterest.com/apps/' },
  scopes: scopes.map((scope) => ({ scope, why: why[scope] })),
  test,
  review,
  privacy: {
    kept: ['access token', 'refresh token', 'account id', 'user name and business name', 'address of the profile picture', 'id of the board that a Pin was scheduled for'],
    statements: [
      'The names of boards and sections are read while a Pin is composed, and are not kept.',
      'When the answer to a Pin is lost, the newest Pins of its board are read to see whether it is there. They are not kept.',
      'Pinterest lets no app take itself off an account: disconnecting deletes the tokens here, and the app can be removed at Pinterest.',
    ],
    revokeAt: { label: 'Pinterest, Settings, Security, Connected apps', url: 'https://www.pinterest.com/settings/security/' },
    links: [{ label: 'Privacy policy of Pinterest', url: 'https://policy.pinterest.com/en/privacy-policy' }],
  },
};

/** A token of the app alone needs no person (`client_credentials` of the API's description). */
async function test(io: Io): Promise<string> {
  const place = placeOf(io);
  const access = place === 'production' ? 'Counted as having Standard access: Pins are for everybody.' : 'Counted as having Trial access: Pins go to the sandbox.';
  try {
    (await tokenAt(place, { grant_type: 'client_credentials', scope: 'user_accounts:read' }, io)).read(appToken);
    return `Pinterest accepts the app ID and secret. ${access}`;
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    const { kind, code } = error.failure;
    if (kind === 'auth') throw new ProviderError({ kind: 'rejected', code: 'not_accepted', message: 'Pinterest does not know this app ID with this secret.', fix: 'Copy both again from My apps > Manage.' });
    // An app that is known and may not have such a token is told so.
    if (kind === 'rejected' && ['29', '1'].includes(code)) return `Pinterest answered and gives this app no token of its own, so that the secret shows itself only when an account is connected. ${access}`;
    throw error;
  }
}
