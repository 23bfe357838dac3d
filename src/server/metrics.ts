/** Counters in Prometheus' text format. Labels are words of ours alone: events, methods, codes. */
import type { LogEvent } from '../verifier/index.ts';

export class Metrics {
  readonly #counts = new Map<string, number>();
  /** Of the last sweep that went well, milliseconds since 1970. */
  swept: number | undefined;

  count(name: string, labels: Readonly<Record<string, string | number | undefined>>): void {
    const written = Object.entries(labels)
      .filter(([, value]) => value !== undefined)
      .map(([label, value]) => `${label}="${String(value).replace(/[^\w./-]/g, '_')}"`);
    const series = `${name}{${written.join(',')}}`;
    this.#counts.set(series, (this.#counts.get(series) ?? 0) + 1);
  }

  note({ event, method, code }: LogEvent): void {
    this.count('id_verify_events_total', { event, method, code });
  }

  text(): string {
    const lines = [
      '# TYPE id_verify_events_total counter',
      '# TYPE id_verify_requests_total counter',
      ...[...this.#counts].map(([series, count]) => `${series} ${count}`),
      '# TYPE id_verify_last_sweep_seconds gauge',
      ...(this.swept === undefined
        ? []
        : [`id_verify_last_sweep_seconds ${Math.floor(this.swept / 1000)}`]),
      '# TYPE process_resident_memory_bytes gauge',
      `process_resident_memory_bytes ${process.memoryUsage.rss()}`,
    ];
    return `${lines.join('\n')}\n`;
  }
}
