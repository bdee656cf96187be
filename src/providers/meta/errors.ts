import type { ProviderError } from '../contract.ts';
import type { ErrorRule, ErrorTable } from '../http.ts';

// Meta's error model (developers.facebook.com, "Handling Errors", read 2026-09-11): everything is in `error`, and HTTP's
// status says little, so codes and subcodes alone decide.

interface GraphError {
  message?: unknown;
  code?: unknown;
  error_subcode?: unknown;
  is_transient?: unknown;
  error_user_msg?: unknown;
}

/** `CODE`, `CODE/SUBCODE`, or `/SUBCODE` whatever the code. */
export interface MetaRule extends ErrorRule {
  code: string;
}

const retryLater = 'Meta has a problem of its own just now.';
const again = 'Connect the account again.';

/** What every product of the Graph API answers with. A product's own rules come before these. */
export const commonRules: readonly MetaRule[] = [
  { code: '1', says: /validating client secret/iu, kind: 'rejected', message: 'Meta does not accept the app secret of this instance.', fix: 'Whoever runs the instance copies it again from the app\'s settings.', act: 'retry' },
  { code: '1', kind: 'transient', message: retryLater },
  { code: '2', kind: 'transient', message: retryLater },
  { code: '3', kind: 'rejected', message: 'The app of this instance lacks a capability at Meta that this needs.', fix: 'Whoever runs the instance asks for it in the app\'s review.', act: 'retry' },
  { code: '4/2207051', kind: 'rate_limited', scope: 'channel', message: 'Meta took this for spam and holds the account back for a day.' },
  { code: '4', kind: 'rate_limited', scope: 'app', message: 'The app of this instance has asked Meta too much for now.' },
  { code: '10', kind: 'auth', message: `A permission that publishing needs was not given or was taken away. ${again} Leave everything ticked.` },
  { code: '17', kind: 'rate_limited', scope: 'channel', message: 'This account has asked Meta too much for now.' },
  { code: '32', kind: 'rate_limited', scope: 'channel', message: 'This Page has asked Meta too much for now.' },
  { code: '100/33', kind: 'rejected', message: 'Meta no longer shows this to the connection.', fix: `${again} Leave everything ticked. If that does not help, look whether it still exists.`, act: 'reconnect' },
  { code: '100', kind: 'rejected', fix: 'Change the post and try again.' },
  { code: '101', kind: 'rejected', message: 'Meta does not know the app of this instance.', fix: 'Whoever runs the instance checks the app\'s id and secret.', act: 'retry' },
  { code: '102', kind: 'auth', message: `Meta no longer accepts this connection. ${again}` },
  { code: '104', kind: 'rejected', message: 'The app secret of this instance does not fit the connection.', fix: 'Whoever runs the instance checks the app\'s secret. Then connect the account again.', act: 'reconnect' },
  { code: '190/458', kind: 'auth', message: `The app was removed in the settings at Facebook. ${again}` },
  { code: '190/459', kind: 'auth', message: 'Facebook wants to check the account. Log in at facebook.com, do what it asks, then connect the account again.' },
  { code: '190/460', kind: 'auth', message: `The password at Facebook was changed, which ends all connections. ${again}` },
  { code: '190/463', kind: 'auth', message: `The connection has run out. ${again}` },
  { code: '190/464', kind: 'rejected', message: 'The account at Facebook is not confirmed.', fix: 'Confirm it at facebook.com, then publish again.', act: 'retry' },
  { code: '190/467', kind: 'auth', message: `Meta no longer accepts this connection. ${again}` },
  { code: '190/492', kind: 'rejected', message: 'The person who connected this Page has no role on it that lets them publish.', fix: 'Give them the role at Facebook, or let somebody connect who has it. Then publish again.', act: 'retry' },
  { code: '190', kind: 'auth', message: `Meta no longer accepts this connection. ${again}` },
  { code: '200-299', kind: 'auth', message: `A permission that publishing needs is missing. ${again} Leave everything ticked.` },
  { code: '210', kind: 'auth', message: `Meta does not let this connection act here. ${again} Leave everything ticked.` },
  { code: '341', kind: 'rate_limited', scope: 'app', message: 'The app of this instance has done as much as it may for now.' },
  { code: '368/4854002', kind: 'rejected', message: 'Facebook wants the person\'s identity confirmed before the Page may publish.', fix: 'Confirm it at facebook.com, then publish again.', act: 'retry' },
  { code: '368', kind: 'rate_limited', scope: 'channel', message: 'Facebook has blocked publishing here for a while, for what it takes for a breach of its rules. Its support inbox says more.' },
  { code: '613', kind: 'rate_limited', scope: 'channel', message: 'Meta asks to wait before more is sent.' },
  { code: '2500', says: /unknown path components/iu, kind: 'rejected', message: 'This version of the Graph API is not there.', fix: 'Whoever runs the instance sets META_GRAPH_VERSION to one that is, or removes it.', act: 'retry' },
  { code: '2500', kind: 'auth', message: `Meta wants a new login. ${again}` },
  { code: '80001', kind: 'rate_limited', scope: 'channel', message: 'This Page has asked Meta too much for now.' },
  { code: '80002', kind: 'rate_limited', scope: 'channel', message: 'This account has asked Instagram too much for now.' },
  { code: transientCode(), kind: 'transient', message: retryLater },
];

/** Ours, for whatever says of itself that it will pass. */
function transientCode() {
  return 'is_transient';
}

export interface MetaErrors extends ErrorTable {
  rules: readonly MetaRule[];
  /** For reads, where a thing just made may be denied for a moment (100/33). */
  reading: ErrorTable;
}

/** The table of one product: its own rules laid over the common ones. A subcode's rule counts before its code's. */
export function metaErrors(own: readonly MetaRule[]): MetaErrors {
  const rules = [...own, ...commonRules];
  const known = new Map<string, MetaRule>(rules.toReversed().map((rule) => [rule.code, rule]));
  const read = (json: unknown) => {
    const error = errorIn(json);
    if (!error) return {};
    const code = typeof error.code === 'number' || typeof error.code === 'string' ? String(error.code) : '';
    const subcode = typeof error.error_subcode === 'number' || typeof error.error_subcode === 'string' ? String(error.error_subcode) : '';
    const candidates = [...(subcode ? [`${code}/${subcode}`, `/${subcode}`] : []), code, ...(/^2\d\d$/u.test(code) ? ['200-299'] : [])];
    const found = candidates.find((candidate) => known.has(candidate));
    const message = [error.error_user_msg, error.message].find((text) => typeof text === 'string' && text !== '') as string | undefined;
    const passes = error.is_transient === true && (found === undefined || known.get(found)?.kind === 'rejected');
    return { code: passes ? transientCode() : (found ?? (subcode ? `${code}/${subcode}` : code)), message };
  };
  const table = { read, rules, retryAt };
  const missing: MetaRule = { code: '100/33', kind: 'transient', reached: false, message: 'Meta does not show what was just made yet.' };
  return { ...table, reading: { ...table, rules: [missing, ...rules] } };
}

function errorIn(json: unknown): GraphError | null {
  const { error } = (typeof json === 'object' && json !== null ? json : {}) as { error?: unknown };
  return typeof error === 'object' && error !== null ? error : null;
}

const minute = 60 * 1000;
const day = 24 * 60 * minute;

/**
 * There is no `Retry-After`. `X-Business-Use-Case-Usage` tells in minutes when there is room again ("Rate Limits", read
 * 2026-09-11); where it does not, an hour is what the rolling windows take, and a day what blocks for spam take.
 */
function retryAt(answer: { json: unknown; header(name: string): string | undefined }, now: number): number | undefined {
  const error = errorIn(answer.json);
  if (!error) return undefined;
  if (error.code === 368 || error.error_subcode === 2207051 || error.error_subcode === 2207042) return now + day;
  return now + (regainMinutes(answer.header('x-business-use-case-usage')) || 60) * minute;
}

function regainMinutes(usage: string | undefined): number {
  try {
    const objects = Object.values(JSON.parse(usage ?? '{}') as Record<string, { estimated_time_to_regain_access?: unknown }[]>);
    return Math.max(0, ...objects.flat().map(({ estimated_time_to_regain_access: minutes }) => (typeof minutes === 'number' ? minutes : 0)));
  } catch {
    return 0;
  }
}

/** A refusal that Meta documents nowhere: on a visible call it proves nothing. */
export function isUndocumented({ failure }: ProviderError, { rules }: MetaErrors): boolean {
  return failure.kind === 'rejected' && failure.evidence !== undefined && !rules.some(({ code }) => code === failure.code);
}
