import type { Block, MailAbout, MailText } from './text.ts';

export interface RenderedMail {
  subject: string;
  text: string;
  html: string;
}

/** Where things are, for the links of a mail. */
export interface MailPlaces {
  publicUrl: string;
  /** Turns this kind of mail off; null where it cannot be. */
  unsubscribeUrl: string | null;
}

/**
 * A mail in plain text and in HTML that needs nothing from outside: no pictures, no fonts, and colours that both a light and
 * a dark mail program can show.
 */
export function renderMail<D>(kind: MailText<D>, data: D, about: MailAbout, { publicUrl, unsubscribeUrl }: MailPlaces): RenderedMail {
  const subject = oneLine(kind.subject(data, about));
  const blocks = kind.body(data, about);
  const to = kind.action?.(data);
  const action = to && { label: to.label, url: `${publicUrl}${to.path}` };
  const foot = [kind.foot?.(data, about), `${about.instance}, ${publicUrl}`].filter((line) => line !== undefined);
  return {
    subject,
    text: `${[
      ...blocks.map(plain), ...(action ? [`${action.label}:\n${action.url}`] : []),
      ['-- ', ...foot, ...(unsubscribeUrl === null ? [] : [`No more mails of this kind: ${unsubscribeUrl}`])].join('\n'),
    ].join('\n\n')}\n`,
    html: page(subject, [
      `<h1 style="font-size:20px;line-height:1.3;margin:0 0 16px">${escapeHtml(subject)}</h1>`,
      ...blocks.map(marked),
      ...(action ? [button(action)] : []),
      `<p style="font-size:13px;margin:32px 0 0;padding-top:12px;border-top:1px solid #8886">${foot.map(escapeHtml).join('<br>')}${
        unsubscribeUrl === null ? '' : `<br><a href="${escapeHtml(unsubscribeUrl)}" style="color:inherit">No more mails of this kind</a>`}</p>`,
    ].join('\n')),
  };
}

export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/gu, (char) => `&#${char.charCodeAt(0)};`);
}

/** A header is one line, whatever got into a name. */
function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}

function plain(block: Block): string {
  if (typeof block === 'string') return block;
  if ('list' in block) return block.list.map((item) => `- ${item}`).join('\n');
  return block.quote.split('\n').map((line) => `> ${line}`.trimEnd()).join('\n');
}

function marked(block: Block): string {
  const lines = (text: string) => escapeHtml(text).replaceAll('\n', '<br>');
  if (typeof block === 'string') return `<p style="margin:0 0 14px">${lines(block)}</p>`;
  if ('list' in block) return `<ul style="margin:0 0 14px;padding-left:20px">${block.list.map((item) => `<li>${lines(item)}</li>`).join('')}</ul>`;
  return `<blockquote style="margin:0 0 14px;padding-left:12px;border-left:3px solid #8886">${lines(block.quote)}</blockquote>`;
}

/** The address stands beside the button: who reads with pictures and styles off, or distrusts buttons, needs it. */
function button({ label, url }: { label: string; url: string }): string {
  const href = escapeHtml(url);
  return `<p style="margin:24px 0 8px"><a href="${href}" style="display:inline-block;padding:10px 18px;border-radius:6px;background:#1f3a68;color:#ffffff;text-decoration:none;font-weight:bold">${escapeHtml(label)}</a></p>
<p style="font-size:13px;margin:0 0 14px;word-break:break-all"><a href="${href}" style="color:inherit">${href}</a></p>`;
}

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"><title>${escapeHtml(title)}</title></head>
<body style="margin:0;padding:24px 16px"><div style="max-width:560px;margin:0 auto;font-family:system-ui,-apple-system,'Segoe UI',Roboto,sans-serif;font-size:16px;line-height:1.5">
${body}
</div></body></html>
`;
}
