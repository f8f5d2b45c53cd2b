import {
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  type GraphQLInputType,
  type GraphQLOutputType,
} from 'graphql';
import { isConnection } from './route-answer.ts';
import type { RestDescription } from './rest-description.ts';
import type { InputSlot } from './route-input.ts';
import type { SelectedObject } from './selected-data.ts';

/** Creates the example values of requests and responses. A field has the same example everywhere. */
export class ExampleValues {
  readonly #description: RestDescription;

  constructor(description: RestDescription) {
    this.#description = description;
  }

  /** Returns the example of a parameter or body field. Null when examples omit it. */
  ofInput({ coordinate, type, defaultValue }: InputSlot): unknown {
    const [owner = '', field = owner] = coordinate.split('.');
    return this.#example(owner, field, type, () => this.#ofInputType(type)) ?? defaultValue ?? null;
  }

  /** Returns an example of the selected data. */
  ofObject({ type, fields }: SelectedObject): Record<string, unknown> {
    const entries = [...fields].map(([name, { definition, object }]) => {
      const inner = () => (object ? this.#ofSelected(object) : this.#scalar(definition.type));
      return [name, this.#example(type.name, definition.name, definition.type, inner)];
    });
    return Object.fromEntries(entries);
  }

  #ofSelected(object: SelectedObject): unknown {
    const nodes = object.fields.get('nodes')?.object;
    return isConnection(object) && nodes ? [this.ofObject(nodes)] : this.ofObject(object);
  }

  #ofInputType(type: GraphQLInputType): unknown {
    const nullable = getNullableType(type);
    if (isListType(nullable)) return this.#ofInputType(nullable.ofType);
    if (!isInputObjectType(nullable)) return this.#scalar(nullable);
    const fields = Object.values(nullable.getFields()).flatMap(({ name, type: fieldType, defaultValue }) => {
      const slot = { coordinate: `${nullable.name}.${name}`, type: fieldType, defaultValue: null };
      const value = this.ofInput({ ...slot, required: false, description: null }) ?? defaultValue ?? null;
      return value === null ? [] : [[name, value]];
    });
    return Object.fromEntries(fields);
  }

  /**
   * Returns the example for the type's field, otherwise for any field of that name, otherwise a computed example. An
   * example list has one item.
   */
  #example(
    owner: string,
    field: string,
    type: GraphQLInputType | GraphQLOutputType,
    otherwise: () => unknown,
  ): unknown {
    const { examples } = this.#description;
    const key = [`${owner}.${field}`, field].find((each) => Object.hasOwn(examples, each));
    const value = key === undefined ? otherwise() : examples[key];
    return isListType(getNullableType(type)) && value !== null && !Array.isArray(value) ? [value] : value;
  }

  #scalar(type: GraphQLInputType | GraphQLOutputType): unknown {
    const nullable = getNullableType(type);
    if (isListType(nullable)) return this.#scalar(nullable.ofType);
    if (isEnumType(nullable)) return nullable.getValues()[0]?.name ?? null;
    return 'name' in nullable ? (this.#description.scalars[nullable.name] ?? null) : null;
  }
}
