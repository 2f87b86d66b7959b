/**
 * The guide, and the pages beside it: every example runs, and prints what the page says; every link leads somewhere; no run into a pipe has colours.
 */
import { existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT, runCli } from '../support/cli.ts';
import { netpolsimCalls } from '../support/command-lines.ts';
import { temporaryFolder, writeText } from '../support/folders.ts';
import { matchesLines, stepsOf } from '../support/guide-page.ts';
import { createTestProgram } from '../support/program.ts';

const GUIDE = join(ROOT, 'docs/guide');
const PAGES = ['1-ask.md', '2-map.md', '3-review.md', '4-test.md', '5-fuzz.md', '6-check.md', '7-scale.md'];
const MOST_LINES = 60;

const textOf = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const guide = ['README.md', ...PAGES].map((page) => join('docs/guide', page));
/** Pages that say more than one of the guide has room for. */
const longer = readdirSync(join(ROOT, 'docs')).flatMap((name) => (name.endsWith('.md') ? [join('docs', name)] : []));

describe('a page', () => {
  it('is read as steps', () => {
    const page = [
      '```yaml',
      '# file: a/x.yaml',
      'a: 1',
      '```',
      'and',
      '```console',
      '$ netpolsim test \\',
      "  'a b' -q",
      'one',
      '…',
      '$ echo $?',
      '1',
      '$ netpolsim inspect',
      '```',
      '```sh',
      '$ rm -r x',
      '```',
    ].join('\n');
    expect(stepsOf(page)).toEqual([
      { kind: 'file', name: 'a/x.yaml', text: '# file: a/x.yaml\na: 1\n', line: 1 },
      { kind: 'command', args: ['test', 'a b', '-q'], stdout: ['one', '…'], code: 1, line: 7 },
      { kind: 'command', args: ['inspect'], stdout: [], code: 0, line: 13 },
    ]);
  });

  it.each(['$ ls', '$ netpolsim test | head', 'output', '$ echo $?\n1', '$ netpolsim test\n$ echo $?\n7'])(
    'is refused with a block of %j',
    (body) => {
      expect(() => stepsOf(`\`\`\`console\n${body}\n\`\`\``)).toThrow(/^line 2|^line 3/);
    },
  );

  it('leaves lines out where it says so, and nowhere else', () => {
    expect(matchesLines('a\nb\nc\n', ['a', 'b', 'c'])).toBe(true);
    expect(matchesLines('a\nb\nc\n', ['…', 'c'])).toBe(true);
    expect(matchesLines('a\nb\nc\n', ['a', '…', 'b', '…'])).toBe(true);
    expect(matchesLines('', ['…'])).toBe(true);
    expect(matchesLines('', [])).toBe(true);
    expect(matchesLines('a\nb\nc\n', ['a', '…', 'a'])).toBe(false);
    expect(matchesLines('a\nb\n', ['a'])).toBe(false);
    expect(matchesLines('a\n', ['a', 'b'])).toBe(false);
    expect(matchesLines('a\n\n', ['a'])).toBe(false);
  });
});

describe('the guide', () => {
  it('has its seven pages', () => {
    expect(readdirSync(GUIDE).sort()).toEqual([...PAGES, 'README.md'].sort());
    for (const page of PAGES) expect(textOf('docs/guide/README.md')).toContain(`](${page})`);
  });

  it('shows every command', () => {
    const shown = new Set(
      guide.flatMap((page) =>
        [...textOf(page).matchAll(/^```(?:sh|console)\n(.*?)^```$/gms)].flatMap(([, body]) =>
          body!
            .split('\n')
            .flatMap(netpolsimCalls)
            .map(([name]) => name),
        ),
      ),
    );
    const missing = createTestProgram()
      .commands.map((command) => command.name())
      .filter((name) => !shown.has(name));
    expect(missing).toEqual([]);
  });

  it.each(PAGES)('%s is short', (page) => {
    expect(textOf(join('docs/guide', page)).split('\n').length - 1).toBeLessThanOrEqual(MOST_LINES);
  });

  describe.concurrent.each([...guide, ...longer])('%s', (page) => {
    // Here, and not in the test: of tests that run beside each other it is not known which one asks.
    const folder = temporaryFolder();
    it('shows what its commands print', { timeout: 120_000 }, async (context) => {
      symlinkSync(join(ROOT, 'datasets'), join(folder, 'datasets'));
      let commands = 0;
      for (const step of stepsOf(textOf(page))) {
        if (step.kind === 'file') {
          writeText(folder, step.name, step.text);
          continue;
        }
        commands++;
        const { code, stdout, stderr } = await runCli(step.args, { cwd: folder });
        const place = `${page}:${step.line}: netpolsim ${step.args.join(' ')}`;
        // Shows a difference where there is one, and passes where lines are left out.
        if (!matchesLines(stdout, step.stdout))
          context.expect(`${place}\n${stdout}${stderr}`).toBe(`${place}\n${step.stdout.join('\n')}\n`);
        context.expect({ place, code, stderr: code === step.code ? '' : stderr }).toEqual({ place, code: step.code, stderr: '' });
        context.expect(`${stdout}${stderr}`).not.toContain('\u001b');
      }
      context.expect(commands).toBeGreaterThan(0);
    });
  });
});

const LINKING = [
  'README.md',
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  'datasets/README.md',
  'test/README.md',
  'bench/README.md',
  ...guide,
  ...longer,
];

describe.each(LINKING)('links of %s', (page) => {
  it('lead to what is there', () => {
    const text = textOf(page).replaceAll(/^```.*?^```$/gms, '');
    const targets = [...text.matchAll(/\]\((?<target>[^)\s]+)\)/g)].map(({ groups }) => groups!.target!);
    const broken = targets.filter((target) => !/^https?:/.test(target) && !isThere(page, target));
    expect(broken).toEqual([]);
  });
});

function isThere(page: string, target: string): boolean {
  const [path = '', anchor] = target.split('#');
  const file = path === '' ? page : join(dirname(page), path);
  if (!existsSync(join(ROOT, file))) return false;
  return anchor === undefined || headings(textOf(file)).includes(anchor);
}

/** As GitHub makes anchors of headings. */
function headings(text: string): string[] {
  return [...text.matchAll(/^#+ (?<title>.+)$/gm)].map(({ groups }) =>
    groups!
      .title!.toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replaceAll(' ', '-'),
  );
}
