/** Headers of a request, such as `Authorization`, `X-Tenant-ID` and `Accept-Language`. */
export type ClientHeaders = Readonly<Record<string, string>>;

/** Headers, or a function that returns the headers for each request. A function can return a renewed token. */
export type HeaderSource = ClientHeaders | (() => ClientHeaders | Promise<ClientHeaders>);

/** Returns the headers for the next request. */
export async function headersOf(source: HeaderSource): Promise<ClientHeaders> {
  return typeof source === 'function' ? source() : source;
}
