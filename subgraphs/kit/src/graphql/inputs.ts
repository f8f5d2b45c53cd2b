import {
  ArrayMaxSize,
  IsArray,
  IsDefined,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  Max,
  Min,
  ValidateIf,
  ValidateNested,
  type ValidationOptions,
} from 'class-validator';
import { Directive, Field, ID, InputType, Int, type ClassType } from 'type-graphql';
import { GraphQLError, type GraphQLScalarType } from 'graphql';
import { isUuid } from '../domain/index.ts';

/** Combines several property decorators into one decorator. */
export function all(...decorators: readonly PropertyDecorator[]): PropertyDecorator {
  return (target, property) => decorators.forEach((decorate) => decorate(target, property));
}

interface FieldOptions {
  readonly nullable?: boolean;
  /** Whether an update may omit the field, although it may not set the field to null. */
  readonly omittable?: boolean;
  readonly description?: string;
}

const said = (message: string): ValidationOptions => ({ message });

function optional({ nullable, omittable }: FieldOptions): PropertyDecorator[] {
  return omittable ? [NotNull()] : nullable ? [IsOptional()] : [];
}

/** Builds the options of type-graphql's `Field`. The description also states `rule`, which the GraphQL type cannot express. */
function declared({ nullable, omittable, description }: FieldOptions, rule?: string) {
  const sentences = [description, rule, omittable ? CANNOT_BE_NULL : undefined].filter((each) => each !== undefined);
  return {
    nullable: nullable === true || omittable === true,
    ...(sentences.length > 0 && { description: sentences.join(' ') }),
  };
}

/** The sentence in the description of every update field that cannot be set to null. */
const CANNOT_BE_NULL = 'Omit the field to keep the value. Null is refused.';

function NotNull(): PropertyDecorator {
  return all(
    ValidateIf((_input, value: unknown) => value !== undefined),
    IsDefined(said('$property cannot be null: leave it out to keep the value')),
  );
}

/** A scalar or enum field that an update may omit, but may not set to null. */
export function OmittableField(
  type: () => ElementType,
  options: Pick<FieldOptions, 'description'> = {},
): PropertyDecorator {
  return all(Field(type, declared({ ...options, omittable: true })), NotNull());
}

/** An id of an object in Souk: `ID` in the schema, a UUID in practice. */
export function IdField(options: FieldOptions = {}): PropertyDecorator {
  return all(
    Field(() => ID, declared(options)),
    ...optional(options),
    IsUUID('all', said('$property is not an id of Souk (a UUID)')),
  );
}

/**
 * A text with a length that Postgres can store. The text is not trimmed. A blank text is valid only when `min` is 0.
 * @default 1 to 255 characters
 */
export function TextField({
  min = 1,
  max = 255,
  ...options
}: FieldOptions & { min?: number; max?: number } = {}): PropertyDecorator {
  return all(
    Field(() => String, declared(options)),
    ...optional(options),
    IsString(),
    Length(min, max, said(`$property takes ${min} to ${max} characters`)),
    Matches(STORABLE, said('$property holds a character that cannot be stored: a NUL, or half of a surrogate pair')),
    ...(min > 0 ? [Matches(VISIBLE, said('$property takes a text that is not blank'))] : []),
  );
}

/** A text on one line, such as the name of a person. Control characters would forge lines in mails, logs, labels and exports. */
export function LineField(options: FieldOptions & { min?: number; max?: number } = {}): PropertyDecorator {
  return all(
    TextField(options),
    Matches(ONE_LINE, said('$property takes text on one line: remove line breaks, tabs and other control characters')),
  );
}

/**
 * Refuses control characters, Unicode's line and paragraph separators, and the characters that reverse the direction of the text behind them
 * (U+202A to U+202E and U+2066 to U+2069), with which one name can look like another.
 */
const ONE_LINE = /^[^\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]*$/u;

/** Matches an empty text, whose length `Length` checks, and a text with at least one visible character. */
const VISIBLE = /^$|[^\p{Z}\p{C}]/u;

/** Refuses NUL and lone surrogates, which JSON allows but Postgres cannot store. */
const STORABLE = /^[^\0\p{Surrogate}]*$/u;

/** A whole number from `min` to `max`, including both. */
export function IntField({ min, max, ...options }: FieldOptions & { min: number; max: number }): PropertyDecorator {
  const message = said(`$property takes a whole number from ${min} to ${max}`);
  return all(
    Field(() => Int, declared(options)),
    ...optional(options),
    IsInt(message),
    Min(min, message),
    Max(max, message),
  );
}

/** A field for an input inside of another input. The inner input is checked too. */
export function NestedField(type: () => ClassType, options: FieldOptions = {}): PropertyDecorator {
  return all(Field(type, declared(options)), ...optional(options), ValidateNested());
}

/** A class, scalar or enum, in the form that type-graphql's `Field` accepts. */
type ElementType = ClassType | GraphQLScalarType | object;

/** The options of an input list. The description of the field states the maximum number of entries. */
interface ListOptions extends FieldOptions {
  readonly max: number;
  readonly defaultValue?: readonly unknown[];
}

/** A list of inputs with a maximum number of entries, which the field's description states. The list and each input are validated. */
export function NestedListField(type: () => ClassType, options: ListOptions): PropertyDecorator {
  return all(ListField(type, options), ValidateNested());
}

/** A list of scalars or enum values with a maximum number of entries, which the field's description states. */
export function ListField(type: () => ElementType, { max, defaultValue, ...options }: ListOptions): PropertyDecorator {
  const settings = { ...declared(options, `At most ${max}.`), ...(defaultValue && { defaultValue }) };
  return all(
    Field(() => [type() as ClassType], settings),
    Directive('@cost(weight: 1)'), // each entry
    ...optional(options),
    IsArray(said('$property takes a list')),
    ArrayMaxSize(max, said(`$property takes at most ${max} entries`)),
  );
}

/** A list of ids of Souk (UUIDs) with a maximum length. */
export function IdListField(options: ListOptions): PropertyDecorator {
  return all(
    ListField(() => ID, options),
    IsUUID('all', { each: true, message: '$property takes ids of Souk (UUIDs)' }),
  );
}

/** A list of texts with a maximum length. Each text has 1 to 255 characters. */
export function TextListField(options: ListOptions): PropertyDecorator {
  return all(
    ListField(() => String, options),
    Length(1, 255, { each: true, message: '$property takes texts of 1 to 255 characters' }),
    Matches(STORABLE, { each: true, message: '$property holds a character that cannot be stored' }),
  );
}

/** The field `idempotencyKey`, for an input that cannot extend `IdempotentInput` because it extends another class. */
export function IdempotencyKeyField(): PropertyDecorator {
  return Field(() => String, {
    nullable: true,
    description:
      'A repetition with the same key and the same input returns the stored result instead of running again. Kept for 24 hours. Each user has their own keys. Callers without a login share their keys, which need 16 characters or more, preferably a UUID.',
  });
}

/** The base of every mutation input, with the field `idempotencyKey`. */
@InputType()
export abstract class IdempotentInput {
  @IdempotencyKeyField()
  idempotencyKey?: string | null;
}

/** Checks an id in an argument of a query. @throws GraphQLError BAD_USER_INPUT that names the argument */
export function requireId(argument: string, id: string): string {
  if (isUuid(id)) return id;
  throw new GraphQLError(`Argument "${argument}": ${JSON.stringify(id.slice(0, 60))} is not an id of Souk (a UUID)`, {
    extensions: { code: 'BAD_USER_INPUT', argument },
  });
}
