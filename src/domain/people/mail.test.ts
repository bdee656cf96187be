import { describe, expect, it } from 'vitest';
import { parseSmtpUrl } from '../../lib/mail.ts';
import { serverIn, smtpUrlOf } from './mail.ts';

describe('a mail server as people know theirs', () => {
  it.each([
    ['mail.example.org', '', '', 'smtp://mail.example.org:587'],
    [' mail.example.org ', 'ada@example.org', 'p@ss:w/rd%', 'smtp://ada%40example.org:p%40ss%3Aw%2Frd%25@mail.example.org:587'],
    ['mail.example.org:465', 'ada', 'secret', 'smtps://ada:secret@mail.example.org:465'],
    ['mail.example.org:25', '', '', 'smtp://mail.example.org:25'],
    ['localhost', '', '', 'smtp://localhost:587'], ['mailpit:1025', '', '', 'smtp://mailpit:1025'], ['[::1]', '', '', 'smtp://[::1]:587'],
    ['smtps://ada:secret@mail.example.org', 'x', 'y', 'smtps://ada:secret@mail.example.org'], ['smtp://mail.example.org:25', 'ada', 's', 'smtp://ada:s@mail.example.org:25'],
    ['', '', '', ''],
  ])('%j with %j is %j', (smtp, user, password, url) => {
    expect(smtpUrlOf({ smtp, user, password })).toBe(url);
    if (url !== '') expect(parseSmtpUrl(url).ok).toBe(true);
  });

  it.each(['nonsense', 'mail example.org', 'mail.example.org/x', 'mail.example.org:port', 'a@b.org', ':587'])('is not %j', (smtp) => expect(smtpUrlOf({ smtp, user: '', password: '' })).toBeNull());

  it('says what was typed as user and password, whatever is in them', () => {
    const parsed = parseSmtpUrl(smtpUrlOf({ smtp: 'mail.example.org', user: 'ä b@c', password: '%:@/?#é' }) ?? '');
    expect(parsed).toMatchObject({ ok: true, options: { auth: { user: 'ä b@c', pass: '%:@/?#é' } } });
  });

  it('shows nothing of an address but its server', () => expect(serverIn('smtps://ada:secret@mail.example.org:465')).toBe('mail.example.org:465'));
});
