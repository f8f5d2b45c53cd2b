import { generate, type CodegenConfig } from '@graphql-codegen/cli';
import type { Types } from '@graphql-codegen/plugin-helpers';
import { ROOT, type GeneratedFile } from './generated-file.ts';

/** Generates the same files as `npx graphql-codegen`, from the committed API schema and `codegen.ts`. */
export async function typedDocuments(): Promise<readonly GeneratedFile[]> {
  const { default: config }: { readonly default: CodegenConfig } = await import(`${ROOT}codegen.ts`);
  const files: readonly Types.FileOutput[] = await generate({ ...config, cwd: ROOT, silent: true }, false);
  return files.map(({ filename, content }) => ({ path: filename, text: content }));
}
