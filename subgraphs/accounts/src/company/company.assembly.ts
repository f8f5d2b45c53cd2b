import type { RequestContext } from '@souk/kit/context';
import type { Clock } from '@souk/kit/domain';
import { RequestLoader, requireId, type ReferenceResolvers } from '@souk/kit/graphql';
import type { AccountsUnitOfWork } from '../database.ts';
import { CompanyMutationResolver } from './company-mutation.resolver.ts';
import { presentCompany } from './company.presenter.ts';
import type { CompanyRecord } from './company.repository.ts';
import { CompanyResolver, CustomerCompanyResolver } from './company.resolver.ts';
import { CompanyService } from './company.service.ts';

/** The GraphQL classes of companies. */
export const companyResolvers = [CompanyResolver, CustomerCompanyResolver, CompanyMutationResolver] as const;

/** Creates the service, the loaders and the resolvers of companies. */
export function createCompanies(unitOfWork: AccountsUnitOfWork, clock: Clock) {
  const companies = new CompanyService(unitOfWork, clock);
  const loader = new RequestLoader<string, CompanyRecord>((ctx, ids) => companies.referenced(ctx, ids));
  const ofCustomers = new RequestLoader<string, CompanyRecord>((ctx, ids) => companies.ofCustomers(ctx, ids));
  const references: ReferenceResolvers = {
    Company: async ({ id }, ctx) => {
      const found = await loader.load(ctx, requireId('id', String(id)));
      return found && presentCompany(found);
    },
  };
  return {
    resolvers: [
      new CompanyResolver(companies),
      new CustomerCompanyResolver(ofCustomers),
      new CompanyMutationResolver(companies),
    ],
    references,
    nodes: { Company: async (ctx: RequestContext, id: string) => (await companies.referenced(ctx, [id])).has(id) },
  };
}
