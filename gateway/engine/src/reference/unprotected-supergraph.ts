import { Kind, parse, print, visit, type ArgumentNode } from 'graphql';

/**
 * The supergraph without its features `for: SECURITY`. Apollo's gateway refuses a supergraph with security features
 * that the gateway does not enforce. Souk's engine enforces these features before the operation reaches Apollo.
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
