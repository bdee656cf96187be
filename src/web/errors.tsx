import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { addressTexts } from '../domain/texts/refusals/address.ts';
import { errorTexts as t } from '../domain/texts/pages/frame.ts';
import { PasswordsBusyError } from '../lib/secrets/passwords.ts';
import { sendErrorPage } from './page.tsx';

/** One place where what was thrown becomes an answer: expected ones with what to do, bugs logged once. */
export function answerErrors(server: FastifyInstance) {
  server.setNotFoundHandler((request, reply) => answer(request, reply, 404, 'not_found', t.nothingHere));
  server.setErrorHandler((error: FastifyError, request, reply) => {
    if (error instanceof PasswordsBusyError) {
      void reply.header('retry-after', '5');
      return answer(request, reply, 503, 'busy', t.busy);
    }
    const status = error.statusCode ?? 500;
    if (status >= 500) request.log.error({ err: error }, 'request failed');
    return answer(request, reply, status, error.code ?? 'error', words(status, error.code));
  });
}

type Words = readonly [sentence: string, fix: string];

function words(status: number, code: string | undefined): Words {
  if (code?.startsWith('FST_CSRF')) return t.oldForm;
  if (code === 'OPERATOR_ONLY') return t.operatorOnly;
  if (code === 'CROSS_SITE') return [addressTexts.crossSite.sentence, addressTexts.crossSite.fix];
  switch (status) {
    case 400: return t.notUnderstood;
    case 403: return t.mayNot;
    case 404: return t.nothingHere;
    case 413: return t.tooMuch;
    case 415: return t.wrongKind;
    case 429: return t.tooMany;
    default: return status < 500 ? t.notUnderstood : t.ours;
  }
}

function answer(request: FastifyRequest, reply: FastifyReply, status: number, code: string, [sentence, fix]: Words) {
  void reply.code(status);
  if (wantsJson(request)) return reply.send({ error: code, message: `${sentence} ${fix}` });
  return sendErrorPage(request, reply, { status, sentence, fix });
}

function wantsJson({ headers }: FastifyRequest): boolean {
  return headers.accept?.includes('application/json') ?? false;
}
