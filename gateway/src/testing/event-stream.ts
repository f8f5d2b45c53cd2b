/** An event's name with its data, parsed; null for none. */
export type ReceivedEvent = readonly [name: string, data: unknown];

/** The answer to a request for an event stream. */
export interface OpenedEventStream {
  readonly status: number;
  readonly headers: Headers;
  /** All events, once the stream has ended. */
  readonly events: Promise<readonly ReceivedEvent[]>;
  /** Ends it from the client's side. */
  leave(): void;
}

/** Asks for an event stream by POST, as graphql-sse has it in "distinct connections mode". */
export async function openEventStream(
  base: string,
  params: Readonly<Record<string, unknown>>,
  headers: Readonly<Record<string, string>> = {},
): Promise<OpenedEventStream> {
  const leaving = new AbortController();
  const response = await fetch(`${base}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream', ...headers },
    body: JSON.stringify(params),
    signal: leaving.signal,
  });
  const events = response.text().then(eventsOf, () => []);
  return { status: response.status, headers: response.headers, events, leave: () => leaving.abort() };
}

/** The events of a stream's text (HTML, section "Interpreting an event stream"); comments are left out. */
export function eventsOf(text: string): readonly ReceivedEvent[] {
  return text
    .split('\n\n')
    .filter((block) => block.startsWith('event:'))
    .map((block) => {
      const [, name = '', data = ''] = /^event: (.+)\ndata: ?(.*)(?:\nid.*)?$/.exec(block) ?? [];
      return [name, data === '' ? null : JSON.parse(data)];
    });
}
