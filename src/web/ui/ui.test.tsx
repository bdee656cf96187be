import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import repeat from 'lucide-static/dist/esm/icons/repeat-2.mjs';
import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { labelColors } from '../../domain/posts/label.ts';
import type { Problem } from '../../domain/limits.ts';
import { testApp, type TestApp } from '../../testing/app.ts';
import { barriers, hasBrowser, openBrowser, picture } from '../../testing/browser.ts';
import { builtAssets } from '../../testing/program.ts';
import { readManifest } from '../manifest.ts';
import { Document } from '../frame/document.tsx';
import { Avatar, ChannelName, Mark } from './avatar.tsx';
import { Badge, LabelWord, LabelWords } from './badge.tsx';
import { ActionButton, Button, ButtonLink, Buttons } from './button.tsx';
import { Card } from './card.tsx';
import { CopyField, Qr } from './copy.tsx';
import { DialogBody } from './dialog.tsx';
import { Empty } from './empty.tsx';
import { CheckField, Field, FieldProblems, inputProps, TextAreaField, TextField, WayOut } from './field.tsx';
import { Form, ProblemList } from './form.tsx';
import { Drawing, drawingOf, Icon } from './icon.tsx';
import { Menu, MenuLink, Pop, Sheet } from './menu.tsx';
import { PageHead } from './page-head.tsx';
import { SelectField, ZoneField } from './select.tsx';
import { Table } from './table.tsx';
import { Tabs } from './tabs.tsx';
import { SaidLine } from './toast.tsx';

// The design system's own picture: every component once, in the styles that the pages have.

const label = (n: number) => ({ id: String(n), name: labelColors[n] ?? '', color: labelColors[n] ?? 'blue' });
const channel = { id: 'c', name: 'Harbour Bakery', handle: '@harbour', provider: 'mastodon', network: 'Mastodon', pictured: false };
const wrong: Problem[] = [{ field: 'wrong', message: 'Give the workspace a name.' }];
const none: Problem[] = [];

const samples: Record<string, () => VNode> = {
  PageHead: () => <PageHead title="A page" note="and a word about it"><Button kind="primary">Do it</Button></PageHead>,
  Tabs: () => <Tabs label="Pages" current="/one" tabs={[{ href: '/one', label: 'One' }, { href: '/two', label: 'Two' }]} />,
  Buttons: () => <Buttons><Button kind="primary" icon="write">Primary</Button><Button>Plain</Button><Button kind="quiet">Quiet</Button><Button kind="danger">Danger</Button><Button small>Small</Button></Buttons>,
  Button: () => <Button aria-pressed="true">Pressed</Button>,
  ButtonLink: () => <ButtonLink href="/two">A link like a button</ButtonLink>,
  ActionButton: () => <ActionButton action="/act" csrf="x">A form of its own</ActionButton>,
  Badge: () => <p><Badge>Plain</Badge> <Badge tone="good">Good</Badge> <Badge tone="bad">Bad</Badge></p>,
  LabelWord: () => <LabelWord label={label(0)} />,
  LabelWords: () => <LabelWords labels={labelColors.map((_, n) => label(n))} />,
  Mark: () => <Mark provider="bluesky" name="Bluesky" />,
  ChannelName: () => <ChannelName channel={channel} provider={undefined} />,
  Avatar: () => <Avatar channel={channel} />,
  Icon: () => <p><Icon name="calendar" /> <Icon name="media" /> <Icon name="channels" /></p>,
  Drawing: () => <p><Drawing svg={drawingOf(repeat)} /> An icon that one room has for itself</p>,
  Card: () => <Card title="Something for itself" aside={<Badge tone="good">Ready</Badge>} actions={<Button small>Open</Button>}><p>Its words.</p></Card>,
  Table: () => <Table label="Numbers" columns={[{ label: 'Network' }, { label: 'on time', amount: true }]} rows={[['Bluesky', 12], ['Mastodon', 7]]} last={['All', 19]} />,
  Empty: () => <Empty action={<ButtonLink kind="primary" href="/new">Write a post</ButtonLink>}>Nothing is scheduled.</Empty>,
  SaidLine: () => <SaidLine said={{ text: 'Moved to Thu 26 Nov 09:00.', undo: { action: '/posts/undo', fields: { id: 'x' } } }} csrf="x" here="/" />,
  Form: () => <Form action="/act" csrf="x"><Button>Send</Button></Form>,
  ProblemList: () => <ProblemList problems={[{ field: 'wrong', message: 'Too long by 3 characters.', link: { href: '/help', label: 'What counts' } }]} labels={{ wrong: 'Text' }} />,
  TextField: () => <TextField name="name" label="Name" help="What others see." value="Harbour Bakery" problems={none} />,
  FieldProblems: () => <div><TextField name="wrong" label="Name of the workspace" problems={wrong} /><FieldProblems field="alone" problems={[{ field: 'alone', message: 'Worth a second look.', level: 'warning' }]} /></div>,
  WayOut: () => <p>The plan has room for 5 channels.<WayOut link={{ href: '/settings/billing', label: 'Plans' }} /></p>,
  Field: () => <Field name="side" label="Pixels" problems={none}><input name="side" type="number" value={1080} {...inputProps('side', none)} /></Field>,
  TextAreaField: () => <TextAreaField name="text" label="Description" value="Two lines
of text" problems={none} />,
  CheckField: () => <CheckField name="check" label="I stay an owner" checked problems={none} />,
  SelectField: () => <SelectField name="role" label="Role" options={[{ value: 'a', label: 'Editor' }, { value: 'b', label: 'Admin' }]} value="a" problems={none} />,
  ZoneField: () => <ZoneField zone="Europe/Berlin" help="Times are shown in it." problems={none} />,
  CopyField: () => <CopyField name="key" label="Key" value="pm_example" />,
  Qr: () => <Qr text="https://example.org" label="QR code" />,
  Menu: () => <Menu label="Channel" chosen="Harbour Bakery"><MenuLink href="/all">Any</MenuLink><MenuLink href="/one" current>Harbour Bakery</MenuLink></Menu>,
  MenuLink: () => <Menu label="State"><MenuLink href="/draft">Drafts</MenuLink></Menu>,
  Sheet: () => <Sheet label="Move…"><p>By days</p></Sheet>,
  Pop: () => <Pop id="sample" class="button" popClass="pop-sample" face="Opens over the page"><a href="/one">One</a></Pop>,
  DialogBody: () => <div class="dialog-sample"><DialogBody title="Keys" buttons={<Button>Close</Button>}><p>What they do.</p></DialogBody></div>,
};

it('draws every component that there is', async () => {
  const modules = await Promise.all(readdirSync(import.meta.dirname).filter((name) => name.endsWith('.tsx') && !name.includes('.test.')).map((name) => import(join(import.meta.dirname, name)) as Promise<Record<string, unknown>>));
  const all = modules.flatMap((module) => Object.keys(module).filter((name) => /^[A-Z]/u.test(name)));
  expect(Object.keys(samples).sort()).toEqual(all.sort());
});

describe.skipIf(!hasBrowser)('in a browser (skipped without /usr/bin/chromium)', () => {
  let app: TestApp;
  let browser: Browser;
  let html: string;
  let url: string;
  beforeAll(async () => {
    const assets = builtAssets();
    app = await testApp({}, Date.now, undefined, assets);
    await app.server.listen({ port: 0, host: '127.0.0.1' });
    const address = app.server.server.address();
    url = `http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}`;
    const manifest = await readManifest(assets);
    browser = await openBrowser();
    const page = <Document title="Design system" manifest={manifest} bodyClass="plain"><main id="main">{Object.values(samples).map((draw) => <section>{draw()}</section>)}</main></Document>;
    html = `<!doctype html>${renderToString(page)}`;
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await app?.close();
  });

  it.each([['light', 1280], ['dark', 1280], ['light', 390], ['dark', 390]] as const)('looks as it should and has no barriers: %s, %i px', async (colorScheme, width) => {
    const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
    // Under the program's own address, so that its styles and fonts come along.
    await page.route(`${url}/design`, (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body: html }));
    await page.goto(`${url}/design`);
    expect(await page.evaluate(() => getComputedStyle(document.body).fontFamily)).toContain('Inter');
    expect(await barriers(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
    await picture(page, `design-system-${colorScheme}-${width}`);
    await page.close();
  });
});
