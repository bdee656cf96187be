import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OpenAPIBackend, type Document } from 'openapi-backend';
import { describe, expect, it } from 'vitest';
import fixtures from './fixtures.json' with { type: 'json' };
import { misfitOf, operations, readForm } from './referee.ts';
import requests from './requests.json' with { type: 'json' };

const specs = join(import.meta.dirname, '../../../../shared/specs/stripe');

const ask = (operation: string, form: string) => misfitOf(operation, readForm(new URLSearchParams(form)));

describe('the referee', () => {
  it('reads forms as Stripe does', () => {
    expect(readForm(new URLSearchParams('a=1&items[0][id]=x&items[0][price]=y&items[1][id]=z&expand[]=p&expand[]=q&m[k][l]=v'))).toEqual({ a: '1', items: [{ id: 'x', price: 'y' }, { id: 'z' }], expand: ['p', 'q'], m: { k: { l: 'v' } } });
  });

  it.each([
    ['POST /v1/customers', 'email=a@example.org&metadata[workspace_id]=w', null],
    ['POST /v1/customers', 'e_mail=a@example.org', 'Received unknown parameter: e_mail'],
    ['POST /v1/customers', 'address=nowhere', 'address is not an object'],
    ['POST /v1/subscriptions/{subscription_exposed_id}', 'cancel_at_period_end=yes', 'cancel_at_period_end is neither true nor false'],
    ['POST /v1/subscriptions/{subscription_exposed_id}', 'items[0][price]=p&proration_date=soon', 'proration_date is not a whole number'],
    ['POST /v1/subscriptions/{subscription_exposed_id}', 'proration_behavior=maybe', 'proration_behavior is "maybe", which is none of always_invoice, create_prorations, none'],
    ['POST /v1/checkout/sessions', 'mode=subscription&line_items[0][price]=p', 'Missing required param: success_url'],
    ['POST /v1/checkout/sessions', 'success_url=x&line_items[0][prize]=p', 'Received unknown parameter: line_items[0][prize]'],
    ['POST /v1/subscription_schedules/{schedule}', 'phases[0][iterations]=1&phases[0][items][0][price]=p', 'Received unknown parameter: phases[0][iterations]'],
    ['POST /v1/nothing', 'a=b', 'no such operation: POST /v1/nothing'],
  ])('on %s %s says %s', (operation, form, said) => expect(ask(operation, form)).toBe(said));
});

describe.skipIf(!existsSync(specs))('what was cut out (skipped without ../shared/specs)', () => {
  it('of the fixtures is as Stripe has it', () => {
    const { resources } = JSON.parse(readFileSync(join(specs, 'fixtures3.json'), 'utf8')) as { resources: Record<string, unknown> };
    for (const [kind, fixture] of Object.entries(fixtures.resources)) expect(fixture, kind).toEqual(resources[kind]);
  });

  it('of the specification is as Stripe has it', async () => {
    const spec = await new OpenAPIBackend({ definition: join(specs, 'spec3-2023-09-12.yaml') }).loadDocument();
    for (const [operation, schema] of Object.entries(requests.operations)) expect(schema, operation).toEqual(wholeOf(spec, operation));
    expect(Object.keys(operations).filter((operation) => !(operation in requests.operations))).toEqual(['POST /v1/invoices/create_preview']);
  }, 60_000);
});

interface Told {
  requestBody?: { content: Record<string, { schema: unknown }> };
  parameters?: { in: string; name: string; required?: boolean; schema: unknown }[];
}

/** What the whole specification says of a request, without the words. */
function wholeOf({ paths }: Document, operation: string): unknown {
  const [method = '', path = ''] = operation.split(' ');
  const told = (paths?.[path] as Record<string, Told> | undefined)?.[method.toLowerCase()];
  if (method !== 'GET') return wordless(told?.requestBody?.content['application/x-www-form-urlencoded']?.schema);
  const query = (told?.parameters ?? []).filter((one) => one.in === 'query');
  return wordless({ type: 'object', additionalProperties: false, properties: Object.fromEntries(query.map(({ name, schema }) => [name, schema])), required: query.filter(({ required }) => required).map(({ name }) => name) });
}

function wordless(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(wordless);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).filter(([name, one]) => !(['description', 'title'].includes(name) && typeof one === 'string') && name !== 'x-stripeBypassValidation' && name !== 'example')
    .map(([name, one]) => [name, wordless(one)]));
}
