import { ProviderError, type Connected, type Field, type FormConnect, type Input, type Io } from '../contract.ts';
import { errors } from './errors.ts';
import { connectedOf, type Grant } from './session.ts';
import { session } from './wire.ts';

const defaultService = 'https://bsky.social';

const fields: readonly Field[] = [
  { name: 'identifier', label: 'Handle or e-mail', kind: 'text', required: true, placeholder: 'alice.bsky.social' },
  {
    name: 'password', label: 'App password', kind: 'password', required: true, placeholder: 'xxxx-xxxx-xxxx-xxxx',
    help: 'Not the password you log in with. It is used once and not kept.',
  },
  {
    name: 'service', label: 'Server', kind: 'text', placeholder: 'bsky.social',
    help: 'Only when your account lives on a server of its own. Leave it empty otherwise.',
  },
];

export const connect: FormConnect<Grant> = {
  kind: 'form',
  fields,
  help: 'Make an app password in the Bluesky app under Settings, Privacy and security, App passwords, and enter it here.',
  verify,
};

/** Logs in once. What is kept is the session, and the server that the account says it lives on. */
async function verify(input: Input, io: Io): Promise<Connected<Grant>> {
  const identifier = identifierOf(input['identifier'] ?? '');
  const password = (input['password'] ?? '').trim();
  if (password === '') throw blame('password', 'Enter an app password.');
  const service = serviceOf(input['service'] ?? '');
  const answer = await io.http({
    method: 'POST', url: `${service}/xrpc/com.atproto.server.createSession`, body: { json: { identifier, password } },
    errors, secrets: [password],
  }).then((it) => it.read(session)).catch((error: unknown) => { throw blamed(error, service); });
  if (answer.active === false) {
    throw blame('identifier', `This account is ${answer.status ?? 'not active'}. Make it active in the Bluesky app first.`);
  }
  return { account: { id: answer.did, name: `@${answer.handle}` }, ...connectedOf(answer, service) };
}

/** As people copy it: with an @, in capitals, or with marks of direction that nobody sees. */
function identifierOf(typed: string): string {
  const text = typed.replace(/[\s\p{Cf}]/gu, '').replace(/^@/u, '');
  if (text === '') throw blame('identifier', 'Enter your handle, such as alice.bsky.social, or your e-mail address.');
  if (text.includes('@') || text.startsWith('did:')) return text;
  if (!text.includes('.')) throw blame('identifier', 'Enter your whole handle, such as alice.bsky.social.');
  return text.toLowerCase();
}

/** The origin of a server; `URL` writes host names in lower case. */
function serviceOf(typed: string): string {
  const text = typed.trim();
  if (text === '') return defaultService;
  const url = URL.parse(/^[a-z]+:\/\//iu.test(text) ? text : `https://${text}`);
  if (!url?.hostname.includes('.') || url.pathname !== '/' || url.search || url.hash || url.username) {
    throw blame('service', 'Enter the name of your server alone, such as bsky.social.');
  }
  if (url.protocol !== 'https:') throw blame('service', 'The server must be reached by https.');
  return url.origin;
}

/** What a refused log-in says about the field to mend. */
function blamed(error: unknown, service: string): unknown {
  if (!(error instanceof ProviderError)) return error;
  const { failure } = error;
  switch (failure.code) {
    case 'AuthenticationRequired':
      return blame('password', 'The handle or the app password is not right.', error);
    case 'AuthFactorTokenRequired':
      return blame('password', 'This is the password of the account itself. Make an app password and enter that.', error);
    case 'AccountTakedown':
    case 'AccountSuspended':
    case 'AccountDeactivated':
      return blame('identifier', failure.message, error);
  }
  const nobody = failure.kind === 'transient' && !failure.reached;
  // Bluesky's own server is there even when it cannot be reached.
  if (nobody) return service === defaultService ? error : blame('service', failure.message, error);
  const notOurs = failure.code === 'unreadable_answer' || failure.evidence?.status === 404 || failure.evidence?.status === 405;
  return notOurs ? blame('service', `${new URL(service).host} is not a Bluesky server.`, error) : error;
}

function blame(field: string, message: string, cause?: ProviderError): ProviderError {
  const evidence = cause?.failure.evidence;
  return new ProviderError({
    kind: 'rejected', code: field, message, fix: 'Correct it and connect again.', ...(evidence && { evidence }),
  });
}
