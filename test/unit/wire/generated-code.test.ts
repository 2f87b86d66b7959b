/**
 * The committed protobuf code is what the .proto files generate. `npm run wire:generate` runs this file with `--update`, which writes it instead.
 */
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { generateWireCode } from '../../support/wire-code.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

describe('generated protobuf code', () => {
  let generated: { code: string; types: string };
  beforeAll(async () => {
    generated = await generateWireCode(root);
  });

  it('is committed as generated (else: npm run wire:generate)', async () => {
    await expect(generated.code).toMatchFileSnapshot(`${root}src/wire/gen/messages.ts`);
  });

  it('has the committed types (else: npm run wire:generate)', async () => {
    await expect(generated.types).toMatchFileSnapshot(`${root}src/wire/gen/message-types.ts`);
  });

  it('makes no code from strings', () => {
    expect(generated.code).not.toMatch(/\bFunction\s*\(|\beval\s*\(/);
  });
});
