import {
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  Max,
  Min,
  ValidateNested,
  type ValidationOptions,
} from 'class-validator';
import { Field, ID, InputType, Int, type ClassType } from 'type-graphql';
import { GraphQLError } from 'graphql';
import { isUuid } from '../domain/index.ts';

/** Combines property decorators into one. */
export function all(...decorators: readonly PropertyDecorator[]): PropertyDecorator {
  return (target, property) => decorators.forEach((decorate) => decorate(target, property));
}

interface FieldOptions {
  readonly nullable?: boolean;
  readonly description?: string;
}

const optional = ({ nullable }: FieldOptions): PropertyDecorator[] => (nullable ? [IsOptional()] : []);
const said = (message: string): ValidationOptions => ({ message });

/** An id of something in Souk: `ID` in the schema, a UUID in fact. */
export function IdField(options: FieldOptions = {}): PropertyDecorator {
  return all(
    Field(() => ID, options),
    ...optional(options),
    IsUUID('all', said('$property is not an id of Souk (a UUID)')),
  );
}

/** A text with a length, trimmed of nothing, that can be stored. Default 1 to 255 characters. */
export function TextField({
  min = 1,
  max = 255,
  ...options
}: FieldOptions & { min?: number; max?: number } = {}): PropertyDecorator {
  return all(
    Field(() => String, options),
    ...optional(options),
    IsString(),
    Length(min, max, said(`$property takes ${min} to ${max} characters`)),
    Matches(STORABLE, said('$property holds a character that cannot be stored: a NUL, or half of a surrogate pair')),
  );
}

/** JSON allows both, Postgres neither. */
const STORABLE = /^[^\0\p{Surrogate}]*$/u;

/** A whole number within bounds, both included. */
export function IntField({ min, max, ...options }: FieldOptions & { min: number; max: number }): PropertyDecorator {
  const message = said(`$property takes a whole number from ${min} to ${max}`);
  return all(
    Field(() => Int, options),
    ...optional(options),
    IsInt(message),
    Min(min, message),
    Max(max, message),
  );
}

/** An input inside an input, or a list of them; checked too. */
export function NestedField(type: () => ClassType | [ClassType], options: FieldOptions = {}): PropertyDecorator {
  // A list is declared as [Type], which the overloads of Field take but not the union of both.
  return all(Field(type as () => ClassType, options), ...optional(options), ValidateNested());
}

/** The member that the input of every mutation has. */
@InputType()
export abstract class IdempotentInput {
  @Field(() => String, {
    nullable: true,
    description:
      'The same key with the same input answers the stored result instead of doing it again. Kept 24 hours. Each user has keys of their own. Callers without a login share theirs, which take 16 characters or more, best a UUID.',
  })
  idempotencyKey?: string | null;
}

/** An id given as an argument of a query. @throws GraphQLError BAD_USER_INPUT that names the argument. */
export function requireId(argument: string, id: string): string {
  if (isUuid(id)) return id;
  throw new GraphQLError(`Argument "${argument}": ${JSON.stringify(id.slice(0, 60))} is not an id of Souk (a UUID)`, {
    extensions: { code: 'BAD_USER_INPUT', argument },
  });
}
