import { Kind, parse, print, visit, type ArgumentNode } from 'graphql';

/**
 * The supergraph without its features `for: SECURITY`. Apollo's gateway refuses a supergraph with these features, because a gateway has to
 * enforce them. Our engine enforces them before Apollo gets an operation.
 */
export function unprotectedSupergraph(sdl: string): string {
  return print(
    visit(parse(sdl, { noLocation: true }), {
      Directive: (link) => {
        const { name, arguments: args = [] } = link;
        return name.value === 'link' && args.some(isSecurity)
          ? { ...link, arguments: args.filter((each) => !isSecurity(each)) }
          : undefined;
      },
    }),
  );
}

function isSecurity({ name, value }: ArgumentNode): boolean {
  return name.value === 'for' && value.kind === Kind.ENUM && value.value === 'SECURITY';
}
