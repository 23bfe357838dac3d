/** Lists that authorities publish at an address: fetched with limits, kept until they go stale. */
import { abortable } from '../wire/abortable.ts';
import { IdVerifyError } from '../wire/error.ts';
import { functionSchema, parseOptions } from '../wire/option-schemas.ts';
import * as v from '../wire/schema.ts';

export interface ListOptions {
  /** How lists are fetched; the runtime's `fetch` unless the operator has a proxy. */
  readonly fetch?: (request: Request) => Promise<Response>;
  /** Default 5 MB. */
  readonly maxBytes?: number;
  /** Default 5 seconds. */
  readonly timeoutMs?: number;
}

/** What every list says about itself, in milliseconds since 1970. */
export interface PublishedList {
  readonly issuedAt: number;
  /** From then on a newer one exists; undefined where the list does not say. */
  readonly staleAt: number | undefined;
}

const limit = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
const schema = v.object({
  fetch: v.optional(functionSchema<(request: Request) => Promise<Response>>()),
  maxBytes: v.optional(limit, 5_000_000),
  timeoutMs: v.optional(limit, 5_000),
});

const MAX_KEPT = 200;

/**
 * The lists of one kind. Only what was read is kept, never what was concluded from it: signature
 * and dates are judged at every use.
 */
export class ListCache<List extends PublishedList> {
  readonly #kept = new Map<string, List>();
  readonly #parse: (bytes: Uint8Array) => List | Promise<List>;
  readonly #accept: string;
  readonly #options: v.InferOutput<typeof schema>;

  /** @throws IdVerifyError `config/option` */
  constructor(
    accept: string,
    parse: (bytes: Uint8Array) => List | Promise<List>,
    options: ListOptions,
  ) {
    this.#accept = accept;
    this.#parse = parse;
    this.#options = parseOptions(schema, options);
  }

  /**
   * The newest list there is; an older one than was seen before is not taken.
   * @throws IdVerifyError `undetermined/unreachable`, or what the parser throws
   */
  async get(url: string, now: number, signal?: AbortSignal): Promise<List> {
    const kept = this.#kept.get(url);
    if (kept && isCurrent(kept, now)) return kept;
    const fresh = await this.#parse(await fetchLimited(url, this.#accept, this.#options, signal));
    if (kept && fresh.issuedAt < kept.issuedAt) return kept;
    if (this.#kept.size >= MAX_KEPT) this.#kept.clear();
    this.#kept.set(url, fresh);
    return fresh;
  }
}

/** Whether a list was issued and is not overtaken; one that names no end is taken as overtaken. */
export function isCurrent({ issuedAt, staleAt = issuedAt }: PublishedList, now: number): boolean {
  return issuedAt <= now && now < staleAt;
}

/** @throws IdVerifyError `undetermined/unreachable` whatever the reason, save that the caller stopped it */
async function fetchLimited(
  url: string,
  accept: string,
  { fetch: send = fetch, maxBytes, timeoutMs }: v.InferOutput<typeof schema>,
  stop?: AbortSignal,
): Promise<Uint8Array> {
  const unreachable = (cause?: unknown) =>
    new IdVerifyError('undetermined/unreachable', `list not available: ${url.slice(0, 200)}`, {
      cause,
    });
  try {
    if (!/^https?:$/.test(new URL(url).protocol)) throw unreachable();
    const timeout = AbortSignal.timeout(timeoutMs);
    const signal = stop ? AbortSignal.any([stop, timeout]) : timeout;
    const request = new Request(url, { headers: { accept }, redirect: 'error', signal });
    const load = async () => {
      const response = await send(request);
      if (!response.ok || !response.body) throw unreachable();
      return readLimited(response.body, maxBytes);
    };
    return await abortable(signal, load());
  } catch (cause) {
    stop?.throwIfAborted();
    throw cause instanceof IdVerifyError ? cause : unreachable(cause);
  }
}

/** @throws IdVerifyError `limit/list` */
export async function readLimited(
  stream: ReadableStream<Uint8Array>,
  maxBytes: number,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of stream) {
    length += chunk.length;
    if (length > maxBytes) throw new IdVerifyError('limit/list', `list over ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return new Uint8Array(await new Blob(chunks as BlobPart[]).arrayBuffer());
}
