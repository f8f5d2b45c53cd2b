import { generate, type CodegenConfig } from '@graphql-codegen/cli';
import type { Types } from '@graphql-codegen/plugin-helpers';
import { ROOT, type GeneratedFile } from './generated-file.ts';

/** Generates the files of `npx graphql-codegen` with `codegen.ts`, from the committed schema of the API. */
export async function typedDocuments(): Promise<readonly GeneratedFile[]> {
  const { default: config }: { readonly default: CodegenConfig } = await import(`${ROOT}codegen.ts`);
  const files: readonly Types.FileOutput[] = await generate({ ...config, cwd: ROOT, silent: true }, false);
  return files.map(({ filename, content }) => ({ path: filename, text: content }));
}
