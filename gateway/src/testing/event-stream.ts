/** An event's name and its parsed JSON data. The data is null for an event without data. */
export type ReceivedEvent = readonly [name: string, data: unknown];

/** An open event stream. */
export interface OpenedEventStream {
  readonly status: number;
  readonly headers: Headers;
  /** Resolves with all events when the stream has ended. */
  readonly events: Promise<readonly ReceivedEvent[]>;
  leave(): void;
}

/** Requests an event stream by POST (graphql-sse, "distinct connections mode"). */
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

/** Parses the events of a stream (HTML, section "Interpreting an event stream"). Leaves out comments. */
export function eventsOf(text: string): readonly ReceivedEvent[] {
  return text
    .split('\n\n')
    .filter((block) => block.startsWith('event:'))
    .map((block) => {
      const [, name = '', data = ''] = /^event: (.+)\ndata: ?(.*)(?:\nid.*)?$/.exec(block) ?? [];
      return [name, data === '' ? null : JSON.parse(data)];
    });
}
