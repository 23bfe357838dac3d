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
  /** From then on it says nothing any more; undefined where it never does. */
  readonly staleAt: number | undefined;
  /**
   * How long after it was fetched a newer one is asked for, in milliseconds. Undefined: not before it
   * is stale.
   */
  readonly refreshAfter?: number | undefined;
}

/** When a list is used, and what makes one authentic there. */
export interface ListUse<List> {
  readonly now: number;
  readonly tolerance?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly isAuthentic: (list: List) => Promise<boolean>;
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
 * and dates are judged at every use. What nobody trusted signed is not kept, so that it never takes
 * the place of a good one.
 */
export class ListCache<List extends PublishedList> {
  readonly #kept = new Map<string, { readonly list: List; readonly fetchedAt: number }>();
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
   * The newest list there is; an older one than was seen before is not taken. While a kept list still
   * speaks, a newer one that cannot be had is no harm.
   * @throws IdVerifyError `undetermined/unreachable`, or what the parser throws
   */
  async get(url: string, use: ListUse<List>): Promise<List> {
    const kept = this.#kept.get(url);
    const usable = kept && isCurrent(kept.list, use) ? kept : undefined;
    if (usable && use.now < dueAt(usable)) return usable.list;
    // One that is asked for at each use says nothing about the next.
    const fallback = usable?.list.refreshAfter === 0 ? undefined : usable?.list;
    let fresh: List;
    try {
      const bytes = await fetchLimited(url, this.#accept, this.#options, use.signal);
      fresh = await this.#parse(bytes);
    } catch (error) {
      if (fallback && error instanceof IdVerifyError) return fallback;
      throw error;
    }
    if (!(await use.isAuthentic(fresh))) return fallback ?? fresh;
    if (kept && fresh.issuedAt < kept.list.issuedAt) return kept.list;
    this.#keep(url, fresh, use.now);
    return fresh;
  }

  #keep(url: string, list: List, fetchedAt: number): void {
    const [oldest] = this.#kept.keys();
    if (this.#kept.size >= MAX_KEPT && oldest !== undefined) this.#kept.delete(oldest);
    this.#kept.delete(url);
    this.#kept.set(url, { list, fetchedAt });
  }
}

const dueAt = ({ list, fetchedAt }: { list: PublishedList; fetchedAt: number }): number =>
  list.refreshAfter === undefined ? Number.POSITIVE_INFINITY : fetchedAt + list.refreshAfter;

/** Whether a list was issued and is not over; one that names no end is taken as over. */
export function isCurrent(
  { issuedAt, staleAt = issuedAt }: PublishedList,
  { now, tolerance = 0 }: { readonly now: number; readonly tolerance?: number | undefined },
): boolean {
  return issuedAt <= now + tolerance && now < staleAt;
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
