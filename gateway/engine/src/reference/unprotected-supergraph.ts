import { Kind, parse, print, visit, type ArgumentNode } from 'graphql';

/**
 * A supergraph that Apollo's gateway takes. It refuses one with features `for: SECURITY`, which it would have to enforce. Here
 * they are enforced before it gets an operation.
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
