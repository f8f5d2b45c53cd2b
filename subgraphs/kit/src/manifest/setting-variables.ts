import { z } from 'zod';

/** The environment variable of a setting, by the setting's schema in the manifest. A setting without a variable is for tests only. */
export const settingVariables = z.registry<{ readonly variable: string }>();

/** A setting of a manifest that a deployment may set: its key, its variable and its schema. */
export interface DeclaredSetting {
  readonly key: string;
  readonly variable: string;
  readonly schema: z.ZodType;
}

/** The settings that the environment of a process may set. */
export function declaredSettings({ settings }: { readonly settings: z.ZodObject }): readonly DeclaredSetting[] {
  return Object.entries(settings.shape).flatMap(([key, schema]) => {
    const found = schema instanceof z.ZodType ? settingVariables.get(schema) : undefined;
    return found && schema instanceof z.ZodType ? [{ key, schema, ...found }] : [];
  });
}
