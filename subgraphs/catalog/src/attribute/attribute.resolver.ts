import type { RequestContext } from '@souk/kit/context';
import { ForScope, IdempotentInput, PageArgs, presentConnection, TextField, valueOrThrow } from '@souk/kit/graphql';
import { Arg, Args, Ctx, InputType, Mutation, Query, Resolver } from 'type-graphql';
import { CatalogWrite } from '../contract.ts';
import { respond } from '../user-errors.ts';
import { ChangeInputType } from '../catalog.inputs.ts';
import { deletePayload, entityPayload } from '../payload.types.ts';
import type { AttributeRow } from './attribute.repository.ts';
import type { AttributeService } from './attribute.service.ts';
import { AttributeConnection, AttributeType } from './attribute.types.ts';

@InputType('AttributeCreateInput')
export class AttributeCreateInput extends IdempotentInput {
  @TextField({ max: 100, description: 'Small letters, digits, single dashes and underscores. It cannot be changed.' })
  code!: string;

  @TextField()
  name!: string;
}

@InputType('AttributeUpdateInput', { description: 'Renames an attribute. Its code stays.' })
export class AttributeUpdateInput extends ChangeInputType {
  @TextField({ omittable: true })
  name?: string;
}

@InputType('AttributeDeleteInput')
export class AttributeDeleteInput extends ChangeInputType {}

const AttributeUpdatePayload = entityPayload('AttributeUpdate', 'attribute', AttributeType);
const AttributeDeletePayload = deletePayload('AttributeDelete');
const AttributeCreatePayload = entityPayload('AttributeCreate', 'attribute', AttributeType);
const presentAttribute = ({ id, code, name, version }: AttributeRow): AttributeType => ({ id, code, name, version });

@Resolver()
export class AttributeResolver {
  readonly #attributes: AttributeService;

  constructor(attributes: AttributeService) {
    this.#attributes = attributes;
  }

  @Query(() => AttributeConnection, {
    nullable: true,
    description: 'The attributes that describe and filter products, by code.',
  })
  async attributes(@Args(() => PageArgs) page: PageArgs, @Ctx() ctx: RequestContext) {
    return presentConnection(valueOrThrow(await this.#attributes.page(ctx, page)), presentAttribute);
  }

  @ForScope(CatalogWrite)
  @Mutation(() => AttributeCreatePayload, { nullable: true })
  attributeCreate(@Arg('input', () => AttributeCreateInput) input: AttributeCreateInput, @Ctx() ctx: RequestContext) {
    return respond(
      input,
      () => this.#attributes.create(ctx, input),
      (attribute) => ({ attribute: presentAttribute(attribute) }),
    );
  }

  @ForScope(CatalogWrite)
  @Mutation(() => AttributeUpdatePayload, { nullable: true })
  attributeUpdate(@Arg('input', () => AttributeUpdateInput) input: AttributeUpdateInput, @Ctx() ctx: RequestContext) {
    return respond(
      input,
      () => this.#attributes.update(ctx, input),
      (attribute) => ({ attribute: presentAttribute(attribute) }),
    );
  }

  @ForScope(CatalogWrite)
  @Mutation(() => AttributeDeletePayload, {
    nullable: true,
    description: 'Products and variants no longer show its values. Its code is free again.',
  })
  attributeDelete(@Arg('input', () => AttributeDeleteInput) input: AttributeDeleteInput, @Ctx() ctx: RequestContext) {
    return respond(
      input,
      () => this.#attributes.delete(ctx, input),
      (deletedId) => ({ deletedId }),
    );
  }
}
