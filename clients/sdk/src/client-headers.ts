/** Headers of every request, or how to get them: `Authorization`, `X-Tenant-ID`, `Accept-Language`. */
export type ClientHeaders = Readonly<Record<string, string>>;

/** Headers, or what gives them each time, because a token is renewed. */
export type HeaderSource = ClientHeaders | (() => ClientHeaders | Promise<ClientHeaders>);

/** The headers of now. */
export async function headersOf(source: HeaderSource): Promise<ClientHeaders> {
  return typeof source === 'function' ? source() : source;
}
