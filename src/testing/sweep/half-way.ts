import { TOTP } from 'otpauth';
import { password, signedUp, visitor, type TestApp, type Visitor } from '../app.ts';

/** The browser of a person who has said their password and not yet their code. */
export async function halfLoggedIn(app: TestApp, email = 'careful@example.org'): Promise<Visitor> {
  const visit = await signedUp(app, email);
  await visit.post('/settings/security/begin', { password });
  const secret = /value="([A-Z2-7]{32})"/u.exec((await visit.get('/settings/security')).body)?.[1] ?? '';
  await visit.post('/settings/security/confirm', { code: new TOTP({ secret }).generate() });
  const fresh = visitor(app);
  const answer = await fresh.post('/login', { email, password });
  if (!answer.headers.location?.startsWith('/login/code')) throw new Error(`log-in led to ${answer.headers.location ?? 'nowhere'}`);
  return fresh;
}
