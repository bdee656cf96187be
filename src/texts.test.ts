import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

// Words for people stand in the catalogue, `domain/texts/`, and nowhere else: who looks for a sentence finds it there.
// What a network has of its own words stands in its folder.

const root = import.meta.dirname;

/** Rooms that hold words for people: each is read whole. */
const rooms = ['web', 'actions', 'billing', 'publishing', 'jobs', 'media', 'store', 'domain'];

/** Attributes and properties whose text people read. */
const read = new Set(['label', 'title', 'alt', 'placeholder', 'aria-label', 'aria-description', 'lead', 'help', 'note', 'legend', 'chosen', 'sentence', 'fix', 'message', 'text', 'words', 'heading']);

/** Elements whose text is what machines read. */
const machine = new Set(['code', 'pre', 'kbd', 'style', 'script']);

const letters = /\p{L}{2,}/u;
/** What reads like a sentence or a heading: a capital, and more than one word. */
const sentence = /^\p{Lu}[\p{L}'’-]* \S|^\p{Lu}\p{L}+[.?:]$/u;
/** What a protocol or SQL says: capitals alone, or a program's name and what stands in brackets behind it. */
const protocol = /^[\p{Lu} ]+$|^[\w-]+ \([^ ]*\)$/u;

interface Found {
  line: number;
  text: string;
}

export function wordsIn(path: string, code: string): Found[] {
  const file = ts.createSourceFile(path, code, ts.ScriptTarget.Latest, true, path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS);
  const found: Found[] = [];
  const add = (node: ts.Node, text: string) => found.push({ line: file.getLineAndCharacterOfPosition(node.getStart()).line + 1, text: text.trim() });
  /** `shown`: the text of this place is shown to people whatever it looks like. */
  const visit = (node: ts.Node, shown: boolean): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node) || ts.isTypeNode(node)) return;
    // A mistake of ours is told to whoever reads the log, and so is why a file could not be read: people get one sentence for all of it.
    if (ts.isNewExpression(node) && /(?:^|\.)(?:(?:Type|Range|Assertion)?Error|Unreadable)$/u.test(node.expression.getText())) return;
    if (ts.isCallExpression(node) && /(?:^|\.)log\.(?:debug|info|warn|error|fatal)$/u.test(node.expression.getText())) return;
    if (ts.isTaggedTemplateExpression(node)) return;
    if (ts.isJsxElement(node) && machine.has(node.openingElement.tagName.getText())) return;
    if (ts.isJsxText(node)) {
      if (letters.test(node.text.replaceAll(/&\w+;/gu, ''))) add(node, node.text);
      return;
    }
    if (ts.isJsxAttribute(node)) {
      if (node.initializer) visit(node.initializer, read.has(node.name.getText()));
      return;
    }
    if (ts.isJsxExpression(node)) {
      if (node.expression) visit(node.expression, shown || ts.isJsxElement(node.parent) || ts.isJsxFragment(node.parent));
      return;
    }
    if (ts.isConditionalExpression(node)) {
      visit(node.condition, false);
      visit(node.whenTrue, shown);
      visit(node.whenFalse, shown);
      return;
    }
    if (ts.isBinaryExpression(node)) {
      const carries = ['&&', '||', '??', '+'].includes(node.operatorToken.getText());
      visit(node.left, shown && node.operatorToken.getText() !== '&&' && carries);
      visit(node.right, shown && carries);
      return;
    }
    if (ts.isPropertyAssignment(node)) {
      // An object in a shown place is still looked at by its own names.
      visit(node.initializer, read.has(node.name.getText().replaceAll(/['"]/gu, '')) && !ts.isCallExpression(node.initializer));
      return;
    }
    if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) {
      // The beginning of an address is no word.
      if ((shown && letters.test(node.text) && !/^https?:\/\/$/u.test(node.text)) || (sentence.test(node.text) && !protocol.test(node.text))) add(node, node.text);
      return;
    }
    if (ts.isTemplateExpression(node)) {
      const whole = node.head.text + node.templateSpans.map(({ literal }) => `…${literal.text}`).join('');
      if ((shown && letters.test(whole) && /\s/u.test(whole)) || (sentence.test(whole) && !protocol.test(whole))) add(node, whole);
      for (const { expression } of node.templateSpans) visit(expression, shown);
      return;
    }
    const passes = ts.isParenthesizedExpression(node) || ts.isJsxElement(node) || ts.isJsxFragment(node) || ts.isAsExpression(node) || ts.isNonNullExpression(node);
    ts.forEachChild(node, (child) => visit(child, passes ? shown : false));
  };
  visit(file, false);
  return found;
}

const files = rooms.flatMap((room) => readdirSync(join(root, room), { recursive: true, encoding: 'utf8' }).map((path) => `${room}/${path}`))
  .filter((path) => /\.tsx?$/u.test(path) && !/\.test\.|\.d\.ts$|^domain\/texts\/|\/fake\/|\/samples\.ts$/u.test(path)).sort();

describe('words for people', () => {
  const found = new Map(files.map((path) => [path, wordsIn(path, readFileSync(join(root, path), 'utf8'))]));

  it('stand in the catalogue alone', () => {
    expect(found.size).toBeGreaterThan(500);
    expect([...found].flatMap(([path, list]) => list.map(({ line, text }) => `src/${path}:${line} ${text}`))).toEqual([]);
  });

  it('are seen wherever a page shows them', () => {
    const seen = (code: string) => wordsIn('page.tsx', code).map(({ text }) => text);
    expect(seen('const a = <p>Hello <b>you</b></p>;')).toEqual(['Hello', 'you']);
    expect(seen('const a = <p class="one two" title="Close">{open ? \'open\' : words}</p>;')).toEqual(['Close', 'open']);
    expect(seen('const a = <button aria-label={`Remove ${name}`}>{name}</button>;')).toEqual(['Remove …']);
    expect(seen('flash(reply, `Saved ${n} posts.`); throw new Error(`post ${id} is gone`); reply.header(\'Content-Type\', \'text/html\');')).toEqual(['Saved … posts.']);
    expect(seen('const a = <code>docker run</code>; const b = <a href="/x" class={on ? \'chosen\' : \'\'}>{t.more}</a>;')).toEqual([]);
    expect(seen('log.info({ event }, \'Stripe sent an event\'); throw new Unreadable(\'A table is cut off.\'); goes !== \'SET NULL\'; send({ agent: `PostMaster (${agent})` });')).toEqual([]);
    expect(seen('throw new KeyError(401, \'No such key\'); say({ event }, \'Stripe sent an event\');')).toEqual(['No such key', 'Stripe sent an event']);
    expect(seen('const a = <input placeholder="https://" title="Address" />;')).toEqual(['Address']);
    expect(seen('sendPage({ title: \'Home\', current: \'/\', message: done ? \'gone\' : t.stays });')).toEqual(['Home', 'gone']);
  });
});
