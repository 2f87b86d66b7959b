/**
 * YAML that is unusual and no mistake, and lists that are mistakes.
 */
import { describe, expect, it } from 'vitest';
import { parseManifests } from '../../src/input/parse-manifests.ts';
import { badCases, listYaml, policyYaml } from './bad-case.ts';

const GOOD = policyYaml();

describe('lists', () => {
  const mended = listYaml(GOOD);
  badCases([
    {
      title: 'A list whose `items` is mistyped is an error, because its policies would be lost.',
      text: mended.replace('items:', 'itmes:'),
      mended,
      code: 'unknown-field',
      outcome: 'file',
    },
    {
      title: 'A list whose `items` is a text is an error.',
      text: 'apiVersion: v1\nkind: List\nitems: x\n',
      mended,
      code: 'wrong-type',
      outcome: 'file',
    },
    {
      title: 'An item that is a number refuses the file.',
      text: `${mended}- 5\n`,
      mended,
      code: 'not-an-object',
      at: '11:3',
      outcome: 'file',
    },
  ]);

  it('A list without items is empty.', () => {
    const { unreadable, diagnostics } = parseManifests('apiVersion: v1\nkind: List\nitems:\n');
    expect(unreadable).toEqual([]);
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it.each([
    ['mappings', '- a: 1\n'],
    ['texts', '- a\n- b\n'],
    ['numbers and null', '- 1\n-\n'],
  ])('An object of another kind may have a field `items` of %s before its `kind`.', (_title, items) => {
    const yaml = parseManifests(`apiVersion: example.com/v1\nitems:\n${items}kind: Menu\n---\n${GOOD}`);
    const menu = { apiVersion: 'example.com/v1', items: [{ a: 1 }, 'a', null, 5, []], kind: 'Menu' };
    const json = parseManifests(`${JSON.stringify(menu)}\n---\n${GOOD}`);
    for (const { skipped, networkPolicies, unreadable } of [yaml, json]) {
      expect([...skipped]).toEqual([['Menu', 1]]);
      expect(networkPolicies).toHaveLength(1);
      expect(unreadable).toEqual([]);
    }
  });

  it('An item that says of a kind makes the object a list, and then it must be one.', () => {
    const items = `items:\n- a: 1\n- ${GOOD.trimEnd().replaceAll('\n', '\n  ')}\n`;
    const json = JSON.stringify({ apiVersion: 'example.com/v1', items: [{ a: 1 }, { apiVersion: 'v1', kind: 'Pod' }], kind: 'Menu' });
    for (const text of [`apiVersion: example.com/v1\n${items}kind: Menu\n`, json]) {
      const { unreadable, diagnostics } = parseManifests(text);
      expect(diagnostics.map(({ code }) => code)).toContain('not-a-list');
      expect(unreadable.map(({ kind }) => kind)).toContain('(unreadable)');
    }
  });

  it.each(['5', 'hello', '[[]]'])('An item `%s` before the `kind` of a list refuses the file or is empty.', (item) => {
    const yaml = parseManifests(`apiVersion: v1\nitems:\n- ${item}\nkind: List\n`);
    const json = parseManifests(`{"apiVersion":"v1","items":[${item === 'hello' ? '"hello"' : item}],"kind":"List"}`);
    for (const { diagnostics, unreadable } of [yaml, json]) {
      const refused = diagnostics.map(({ code }) => code);
      if (item === '[[]]') expect(unreadable).toEqual([]);
      else expect(refused).toEqual(['not-an-object']);
    }
  });
});

describe('what is no mistake', () => {
  const accepted: readonly (readonly [title: string, text: string])[] = [
    ['A byte order mark is left out.', `\ufeff${GOOD}`],
    ['CRLF ends lines.', GOOD.replaceAll('\n', '\r\n')],
    ['The last line need not end.', GOOD.trimEnd()],
    ['A document may end with dots.', `${GOOD}...`],
    ['Empty documents are left out.', `---\n---\n# a comment\n---\nnull\n---\n~\n---\n${GOOD}---\n`],
    ['A list may stand for itself.', `- ${GOOD.trimEnd().replaceAll('\n', '\n  ')}\n`],
    ['An anchor on the kind does not hide it.', GOOD.replace('kind: ', 'kind: &k ')],
    ['A kind on a line of its own is the kind.', GOOD.replace('kind: ', 'kind:\n  ')],
    ['A kind as a complex key is the kind.', GOOD.replace('kind: ', '? kind\n: ')],
    ['A kind with escapes is the kind.', GOOD.replace('NetworkPolicy', '"Network\\x50olicy"')],
  ];
  it.each(accepted)('%s', (_title, text) => {
    const { networkPolicies, diagnostics } = parseManifests(text);
    expect(networkPolicies.map(({ object }) => object)).toEqual(parseManifests(GOOD).networkPolicies.map(({ object }) => object));
    expect(diagnostics).toEqual([]);
  });

  it('Files of other tools and kinds are counted by kind, and their contents are not looked at.', () => {
    const others = [
      'kustomize.config.k8s.io/v1beta1 Kustomization',
      'apiextensions.k8s.io/v1 CustomResourceDefinition',
      'example.com/v1 Menu',
    ];
    const text = others
      .map((other) => `apiVersion: ${other.split(' ')[0]}\nkind: ${other.split(' ')[1]}\nx:\n- kind: NetworkPolicy\n`)
      .join('---\n');
    const { skipped, networkPolicies, unreadable } = parseManifests(`${text}---\n${GOOD}`);
    expect(Object.fromEntries(skipped)).toEqual({ Kustomization: 1, CustomResourceDefinition: 1, Menu: 1 });
    expect([networkPolicies.length, unreadable.length]).toEqual([1, 0]);
  });

  it('A mapping of many keys is read.', () => {
    const labels = Array.from({ length: 50_000 }, (_, i) => `    k${i}: v\n`).join('');
    const { pods } = parseManifests(`apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n  namespace: b\n  labels:\n${labels}`);
    expect(Object.keys(pods[0]?.object.metadata.labels ?? {})).toHaveLength(50_000);
  });
});
